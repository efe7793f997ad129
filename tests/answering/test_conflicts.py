from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.conflicts import opposed
from assistant.answering.selection import Day, Family
from assistant.answering.units import Scorer
from assistant.domain import Document, State

DAY = Day(date(2021, 3, 2))


@pytest.fixture
def both_in_force(small: Answerer) -> Family:
    """The two editions of the pension as if the older one were of the newer one's days and not replaced."""
    older, newer = (small.index.documents[name] for name in ("pension-2020", "pension-2021"))
    free = replace(newer.metadata, supersedes=())
    dated = replace(
        older.metadata,
        published_on=free.published_on,
        effective_from=free.effective_from,
        effective_until=free.effective_until,
    )
    documents = [replace(older, metadata=dated), replace(newer, metadata=free)]
    chunks = {
        d.id: [small.index.chunks[row] for row in small.index.rows_of_document[d.id]] for d in documents
    }
    return Family("pension", documents, chunks)


def against(small: Answerer, family: Family, document: Document, text: str) -> list[str]:
    scorer = Scorer(small.index, small.read("든든연금 단독가구 얼마예요?", DAY.as_of).asked)
    only = [d.id for d in family.documents]
    units = scorer.units(document, State.CURRENT, family.chunks_of(document))
    unit = next(u for u in units if text in u.unit.text)
    return [u.unit.text for u in opposed(scorer, family, DAY, only, unit)]


def test_another_figure_in_the_same_row_is_opposed(small: Answerer, both_in_force: Family) -> None:
    newer = both_in_force.documents[1]
    assert against(small, both_in_force, newer, "300,000원") == ["가구: 단독가구 · 월 지급액: 254,760원"]


def test_another_figure_in_the_same_sentence_is_opposed(small: Answerer, both_in_force: Family) -> None:
    newer = both_in_force.documents[1]
    assert against(small, both_in_force, newer, "169만원") == [
        "만 65세 이상이고 소득인정액이 148만원 이하인 어르신이 받습니다."
    ]


def test_an_edition_that_was_replaced_opposes_nothing(small: Answerer) -> None:
    family = small.families["pension"]
    assert against(small, family, small.index.documents["pension-2021"], "300,000원") == []


def test_a_sentence_without_figures_is_not_opposed(small: Answerer, both_in_force: Family) -> None:
    assert against(small, both_in_force, both_in_force.documents[1], "생활을 돕는") == []
