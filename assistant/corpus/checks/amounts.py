"""Numbers: documents in force together that disagree, and amounts that stand without their exclusions."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations

from rapidfuzz.fuzz import ratio

from assistant.corpus.checks.editions import change_days
from assistant.corpus.checks.findings import Finding, conflict, warning
from assistant.corpus.checks.shelf import Filed, Shelf
from assistant.domain import Facet, State, Unit, UnitKind
from assistant.validity import state

ALIKE = 90.0
"""Two sentences whose words are this similar (0–100, numbers left out) say the same thing."""
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SCALE = {"천": 10**3, "만": 10**4, "백만": 10**6, "천만": 10**7, "억": 10**8}
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(천만|백만|억|만|천)?(?=\s*원)|(\d[\d,]*(?:\.\d+)?)")
_MONEY = re.compile(r"\d[\d,.]*\s*(?:천만|백만|억|만|천)?\s*원|\d[\d,.]*\s*%")


def check_amounts(shelf: Shelf) -> Iterator[Finding]:
    """Findings about numbers that differ, and about exclusions missing beside amounts."""
    for group in shelf.rounds():
        yield from _conflicts(group, shelf)
    for filed in shelf.files:
        yield from _exclusion(filed, shelf)


def numbers_in(words: str) -> tuple[float, ...]:
    """The numbers of a text in order, amounts of won in won (30만원 = 300,000원)."""
    found = []
    for match in _AMOUNT.finditer(words):
        value = float((match[1] or match[3]).replace(",", "").rstrip("."))
        found.append(value * _SCALE.get(match[2] or "", 1))
    return tuple(found)


def _conflicts(group: Sequence[Filed], shelf: Shelf) -> Iterator[Finding]:
    if len(group) < 2:
        return
    family = [filed.metadata for filed in group]
    days = change_days(family)
    for one, other in combinations(sorted(group, key=_order), 2):
        for facet in sorted(one.facets() & other.facets() - {Facet.OTHER}):
            together = any(
                state(one.metadata, facet, day, family=family) is State.CURRENT
                and state(other.metadata, facet, day, family=family) is State.CURRENT
                for day in days
            )
            if together:
                yield from _differences(one, other, facet, shelf)


def _order(filed: Filed) -> tuple[bool, date]:
    """Bases before what amends them, then by the day on which they start: the later one is told."""
    m = filed.metadata
    return bool(m.amends), m.effective_from or m.published_on or date.min


def _differences(one: Filed, other: Filed, facet: Facet, shelf: Shelf) -> Iterator[Finding]:
    mine = [unit for f, unit in shelf.units[one.metadata.id] if f is facet]
    theirs = [unit for f, unit in shelf.units[other.metadata.id] if f is facet]
    said = {numbers_in(unit.text) for unit in theirs}
    for unit in mine:
        if not numbers_in(unit.text) or numbers_in(unit.text) in said:
            continue
        for rival in theirs:
            if _disagree(unit, rival):
                yield conflict(
                    other.at_offset(rival.span.start),
                    f"함께 유효한 {one.document.path}와 {facet} 숫자가 다릅니다: "
                    f"{unit.text!r} ↔ {rival.text!r}.",
                    "틀린 쪽을 고치거나, 바뀐 것이면 amends나 supersedes로 이으세요.",
                )
                break


def _disagree(unit: Unit, rival: Unit) -> bool:
    mine, theirs = numbers_in(unit.text), numbers_in(rival.text)
    if mine == theirs or len(mine) != len(theirs):
        return False
    if unit.kind is UnitKind.ROW and rival.kind is UnitKind.ROW:
        return [h for h, _ in unit.cells] == [h for h, _ in rival.cells] and unit.cells[:1] == rival.cells[:1]
    return ratio(_NUMBER.sub("#", unit.text), _NUMBER.sub("#", rival.text)) >= ALIKE


def _exclusion(filed: Filed, shelf: Shelf) -> Iterator[Finding]:
    m = filed.metadata
    if not filed.front or m.amends or m.kind == "statute":
        return
    if Facet.EXCLUSION in m.missing or Facet.EXCLUSION in filed.facets():
        return
    for facet, unit in shelf.units[m.id]:
        if facet is Facet.BENEFIT and _MONEY.search(unit.text):
            yield warning(
                filed.at_offset(unit.span.start),
                "금액이 있는데 제외 대상이 없습니다.",
                "제외대상을 쓰거나, 출처가 없으면 missing에 exclusion을 적으세요.",
            )
            return
