"""A part of the tab 평가: answers of several runs rated blind, one after the other."""

from dataclasses import dataclass
from typing import Any

from assistant.channels.web.evaluators_bench import EvaluatorsBench
from assistant.channels.web.render_ratings import item_html, progress_html
from assistant.errors import EvaluationError
from assistant.evaluation.collecting import drafted
from assistant.evaluation.ratings import ASPECT_NAMES, rating
from assistant.evaluation.sheets import Sheet
from assistant.records.users import User

SCORES = [("1 나쁨", 1), ("2", 2), ("3", 3), ("4", 4), ("5 좋음", 5)]


@dataclass(frozen=True, slots=True)
class RatingParts:
    """The parts of the tab 매기기."""

    sheet: Any
    runs: Any
    count: Any
    make: Any
    shown: Any
    item: Any
    scores: tuple[Any, ...]
    comment: Any
    rate: Any
    collect: Any
    told: Any


def lay_out(desk: EvaluatorsBench) -> RatingParts:
    """The sheet, one answer, three scores."""
    gradio = desk.gradio
    with gradio.Row():
        with gradio.Column(scale=3, min_width=380):
            sheet = gradio.Dropdown([], label="매길 묶음", elem_id="sheet")
            shown = gradio.HTML('<p class="quiet">묶음을 고르거나 새로 만드세요.</p>', elem_id="rated")
            collect = gradio.Button("이 답을 문항으로", elem_id="rated-collect")
        with gradio.Column(scale=2, min_width=300):
            told = gradio.HTML("", elem_id="rating-told")
            scores = tuple(
                gradio.Radio(SCORES, label=name, elem_id=f"score-{aspect}", elem_classes="scores")
                for aspect, name in ASPECT_NAMES.items()
            )
            comment = gradio.Textbox(label="한마디 (없어도 됩니다)", max_lines=2, elem_id="rating-comment")
            rate = gradio.Button("매기고 다음", variant="primary", elem_id="rate")
            with gradio.Accordion("새 묶음 만들기", open=False, elem_id="new-sheet"):
                runs = gradio.CheckboxGroup([], label="답을 섞을 실행", elem_id="sheet-runs")
                count = gradio.Number(20, label="질문 수", precision=0, minimum=1, maximum=100)
                make = gradio.Button("만들기", elem_id="sheet-make")
    return RatingParts(
        sheet, runs, count, make, shown, gradio.State(None), scores, comment, rate, collect, told
    )


def bind(desk: EvaluatorsBench, parts: RatingParts, topic: Any, tabs: Any) -> None:
    """Make a sheet, rate, and hand an answer on to the tab 문항 만들기."""
    asked = [parts.item, parts.shown, parts.told, *parts.scores, parts.comment]
    desk.gate.show(desk.knowing(_sheets), [parts.sheet])
    desk.bind(parts.make.click, _made, [parts.runs, parts.count], [parts.sheet, *asked])
    desk.bind(parts.sheet.input, _opened, [parts.sheet], asked)
    given = [parts.sheet, parts.item, *parts.scores, parts.comment]
    desk.bind(parts.rate.click, _rated, given, asked)
    desk.bind(parts.collect.click, _rated_collected, [parts.sheet, parts.item], [topic, tabs])


def _sheets(desk: EvaluatorsBench, user: User) -> Any:
    return desk.gradio.Dropdown(choices=desk.bench.sheets())


def _made(desk: EvaluatorsBench, user: User, runs: list[str], count: float) -> Any:
    sheet = desk.bench.new_sheet(runs, int(count))
    chosen = desk.gradio.Dropdown(choices=desk.bench.sheets(), value=sheet.folder.name)
    return chosen, *_asked(sheet, user)


def _opened(desk: EvaluatorsBench, user: User, name: str) -> Any:
    return _asked(desk.bench.sheet(name), user)


def _asked(sheet: Sheet, user: User) -> tuple[Any, ...]:
    """The next answer for a person, with nothing chosen."""
    item = sheet.next_for(user.name)
    scores = [None] * len(ASPECT_NAMES)
    return item and item.item, item_html(item), progress_html(sheet, user.name), *scores, ""


def _rated(desk: EvaluatorsBench, user: User, name: str, item: str | None, *given: Any) -> Any:
    *scores, comment = given
    if item is None or None in scores:
        raise EvaluationError("정확성·완전성·표현을 모두 매긴 뒤에 누르세요.")
    sheet = desk.bench.sheet(name)
    sheet.rate(rating(item, user.name, scores, comment))
    return _asked(sheet, user)


def _rated_collected(desk: EvaluatorsBench, user: User, name: str, item: str | None) -> Any:
    answer = desk.bench.rated_answer(name, item)
    return drafted(answer), desk.gradio.Tabs(selected="topic")
