"""The programme first, then its round, year and region."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.outcomes import which_round
from assistant.answering.resolution import Mismatch, Resolution, resolve, round_label
from assistant.domain import Answer, Status

DAY = date(2021, 5, 20)


def resolved(small: Answerer, question: str, day: date = DAY) -> Resolution:
    read = small.read(question, day)
    return resolve(read.ranking, small.families, small.index.documents, read.understood, read.day)


def test_the_best_ranked_programme_is_resolved(small: Answerer) -> None:
    found = resolved(small, "든든연금 얼마예요")
    assert found.family.programme == "pension"
    assert (found.mismatch, found.rounds, found.past_year) == (None, (), None)


def test_a_round_that_is_named_is_the_only_one_to_choose_from(small: Answerer) -> None:
    for number in ("3", "4"):
        found = resolved(small, f"소상공인 버팀지원금 {number}차 얼마예요")
        assert (found.only, found.rounds) == ((f"relief-{number}",), ())


def test_rounds_that_are_equally_meant_are_asked_about(small: Answerer) -> None:
    assert resolved(small, "소상공인 버팀지원금 얼마예요").rounds == ("3차", "4차")


def test_the_only_round_that_is_there_already_is_meant(small: Answerer) -> None:
    found = resolved(small, "소상공인 버팀지원금 얼마예요", date(2021, 3, 15))
    assert (found.rounds, found.only) == ((), ("relief-3",))


def test_what_was_is_asked_of_all_rounds_what_is_of_the_one_in_force(small: Answerer) -> None:
    family = resolved(small, "소상공인 버팀지원금 얼마예요").family
    third, *rest = family.documents
    over = replace(third, metadata=replace(third.metadata, effective_until=date(2021, 4, 30)))
    families = {**small.families, family.programme: family.narrowed([over, *rest])}

    def rounds(question: str) -> tuple[str, ...]:
        read = small.read(question, DAY)
        return resolve(read.ranking, families, small.index.documents, read.understood, read.day).rounds

    assert rounds("소상공인 버팀지원금 얼마예요") == ()
    assert rounds("소상공인 버팀지원금 그때 얼마였지요") == ("3차", "4차")


def test_rounds_are_offered_as_people_say_them() -> None:
    names = ("5", "5-추가", "3차", "2021년 1차", "18~49세", "얀센")
    assert [round_label(n) for n in names] == ["5차", "5차 추가", "3차", "2021년 1차", "18~49세", "얀센"]


def test_a_round_that_is_over_says_so_where_it_is_offered(small: Answerer) -> None:
    found = resolved(small, "소상공인 버팀지원금 얼마예요")
    third, *rest = found.family.documents
    over = replace(third, metadata=replace(third.metadata, effective_until=date(2021, 4, 30)))
    found = replace(found, family=found.family.narrowed([over, *rest]))
    asked = which_round(Answer("a", "q", DAY, Status.ANSWERED, "g"), found).clarification
    assert asked is not None
    assert asked.choices == ("3차 · 소상공인 버팀지원금 3차 · 종료", "4차 · 소상공인 버팀지원금 4차")


def test_a_round_that_is_not_held_is_a_mismatch(small: Answerer) -> None:
    assert resolved(small, "소상공인 버팀지원금 7차 얼마예요").mismatch is Mismatch.ROUND


@pytest.mark.parametrize(
    ("question", "mismatch"),
    [
        ("창원 기쁨나눔지원금 신청", Mismatch.REGION),
        ("서울 사는데 기쁨나눔지원금 되나요", Mismatch.REGION),
        ("서울에서 진주로 왔는데 기쁨나눔지원금 되나요", None),
        ("서울 사는데 든든연금 되나요", None),
    ],
)
def test_another_city_is_a_mismatch_only_for_a_citys_own_programme(
    small: Answerer, question: str, mismatch: Mismatch | None
) -> None:
    assert resolved(small, question).mismatch is mismatch


def test_a_year_that_is_past_chooses_its_edition(small: Answerer) -> None:
    found = resolved(small, "든든연금 2020년에는 얼마였나요")
    assert (found.past_year, found.only) == (2020, ("pension-2020",))


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("든든연금 2021년에 얼마예요", date(2021, 5, 20)),
        ("든든연금 올해 얼마예요", date(2021, 5, 20)),
        ("든든연금 2020년에 얼마예요", date(2020, 5, 20)),
        ("1956년생인데 든든연금 받나요", date(2021, 5, 20)),
    ],
)
def test_the_year_in_force_and_a_birth_year_change_nothing(small: Answerer, question: str, day: date) -> None:
    found = resolved(small, question, day)
    assert (found.past_year, found.mismatch) == (None, None)


@pytest.mark.parametrize("year", [2018, 2023])
def test_a_year_that_is_not_held_is_a_mismatch(small: Answerer, year: int) -> None:
    assert resolved(small, f"든든연금 {year}년에는 얼마예요").mismatch is Mismatch.YEAR
