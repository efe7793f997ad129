"""Whole answers over the small corpus: the same twice, cited, checked, never a stranger's programme."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answering.answerer import Answerer
from assistant.answering.grounding import findings
from assistant.answering.outcomes import no_evidence
from assistant.domain import Answer, Facet, Status
from assistant.errors import QuestionError
from tests import shelf

WORDS = (
    "든든연금 기쁨나눔지원금 버팀지원금 살림급여 마을버스 3차 4차 얼마 언제까지 신청 서류 어디서 누가 중복"
    " 부부 혼자 3인 67세 작년 2020년 창원 카드 문의 행복 지원금 어르신 달나라 1956년생"
)
QUESTIONS = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=6).map(" ".join)
DAYS = st.dates(date(2019, 12, 1), date(2023, 2, 1))


def without_id(answer: Answer) -> Answer:
    return replace(answer, answer_id="", timings_ms={})


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(QUESTIONS, DAYS)
def test_every_answer_keeps_the_rules_and_is_the_same_twice(
    small: Answerer, question: str, day: date
) -> None:
    answer = small.answer(question, day)
    assert without_id(answer) == without_id(small.answer(question, day))
    assert findings(answer, small.index.documents) == ()
    assert not any(w.code == "check_failed" for w in answer.warnings)
    assert len(answer.summary) <= 3
    assert all(0 <= i < len(answer.statements) for i in (*answer.summary, *answer.must_confirm))
    assert all(s.citations for s in answer.statements)
    markers = {c.marker for c in answer.citations}
    assert markers == set(range(1, len(answer.citations) + 1))
    if answer.status is Status.ANSWERED:
        assert answer.summary
    if answer.status.value.startswith("unanswerable"):
        assert not answer.statements
        assert answer.contacts
    if answer.status is Status.CLARIFICATION_NEEDED:
        assert answer.clarification is not None
        assert len(answer.clarification.choices) >= 2


def test_nothing_of_a_later_day_is_said(small: Answerer) -> None:
    for text in (shelf.CHEER, shelf.PENSION_2021):
        assert "published_on" in text
    answer = small.answer("기쁨나눔지원금 얼마예요", date(2021, 5, 9))
    assert "cheer" not in {s.programme for s in answer.statements}


def test_the_row_of_the_caller_leads(small: Answerer) -> None:
    answer = small.answer("살림급여 2인 가구 소득 기준", date(2021, 5, 20))
    assert [answer.statements[i].text for i in answer.summary] == ["가구원 수: 2인 · 소득인정액: 926,424원"]
    assert answer.clarification is None


def test_without_a_household_it_is_asked_for(small: Answerer) -> None:
    answer = small.answer("살림급여 기준이 얼마예요", date(2021, 5, 20))
    assert answer.clarification is not None
    assert answer.clarification.choices == ("1인", "2인", "3인", "4인 이상")


def test_a_facet_that_no_source_gave_is_said_to_be_missing(small: Answerer) -> None:
    answer = small.answer("기쁨나눔지원금 서류 뭐 내요", date(2021, 5, 20))
    assert (answer.status, answer.missing) == (Status.NO_EVIDENCE, (Facet.PAPERWORK,))
    assert "자료 미확보" in answer.warnings[0].text


def test_rounds_are_asked_about_with_choices(small: Answerer) -> None:
    answer = small.answer("소상공인 버팀지원금 얼마예요", date(2021, 5, 1))
    assert answer.clarification is not None
    assert [c.split(" ")[0] for c in answer.clarification.choices] == ["3차", "4차"]
    assert not any("종료" in c for c in answer.clarification.choices)


def test_what_is_near_is_named_once_a_programme(small: Answerer) -> None:
    ranking = small.read("든든연금 기쁨나눔지원금 버팀지원금 얼마예요", date(2021, 5, 20)).ranking
    programmes = list(dict.fromkeys(d.programme for d in ranking.documents))
    assert len(ranking.documents) > len(programmes)
    blank = Answer("a", "q", date(2021, 5, 20), Status.NO_EVIDENCE, "g")
    told = next(
        w.text for w in no_evidence(blank, ranking, small.index.documents).warnings if w.code == "nearest"
    )
    titles = told.removeprefix("가까운 자료: ").split(" / ")
    assert len(titles) == min(3, len(programmes))
    named = {d.metadata.title: d.metadata.programme_key for d in small.index.documents.values()}
    assert [named[title] for title in titles] == programmes[:3]


def test_another_city_is_told_apart(small: Answerer) -> None:
    answer = small.answer("창원 기쁨나눔지원금 신청", date(2021, 5, 20))
    assert answer.status is Status.NO_EVIDENCE
    assert answer.warnings[0].text.startswith("창원 자료는 없습니다.")


def test_a_follow_up_says_what_it_was_taken_for(small: Answerer) -> None:
    answer = small.answer("그럼 서류는요?", date(2021, 5, 20), ("든든연금 얼마예요",))
    assert answer.standalone_question == "든든연금 서류는요?"
    assert {s.text for s in answer.statements} == {"신분증", "통장 사본"}


def test_danger_stands_beside_the_answer(small: Answerer) -> None:
    calm = small.answer("든든연금 얼마예요", date(2021, 5, 20))
    grave = small.answer("죽고 싶어요. 든든연금 얼마예요", date(2021, 5, 20))
    assert grave.alerts[0].contacts[0].phone == "109"
    assert grave.status is Status.ANSWERED
    assert {s.text for s in calm.statements} & {s.text for s in grave.statements}


def test_the_question_is_kept_as_typed(small: Answerer) -> None:
    typed = " 든든연금\x07  얼마예요 "
    assert small.answer(typed, date(2021, 5, 20)).question == typed


@pytest.mark.parametrize("typed", ["", " \n ", "\x00", "가" * 20_000])
def test_what_cannot_be_asked_is_refused(small: Answerer, typed: str) -> None:
    with pytest.raises(QuestionError):
        small.answer(typed, date(2021, 5, 20))
