"""Numbers as callers say them."""

import pytest

from assistant.answering.measures import facts_of


@pytest.mark.parametrize(
    ("question", "measure"),
    [
        ("스물아홉 먹은 딸인데", (29, "세")),
        ("딸이 세살배기인데", (3, "세")),
        ("아부지가 78인데", (78, "세")),
        ("80 넘었으면", (80, "세")),
        ("여든 넘은 어무이", (80, "세")),
        ("네식구면 소득선은", (4, "인")),
        ("후견인이 한 명이면", (1, "인")),
        ("취업해서 반년 채우면", (6, "개월")),
        ("집합금지 두달 당한 데는", (2, "개월")),
        ("한국 온 지 칠년째인데", (7, "년")),
        ("남편이 열흘 쉬었는데", (10, "일")),
    ],
)
def test_words_are_measures(question: str, measure: tuple[float, str]) -> None:
    assert measure in facts_of(question).measures


@pytest.mark.parametrize(
    "question", ["한 명당 얼마예요", "한 달에 얼마 나와요", "일요일에도 하나요", "이 년에 한 번"]
)
def test_rates_and_other_words_are_none(question: str) -> None:
    assert facts_of(question).measures == ()


def test_a_number_before_in_and_de_is_an_age_only_where_it_can_be_one() -> None:
    assert facts_of("78인데 얼마").measures == ((78.0, "세"),)
    assert (3.0, "인") in facts_of("3인데 얼마").measures
