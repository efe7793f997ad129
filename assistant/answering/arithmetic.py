"""A share of the standard median income in won: as the corpus gives it, else as a formula with both of its
inputs cited; never interpolated."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.answering.composer import FacetAnswer
from assistant.answering.measures import household_sizes
from assistant.answering.selection import Day, Family, edition_year
from assistant.answering.units import ScoredUnit, Scorer
from assistant.domain import Facet, State, UnitKind

MEDIAN_INCOME = "median-income"
"""The programme whose editions hold the standard median income by household size (기준 중위소득 고시)."""
WHOLE = Decimal(100)
"""The percentage that a row without one stands for."""
_SHARE = re.compile(r"중위소득의?\s?(\d+(?:\.\d+)?)\s?(?:%|퍼센트|프로)")
_ASKED = re.compile(r"중위소득.{0,12}?(?<!\d)(\d+(?:\.\d+)?)\s?(?:%|퍼센트|프로)")
_MONEY = re.compile(r"\d{1,3}(?:,\d{3})+|\d{6,}")


@dataclass(frozen=True, slots=True)
class Calculation:
    """`text` says the amount or the formula; `base` is the row of the median income it rests on, `share` the
    sentence that names the percentage (None where the question does)."""

    text: str
    base: ScoredUnit
    share: ScoredUnit | None


def income_line(
    scorer: Scorer, median: Family | None, answers: Sequence[FacetAnswer], day: Day
) -> Calculation | None:
    """The caller's income line, where the household's size is told, a percentage of the median income is
    asked for or is the condition found, and the corpus holds this day's median income for that size but
    no line in won; else None."""
    size = scorer.asked.understood.household
    if size is None or median is None or any(u.own_row and _states_line(u, median) for u in _all(answers)):
        return None
    asked = _ASKED.search(scorer.asked.understood.text)
    share = None if asked else _condition(answers, median)
    named = asked.group(1) if asked else _share(share.unit.text) if share else None
    if named is None or (percent := Decimal(named)) == WHOLE:
        return None
    rows = _median_rows(scorer, median, size, day)
    if share is None and not any(row.document in _documents(answers) for row, _, _ in rows):
        return None
    for row, of, income in rows:
        if of == percent:
            text = f"{edition_year(row.document)}년 {size}인 가구 기준 중위소득 {percent}%: {income:,}원"
            return Calculation(text, row, share)
    for row, of, income in rows:
        if of == WHOLE:
            line = (income * percent / WHOLE).quantize(Decimal(1), ROUND_HALF_UP)
            base = f"{edition_year(row.document)}년 {size}인 가구 기준 중위소득 {income:,}원"
            text = f"계산: {base} × {percent}% = {line:,}원 (고시한 금액이 아니라 두 값을 곱한 것)"
            return Calculation(text, row, share)
    return None


def _states_line(unit: ScoredUnit, median: Family) -> bool:
    """Whether a row or sentence for the caller's household gives an amount of its own."""
    return unit.document not in median.documents and bool(_MONEY.search(unit.unit.text))


def _all(answers: Sequence[FacetAnswer]) -> list[ScoredUnit]:
    return [unit for answer in answers for unit in answer.units]


def _documents(answers: Sequence[FacetAnswer]) -> list[object]:
    return [unit.document for unit in _all(answers)]


def _condition(answers: Sequence[FacetAnswer], median: Family) -> ScoredUnit | None:
    """The condition of another programme on the median income, in force: the best sentence found where it is
    one, else the only one among the conditions found."""
    found = [u for a in answers for u in a.fitting if u.document not in median.documents]
    held = [u for u in found if u.state is State.CURRENT and _SHARE.search(u.unit.text)]
    for unit in held:
        if any(unit.unit.span == answer.best.unit.span for answer in answers):
            return unit
    conditions = [u for u in held if u.chunk.facet in (Facet.TARGET, Facet.CRITERIA) and not u.another]
    return conditions[0] if len({_share(u.unit.text) for u in conditions}) == 1 else None


def _share(text: str) -> str | None:
    """The percentage of the median income that a sentence names; None where it names none or several."""
    found = set(_SHARE.findall(text))
    return found.pop() if len(found) == 1 else None


def _median_rows(
    scorer: Scorer, median: Family, size: int, day: Day
) -> list[tuple[ScoredUnit, Decimal, Decimal]]:
    """The rows of a household size in the edition in force: each with its percentage and its amount."""
    found = []
    for document in median.documents:
        if median.state_of(document, Facet.CRITERIA, day) is not State.CURRENT:
            continue
        chunks = [c for c in median.chunks_of(document) if c.facet is Facet.CRITERIA]
        for unit in scorer.units(document, State.CURRENT, chunks):
            if unit.unit.kind is UnitKind.ROW and household_sizes(unit.unit.cells[0][1]) == (size, size):
                shares = [value.strip() for header, value in unit.unit.cells[1:] if "%" in header]
                amounts = [m for _, value in unit.unit.cells[1:] for m in _MONEY.findall(value)]
                if len(amounts) == 1 and all(re.fullmatch(r"\d+(?:\.\d+)?", s) for s in shares):
                    share = Decimal(shares[0]) if shares else WHOLE
                    found.append((unit, share, Decimal(amounts[0].replace(",", ""))))
    return found
