"""Several questions in one sentence over the small corpus: one answer, nothing twice, what lacks is named."""

from dataclasses import replace
from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.several import with_candidates
from assistant.domain import Candidate, Facet, Status

DAY = date(2021, 3, 2)


def test_each_part_is_read_out_and_cited(small: Answerer) -> None:
    answer = small.answer("든든연금 부부 얼마고 서류는 뭐예요", DAY)
    assert answer.status is Status.ANSWERED
    spoken = [answer.statements[i] for i in answer.summary]
    assert {s.facet for s in spoken} == {Facet.BENEFIT, Facet.PAPERWORK}
    assert "480,000원" in spoken[0].text
    assert [c.marker for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    known = {c.marker for c in answer.citations}
    assert all(known.issuperset(s.citations) and s.citations for s in answer.statements)
    assert len({(s.text, s.programme) for s in answer.statements}) == len(answer.statements)


def test_two_rows_are_read_out_in_the_order_asked(small: Answerer) -> None:
    answer = small.answer("든든연금 부부하고 단독 얼마씩", DAY)
    spoken = [answer.statements[i].text for i in answer.summary]
    assert ["480,000원" in spoken[0], "300,000원" in spoken[1]] == [True, True]


def test_what_one_part_lacks_is_named_and_the_other_answered(small: Answerer) -> None:
    answer = small.answer("기쁨나눔지원금 얼마고 서류는 뭐예요", date(2021, 5, 20))
    assert answer.status is Status.ANSWERED
    assert any("10만원" in answer.statements[i].text for i in answer.summary)
    assert Facet.PAPERWORK in answer.missing
    assert any("구비서류" in w.text for w in answer.warnings)


def test_parts_that_name_two_programmes_are_answered_from_both(small: Answerer) -> None:
    answer = small.answer("든든연금하고 기쁨나눔지원금 각각 얼마", date(2021, 5, 20))
    assert {answer.statements[i].programme for i in answer.summary} == {"pension", "cheer"}


def test_the_same_question_gives_the_same_answer(small: Answerer) -> None:
    one, two = (small.answer("든든연금 부부 얼마고 서류는 뭐예요", DAY) for _ in range(2))
    assert (one.statements, one.summary, one.citations) == (two.statements, two.summary, two.citations)


def test_the_time_of_reading_each_part_counts_as_reading(small: Answerer) -> None:
    spent = dict(small.answer("든든연금 부부 얼마고 서류는 뭐예요", DAY).timings_ms)
    total = spent.pop("total")
    assert {"encode", "retrieve", "compose"} <= spent.keys()
    assert 0.8 * total <= sum(spent.values()) <= total


def test_candidates_beside_an_answer_keep_their_citations_and_change_nothing_that_is_said(
    small: Answerer,
) -> None:
    answer = small.answer("든든연금 부부 얼마", DAY)
    other = small.answer("기쁨나눔지원금 누가 받아요", date(2021, 5, 20))
    first = other.statements[other.summary[0]]
    beside = replace(other, candidates=(Candidate("cheer", "기쁨나눔지원금", (), (), first.citations),))
    both = with_candidates(answer, beside)
    assert (both.status, both.summary) == (answer.status, answer.summary)
    assert both.statements == answer.statements
    quotes = {c.marker: c.quote for c in both.citations}
    wanted = {c.quote for c in other.citations if c.marker in first.citations}
    assert {quotes[m] for m in both.candidates[0].citations} == wanted
    assert [c.marker for c in both.citations] == list(range(1, len(both.citations) + 1))
