"""Windows of a programme on a day: what is open, over or to come."""

from collections.abc import Iterable
from datetime import date

from assistant.domain import Document, Window

KIND_WORDS = {"apply": "신청", "appeal": "이의신청", "use": "사용", "pay": "지급"}


def governing_windows(documents: Iterable[Document]) -> tuple[tuple[Document, Window], ...]:
    """The windows that count among speaking documents: an amendment's replace those of the same kind in
    its base."""
    documents = tuple(documents)
    replaced = {
        (amendment.document, window.kind)
        for document in documents
        for amendment in document.metadata.amends
        for window in document.metadata.windows
    }
    found: list[tuple[Document, Window]] = []
    for document in documents:
        for window in document.metadata.windows:
            if (document.id, window.kind) not in replaced and all(w != window for _, w in found):
                found.append((document, window))
    return tuple(found)


def is_over(windows: Iterable[Window], kind: str, day: date) -> bool:
    """Whether every window of a kind has a known end before the day; False where there is none."""
    ends = [w.end for w in windows if w.kind == kind]
    return bool(ends) and all(end is not None and end < day for end in ends)


def not_begun(windows: Iterable[Window], kind: str, day: date) -> date | None:
    """The first day of a kind of window that is still to come, where none has begun."""
    starts = [w.start for w in windows if w.kind == kind]
    if starts and all(start is not None and start > day for start in starts):
        return min(start for start in starts if start is not None)
    return None


def describe(window: Window) -> str:
    """A window in words: "온라인 신청 마감: 2021-06-06"."""
    what = " ".join(part for part in (window.channel, KIND_WORDS.get(window.kind, window.kind)) if part)
    group = f"({window.group})" if window.group else ""
    if window.end:
        return f"{what}{group} 마감: {window.end.isoformat()}"
    return f"{what}{group} 시작: {window.start.isoformat()}" if window.start else f"{what}{group} 기간 미확인"
