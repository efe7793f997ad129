"""Programmes that fit a described situation: what matched, what must still be asked, cited."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.candidates import DIRECT_LEAD, MOST, asks_directly, candidates, is_situation
from assistant.answering.grounding import findings
from assistant.answering.units import Scorer
from assistant.domain import Answer, Status

DAY = date(2021, 5, 20)


def found(small: Answerer, question: str, day: date = DAY) -> Answer:
    read = small.read(question, day)
    blank = Answer("a", question, day, Status.NO_EVIDENCE, "g")
    return candidates(blank, Scorer(small.index, read.asked), small.families, read.ranking, read.day)


def test_programmes_are_offered_once_each_with_what_to_ask(small: Answerer) -> None:
    answer = found(small, "어르신이 생활이 어려워요 소득인정액이 낮아요")
    assert answer.status is Status.CLARIFICATION_NEEDED
    programmes = [c.programme for c in answer.candidates]
    assert len(programmes) == len(set(programmes))
    assert 2 <= len(programmes) <= MOST
    pension = next(c for c in answer.candidates if c.programme == "pension")
    assert "어르신" in pension.matched
    assert "나이" not in pension.unknown
    assert pension.title == "든든연금 사업안내 (2021)"
    assert answer.clarification is not None
    assert answer.clarification.choices == tuple(c.title for c in answer.candidates)


def test_what_the_caller_did_not_tell_is_asked(small: Answerer) -> None:
    pension = next(c for c in found(small, "생활이 어려워요").candidates if c.programme == "pension")
    assert {"소득", "나이"} <= set(pension.unknown)


def test_candidates_are_cited_by_the_rules(small: Answerer) -> None:
    answer = found(small, "생활이 어려워요")
    assert findings(answer, small.index.documents) == ()
    markers = {c.marker for c in answer.citations}
    for candidate in answer.candidates:
        assert candidate.citations
        assert set(candidate.citations) <= markers


def test_what_is_over_or_not_there_yet_is_no_candidate(small: Answerer) -> None:
    for day, there in ((date(2021, 5, 9), False), (date(2021, 5, 20), True), (date(2022, 1, 1), False)):
        offered = {c.programme for c in found(small, "진주시 시민인데 선불카드 10만원", day).candidates}
        assert ("cheer" in offered) is there, day


@pytest.mark.parametrize(
    ("question", "situation", "expected"),
    [
        ("생활이 어려워요", 0.1, False),
        ("생활이 어려워요", 0.99, True),
        ("든든연금 얼마예요", 0.7, False),
    ],
)
def test_a_question_that_names_a_programme_needs_more_to_be_a_situation(
    small: Answerer, question: str, situation: float, expected: bool
) -> None:
    read = small.read(question, DAY)
    assert is_situation(replace(read.understood, situation=situation), read.ranking) is expected


@pytest.mark.parametrize(
    ("question", "lead", "direct"),
    [
        ("어머니 혼자 사시는데 한달에 얼마 나와요", DIRECT_LEAD + 0.1, True),
        ("어머니 혼자 사시는데 한달에 얼마 나와요", DIRECT_LEAD - 0.1, False),
        ("어머니 혼자 사시는데 도움받을 데 있나요", DIRECT_LEAD + 0.1, False),
    ],
)
def test_a_situation_is_answered_where_a_number_is_asked_and_one_programme_fits_by_far(
    small: Answerer, question: str, lead: float, direct: bool
) -> None:
    read = small.read(question, DAY)
    top = read.ranking.documents[0]
    other = next(d for d in read.ranking.documents if d.programme != top.programme)
    ranking = replace(read.ranking, documents=(top, replace(other, score=top.score - lead)))
    assert asks_directly(read.understood, ranking) is direct
