from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.filtering import CODE, filters_text, marked, within
from assistant.domain import Filters, Status

DAY = date(2021, 5, 20)
ELDERLY = Filters(category="노인")


def test_only_programmes_that_meet_the_filters_are_ranked(small: Answerer) -> None:
    narrowed = within(small, Filters(category="코로나19", region="진주시"))
    ranked = narrowed.read("지원금 얼마예요", DAY).ranking.documents
    assert {d.programme for d in ranked} == {"cheer", "relief"}


def test_a_programme_of_the_filter_is_answered_as_without_it(small: Answerer) -> None:
    question = "든든연금 얼마예요"
    narrowed = marked(within(small, ELDERLY).answer(question, DAY), ELDERLY, small)
    assert narrowed.status is Status.ANSWERED
    assert narrowed.filters == ELDERLY
    whole = small.answer(question, DAY)
    assert narrowed.statements == whole.statements
    assert narrowed.citations == whole.citations


def test_a_named_programme_that_the_filter_leaves_out_is_not_answered_with_another(small: Answerer) -> None:
    answer = marked(within(small, ELDERLY).answer("기쁨나눔지원금 얼마예요", DAY), ELDERLY, small)
    assert answer.status is Status.NO_EVIDENCE
    assert answer.statements == ()
    assert [w.code for w in answer.warnings] == [CODE]
    assert answer.warnings[0].text.startswith("「기쁨나눔지원금」은 노인 자료가 아닙니다.")


def test_without_filters_nothing_is_marked(small: Answerer) -> None:
    answer = small.answer("든든연금 얼마예요", DAY)
    assert marked(answer, Filters(), small) is answer


def test_filters_in_words() -> None:
    assert filters_text(Filters("노인", "진주시")) == "노인 · 진주시"
    assert filters_text(Filters(region="진주시")) == "진주시"
