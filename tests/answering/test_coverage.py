"""What is read out holds the words asked, as far as there is time and a sentence that fits."""

import pytest

from assistant.answering.composer import FacetAnswer
from assistant.answering.coverage import FITS, joined
from assistant.domain import Facet
from tests.answering.test_composer import scored

LEAD = "만 34세 이하 취업자가 대상입니다."
PAY = "연봉 1,700만원 이상의 일자리여야 합니다."


def said(answer: FacetAnswer, nouns: list[str]) -> list[str]:
    """What is read out where the first sentence was chosen."""
    lead, *others = [(Facet.BENEFIT, unit) for unit in answer.units]
    return [unit.unit.text for _, unit in joined([lead], others, nouns)]


@pytest.mark.parametrize(
    ("nouns", "behind", "joins"),
    [
        (["연봉"], FITS - 0.1, True),
        (["연봉"], FITS + 0.1, False),
        (["취업자"], 0.1, False),
        (["적금"], 0.1, False),
        ([], 0.1, False),
    ],
)
def test_a_sentence_with_a_noun_asked_joins_where_it_fits(
    nouns: list[str], behind: float, joins: bool
) -> None:
    told = said(scored([LEAD, PAY], [2.0, 2.0 - behind]), nouns)
    assert told == ([LEAD, PAY] if joins else [LEAD])


def test_the_best_sentence_with_it_joins_and_none_that_is_too_long() -> None:
    long = "연봉 " + "가나다라 " * 25 + "드립니다."
    assert said(scored([LEAD, long, PAY], [2.0, 0.5, 1.0]), ["연봉"]) == [LEAD, PAY]
    assert said(scored([LEAD, long], [2.0, 1.0]), ["연봉"]) == [LEAD]


def test_nothing_joins_where_nothing_was_chosen() -> None:
    other = [(Facet.BENEFIT, unit) for unit in scored([PAY], [1.0]).units]
    assert joined([], other, ["연봉"]) == []
