"""One edition in force per programme and round a day, looked at on the days on which something changes."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.corpus.checks.findings import Finding, conflict, note, warning
from assistant.corpus.checks.shelf import Filed, Shelf
from assistant.domain import Facet, Metadata, State
from assistant.validity import state

BESIDE = frozenset({"faq", "statute"})
"""Kinds that stand beside a guideline or notice of the same programme instead of replacing it."""
IN_FORCE = frozenset({State.CURRENT, State.UNDATED})
STANDING = IN_FORCE | {State.OUTDATED}
"""States in which an edition still answers, if only with a warning: nothing has replaced it."""
_DAY = timedelta(days=1)


def check_editions(shelf: Shelf, today: date) -> Iterator[Finding]:
    """Findings about editions that are in force together, and days between editions that none covers."""
    for group in shelf.rounds():
        bases = [filed for filed in group if not filed.metadata.amends and filed.metadata.kind not in BESIDE]
        if len(bases) > 1:
            days = change_days([filed.metadata for filed in bases])
            yield from _together(bases, days)
            yield from _gaps(bases, days)
    for programme, family in shelf.programmes.items():
        rounds = {filed.metadata.round for filed in family}
        if None in rounds and len(rounds) > 1:
            first = next(filed for filed in family if filed.metadata.round is None)
            yield warning(
                first.at_key("round"),
                f"{programme}의 다른 문서에는 차수가 있는데 여기에는 없습니다.",
                "round를 적으세요.",
            )


def change_days(family: Sequence[Metadata]) -> list[date]:
    """The days on which the state of any of these documents can change."""
    days: set[date] = set()
    for m in family:
        known = [m.published_on, m.effective_from, *(day for w in m.windows for day in (w.start, w.end))]
        days.update(day for day in (m.published_on, m.effective_from) if day)
        days.update(day + _DAY for day in (m.effective_until, m.review_by) if day)
        days.update(day + timedelta(days=366) for day in known if day)
    return sorted(days)


def editions_in(states: frozenset[State], bases: Sequence[Filed], day: date) -> list[Filed]:
    """The editions that are in one of the states on `day`; amendments count for nothing here."""
    family = [filed.metadata for filed in bases]
    return [f for f in bases if state(f.metadata, Facet.BENEFIT, day, family=family) in states]


def _together(bases: Sequence[Filed], days: Sequence[date]) -> Iterator[Finding]:
    told: set[frozenset[str]] = set()
    for day in days or [date.today()]:
        current = editions_in(STANDING, bases, day)
        pair = frozenset(filed.metadata.id for filed in current)
        if len(current) < 2 or any(pair <= other for other in told):
            continue
        told.add(pair)
        names = ", ".join(sorted(pair))
        yield conflict(
            current[-1].at_key("programme"),
            f"같은 사업·차수에서 {day}에 함께 유효한 판이 {len(current)}개입니다: {names}.",
            "새 판의 supersedes에 앞선 판을 적거나, 다른 혜택이면 programme이나 round를 나누세요.",
        )


def _gaps(bases: Sequence[Filed], days: Sequence[date]) -> Iterator[Finding]:
    """Stretches between two editions of a chain on which none is in force."""
    covered = [bool(editions_in(IN_FORCE, bases, day)) for day in days]
    if True not in covered:
        return
    first, last = covered.index(True), len(covered) - 1 - covered[::-1].index(True)
    start: date | None = None
    for day, held in zip(days[first : last + 1], covered[first : last + 1], strict=True):
        if not held:
            start = start or day
        elif start:
            yield from _gap(bases, start, day - _DAY)
            start = None


def _gap(bases: Sequence[Filed], start: date, end: date) -> Iterator[Finding]:
    if any(f"공백 {start}~{end}" in (filed.metadata.source_note or "") for filed in bases):
        return
    later = min((f for f in bases if f.metadata.effective_from), key=lambda f: _distance(f, end))
    yield note(
        later.at_key("supersedes"),
        f"{start}부터 {end}까지 유효한 판이 없어 그 사이에는 '지난 자료'로 답합니다.",
        f"그 사이의 판을 넣거나, 구할 수 없으면 source_note에 '공백 {start}~{end}'을 적으세요.",
    )


def _distance(filed: Filed, end: date) -> int:
    return abs((filed.metadata.effective_from - end).days) if filed.metadata.effective_from else 10**6
