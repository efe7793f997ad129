"""Days that contradict each other: terms, windows, reviews, titles."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from assistant.corpus.checks.findings import Finding, error, note, warning
from assistant.corpus.checks.shelf import Filed, Shelf
from assistant.domain import Facet, State, Term, Window
from assistant.validity import state

EARLIEST, LATEST = date(1945, 8, 15), date(2045, 12, 31)
"""A day outside is a typing mistake."""
EDITION_DAYS = 400
"""An annual edition that is in force longer is none."""
_TITLE_YEAR = re.compile(r"\((20\d\d)\)\s*$")


def check_dates(shelf: Shelf, today: date) -> Iterator[Finding]:
    """Findings about the days of each document."""
    for filed in shelf.files:
        yield from _plausible(filed)
        yield from _term(filed)
        yield from _windows(filed)
        yield from _reviews(filed, shelf, today)


def _plausible(filed: Filed) -> Iterator[Finding]:
    m = filed.metadata
    named = [
        (name, getattr(m, name))
        for name in ("published_on", "effective_from", "effective_until", "review_by")
    ]
    named += [("windows", day) for window in m.windows for day in (window.start, window.end)]
    for key, day in named:
        if day and not EARLIEST <= day <= LATEST:
            yield error(
                filed.at_key(key, str(day)),
                f"{key}의 {day}은(는) 있을 수 없는 날입니다.",
                "연도를 확인해 고치세요.",
            )
    if m.published_on and m.effective_until and m.published_on > m.effective_until:
        yield error(
            filed.at_key("published_on"),
            f"published_on({m.published_on})이 effective_until({m.effective_until})보다 늦습니다.",
            "두 날 가운데 틀린 쪽을 고치세요.",
        )


def _term(filed: Filed) -> Iterator[Finding]:
    m = filed.metadata
    place = filed.at_key("term")
    if m.term is Term.ANNUAL and not (m.effective_from or m.effective_until):
        yield error(
            place, "term이 annual인데 유효기간이 없습니다.", "effective_from과 effective_until을 적으세요."
        )
    if m.term is Term.ANNUAL and m.effective_until and not (m.effective_from or m.published_on):
        yield warning(
            filed.at_key("effective_from"),
            "해마다 바뀌는 판인데 시작을 몰라 그 전 해에도 현재 내용으로 답합니다.",
            "적어도 그 판의 첫해는 알 수 있게 effective_from을 적으세요.",
        )
    if m.term is Term.ANNUAL and m.effective_from and not m.effective_until:
        yield error(
            place,
            "term이 annual인데 effective_until이 없습니다.",
            "끝나는 날을 적거나 term을 open으로 바꾸세요.",
        )
    if m.term is Term.ANNUAL and m.effective_from and m.effective_until:
        days = (m.effective_until - m.effective_from).days
        if days > EDITION_DAYS:
            yield error(
                filed.at_key("effective_until"),
                f"해마다 바뀌는 판(annual)인데 유효기간이 {days}일입니다.",
                "effective_until의 연도를 확인하세요.",
            )
    if m.term is Term.OPEN and m.kind != "statute" and not m.effective_until and not m.review_by:
        yield warning(
            place,
            "끝도 재검토일도 없어 언제까지나 현재 내용으로 답합니다.",
            "review_by나 effective_until을 적으세요.",
        )
    year = _TITLE_YEAR.search(m.title)
    if year and m.term is Term.ANNUAL and m.effective_from and m.effective_from.year != int(year[1]):
        yield warning(
            filed.at_key("title"),
            f"제목은 {year[1]}년인데 유효기간은 {m.effective_from}에 시작합니다.",
            "제목이나 effective_from을 고치세요.",
        )


def _windows(filed: Filed) -> Iterator[Finding]:
    m = filed.metadata
    for window in m.windows:
        place = filed.at_key("windows", str(window.end or window.start or "kind"))
        if not window.start and not window.end:
            yield error(
                place, f"{window.kind} 기간에 시작도 끝도 없습니다.", "아는 날을 적거나 이 기간을 지우세요."
            )
        if window.kind == "apply" and window.end and m.effective_until and window.end > m.effective_until:
            yield error(
                place,
                f"신청 마감({window.end})이 문서의 끝({m.effective_until})보다 늦습니다.",
                "신청을 받는 동안은 유효하도록 effective_until을 고치세요.",
            )
        last = window.end or window.start
        if last and m.effective_from and last < m.effective_from - timedelta(days=366):
            yield warning(
                place,
                f"{window.kind} 기간({last}까지)이 시행일({m.effective_from})보다 한 해 넘게 앞섭니다.",
                "연도를 확인하세요.",
            )
    for one, other in combinations(m.windows, 2):
        if (
            _same_offer(one, other)
            and (one.start, one.end) != (other.start, other.end)
            and _overlap(one, other)
        ):
            yield error(
                filed.at_key("windows", str(other.end or other.start)),
                f"같은 {one.kind} 기간이 두 가지입니다({one.start}~{one.end}, {other.start}~{other.end}).",
                "channel이나 group으로 나누거나 틀린 쪽을 지우세요.",
            )


def _same_offer(one: Window, other: Window) -> bool:
    return (one.kind, one.channel, one.group) == (other.kind, other.channel, other.group)


def _overlap(one: Window, other: Window) -> bool:
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
        one.end or date.max
    )


def _reviews(filed: Filed, shelf: Shelf, today: date) -> Iterator[Finding]:
    m = filed.metadata
    if m.reviewed_on and m.reviewed_on > today:
        yield error(
            filed.at_key("reviewed_on"),
            f"검토일({m.reviewed_on})이 아직 오지 않은 날입니다.",
            "실제로 검토한 날을 적으세요.",
        )
    if m.reviewed_on and m.review_by and m.review_by < m.reviewed_on:
        yield error(
            filed.at_key("review_by"),
            f"다음 검토일({m.review_by})이 지난 검토일({m.reviewed_on})보다 빠릅니다.",
            "review_by를 고치세요.",
        )
    if not m.review_by or m.review_by >= today:
        return
    family = [other.metadata for other in shelf.programmes[m.programme_key]]
    if not m.amends and state(m, Facet.BENEFIT, today, family=family) in (
        State.CURRENT,
        State.OUTDATED,
        State.UNDATED,
    ):
        yield note(
            filed.at_key("review_by"),
            f"재검토일({m.review_by})이 지났습니다.",
            "새 판이 있는지 보고 reviewed_on과 review_by를 고치세요.",
        )
