"""The report of a run: one HTML file with charts and every failure, nothing loaded from elsewhere."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.evaluation.measures import MEASURES
from assistant.evaluation.summary import SLICED, Figure
from assistant.evaluation.view import View

if TYPE_CHECKING:
    from assistant.evaluation.judgement import Judgement
    from assistant.evaluation.runner import Run

TEMPLATE = "report.html.j2"


def render_report(run: "Run") -> str:
    """The whole page as a string."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).resolve().parent)
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    summary = run.summary
    failures = [_failure(j) for j in run.judgements if not j.right]
    failures.sort(key=lambda f: (not f["wrong"], -f["severity"], f["id"]))
    return environment.get_template(TEMPLATE).render(
        summary=summary,
        bars=[_bar(name, figure) for name, figure in summary.measures.items()],
        sliced=SLICED,
        slices=_slice_rows(summary.slices),
        failures=failures,
        times=_histogram([j.reply.milliseconds for j in run.judgements if j.reply.answer]),
        groups={name: [g for g, v in values.items() if v < 1] for name, values in run.groups.items()},
    )


def _bar(name: str, figure: Figure) -> dict[str, Any]:
    """One row of the chart: positions are per cent of the axis (a rate per 1,000 is drawn as the share it
    is).
    """
    measure = MEASURES[name]
    scale = 1000 if measure.per_thousand else 1
    digits = 1 if measure.per_thousand else 3
    return {
        "name": name,
        "label": measure.label,
        "meaning": measure.meaning,
        "better": "↑" if measure.higher_is_better else "↓",
        "good": figure.value if measure.higher_is_better else 1 - figure.value,
        "shown": f"{figure.value * scale:.{digits}f}",
        "interval": f"{figure.low * scale:.{digits}f} – {figure.high * scale:.{digits}f}",
        "n": figure.n,
        "at": round(figure.value * 100, 2),
        "low": round(figure.low * 100, 2),
        "width": round((figure.high - figure.low) * 100, 2),
    }


def _slice_rows(slices: Mapping[str, Mapping[str, Mapping[str, Figure]]]) -> list[dict[str, Any]]:
    return [
        {"field": field, "value": value, "figures": figures}
        for field, values in slices.items()
        for value, figures in values.items()
    ]


def _histogram(times: list[float], bins: int = 24) -> list[dict[str, float]]:
    """Heights (per cent of the highest) of equal bins up to the 99th percentile, the last one holding the
    rest.
    """
    if not times:
        return []
    top = sorted(times)[int(len(times) * 0.99) - 1] or 1.0
    counts = [0] * bins
    for value in times:
        counts[min(bins - 1, int(value / top * bins))] += 1
    return [{"from": i * top / bins, "height": 100 * n / max(counts), "n": n} for i, n in enumerate(counts)]


def _failure(judgement: "Judgement") -> dict[str, Any]:
    topic, answer = judgement.topic, judgement.reply.answer
    about = {
        "id": topic.id,
        "question": topic.question,
        "context": topic.context,
        "as_of": topic.as_of.isoformat(),
        "kind": topic.kind,
        "style": topic.style,
        "severity": topic.severity,
        "accepted": topic.accepted if topic.answerable is not None else (),
        "facts": topic.facts,
        "gold": [
            " · ".join(filter(None, (g.document or g.programme, g.section, g.row, g.area)))
            for g in topic.gold
        ],
        "wrong": bool(judgement.wrongs),
        "reasons": judgement.reasons,
    }
    if answer is None:
        return about | {
            "status": "답 없음",
            "spoken": [],
            "confirm": [],
            "details": [],
            "evidence": [],
            "cautions": [],
        }
    view = View(answer)
    aloud = {id(s) for s in (*view.summary, *view.confirm)}
    return about | {
        "status": view.status.value,
        "spoken": [_statement(s) for s in view.summary],
        "confirm": [_statement(s) for s in view.confirm],
        "details": [_statement(s) for s in view.statements if id(s) not in aloud],
        "evidence": view.citations,
        "cautions": [w["text"] for w in answer["warnings"]] + [a["text"] for a in answer["alerts"]],
    }


def _statement(statement: Mapping[str, Any]) -> str:
    marks = "".join(f"[{marker}]" for marker in statement["citations"])
    return f"{statement['text']} {marks}"
