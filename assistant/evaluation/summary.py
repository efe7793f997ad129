"""The figures of a run: every measure with its interval, slices, the refusal table and latency."""

import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from assistant.evaluation.intervals import bootstrap, wilson
from assistant.evaluation.judgement import Judgement, table_of_answers
from assistant.evaluation.measures import MEASURES, Measure

SLICED = (
    "right",
    "status_accuracy",
    "answered_wrong",
    "fact_recall",
    "citation_precision",
    "programme_success_5",
)
"""Measures that are also given by kind, style, category and severity."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure over `n` units, with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A run in figures. `run` holds what differs between two runs of the same version: id, times."""

    run: Mapping[str, Any]
    version: Mapping[str, Any]
    measures: Mapping[str, Figure]
    slices: Mapping[str, Mapping[str, Mapping[str, Figure]]]
    answered_table: Mapping[str, int]
    latency_ms: Mapping[str, float]
    topics: int
    held_out: int

    def as_json(self) -> dict[str, Any]:
        """Plain values, for summary.json."""
        return asdict(self)

    @property
    def lines(self) -> tuple[str, ...]:
        """The table that is printed after a run."""
        return (
            f"{'지표':<42} {'값':>8}  {'95% 구간':^17} {'n':>5}",
            *(_line(MEASURES[name], figure) for name, figure in self.measures.items()),
            f"응답 시간 p50 {self.latency_ms['p50']:.1f} ms, p95 {self.latency_ms['p95']:.1f} ms",
        )


def _line(measure: Measure, figure: Figure) -> str:
    scale = 1000 if measure.per_thousand else 1
    value, low, high = (part * scale for part in (figure.value, figure.low, figure.high))
    digits = 1 if measure.per_thousand else 3
    return f"{measure.name:<42} {value:8.{digits}f}  [{low:7.{digits}f},{high:7.{digits}f}] {figure.n:5d}"


def summarise(
    judgements: Sequence[Judgement],
    scores: Mapping[str, Mapping[str, float]],
    groups: Mapping[str, Mapping[str, float]],
    *,
    version: Mapping[str, Any],
    started: datetime,
) -> Summary:
    """All figures of a run."""
    severity = {j.topic.id: j.topic.severity for j in judgements}
    finished = datetime.now(UTC)
    times = [j.reply.milliseconds for j in judgements if j.reply.answer is not None] or [0.0]
    return Summary(
        run={
            "id": started.strftime("%Y%m%dT%H%M%SZ"),
            "started_at": started.isoformat(timespec="seconds"),
            "seconds": round((finished - started).total_seconds(), 1),
        },
        version=dict(version),
        measures=figures(scores, groups, severity),
        slices=_slices(judgements, scores, severity),
        answered_table=table_of_answers(tuple(judgements)),
        latency_ms={
            "p50": round(float(np.percentile(times, 50)), 1),
            "p95": round(float(np.percentile(times, 95)), 1),
            "max": round(max(times), 1),
        },
        topics=len(judgements),
        held_out=sum(j.topic.held_out for j in judgements),
    )


def figures(
    scores: Mapping[str, Mapping[str, float]],
    groups: Mapping[str, Mapping[str, float]],
    severity: Mapping[str, int],
) -> dict[str, Figure]:
    """Measure → figure, in the order of MEASURES, for those with at least one unit."""
    found: dict[str, Figure] = {}
    for name, measure in MEASURES.items():
        units = groups.get(name) or {t: s[name] for t, s in scores.items() if name in s}
        if units:
            weights = [severity[t] for t in units] if measure.weighted else None
            found[name] = figure(measure, list(units.values()), weights)
    return found


def figure(measure: Measure, values: Sequence[float], weights: Sequence[float] | None = None) -> Figure:
    """The (weighted) mean with a Wilson interval for binary measures, a bootstrap interval for the others."""
    mean = float(np.average(values, weights=weights))
    low, high = wilson(sum(values), len(values)) if measure.binary else bootstrap(values, weights)
    return Figure(round(mean, 6), round(low, 6), round(high, 6), len(values))


def _slices(
    judgements: Iterable[Judgement], scores: Mapping[str, Mapping[str, float]], severity: Mapping[str, int]
) -> dict[str, dict[str, dict[str, Figure]]]:
    members: dict[str, dict[str, dict[str, Mapping[str, float]]]] = defaultdict(lambda: defaultdict(dict))
    for judgement in judgements:
        topic = judgement.topic
        kept = {name: value for name, value in scores[topic.id].items() if name in SLICED}
        for field in ("kind", "style", "category", "severity"):
            members[field][str(getattr(topic, field))][topic.id] = kept
    return {
        field: {value: figures(part, {}, severity) for value, part in sorted(values.items())}
        for field, values in members.items()
    }


def commit() -> str:
    """The commit of the code that runs, with `+` when files differ from it; "unknown" outside a work tree."""
    folder = Path(__file__).resolve().parent
    try:
        name = _git(folder, "rev-parse", "--short=12", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name}+" if changed else name


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()
