"""What a unit says against what a question asks: the caller's row, content words, length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.asked import content_words
from assistant.answering.composer import syllables
from assistant.answering.features import overlap
from assistant.answering.measures import facts_of, household_sizes, ranges
from assistant.answering.rows import own_rows
from assistant.corpus.units import split_units
from assistant.domain import Unit

SIZES = """| 가구원 수 | 소득인정액 |
|---|---|
| 1인 | 548,349원 |
| 2인 | 926,424원 |
| 3인 | 1,195,185원 |
| 4인 이상 | 1,462,887원 |
"""
AGES = """| 나이 | 금액 |
|---|---|
| 0세~5세 | 10만원 |
| 만 6세 이상 12세 이하 | 8만원 |
| 65세 이상 | 30만원 |
"""


def rows(table: str) -> tuple[Unit, ...]:
    return split_units(table, 0, len(table))


def own(table: str, question: str) -> list[str]:
    held = rows(table)
    return [held[i].cells[0][1] for i in sorted(own_rows(held, facts_of(question)))]


@pytest.mark.parametrize(
    ("key", "sizes"),
    [
        ("3인", (3, 3)),
        ("3인 가구", (3, 3)),
        ("4인 이상", (4, 99)),
        ("4인 가구 이상", (4, 99)),
        ("5~6인 가구", (5, 6)),
        ("2인 이하", (1, 2)),
        ("6인 초과", (7, 99)),
        ("13명", (13, 13)),
        ("1인당", None),
        ("1인 1회", None),
        ("단독가구", None),
        ("65세", None),
    ],
)
def test_household_sizes_of_a_key(key: str, sizes: tuple[int, int] | None) -> None:
    assert household_sizes(key) == sizes


@given(st.integers(1, 20), st.integers(0, 20), st.sampled_from(["인", "인 가구", "명"]))
def test_written_household_sizes_are_read_back(low: int, more: int, word: str) -> None:
    assert household_sizes(f"{low}{word}") == (low, low)
    assert household_sizes(f"{low}~{low + more}{word}") == (low, low + more)
    assert household_sizes(f"{low}{word} 이상") == (low, 99)


@given(st.integers(0, 60), st.integers(1, 40))
def test_written_age_ranges_are_read_back(low: int, more: int) -> None:
    for key in (f"{low}세~{low + more}세", f"만 {low}세 이상 {low + more}세 이하", f"{low}~{low + more}세"):
        assert (float(low), float(low + more), "세") in ranges(key), key


@given(st.text(alphabet="0123456789세인만~ 이상이하미만초과가구원.", max_size=20))
def test_any_key_can_be_read(key: str) -> None:
    for low, high, _ in ranges(key):
        assert low == low
        assert high == high
    sizes = household_sizes(key)
    assert sizes is None or sizes[0] >= 0


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("3인 가구 기준이 얼마예요", ["3인"]),
        ("식구가 네 명인데 소득 기준", ["4인 이상"]),
        ("6인 가구 소득 기준", ["4인 이상"]),
        ("혼자 사는데 얼마까지 돼요", ["1인"]),
        ("소득 기준이 얼마예요", []),
    ],
)
def test_the_callers_household_has_its_row(question: str, row: list[str]) -> None:
    assert own(SIZES, question) == row


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("아이가 7살인데 얼마예요", ["만 6세 이상 12세 이하"]),
        ("아이가 3살이에요", ["0세~5세"]),
        ("어머니가 67세신데", ["65세 이상"]),
        ("얼마예요", []),
    ],
)
def test_the_callers_age_has_its_row(question: str, row: list[str]) -> None:
    assert own(AGES, question) == row


def test_an_age_between_the_rows_has_none() -> None:
    assert own(AGES, "아들이 30살인데 얼마예요") == []


def test_content_words_leave_out_names_and_what_every_question_has() -> None:
    assert content_words(["연금", "신청", "배우자", "얼마", "배우자", "수"], ["기초연금"]) == ("배우자",)


def test_overlap_is_the_share_of_words_that_stand_there() -> None:
    assert overlap("배우자의 소득을 봅니다", ["배우자", "소득", "재산", "나이"]) == 0.5
    assert overlap("아무 말", []) == 0.0


def test_syllables_count_hangul_only() -> None:
    assert syllables("월 300,000원(최대)") == 4
