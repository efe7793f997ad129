"""Parts of the tab 평가: the answers that are not right, and two runs side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from assistant.channels.web.evaluators_bench import EvaluatorsBench
from assistant.channels.web.render_plots import differences_plot, kinds_plot
from assistant.channels.web.render_runs import comparison_html, failure_html, failure_label, verdict_html
from assistant.errors import EvaluationError
from assistant.evaluation.collecting import drafted
from assistant.evaluation.failures import Failure, failing, failure_of
from assistant.evaluation.measures import MEASURES
from assistant.records.users import User

PER_PAGE = 12
ALL = "모두"


@dataclass(frozen=True, slots=True)
class Reading:
    """The parts of the tab 틀린 답."""

    run: Any
    kind: Any
    severity: Any
    measure: Any
    page: Any
    listed: Any
    shown: Any
    collect: Any


@dataclass(frozen=True, slots=True)
class Comparing:
    """The parts of the tab 견주기."""

    before: Any
    after: Any
    compare: Any
    verdict: Any
    differences: Any
    kinds: Any
    flips: Any


def lay_out_failures(desk: EvaluatorsBench) -> Reading:
    """Filters, the list, and one failure with its evidence."""
    gradio = desk.gradio
    measures = [(measure.label, name) for name, measure in MEASURES.items()]
    with gradio.Row(elem_classes="filters"):
        run = gradio.Dropdown([], label="실행", elem_id="failures-run", min_width=150)
        kind = gradio.Dropdown([ALL], value=ALL, label="종류", elem_id="failures-kind", min_width=120)
        severity = gradio.Dropdown([ALL, "3", "2", "1"], value=ALL, label="심각도", min_width=90)
        measure = gradio.Dropdown(
            measures, value="right", label="지표", elem_id="failures-measure", min_width=200
        )
        page = gradio.Dropdown(["1"], value="1", label="쪽", elem_id="failures-page", min_width=80)
    with gradio.Row():
        with gradio.Column(scale=2, min_width=300):
            listed = gradio.Radio([], label="맞지 않은 답", elem_id="failures-list")
        with gradio.Column(scale=3, min_width=360):
            collect = gradio.Button("고쳐서 새 문항으로", elem_id="failures-collect")
            shown = gradio.HTML('<p class="quiet">실행을 고르세요.</p>', elem_id="failure")
    return Reading(run, kind, severity, measure, page, listed, shown, collect)


def bind_failures(desk: EvaluatorsBench, parts: Reading, topic: Any, tabs: Any) -> None:
    """Filter, choose, and hand one on to the tab 문항 만들기."""
    filters = [parts.run, parts.kind, parts.severity, parts.measure]
    outputs = [parts.kind, parts.page, parts.listed, parts.shown]
    for part in filters:
        desk.bind(part.input, _filtered, filters, outputs)
    desk.bind(parts.page.input, _filtered, [*filters, parts.page], outputs)
    desk.bind(parts.listed.input, _picked, [parts.run, parts.listed], [parts.shown])
    desk.bind(parts.collect.click, _collected, [parts.run, parts.listed], [topic, tabs])


def _filtered(
    desk: EvaluatorsBench, user: User, name: str, kind: str, severity: str, measure: str, page: str = "1"
) -> Any:
    gradio, run = desk.gradio, desk.bench.run(name)
    chosen = {"kind": None if kind == ALL else kind, "severity": None if severity == ALL else severity}
    found = failing(run, measure=measure, **chosen)
    part = found[(int(page) - 1) * PER_PAGE : int(page) * PER_PAGE]
    kinds = gradio.Dropdown(choices=[ALL, *run.summary["slices"]["kind"]], value=kind)
    pages = gradio.Dropdown(choices=_pages(len(found)), value=page)
    return kinds, pages, _listed(gradio, part, len(found)), failure_html(part[0] if part else None)


def _pages(found: int) -> list[str]:
    return [str(number) for number in range(1, max(1, -(-found // PER_PAGE)) + 1)]


def _listed(gradio: ModuleType, part: Sequence[Failure], found: int) -> Any:
    choices = [(failure_label(failure), failure.topic_id) for failure in part]
    first = part[0].topic_id if part else None
    return gradio.Radio(choices=choices, value=first, label=f"맞지 않은 답 {found}개")


def _picked(desk: EvaluatorsBench, user: User, name: str, topic_id: str) -> str:
    return failure_html(failure_of(desk.bench.run(name), topic_id))


def _collected(desk: EvaluatorsBench, user: User, name: str, topic_id: str | None) -> Any:
    answer = desk.bench.run(name).answers.get(topic_id or "")
    if answer is None or "citations" not in answer:
        raise EvaluationError("문항으로 만들 답이 없습니다. 근거까지 남은 실행에서 답을 고르세요.")
    return drafted(answer), desk.gradio.Tabs(selected="topic")


def lay_out_comparison(desk: EvaluatorsBench) -> Comparing:
    """Two runs to choose, the verdict, the plots, the topics that turned."""
    gradio = desk.gradio
    with gradio.Row(elem_classes="filters"):
        before = gradio.Dropdown([], label="A (앞선 것)", elem_id="compare-a")
        after = gradio.Dropdown([], label="B (새것)", elem_id="compare-b")
        compare = gradio.Button("견주기", variant="primary", elem_id="compare", scale=0, min_width=110)
    verdict = gradio.HTML("", elem_id="verdict")
    with gradio.Row():
        differences = gradio.Plot(show_label=False, visible=False, elem_id="plot-differences")
        kinds = gradio.Plot(show_label=False, visible=False, elem_id="plot-kinds")
    flips = gradio.HTML("", elem_id="flips")
    return Comparing(before, after, compare, verdict, differences, kinds, flips)


def bind_comparison(desk: EvaluatorsBench, parts: Comparing) -> None:
    """Compare at a click."""
    outputs = [parts.verdict, parts.differences, parts.kinds, parts.flips]
    desk.bind(parts.compare.click, _compared, [parts.before, parts.after], outputs)


def _compared(desk: EvaluatorsBench, user: User, before: str, after: str) -> Any:
    plot, found = desk.gradio.Plot, desk.bench.compare(before, after)
    kinds = kinds_plot(desk.bench.run(before), desk.bench.run(after))
    moved = any(difference.gap for difference in found.differences)
    plots = (plot(differences_plot(found), visible=moved), plot(kinds, visible=True))
    return verdict_html(found), *plots, comparison_html(found)
