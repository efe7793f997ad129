"""Rules 1 to 3 by code: numbers in one spelling, and what is found in answers broken on purpose."""

import importlib.util
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answerer import Answerer
from assistant.answering.grounding import findings, numbers
from assistant.answering.outcomes import withheld
from assistant.domain import Answer, State, Status

AMOUNTS = st.text(alphabet="0123456789,. 만천백억원월인", max_size=24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30만원", {"300000"}),
        ("300,000원", {"300000"}),
        ("155만 8,419원", {"1558419"}),
        ("1억 5,300만원", {"153000000"}),
        ("3천만원", {"30000000"}),
        ("2백만원", {"2000000"}),
        ("236만 8천원", {"2368000"}),
        ("0.5%", {"0.5"}),
        ("2021. 3. 2.", {"2021", "3", "2"}),
        ("2021-03-02", {"2021", "3", "2"}),
        ("5월 17일부터 6월 6일", {"5", "17", "6"}),
        ("055-754-1001", {"55", "754", "1001"}),
        ("30만원씩 2회", {"300000", "2"}),
        ("숫자가 없습니다", set()),
    ],
)
def test_numbers_have_one_spelling(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@given(st.integers(1, 9_999), st.integers(0, 9_999))
def test_ten_thousands_written_out_are_the_number_itself(tens: int, rest: int) -> None:
    tail = f" {rest:,}" if rest else ""
    assert numbers(f"{tens:,}만{tail}원") == {str(tens * 10_000 + rest)}
    assert numbers(f"{tens * 10_000 + rest:,}원") == {str(tens * 10_000 + rest)}


def test_numbers_agree_with_the_contract(shared_data: Path) -> None:
    path = shared_data.parent / "contracts" / "check_answers.py"
    spec = importlib.util.spec_from_file_location("check_answers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    @given(AMOUNTS)
    def agree(text: str) -> None:
        assert numbers(text) == module.numbers(text)

    agree()


@pytest.fixture
def answer(small: Answerer) -> Answer:
    return small.answer("든든연금 부부가구 얼마예요", date(2021, 3, 2))


def found(small: Answerer, broken: Answer) -> tuple[str, ...]:
    return findings(broken, small.index.documents)


def test_a_good_answer_has_no_findings(small: Answerer, answer: Answer) -> None:
    assert answer.status is Status.ANSWERED
    assert answer.statements
    assert found(small, answer) == ()


def test_a_quote_that_is_not_at_its_span_is_found(small: Answerer, answer: Answer) -> None:
    first = answer.citations[0]
    for broken in (
        replace(first, quote=first.quote.replace("480", "490")),
        replace(first, char_start=first.char_start + 1),
        replace(first, char_end=10**9, quote=first.quote + " "),
    ):
        lines = found(small, replace(answer, citations=(broken, *answer.citations[1:])))
        assert any("citation 1" in line for line in lines)


def test_a_number_outside_its_spans_is_found(small: Answerer, answer: Answer) -> None:
    spoken = answer.statements[0]
    for text in (spoken.text.replace("480,000", "490,000"), f"{spoken.text} 2회"):
        broken = replace(answer, statements=(replace(spoken, text=text), *answer.statements[1:]))
        assert any("statement 0" in line for line in found(small, broken))


def test_a_number_in_another_spelling_is_none(small: Answerer, answer: Answer) -> None:
    spoken = replace(answer.statements[0], text="부부가구는 48만원")
    assert found(small, replace(answer, statements=(spoken, *answer.statements[1:]))) == ()


def test_an_unknown_marker_is_found(small: Answerer, answer: Answer) -> None:
    spoken = replace(answer.statements[0], citations=(99,))
    assert found(small, replace(answer, statements=(spoken, *answer.statements[1:])))


@pytest.mark.parametrize("state", [s for s in State if s is not State.CURRENT])
def test_reading_out_what_is_not_current_is_found(small: Answerer, answer: Answer, state: State) -> None:
    spoken = replace(answer.statements[answer.summary[0]], state=state)
    broken = replace(answer, statements=(spoken, *answer.statements[1:]), summary=(0,))
    assert any("summary" in line for line in found(small, broken))


def test_a_broken_answer_is_withheld_without_a_statement(answer: Answer) -> None:
    held = withheld(answer, ("statement 0: numbers outside its spans",))
    assert held.status is Status.NO_EVIDENCE
    assert (held.statements, held.citations, held.summary) == ((), (), ())
    assert held.warnings[0].code == "check_failed"
    assert held.contacts[0].phone == "129"
