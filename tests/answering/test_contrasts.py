import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.contrasts import Contrasts
from assistant.answering.followup import standalone


@pytest.fixture
def contrasts(small: Answerer) -> Contrasts:
    return Contrasts((chunk.document_id, unit) for chunk in small.index.chunks for unit in chunk.units)


@pytest.mark.parametrize(
    ("earlier", "tail", "left"),
    [
        ("든든연금 단독가구 얼마예요", "부부가구는요?", "든든연금 얼마예요"),
        ("든든연금 부부가구 얼마예요", "단독은요?", "든든연금 얼마예요"),
        ("살림급여 3인 얼마", "4인이면?", "살림급여 얼마"),
        ("양육보조금 6살 얼마", "열네살은", "양육보조금 얼마"),
        ("든든연금 단독가구 얼마예요", "서류는요?", "든든연금 단독가구 얼마예요"),
        ("든든연금 부부가구 얼마예요", "부부가구 서류는요?", "든든연금 부부가구 얼마예요"),
    ],
)
def test_what_is_put_in_the_place_of_another_row_or_measure_replaces_it(
    contrasts: Contrasts, earlier: str, tail: str, left: str
) -> None:
    assert contrasts.replaced(earlier, tail, "든든연금") == left


def test_the_programme_is_never_taken_out(contrasts: Contrasts) -> None:
    assert contrasts.replaced("단독가구연금 얼마", "부부가구는?", "단독가구연금") == "단독가구연금 얼마"


def test_a_follow_up_names_one_row_only(small: Answerer, contrasts: Contrasts) -> None:
    alone = standalone("그럼 부부가구는요?", ["든든연금 단독가구 얼마예요"], small.names, contrasts)
    assert alone == "든든연금 얼마예요 부부가구는요?"
