"""Which days a text names, as notices write them."""

from datetime import date

import pytest

from assistant.corpus.days import days_in


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("신청기간: 2021. 5. 17.(월) ~ 6. 6.(일)", date(2021, 6, 6)),
        ("2021년 5월 17일부터 30일까지", date(2021, 5, 30)),
        ("5. 17. ~ 30. 동안", date(2021, 5, 30)),
        ("| 접수 | 2021-05-17 |", date(2021, 5, 17)),
        ("5/17부터", date(2021, 5, 17)),
        ("2022년 11월부터 2024년 12월까지 지급합니다", date(2022, 11, 1)),
        ("2022년 11월부터 2024년 12월까지 지급합니다", date(2024, 12, 31)),
        ("2024. 2 ~ 2024. 11.", date(2024, 2, 29)),
        ("연말까지 씁니다", date(2021, 12, 31)),
    ],
)
def test_a_day_that_is_named(text: str, day: date) -> None:
    assert day in days_in(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021. 5. 17. ~ 6. 20.", date(2021, 5, 30)),
        ("2021. 5. 17. ~ 6. 20.", date(2022, 5, 17)),
        ("2022년 11월부터 지급합니다", date(2022, 11, 15)),
        ("5월 20일까지", date(2021, 5, 31)),
        ("5월 17일부터 1,530원", date(2021, 5, 1)),
        ("30만원을 드립니다", date(2021, 5, 30)),
        ("", date(2021, 5, 30)),
    ],
)
def test_a_day_that_is_not(text: str, day: date) -> None:
    assert day not in days_in(text)
