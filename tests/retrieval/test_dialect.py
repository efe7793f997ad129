"""The dialect of the region is read as it is written; what is not known stays as it was said."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.dialect import written
from assistant.settings import PROJECT


@pytest.mark.parametrize(
    ("said", "as_written"),
    [
        ("기초연금 얼매 나옵니꺼", "기초연금 얼마 나옵니까"),
        ("어데서 신청하는교?", "어디서 신청하나요?"),
        ("몇 살까지라예", "몇 살까지예요"),
        ("전화가 몇 번이라예", "전화가 몇 번이에요"),
        ("받을라믄 우째 해야 됩니더", "받으려면 어떻게 해야 됩니다"),
        ("어린이집 보낼라모 뭐 내노", "어린이집 보내려면 뭐 내노"),
        ("돈 준다카던데 맞지예", "돈 준다던데 맞지요"),
        ("언제꺼정 나오는교", "언제까지 나오나요"),
        ("할매가 혼자 사시는데예", "할머니가 혼자 사시는데요"),
        ("좀 알려주이소", "좀 알려주세요"),
    ],
)
def test_the_dialect_is_read_as_it_is_written(said: str, as_written: str) -> None:
    assert written(said) == as_written


@pytest.mark.parametrize(
    "question",
    [
        "아예 문 닫은 가게는 얼마예요",
        "보훈명예수당 신청",
        "기초연금 신청하라는데 어디로 가요",
        "해 달라면 해 주나요",
        "이모가 부모 대신 신청해도 되나요",
        "상속인자격 확인",
        "카드로 준다는데 카카오뱅크도 되나요",
        "교육급여 받는 데라면 어디든",
    ],
)
def test_the_written_language_stays_as_it_is(question: str) -> None:
    assert written(question) == question


@given(st.text(alphabet="어데얼매니꺼더는교라예을할모믄카제월꺼정인자 ?가나", max_size=20))
def test_twice_is_as_once(question: str) -> None:
    assert written(written(question)) == written(question)


def test_questions_of_callers_are_settled_at_once() -> None:
    lines = (PROJECT / "evals" / "training_questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    changed = [question for question in questions if written(question) != question]
    assert len(changed) > 1000
    assert all(written(written(question)) == written(question) for question in changed)
