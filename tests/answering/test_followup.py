import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.followup import bare_name, standalone


@pytest.mark.parametrize(
    ("question", "context", "alone"),
    [
        ("그럼 서류는요?", ["든든연금 얼마예요"], "든든연금 서류는요?"),
        ("어디서 신청해요?", ["든든 연금 얼마예요"], "든든 연금 어디서 신청해요?"),
        (
            "그거 언제까지 신청할 수 있어요?",
            ["기쁨나눔지원금 얼마예요"],
            "기쁨나눔지원금 그거 언제까지 신청할 수 있어요?",
        ),
        ("그럼 서류는요?", ["든든연금 얼마예요", "네 알겠어요"], "든든연금 서류는요?"),
        ("그럼 서류는요?", ["든든연금 얼마예요", "살림급여는요"], "살림급여 서류는요?"),
    ],
)
def test_what_leans_on_an_earlier_question_gets_its_programme(
    small: Answerer, question: str, context: list[str], alone: str
) -> None:
    assert standalone(question, context, small.names) == alone


@pytest.mark.parametrize(
    ("question", "context"),
    [
        ("그럼 서류는요?", []),
        ("살림급여 서류는요?", ["든든연금 얼마예요"]),
        ("아이가 셋인 한부모인데 도시가스 요금 감면을 받으려면 어떻게 합니까", ["든든연금 얼마예요"]),
    ],
)
def test_what_stands_alone_is_left_alone(small: Answerer, question: str, context: list[str]) -> None:
    assert standalone(question, context, small.names) == question


@pytest.mark.parametrize(
    ("question", "context", "alone"),
    [
        ("그럼 든든연금은요?", ["3인 가구 살림급여"], "3인 가구 든든연금은요?"),
        ("기준이 얼마예요?", ["3인 가구 살림급여"], "3인 가구 살림급여 기준이 얼마예요?"),
        ("2인은요?", ["3인 가구인데 살림급여 얼마예요?"], "살림급여 얼마예요 2인은요?"),
        ("그럼 2인은요?", ["살림급여", "3인 가구 얼마예요?"], "살림급여 2인은요?"),
        ("서류는요?", ["3인 가구 살림급여"], "살림급여 서류는요?"),
        ("든든연금 얼마예요?", ["3인 가구 살림급여"], "든든연금 얼마예요?"),
    ],
)
def test_the_household_told_before_goes_with_what_hangs_on_it(
    small: Answerer, question: str, context: list[str], alone: str
) -> None:
    assert standalone(question, context, small.names) == alone


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("생계급여 얼마", "생계급여"),
        ("기초연금신청", "기초연금"),
        ("든든연금", "든든연금"),
        ("돈 얼마", "돈 얼마"),
    ],
)
def test_a_name_is_written_without_what_it_asks_for(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_without_a_programme_the_last_question_goes_in_front(small: Answerer) -> None:
    assert standalone("서류는요?", ["아이가 태어났어요."], small.names) == "아이가 태어났어요 서류는요?"


def test_a_follow_up_leans_on_the_programme_that_answered_an_earlier_question(small: Answerer) -> None:
    about = {"노인한테 매달 주는 연금 있다면서요": "든든연금"}.get
    earlier = ["노인한테 매달 주는 연금 있다면서요", "얼마예요"]
    alone = standalone("등록할 때 뭐 들고 가노", earlier, small.names, about=about)
    assert alone == "든든연금 등록할 때 뭐 들고 가노"


def test_a_number_of_persons_is_no_yes() -> None:
    from assistant.retrieval.names import ProgrammeNames

    assert standalone("네식구면 얼마", ["살림급여 얼마"], ProgrammeNames([])) == "살림급여 얼마 네식구면 얼마"


def test_a_new_matter_is_no_follow_up(small: Answerer) -> None:
    question = "월세도 지원되는 거 있어요?"
    assert standalone(question, ["든든연금 얼마예요"], small.names) == question
