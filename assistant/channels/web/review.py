"""The tab 기록·정정: the log, approved answers made from it, and calls to make where a passage was wrong."""

from types import ModuleType
from typing import Annotated

from pydantic import BaseModel, BeforeValidator

from assistant.channels.web import trail
from assistant.channels.web.actions import Actions, Day, Line, Many, Text, read
from assistant.channels.web.render_log import NOTHING_OPEN, log_html, opened_html
from assistant.channels.web.render_review import calls_html, corrections_html, curated_html
from assistant.channels.web.signin import Sessions
from assistant.domain import Status
from assistant.errors import PublishingError
from assistant.publishing import corrections, notices
from assistant.publishing.log import open_answer, search_log
from assistant.publishing.office import Office
from assistant.records.logged import Verdict
from assistant.records.users import Right, User
from assistant.service import Assistant
from assistant.settings import Settings

NEWEST = 100
"""Answers that one search lists."""


class Wanted(BaseModel):
    """What is looked for in the log."""

    words: Line = ""
    since: Day = None
    until: Day = None
    status: Annotated[Status | None, BeforeValidator(lambda value: value or None)] = None
    verdict: Annotated[Verdict | None, BeforeValidator(lambda value: value or None)] = None


class One(BaseModel):
    """The number of an approved answer or of a correction."""

    number: int


class Chosen(BaseModel):
    """A logged answer."""

    answer: Line


class Wording(Chosen):
    """An approved answer to be made of a logged one: `questions` are further wordings, one a line."""

    questions: Text = ""
    statements: Many = ()
    note: Line = ""
    since: Day = None
    until: Day = None


class Wrong(BaseModel):
    """A passage that is wrong, and why."""

    document: Line
    words: Text = ""
    why: Line = ""


class Called(One, Chosen):
    """A call that was made, with a line on it."""

    note: Line = ""


class Review:
    """What the tab's handlers do."""

    def __init__(self, office: Office) -> None:
        """Work for one office."""
        self._office = office
        self._zone = office.settings.timezone

    def found(self, user: User, sent: object = None) -> str:
        """Answers of the log."""
        wanted = read(Wanted, sent)
        logged = search_log(self._office, user, **dict(wanted), limit=NEWEST)
        return log_html(dict(wanted), logged, self._zone, NEWEST)

    def recalled(self, user: User, sent: object = None) -> tuple[str, str]:
        """An old answer as it was, with the forms for what can be done about it."""
        answer = open_answer(self._office, user, read(Chosen, sent).answer)
        documents = {d.id: d for d in self._office.assistant.documents()}
        today, may = self._office.assistant.today(), user.may(Right.NOTICE)
        return "", opened_html(answer, documents, self._zone, may, today)

    def curated(self, user: User, sent: object = None, told: str = "") -> str:
        """All approved answers, with what holds each back."""
        stopped = {c.id: why for c, why in notices.suspended(self._office)}
        today = self._office.assistant.today()
        return curated_html(notices.curated(self._office), stopped, today, user, told)

    def curate(self, user: User, sent: object = None) -> tuple[str, str]:
        """Make an approved answer of a logged one; what came of it, and all of them."""
        asked = read(Wording, sent)
        if asked.until is None:
            raise PublishingError("유효 기간의 끝날이 없습니다. 날짜를 골라 주세요.")
        number = notices.curate(
            self._office, user, asked.answer, asked.until, valid_from=asked.since, note=asked.note,
            questions=[line for line in asked.questions.splitlines() if line.strip()],
            statements=asked.statements,
        )  # fmt: skip
        told = f"승인 답변 {number}번을 만들었습니다. 다른 사람이 승인하면 나갑니다."
        return self._told(told), self.curated(user, told=told)

    def approve(self, user: User, sent: object = None) -> str:
        """Let an approved answer go out."""
        number = read(One, sent).number
        notices.approve(self._office, user, number)
        stopped = {c.id: why for c, why in notices.suspended(self._office)}
        held = f"지금은 멈춰 있습니다. {stopped[number]}" if number in stopped else "유효 기간 동안 나갑니다."
        return self.curated(user, told=f"승인 답변 {number}번을 승인했습니다. {held}")

    def withdraw(self, user: User, sent: object = None) -> str:
        """Let an approved answer go out no more."""
        number = read(One, sent).number
        notices.withdraw_curated(self._office, user, number)
        return self.curated(user, told=f"승인 답변 {number}번을 내렸습니다.")

    def correct(self, user: User, sent: object = None) -> tuple[str, str, str]:
        """Mark a passage as wrong; what came of it, all corrections, and the calls of this one."""
        wrong = read(Wrong, sent)
        number = corrections.open_correction(self._office, user, wrong.document, wrong.words, wrong.why)
        calls = corrections.to_call_back(self._office, user, number)
        told = f"정정 {number}번: 이 구절로 답한 전화가 {len(calls)}건입니다. ‘정정 전화’에서 다시 거세요."
        return self._told(told), self.corrections(user), self.calls(user, {"number": number})

    def corrections(self, user: User, sent: object = None) -> str:
        """All corrections with how far their calls are."""
        titles = {d.id: d.metadata.title for d in self._office.assistant.documents()}
        return corrections_html(corrections.corrections(self._office, user), titles, self._zone)

    def calls(self, user: User, sent: object = None) -> str:
        """The calls of a correction."""
        number = read(One, sent).number
        return calls_html(number, corrections.to_call_back(self._office, user, number), self._zone)

    def tick(self, user: User, sent: object = None) -> tuple[str, str]:
        """Note that a caller was called back."""
        called = read(Called, sent)
        corrections.tick(self._office, user, called.number, called.answer, called.note)
        return self.corrections(user), self.calls(user, {"number": called.number})

    def _told(self, told: str) -> str:
        return f'<p class="desk-told" role="status">{told}</p>'


def lay_out(gradio: ModuleType, assistant: Assistant, settings: Settings, sessions: Sessions) -> None:
    """Put the tab's parts into the open Gradio context."""
    assert assistant.records is not None
    office, actions = Office(assistant, assistant.records), Actions(gradio, sessions)
    review = Review(office)
    with gradio.Tabs(elem_classes="desk-tabs"):
        with (
            gradio.Tab("답한 기록", id="log"),
            sessions.gate(gradio, Right.RECORDS) as log_gate,
            gradio.Row(elem_classes="desk-columns"),
        ):
            found = gradio.HTML(elem_classes="desk-list desk-html")
            with gradio.Column(elem_classes="desk-open"):
                told, opened = (
                    gradio.HTML(elem_classes="desk-html"),
                    gradio.HTML(NOTHING_OPEN, elem_classes="desk-html"),
                )
        with gradio.Tab("승인 답변", id="curated"), sessions.gate(gradio, Right.RECORDS) as curated_gate:
            curated = gradio.HTML(elem_classes="desk-html")
        with (
            gradio.Tab("정정 전화", id="corrections"),
            sessions.gate(gradio, Right.CALL_BACK) as call_gate,
            gradio.Row(elem_classes="desk-columns"),
        ):
            listed = gradio.HTML(elem_classes="desk-list desk-html")
            calls = gradio.HTML(elem_classes="desk-open desk-html")
    trail.lay_out(gradio, office, actions, sessions)
    actions.bind("log-search", Right.RECORDS, review.found, [found])
    actions.bind("log-open", Right.RECORDS, review.recalled, [told, opened])
    actions.bind("curate", Right.NOTICE, review.curate, [told, curated])
    actions.bind("curated-again", Right.RECORDS, review.curated, [curated])
    actions.bind("curated-approve", Right.APPROVE, review.approve, [curated])
    actions.bind("curated-withdraw", Right.NOTICE, review.withdraw, [curated])
    actions.bind("correct", Right.PUBLISH, review.correct, [told, listed, calls])
    actions.bind("corrections-again", Right.CALL_BACK, review.corrections, [listed])
    actions.bind("correction-open", Right.CALL_BACK, review.calls, [calls])
    actions.bind("correction-tick", Right.CALL_BACK, review.tick, [listed, calls])
    log_gate.show(review.found, [found])
    curated_gate.show(review.curated, [curated])
    call_gate.show(review.corrections, [listed])
