"""The Korean words for what an Answer holds: one vocabulary for every channel."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from assistant.domain import Answer, AnswerWindow, Citation, Facet, State, Statement, Status

STATUS = {
    Status.ANSWERED: "답변 가능",
    Status.CLARIFICATION_NEEDED: "확인 질문 필요",
    Status.CONFLICTING: "자료 상충",
    Status.OUTDATED: "지난 기준",
    Status.CLOSED: "종료된 사업",
    Status.NO_EVIDENCE: "근거 자료 없음",
    Status.OUT_OF_SCOPE: "안내 범위 밖",
    Status.PERSONAL_RECORD: "개인 정보 조회",
}

STATUS_HINT = {
    Status.ANSWERED: "기준일에 유효한 자료로 답합니다.",
    Status.CLARIFICATION_NEEDED: "어느 것인지 여쭤 보고 고르면 답이 나옵니다.",
    Status.CONFLICTING: "유효한 두 자료가 서로 다릅니다. 둘 다 보여 드립니다.",
    Status.OUTDATED: "올해 기준이 아직 없습니다. 몇 년도 기준인지 함께 말씀하세요.",
    Status.CLOSED: "사업이나 문의한 기간이 끝났습니다.",
    Status.NO_EVIDENCE: "등록된 자료에서 답을 찾지 못했습니다. 추측하지 말고 아래로 안내하세요.",
    Status.OUT_OF_SCOPE: "복지 안내가 아닌 질문입니다.",
    Status.PERSONAL_RECORD: "개인별 결과는 여기서 볼 수 없습니다. 아래 기관으로 안내하세요.",
}

PAST = (Status.OUTDATED, Status.CLOSED)
"""Statuses under which what a document says is no rule of today."""

CAUTION_HINT = {
    (Status.ANSWERED, "old_edition"): "유효기간이 지난 자료에서 해마다 바뀌지 않는 부분만 답합니다.",
    (Status.ANSWERED, "validity_unknown"): "유효기간을 알 수 없는 자료로 답합니다.",
    (Status.OUTDATED, "past_year"): "물어보신 해의 기준입니다. 몇 년도 기준인지 함께 말씀하세요.",
}
"""What a status means beside a warning of this code, which makes its own hint untrue."""

FACET = {
    Facet.TARGET: "지원 대상",
    Facet.CRITERIA: "선정 기준",
    Facet.BENEFIT: "지원 내용",
    Facet.APPLICATION: "신청 방법",
    Facet.PAPERWORK: "구비 서류",
    Facet.PERIOD: "기간",
    Facet.EXCLUSION: "제외·제한",
    Facet.CONTACT: "문의",
    Facet.OTHER: "안내",
}

STATE = {
    State.CURRENT: "유효",
    State.OUTDATED: "지난 판",
    State.ENDED: "종료",
    State.SUPERSEDED: "새 판 있음",
    State.NOT_YET: "시행 전",
    State.UNDATED: "유효기간 미상",
}

RELATED = {
    "excludes": "함께 받지 못함",
    "adds_to": "더해서 받음",
    "implements": "근거 제도",
    "succeeded_by": "이어진 사업",
    "near": "비슷한 문의",
}
"""What a related programme is to the answered one."""

WINDOW = {"apply": "신청", "appeal": "이의신청", "use": "사용", "pay": "지급"}


def status_hint(answer: Answer) -> str:
    """What the status of an answer means for the counsellor, in one sentence."""
    if answer.status is Status.CLARIFICATION_NEEDED and answer.candidates:
        return "처지에 맞을 수 있는 사업들입니다. 더 여쭐 것을 여쭤 보고 하나를 고르세요."
    hints = (CAUTION_HINT.get((answer.status, w.code)) for w in answer.warnings)
    return next((hint for hint in hints if hint), STATUS_HINT[answer.status])


def day_text(day: date) -> str:
    """A day as people read it: 2021-03-02 → 2021.3.2."""
    return f"{day.year}.{day.month}.{day.day}."


def moment_text(at: datetime) -> str:
    """A moment as people read it: 2021.3.2. 09:05."""
    return f"{day_text(at.date())} {at:%H:%M}"


def dated(text: str) -> str:
    """A text whose ISO days are as people read them; a day alone in brackets belongs to a title and stays."""
    return re.sub(
        r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?![\d)])", lambda d: f"{d[1]}.{int(d[2])}.{int(d[3])}.", text
    )


def span_text(start: date | None, end: date | None) -> str:
    """A span of days; an unknown end is left open."""
    if start and end:
        return f"{day_text(start)} ~ {day_text(end)}"
    if start:
        return f"{day_text(start)}부터"
    return f"{day_text(end)}까지" if end else "기간 미상"


def validity_text(citation: Citation) -> str:
    """From when to when the cited document is valid, in words."""
    if citation.effective_from is None and citation.effective_until is None:
        return "유효기간 미상"
    return f"유효기간 {span_text(citation.effective_from, citation.effective_until)}"


def bare_title(title: str) -> str:
    """A title without its edition: 기초연금 사업안내 (2023) → 기초연금 사업안내."""
    return re.sub(r"\s*\(\d{4}[^)]*\)$", "", title)


def source_line(citation: Citation) -> str:
    """The citation in one line: publisher, title, section, page."""
    parts = [citation.publisher, f"「{citation.title}」", " > ".join(citation.heading_path)]
    page = f"{citation.page}쪽" if citation.page else None
    return " ".join(part for part in [*parts, page] if part)


def window_text(window: AnswerWindow, as_of: date, over: bool = False) -> str:
    """A window with what it means on the day: open, over, or still to come.

    Where the programme is `over`, a window whose end is unknown is not called open.
    """
    kind = WINDOW.get(window.kind, window.kind)
    extra = " ".join(part for part in (window.channel, window.group) if part)
    name = f"{kind}({extra})" if extra else kind
    mark = "종료된 사업" if over and window.end is None else window_mark(window, as_of)
    return f"{name} {span_text(window.start, window.end)} · {mark}"


def window_mark(window: AnswerWindow, as_of: date) -> str:
    """Whether the window is open on the day, with the days left."""
    if window.end is not None and as_of > window.end:
        return "마감"
    if window.start is not None and as_of < window.start:
        return f"{(window.start - as_of).days}일 뒤 시작"
    if window.end is None:
        return "진행 중"
    left = (window.end - as_of).days
    return "오늘 마감" if left == 0 else f"진행 중, {left}일 남음"


def summary_of(answer: Answer) -> tuple[Statement, ...]:
    """The statements that are read aloud; where the rule is a past one, none that is only a desk's number."""
    spoken = tuple(answer.statements[i] for i in answer.summary)
    if answer.status not in PAST:
        return spoken
    return tuple(s for s in spoken if not only_a_desk(s, answer))


def only_a_desk(statement: Statement, answer: Answer) -> bool:
    """Whether a statement only gives a desk's number that stands among the contacts."""
    numbers = phones_in(statement.text)
    return (
        statement.facet is Facet.CONTACT and bool(numbers) and numbers <= {c.phone for c in answer.contacts}
    )


def phones_in(text: str) -> frozenset[str]:
    """The numbers in a text that may be a desk's phone: three digits or more."""
    return frozenset(re.findall(r"\d[\d-]{2,}", text))


def confirmations_of(answer: Answer) -> tuple[Statement, ...]:
    """The statements that must be confirmed with the caller."""
    return tuple(answer.statements[i] for i in answer.must_confirm)


def cited(answer: Answer, statements: Iterable[Statement]) -> tuple[Citation, ...]:
    """The citations that statements point to, one of each document, in order of first use."""
    by_marker = {c.marker: c for c in answer.citations}
    found: dict[str, Citation] = {}
    for statement in statements:
        for marker in statement.citations:
            if marker in by_marker:
                found.setdefault(by_marker[marker].document_id, by_marker[marker])
    return tuple(found.values())


def missing_text(answer: Answer) -> str | None:
    """The facets asked for that the corpus does not hold, as one line; None where nothing is missing."""
    if not answer.missing:
        return None
    return "자료 미확보: " + ", ".join(FACET[f] for f in answer.missing)
