"""Windows that the text of their document does not bear out."""

from collections.abc import Iterator
from datetime import date

from assistant.corpus.checks.findings import Finding, Kind, Severity
from assistant.corpus.checks.shelf import Filed, Shelf
from assistant.corpus.days import days_in
from assistant.domain import Window

WINDOW_NAMES = {"apply": "신청", "appeal": "이의신청", "use": "사용", "pay": "지급"}


def check_windows(shelf: Shelf) -> Iterator[Finding]:
    """Days of windows that stand neither in the document's text nor in that of a document it amends."""
    for filed in shelf.files:
        for window, day, which in _unsaid(filed, shelf):
            yield Finding(
                Severity.WARNING,
                *filed.at_key("windows", str(day)),
                f"{WINDOW_NAMES.get(window.kind, window.kind)} 기간의 {which} {day}: 글에 없는 날입니다.",
                "글의 날짜와 견주어 기간(windows)이나 글을 고치세요.",
                Kind.WINDOW,
            )


def _unsaid(filed: Filed, shelf: Shelf) -> Iterator[tuple[Window, date, str]]:
    if not filed.metadata.windows:
        return
    amended = (shelf.by_id.get(amendment.document) for amendment in filed.metadata.amends)
    said = days_in("\n".join([filed.document.text, *(a.document.text for a in amended if a)]))
    for window in filed.metadata.windows:
        for day, which in ((window.start, "첫날"), (window.end, "끝날")):
            if day is not None and day not in said:
                yield window, day, which
