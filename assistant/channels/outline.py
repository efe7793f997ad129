"""An Answer as plain lines in speaking order: what every draft is made of."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.channels.wording import (
    bare_title,
    cited,
    confirmations_of,
    missing_text,
    source_line,
    summary_of,
    validity_text,
    window_text,
)
from assistant.domain import Answer, Status
from assistant.records.bulletins import CODE, without_author

CITIZEN = {
    Status.OUTDATED: "지난 기준입니다. 올해 기준은 신청 전에 확인해 주세요.",
    Status.CLOSED: "지금은 끝난 사업이거나 기간이 지났습니다.",
    Status.CONFLICTING: "안내 자료가 서로 달라 담당 기관 확인이 필요합니다.",
    Status.NO_EVIDENCE: "문의하신 내용은 확인이 필요합니다. 아래로 문의해 주세요.",
    Status.OUT_OF_SCOPE: "문의하신 내용은 복지 안내 범위가 아닙니다.",
    Status.PERSONAL_RECORD: "개인별 처리 결과는 담당 기관에서 확인해 주세요.",
}
"""What a citizen is told with a status; an answered question needs no such line."""
CONFIRM = "꼭 확인해 주세요."
"""Above the conditions in a message to a citizen."""
MOST_NOTICES = 3
"""Bulletins, of 200 characters each at most, that a message has room for beside whom to call."""


@dataclass(frozen=True, slots=True)
class Outline:
    """Lines in speaking order; what an answer does not have is None or empty.

    `alerts` are words for the counsellor; `hotlines` is what is written to the caller instead. `notices` are
    the bulletins: no draft goes out without them. `programme` is what a message is about, in brackets.
    """

    alerts: tuple[str, ...]
    hotlines: str | None
    notices: tuple[str, ...]
    programme: str | None
    status: str | None
    answer: tuple[str, ...]
    confirm: tuple[str, ...]
    windows: tuple[str, ...]
    missing: str | None
    contacts: str | None
    sources: tuple[str, ...]

    @property
    def few_notices(self) -> tuple[str, ...]:
        """The notices as a message of limited length has them: of many, the first, and how many more."""
        rest = len(self.notices) - MOST_NOTICES
        more = (f"[공지] 이 밖에 공지가 {rest}건 더 있습니다.",) if rest > 0 else ()
        return self.notices[:MOST_NOTICES] + more


def outline(answer: Answer) -> Outline:
    """The lines of an answer. Sources, with their days, are those of what is said, else of the conditions."""
    summary = summary_of(answer)
    confirm = confirmations_of(answer)
    sources = cited(answer, summary or confirm)
    clarification = answer.clarification
    said = tuple(s.text for s in summary)
    if clarification is not None:
        said += (f"{clarification.asks} ({', '.join(clarification.choices)})",)
    return Outline(
        alerts=tuple(
            f"{a.text} {', '.join(f'{c.name} {c.phone}' for c in a.contacts)}" for a in answer.alerts
        ),
        hotlines=_hotlines(answer),
        notices=tuple(without_author(w.text) for w in answer.warnings if w.code == CODE),
        programme=f"[{bare_title(sources[0].title)}]" if sources else None,
        status=CITIZEN.get(answer.status),
        answer=said,
        confirm=tuple(s.text for s in confirm),
        windows=tuple(window_text(w, answer.as_of, answer.status is Status.CLOSED) for w in answer.windows),
        missing=missing_text(answer),
        contacts="문의: " + ", ".join(f"{c.name} {c.phone}" for c in answer.contacts)
        if answer.contacts
        else None,
        sources=tuple(f"출처: {source_line(c)} ({validity_text(c)})" for c in sources),
    )


def listed(conditions: Sequence[str]) -> list[str]:
    """Conditions as a citizen reads them: under a heading, or nothing at all."""
    return [CONFIRM, *(f"· {c}" for c in conditions)] if conditions else []


def _hotlines(answer: Answer) -> str | None:
    """The hot-lines of all alerts as one line to a caller in danger, each number once."""
    numbers = {c.phone: f"{c.name} {c.phone}" for a in answer.alerts for c in a.contacts}
    return f"위급하시면 지금 바로 전화해 주세요: {', '.join(numbers.values())}" if numbers else None
