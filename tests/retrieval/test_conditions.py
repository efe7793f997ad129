from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.retrieval.query import understand


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("작년 기초연금 얼마였어요", (2020,)),
        ("작년에 얼마 받았어요", (2020,)),
        ("작년에 퇴직했는데 실업급여 얼마", ()),
        ("내년에 65세 되시는데 기초연금 되나요", ()),
        ("내년 생계급여 기준", (2022,)),
    ],
)
def test_a_relative_year_that_dates_an_event_asks_for_no_edition(
    question: str, years: tuple[int, ...]
) -> None:
    assert understand(question, date(2021, 6, 1)).years == years


def test_what_the_caller_already_gets_is_a_condition_beside_what_is_asked(small: Answerer) -> None:
    matches = {m.name: m for m in small.names.match("살림급여 받는 집인데 든든연금 신청해야 되나요")}
    assert matches["살림급여"].condition
    assert matches["살림급여"].certainty < 0.9
    assert matches["든든연금"].certainty == 1.0


@pytest.mark.parametrize("question", ["든든연금 받는 나이", "든든연금 받는 방법 알려주세요", "든든연금 얼마"])
def test_who_gets_it_is_no_condition(small: Answerer, question: str) -> None:
    assert not small.names.match(question)[0].condition


def test_a_programme_not_yet_announced_is_not_answered_by_another(small: Answerer) -> None:
    answer = small.answer("기쁨나눔지원금 얼마예요", date(2019, 1, 2))
    assert answer.status.value == "unanswerable_no_evidence"
    assert not answer.statements
