"""Amounts that depend on the household's size: what to ask the caller, and what the tables do not hold."""

from collections.abc import Sequence

from assistant.answering.composer import FacetAnswer
from assistant.answering.measures import household_sizes
from assistant.domain import Caution, Clarification, Facet, UnitKind


def which_household(told: int | None, answers: Sequence[FacetAnswer]) -> Clarification | None:
    """Amounts that depend on the household's size, and a question that does not name it: what to ask the
    caller."""
    if told is not None:
        return None
    for answer in answers:
        if any(unit.own_row for unit in answer.units):
            return None
        rows = [u.unit.cells[0][1] for u in answer.units if u.unit.kind is UnitKind.ROW and u.unit.cells]
        sizes = [key for key in dict.fromkeys(rows) if household_sizes(key)]
        if answer.facet in (Facet.BENEFIT, Facet.CRITERIA) and len(sizes) > 1:
            return Clarification("가구원이 몇 명인가요?", tuple(sizes))
    return None


def _other_sizes(answer: FacetAnswer, size: int) -> bool:
    """Whether sentences or rows of an answer name household sizes, and none of them is the caller's."""
    spans = [s for u in answer.units for s in [household_sizes(u.unit.text)] if s is not None]
    return bool(spans) and not any(low <= size <= high for low, high in spans)


def row_warning(size: int | None, answers: Sequence[FacetAnswer]) -> list[Caution]:
    """The caller's household has no row of its own: said so, never interpolated."""
    if size is None:
        return []
    for answer in answers:
        if _other_sizes(answer, size) and not any(u.own_row for u in answer.units):
            return [
                Caution(
                    "row_missing",
                    f"{size}인 가구 금액은 자료에 없습니다. 표에 있는 가구원 수만 안내할 수 있습니다.",
                )
            ]
    return []
