"""What is typed so far → programmes: names before texts, open before over, half-typed Hangul."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.answerer import Answerer
from assistant.domain import State
from assistant.retrieval.keystrokes import keystrokes
from assistant.retrieval.suggestions import Suggestion, Suggestions
from assistant.service import Assistant

TODAY = date(2026, 11, 30)
HANGUL = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1, max_size=12)


def titles(city: Assistant, typed: str, limit: int = 8) -> list[str]:
    return [suggestion.title for suggestion in city.suggest(typed, limit, TODAY)]


def programmes(found: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.programme for suggestion in found]


@pytest.fixture(scope="module")
def shelf(small: Answerer) -> Suggestions:
    return Suggestions(small.index, str.split)


@given(HANGUL, st.integers(0, 12))
def test_the_keys_of_a_beginning_are_the_beginning_of_the_keys(words: str, typed: int) -> None:
    assert keystrokes(words).startswith(keystrokes(words[:typed]))


def test_keys_are_those_of_the_keyboard() -> None:
    assert keystrokes("값, 과 19 A") == "ㄱㅏㅂㅅㄱㅗㅏ19a"
    assert keystrokes("ㄱㅏㅂㅅ") == keystrokes("값")


def test_titles_that_begin_with_it_come_first(city: Assistant) -> None:
    found = titles(city, "기초", 20)
    assert found[0].startswith("기초연금")
    begin = [title.startswith("기초") for title in found]
    assert begin.count(True) >= 5
    assert begin.index(False) < found.index("국민기초생활 보장법")
    assert begin[: begin.count(True)] == [True] * begin.count(True)


def test_what_is_a_pension_comes_before_what_only_tells_of_one(city: Assistant) -> None:
    found = programmes(city.suggest("연금", 8, TODAY))
    assert found[:3] == ["basic-pension", "housing-pension", "disability-pension"]
    assert "pension-emergency-loan" in found[3:]


def test_a_round_is_that_round_alone(city: Assistant) -> None:
    for typed in ("4차", "긴급고용안정지원금 4차"):
        found = city.suggest(typed, 20, TODAY)
        assert "긴급고용안정지원금 (4차)" in [suggestion.title for suggestion in found]
        names = {d.metadata.title: (d.metadata.title, *d.metadata.aliases) for d in city.documents()}
        assert all(any("4차" in name for name in names[suggestion.title]) for suggestion in found)
    assert city.suggest("9차", 8, TODAY) == ()


def test_a_situation_that_no_name_fits_finds_programmes_by_their_texts(city: Assistant) -> None:
    found = programmes(city.suggest("남편이 실직", 8, TODAY))
    assert {"unemployment-benefit", "emergency-welfare"} <= {*found}
    assert city.suggest("집에 불이", 8, TODAY) == ()


@pytest.mark.parametrize("typed", ["깇", "기초", "기초ㅇ", "기초여", "기초연ㄱ", "기초연그", "기초 연금"])
def test_a_half_typed_syllable_is_the_beginning_of_a_whole_one(city: Assistant, typed: str) -> None:
    assert city.suggest(typed, 8, TODAY)[0].programme == "basic-pension"


def test_a_question_that_holds_a_name_finds_its_programme(city: Assistant) -> None:
    assert city.suggest("기초연금 얼마 받", 8, TODAY)[0].programme == "basic-pension"


def test_the_same_words_give_the_same_list_in_time(city: Assistant) -> None:
    """The slowest twentieth over half-typed titles and situations."""
    typed = [document.metadata.title[:length] for document in city.documents() for length in (2, 5)][::4]
    typed += [
        f"{who} {what}" for who in ("남편이", "엄마가", "혼자") for what in ("실직했", "아파서", "살아서")
    ]
    first = [city.suggest(words, 8, TODAY) for words in typed]
    spent = []
    for words, known in zip(typed, first, strict=True):
        began = time.perf_counter()
        assert city.suggest(words, 8, TODAY) == known
        spent.append(time.perf_counter() - began)
    assert len(spent) > 100
    assert sorted(spent)[len(spent) * 95 // 100] <= 0.05


def test_what_is_over_on_the_day_is_told_and_comes_last(shelf: Suggestions) -> None:
    open_yet = shelf.suggest("지원금", 8, date(2021, 6, 10))
    assert programmes(open_yet) == ["cheer", "relief"]
    assert [suggestion.state for suggestion in open_yet] == [State.CURRENT, State.CURRENT]
    over = shelf.suggest("지원금", 8, date(2021, 12, 1))
    assert programmes(over) == ["relief", "cheer"]
    assert over[1].state is State.ENDED
    assert shelf.suggest("지원금", 8, date(2020, 6, 1))[0].state is State.NOT_YET


def test_the_title_is_that_of_the_edition_of_the_day(shelf: Suggestions) -> None:
    for year in (2020, 2021):
        (pension,) = shelf.suggest("든든", 8, date(year, 6, 10))
        assert pension == Suggestion("pension", f"든든연금 사업안내 ({year})", State.CURRENT)


def test_the_title_is_that_of_the_round_typed(shelf: Suggestions) -> None:
    for typed, title in (("버팀 3차", "3차"), ("4차", "4차"), ("소상공인 버팀지원금 3차", "3차")):
        assert [s.title for s in shelf.suggest(typed, 8, TODAY)] == [f"소상공인 버팀지원금 {title}"]


def test_what_is_switched_off_is_not_there(shelf: Suggestions) -> None:
    rest = shelf.without({"living-2021"})
    assert programmes(shelf.suggest("살림", 8, TODAY)) == ["living"]
    assert rest.suggest("살림", 8, TODAY) == ()
    assert rest.suggest("소득인정액은 얼마", 8, TODAY) == shelf.suggest("소득인정액은 얼마", 8, TODAY)


def test_nothing_typed_is_nothing(shelf: Suggestions) -> None:
    assert shelf.suggest(" ?", 8, TODAY) == ()
