"""Ranking over eight small documents: real Kiwi, BM25 and FAISS, a stand-in encoder."""

from datetime import date

import pytest

from assistant.answering.answerer import Answerer
from assistant.retrieval.retriever import Ranking
from tests.doubles import HashEncoder

DAY = date(2021, 5, 20)


def ranked(answerer: Answerer, question: str, day: date = DAY) -> Ranking:
    return answerer.read(question, day).ranking


@pytest.mark.parametrize(
    ("question", "programme"),
    [
        ("든든연금 부부가구 얼마예요", "pension"),
        ("기쁨 나눔 지원금 신청", "cheer"),
        ("전시민 10만원 언제까지", "cheer"),
        ("살림급여 3인 가구 소득인정액", "living"),
        ("어르신이 마을버스 무료로 타나요", "마을버스.md"),
        ("공무원연금 받으면 못 받나요 든든연굼", "pension"),
    ],
)
def test_the_programme_meant_comes_first(small: Answerer, question: str, programme: str) -> None:
    assert ranked(small, question).documents[0].programme == programme


def test_documents_are_in_order_of_their_score_once_each_with_their_own_chunk(small: Answerer) -> None:
    ranking = ranked(small, "든든연금 얼마예요")
    scores = [d.score for d in ranking.documents]
    assert scores == sorted(scores, reverse=True)
    assert len({d.document_id for d in ranking.documents}) == len(ranking.documents)
    for found in ranking.documents:
        assert small.index.chunks[found.best_row].document_id == found.document_id
        assert found.best_row in small.index.rows_of_document[found.document_id]


def test_ranks_of_each_ranking_start_at_one_and_have_no_gap(small: Answerer) -> None:
    ranking = ranked(small, "든든연금 어디서 신청해요", date(2021, 6, 10))
    for ranks in ([d.lexical_rank for d in ranking.documents], [d.dense_rank for d in ranking.documents]):
        held = sorted(r for r in ranks if r is not None)
        assert held == list(range(1, len(held) + 1))
        assert held


def test_what_is_not_published_yet_takes_no_part(small: Answerer) -> None:
    before = ranked(small, "기쁨나눔지원금 신청", date(2021, 5, 9))
    after = ranked(small, "기쁨나눔지원금 신청", date(2021, 5, 10))
    assert "cheer-2021" not in {d.document_id for d in before.documents}
    assert after.documents[0].document_id == "cheer-2021"
    assert "cheer-2021-amend-1" not in {d.document_id for d in after.documents}


def test_a_name_gives_a_bonus_to_its_programme_only(small: Answerer) -> None:
    ranking = ranked(small, "든든연금")
    assert [(m.name, m.certainty) for m in ranking.names] == [("든든연금", 1.0)]
    named = {d.document_id for d in ranking.documents if d.signals["name_match"] > 0}
    assert named == {"pension-2020", "pension-2021"}


def test_the_best_cosine_is_that_of_the_best_chunk(small: Answerer) -> None:
    text = small.index.chunks[3].text
    ranking = ranked(small, " ".join(text.split()))
    assert ranking.best_cosine == pytest.approx(1.0, abs=1e-5)


def test_words_that_stand_nowhere_still_give_a_ranking_and_no_lexical_evidence(small: Answerer) -> None:
    ranking = ranked(small, "xylophone quartz")
    assert ranking.best_lexical == 0.0
    assert all(d.lexical_rank is None for d in ranking.documents)


def test_the_same_question_is_ranked_alike(small: Answerer) -> None:
    one, two = (ranked(small, "살림급여 얼마") for _ in "12")
    assert one.documents == two.documents
    assert HashEncoder.id == small.index.manifest.encoder


def test_a_name_that_no_text_holds_is_a_word_of_all_its_passages(small: Answerer) -> None:
    assert not any("전시민" in document.text for document in small.index.documents.values())
    scores = small.index.lexical.scores(["전시민"])
    found = {chunk.document_id for chunk, score in zip(small.index.chunks, scores, strict=True) if score > 0}
    assert {small.index.documents[d].metadata.programme_key for d in found} == {"cheer"}
    assert all(scores[row] > 0 for document in found for row in small.index.rows_of_document[document])
