import pytest

from assistant.retrieval.names import ProgrammeNames
from assistant.retrieval.splitting import split
from tests.retrieval.test_names import document


@pytest.fixture
def names() -> ProgrammeNames:
    return ProgrammeNames(
        [document("living", "살림급여"), document("rent", "보금급여"), document("pension", "든든연금")]
    )


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("살림급여 얼마고 어디서 신청해요", ["살림급여 얼마고", "살림급여 어디서 신청해요"]),
        ("든든연금 몇 살부터고 어디로", ["든든연금 몇 살부터고", "든든연금 어디로"]),
        ("살림급여 신청처랑 서류", ["살림급여 신청처", "살림급여 서류"]),
        ("든든연금 얼마예요? 신청은 언제까지예요?", ["든든연금 얼마예요", "든든연금 신청은 언제까지예요"]),
        ("살림급여 2인이랑 4인 얼마씩", ["살림급여 2인 얼마", "살림급여 4인 얼마"]),
        ("살림급여랑 보금급여 1인 기준 각각 얼마", ["살림급여 1인 기준 얼마", "보금급여 1인 기준 얼마"]),
        ("살림급여 얼마 언제까지 신청", ["살림급여 얼마", "살림급여 언제까지 신청"]),
        ("살림급여 월액이랑 구비서류", ["살림급여 월액", "살림급여 구비서류"]),
        (
            "살림급여 주는 데가 몇 군데 있고 몇 시부터 해요",
            ["살림급여 주는 데가 몇 군데 있고", "살림급여 주는 데가 몇 시부터 해요"],
        ),
        (
            "든든연금 신청은 어디서 하고 돈은 며칠에 들어와요",
            ["든든연금 신청은 어디서 하고", "든든연금 돈은 며칠에 들어와요"],
        ),
        (
            "든든연금 한 달에 얼마고 몇 년까지 줘요",
            ["든든연금 한 달에 얼마고", "든든연금 한 달에 몇 년까지 줘요"],
        ),
        ("든든연금 단독하고 부부 얼마씩", ["든든연금 단독 얼마", "든든연금 부부 얼마"]),
    ],
)
def test_several_questions_are_told_apart_and_each_is_whole(
    names: ProgrammeNames, question: str, parts: list[str]
) -> None:
    assert [part.text for part in split(question, names)] == parts


@pytest.mark.parametrize(
    "question",
    [
        "살림급여 얼마예요",
        "살림급여 본인부담 환급률",
        "아이가 몇 명 있고 살림급여는 받고 있어요",
        "살림급여랑 든든연금 같이 받을 수 있나요",
        "얼마 전 퇴사했고 살림급여 받으려면 언제까지 신청해야 하나요",
        "신분증 말고 뭐 들고 가야 돼요",
        "엄마랑 둘이 사는데 매달 조금씩 돈이 나오나요",
        "아들하고 며느리가 따로 사는데 살림급여 얼마씩 나와요",
        "살림급여 신청하려고 하는데 서류가 뭐예요",
        "수급자인데 뭐 달라고 신청할 수 있어요",
    ],
)
def test_one_question_stays_one(names: ProgrammeNames, question: str) -> None:
    assert split(question, names) == ()


def test_only_parts_with_a_subject_of_their_own_are_resolved_anew(names: ProgrammeNames) -> None:
    assert [p.own_subject for p in split("살림급여랑 보금급여 1인 기준 각각 얼마", names)] == [True, True]
    assert [p.own_subject for p in split("살림급여 얼마고 어디서 신청해요", names)] == [False, False]
