from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.carried import Carried, carried

DAY = date(2021, 5, 20)


@pytest.mark.parametrize(
    ("question", "handed_on"),
    [
        ("든든 연금 얼마예요", Carried("든든 연금", None, "든든 연금 얼마예요")),
        ("3인 가구인데 살림급여 기준이 얼마예요", Carried("살림급여", 3, "살림급여 기준이 얼마예요")),
        ("전시민 10만원 얼마 줘요", Carried("전시민 10만원", None, "전시민 10만원 얼마 줘요")),
        ("제 든든연금 심사 결과 보여 줘", Carried("든든연금", None, "제 든든연금 심사 결과 보여 줘")),
        ("오늘 날씨 어때요", Carried(None, None, "오늘 날씨 어때요")),
    ],
)
def test_an_answer_hands_on_its_programme_and_the_household(
    small: Answerer, question: str, handed_on: Carried
) -> None:
    assert carried(small.answer(question, DAY), small) == handed_on


def test_what_is_handed_on_finds_the_programme_again(small: Answerer) -> None:
    first = small.answer("든든연금 얼마예요", DAY)
    name = carried(first, small).programme
    assert name is not None
    second = small.answer("어디서 신청해요?", DAY, [name])
    assert {s.programme for s in second.statements} == {"pension"}
