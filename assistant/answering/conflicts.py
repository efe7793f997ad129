"""Two documents in force that say the same thing with other figures: both are shown, neither is chosen
(DESIGN rule 5)."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.answering.grounding import numbers
from assistant.answering.selection import Day, Family, starts_on
from assistant.answering.units import ScoredUnit, Scorer
from assistant.domain import Caution, Document, Facet, State, UnitKind

ALIKE = 88.0
"""Likeness (0–100, figures taken out) from which two sentences or row keys say the same thing."""
_FIGURE = re.compile(r"\d[\d,.]*")
_YEAR = re.compile(r"(?:19|20)\d{2}$")


def opposed(
    scorer: Scorer,
    family: Family,
    day: Day,
    only: Sequence[str],
    unit: ScoredUnit,
) -> list[ScoredUnit]:
    """What other documents in force say against a unit, of each the unit that answers best; mostly none."""
    if unit.state is not State.CURRENT or not numbers(unit.unit.text):
        return []
    found = []
    for document in _rivals(family, unit.document, unit.chunk.facet, day, only):
        chunks = [c for c in family.chunks_of(document) if c.facet is unit.chunk.facet]
        against = [u for u in scorer.units(document, State.CURRENT, chunks) if _against(unit, u)]
        found += sorted(against, key=lambda u: -u.score)[:1]
    return found


def caution(units: Sequence[ScoredUnit]) -> Caution:
    """Which documents disagree, each with the day it is in force from."""
    documents = {unit.document.id: unit.document for unit in units}.values()
    said = " / ".join(f"「{d.metadata.title}」({starts_on(d).isoformat()} 시행)" for d in documents)
    return Caution("conflict", f"유효한 자료가 서로 다릅니다: {said}. 담당 부서에 확인한 뒤 안내해 주세요.")


def _rivals(
    family: Family, document: Document, facet: Facet, day: Day, only: Sequence[str]
) -> list[Document]:
    """Documents that speak on the same day for the same round and region with the same right; one that
    amends, or is amended, has precedence instead."""
    own = document.metadata
    amended = {a.document for d in family.documents for a in d.metadata.amends}
    return [
        other
        for other in family.documents
        if other.id != document.id
        and other.id in only
        and not (own.amends or other.metadata.amends or {document.id, other.id} & amended)
        and (other.metadata.round, other.metadata.region) == (own.round, own.region)
        and starts_on(other) == starts_on(document)
        and family.state_of(other, facet, day) is State.CURRENT
    ]


def _against(unit: ScoredUnit, other: ScoredUnit) -> bool:
    """Whether another unit says the same thing with other figures."""
    if (unit.unit.kind is UnitKind.ROW) is not (other.unit.kind is UnitKind.ROW):
        return False
    if unit.unit.kind is UnitKind.ROW:
        same = _alike(unit.unit.cells[0][1], other.unit.cells[0][1], figures=True)
        return same and _figures(unit, skip=1) != _figures(other, skip=1)
    return _alike(unit.unit.text, other.unit.text) and _figures(unit) != _figures(other)


def _alike(first: str, second: str, figures: bool = False) -> bool:
    if figures and _FIGURE.findall(first) != _FIGURE.findall(second):
        return False
    return fuzz.ratio(_bare(first), _bare(second)) >= ALIKE


def _bare(text: str) -> str:
    """A text without its figures: "만 0세" and "0세" are one."""
    return _FIGURE.sub("#", re.sub(r"만\s?(?=\d+\s?세)", "", text))


def _figures(unit: ScoredUnit, skip: int = 0) -> frozenset[str]:
    """The figures of a unit but years; of a row those after its first `skip` cells."""
    text = " ".join(value for _, value in unit.unit.cells[skip:]) if skip else unit.unit.text
    return frozenset(n for n in numbers(text) if not _YEAR.match(n))
