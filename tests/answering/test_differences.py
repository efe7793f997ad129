"""What a question takes for granted and the documents do not say is named beside the answer."""

from datetime import date

import pytest

from assistant.answering.answerer import Answerer

DAY = date(2021, 3, 2)


def cautions(small: Answerer, question: str, day: date = DAY) -> dict[str, str]:
    return {w.code: w.text for w in small.answer(question, day).warnings}


@pytest.mark.parametrize("said", ["40만원", "사십만원"])
def test_hearsay_is_set_against_the_amount_that_is_held(small: Answerer, said: str) -> None:
    text = cautions(small, f"든든연금 단독 {said}으로 올랐다던데 얼마예요")["amount_differs"]
    assert said in text
    assert "300,000원" in text


def test_an_amount_that_is_held_is_no_hearsay(small: Answerer) -> None:
    assert "amount_differs" not in cautions(small, "든든연금 단독 30만원으로 올랐다던데 얼마예요")


def test_a_caller_from_elsewhere_is_told_that_the_money_is_the_citys(small: Answerer) -> None:
    day = date(2021, 5, 20)
    text = cautions(small, "주소는 사천인데 진주시 기쁨나눔지원금 얼마예요", day)["other_region"]
    assert "사천" in text
    assert "진주시민" in text
    assert "other_region" not in cautions(small, "진주 사는데 기쁨나눔지원금 얼마예요", day)
