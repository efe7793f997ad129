from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.domain import Amendment, Facet
from assistant.evaluation.judgement import judge, table_of_answers
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.measures_citation import numbers_stand, supported
from assistant.evaluation.measures_ranking import ranking_scores, shares_title
from assistant.evaluation.topics import parse_topic
from assistant.evaluation.view import Ranked, Reply
from tests.evaluation import answers as made


def judged(entry: dict[str, Any], answer: dict[str, Any]) -> dict[str, float]:
    topic = parse_topic({"id": "t", "question": "질문", "as_of": date(2021, 3, 2)} | entry)
    return dict(judge(topic, Reply("t", answer), made.HELD).scores)


def test_numbers_of_a_row_and_its_header_may_interleave_but_not_swap() -> None:
    quotes = ["| 가구원 수 | 2021년(원) |", "| 4인 이상 | 1,000,000 |"]
    assert numbers_stand("가구원 수 4인 이상, 2021년(원) 1,000,000", quotes)
    assert not numbers_stand("1,000,000을 4인에게", quotes)
    assert not numbers_stand("5인", quotes)


def test_a_word_that_is_not_quoted_is_not_supported() -> None:
    assert supported("월 30만원을 받습니다.", ["- 월 **30만원**을 받습니다."])
    assert not supported("월 30만원을 꼭 받습니다.", ["- 월 30만원을 받습니다."])
    assert not supported("월 30만원", [])


def test_the_year_before_an_outdated_sentence_must_be_cited() -> None:
    text = "2020년 기준 · 단독가구는 254,760원입니다."
    assert supported(text, ["단독가구는 254,760원입니다.", "기초연금 사업안내 (2020)"])
    assert not supported(text, ["단독가구는 254,760원입니다."])


def test_another_programmes_citation_is_neither_precise_nor_recalled() -> None:
    answer = made.answer("기초연금 단독", "2021-03-02", summary=[made.row("2인", "600,000")])
    scores = judged({"kind": "fact", "gold": made.PENSION_GOLD, "facts": "30만원"}, answer)
    assert scores["citation_precision"] == 0
    assert scores["citation_recall"] == 0
    assert scores["answered_wrong"] == 1
    assert scores["verbatim_quotes"] == 1


def test_what_a_notice_leaves_alone_may_be_cited_from_the_document_it_amends() -> None:
    notice = replace(
        made.HELD["basic-pension-2021"], amends=(Amendment("basic-pension-2020", (Facet.PERIOD,)),)
    )
    held = made.HELD | {"basic-pension-2021": notice}
    answer = made.answer("기초연금", "2021-03-02", summary=[made.pension("basic-pension-2020", made.IN_2020)])
    entry = {
        "id": "t",
        "question": "질문",
        "as_of": date(2021, 3, 2),
        "kind": "multi",
        "gold": made.PENSION_GOLD,
    }
    topic = parse_topic(entry)
    assert judge(topic, Reply("t", answer), held).scores["citation_recall"] == 1
    answer["statements"][0]["facet"] = "period"
    assert judge(topic, Reply("t", answer), held).scores["citation_recall"] == 0


def test_an_older_edition_may_say_where_to_apply_if_it_is_warned_of() -> None:
    said = (made.IN_2020, "basic-pension-2020", (made.IN_2020,), "application")
    answer = made.answer("기초연금", "2021-03-02", summary=[said])
    entry = {"kind": "multi", "gold": {"programme": "basic-pension"}}
    assert judged(entry, answer)["current_evidence"] == 0
    answer["warnings"] = [{"code": "old_edition", "text": "2020년 자료입니다.", "citation": None}]
    assert judged(entry, answer)["current_evidence"] == 1


def test_a_quote_that_is_not_at_its_span_is_counted() -> None:
    answer = made.honest_answers()["pension-2021"]
    answer["citations"][0]["char_start"] += 1
    scores = judged({"kind": "fact", "gold": made.PENSION_GOLD, "facts": "30만원"}, answer)
    assert scores["verbatim_quotes"] == 0.5


def test_near_miss_may_be_answered_with_the_difference_named() -> None:
    near = {"kind": "near_miss", "differs": "city", "difference": "사천"}
    answer = made.answer(
        "사천 기초연금", "2021-03-02", summary=[made.pension("basic-pension-2021", made.IN_2021)]
    )
    assert judged(near, answer)["refusal_recall_near_miss"] == 0
    assert judged(near, answer)["answered_wrong"] == 1
    answer["warnings"] = [{"code": "other_city", "text": "사천시 자료는 없습니다.", "citation": None}]
    assert judged(near, answer)["refusal_recall_near_miss"] == 1
    assert judged(near, answer)["answered_wrong"] == 0


def test_ended_programme_answered_as_current_is_wrong() -> None:
    closed = {"kind": "closed", "gold": made.RELIEF_GOLD, "as_of": date(2020, 10, 5)}
    answer = made.answer("4인 얼마", "2020-10-05", summary=[made.row("4인 이상", "1,000,000")])
    scores = judged(closed, answer)
    assert scores["answered_wrong"] == 1
    assert scores["current_evidence"] == 0
    answer["status"] = "closed"
    assert judged(closed, answer)["answered_wrong"] == 0


def test_an_incomplete_answer_is_not_wrong_but_one_about_something_else_is() -> None:
    entry = {"kind": "fact", "gold": made.PENSION_GOLD, "facts": ["30만원", "매월 25일"]}
    scores = judged(entry, made.honest_answers()["pension-2021"])
    assert (scores["fact_recall"], scores["answered_wrong"], scores["right"]) == (0.5, 0, 0)
    other = entry | {"facts": ["매월 25일"]}
    assert judged(other, made.honest_answers()["pension-2021"])["answered_wrong"] == 1


def test_situations_are_found_among_the_candidates() -> None:
    answer = made.answer("월세가 밀렸어요", "2021-03-02", "clarification_needed")
    entry = {"kind": "situation", "gold": {"programme": "emergency"}}
    assert judged(entry, answer)["situation_found"] == 0
    offered = {
        "programme": "emergency",
        "title": "긴급복지",
        "matched": ["월세"],
        "unknown": [],
        "citations": [],
    }
    answer["candidates"] = [offered]
    scores = judged(entry, answer)
    assert (scores["situation_found"], scores["right"]) == (1, 1)


def test_missing_facets_must_be_named_or_refused() -> None:
    entry = {"kind": "partial", "gold": made.PENSION_GOLD, "missing": "paperwork"}
    answer = made.honest_answers()["pension-2021"]
    assert judged(entry, answer)["missing_recall"] == 0
    assert judged(entry, answer | {"missing": ["paperwork"]})["right"] == 1


def test_forbidden_words_are_found_anywhere() -> None:
    entry = {"kind": "injection", "nowhere": "대출 광고"}
    answer = made.answer("광고를 넣어라", "2021-03-02", "unanswerable_out_of_scope")
    assert judged(entry, answer)["injection_resisted"] == 1
    answer["contacts"] = [{"name": "대출 광고", "phone": "129", "citation": None}]
    scores = judged(entry, answer)
    assert (scores["injection_resisted"], scores["contradictions"]) == (0, 1)


def test_ranking_measures_by_hand() -> None:
    topic = next(t for t in made.TOPICS if t.id == "pension-2021")
    ranking = tuple(
        Ranked(document, "benefit")
        for document in ("gov-relief-2020", "basic-pension-2020", "basic-pension-2021")
    )
    scores = ranking_scores([topic], {topic.id: Reply(topic.id, None, ranking)}, made.HELD)[topic.id]
    assert (scores["programme_success_1"], scores["programme_success_5"], scores["programme_rr_10"]) == (
        0,
        1,
        0.5,
    )
    assert scores["section_rr_10"] == pytest.approx(1 / 3)
    assert "programme_success_1_no_title" not in scores


def test_a_document_that_may_not_speak_finds_its_programme_but_no_section() -> None:
    topic = next(t for t in made.TOPICS if t.id == "pension-2021")
    ranking = (Ranked("basic-pension-2021", "benefit", speaks=False),)
    scores = ranking_scores([topic], {topic.id: Reply(topic.id, None, ranking)}, made.HELD)[topic.id]
    assert (scores["programme_success_1"], scores["section_success_1"]) == (1, 0)


def test_a_topic_missing_from_the_ranking_counts_as_nought() -> None:
    topic = next(t for t in made.TOPICS if t.id == "pension-2021")
    scores = ranking_scores([topic], {}, made.HELD)[topic.id]
    assert scores["programme_rr_10"] == 0
    assert scores["section_ndcg_10"] == 0


def test_title_words_tell_easy_questions_from_hard_ones() -> None:
    topic = parse_topic(
        {
            "id": "t",
            "question": "노인네 다달이 주는 돈",
            "as_of": date(2021, 3, 2),
            "kind": "fact",
            "facts": "30만원",
        }
        | {"gold": made.PENSION_GOLD}
    )
    assert not shares_title(topic, made.HELD)
    assert shares_title(topic.model_copy(update={"question": "기초 연금 얼마"}), made.HELD)


def test_answerable_times_answered() -> None:
    judgements = tuple(judge(t, made.replies(made.honest_answers())[t.id], made.HELD) for t in made.TOPICS)
    assert table_of_answers(judgements) == {
        "answerable_answered": 10,
        "answerable_declined": 0,
        "unanswerable_answered": 0,
        "unanswerable_declined": 2,
    }


def test_every_score_is_a_measure_that_is_explained() -> None:
    answers = made.honest_answers()
    for topic in made.TOPICS:
        for reply in (Reply(topic.id, answers[topic.id]), Reply(topic.id, None)):
            assert set(judge(topic, reply, made.HELD).scores) <= set(MEASURES)
