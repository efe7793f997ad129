"""What the day does to an answer: not begun, open, extended, over, ended, outdated, undated."""

from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.domain import State, Status

APPLY = "기쁨나눔지원금 신청할게요"
USE = "기쁨나눔지원금 카드 언제까지 써요"


def codes(small: Answerer, question: str, day: date) -> tuple[Status, list[str]]:
    answer = small.answer(question, day)
    return answer.status, [w.code for w in answer.warnings]


@pytest.mark.parametrize(
    ("day", "status", "warnings"),
    [
        (date(2021, 5, 12), Status.ANSWERED, ["not_begun"]),
        (date(2021, 5, 17), Status.ANSWERED, []),
        (date(2021, 6, 6), Status.ANSWERED, []),
        (date(2021, 6, 10), Status.ANSWERED, []),
        (date(2021, 6, 20), Status.ANSWERED, []),
        (date(2021, 6, 21), Status.CLOSED, ["closed"]),
    ],
)
def test_applying_before_while_extended_and_after(
    small: Answerer, day: date, status: Status, warnings: list[str]
) -> None:
    assert codes(small, APPLY, day) == (status, warnings)


def test_what_is_closed_says_until_when(small: Answerer) -> None:
    answer = small.answer(APPLY, date(2021, 7, 1))
    assert answer.warnings[0].text == "온라인 신청 마감: 2021-06-20"
    assert {s.programme for s in answer.statements} == {"cheer"}


def test_the_card_may_be_used_after_applying_is_over(small: Answerer) -> None:
    answer = small.answer(USE, date(2021, 7, 1))
    assert answer.status is Status.ANSWERED
    assert answer.statements[answer.summary[0]].text == "카드는 2021년 10월 31일까지 쓸 수 있습니다."


def test_a_programme_that_ended_is_closed_and_not_hidden(small: Answerer) -> None:
    answer = small.answer("기쁨나눔지원금 얼마 줘요", date(2022, 12, 1))
    assert answer.status is Status.CLOSED
    assert {s.state for s in answer.statements} == {State.ENDED}
    assert any("2021-10-31" in w.text for w in answer.warnings)


def test_an_edition_past_its_year_is_outdated_with_the_year_beside_every_amount(small: Answerer) -> None:
    answer = small.answer("든든연금 얼마예요", date(2022, 3, 2))
    assert answer.status is Status.OUTDATED
    amounts = [s for s in answer.statements if "원" in s.text]
    assert len(amounts) >= 2
    assert all("2021년" in s.text and s.state is State.OUTDATED for s in amounts)
    assert all(answer.statements[i].state is State.CURRENT for i in answer.summary)
    assert answer.warnings[0].text.startswith("2021년 기준 자료입니다.")


def test_where_to_apply_outlives_the_year_with_a_warning(small: Answerer) -> None:
    assert codes(small, "든든연금 어디서 신청해요", date(2022, 3, 2)) == (Status.ANSWERED, ["old_edition"])


def test_a_past_year_that_is_asked_for_is_shown_as_past(small: Answerer) -> None:
    answer = small.answer("든든연금 2020년에는 단독가구 얼마였나요", date(2021, 3, 2))
    assert answer.status is Status.OUTDATED
    assert answer.warnings[0].code == "past_year"
    assert answer.statements[0].text == "2020년 기준 · 가구: 단독가구 · 월 지급액: 254,760원"


def test_unknown_dates_are_warned_about(small: Answerer) -> None:
    assert codes(small, "마을버스 무료 이용 누가 타나요", date(2021, 5, 20)) == (
        Status.ANSWERED,
        ["validity_unknown"],
    )
