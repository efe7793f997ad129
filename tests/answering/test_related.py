from dataclasses import replace
from datetime import date

from assistant.answering.answerer import Answerer
from assistant.answering.related import Related, related
from assistant.answering.selection import Family
from assistant.domain import Relation

DAY = date(2021, 5, 20)


def test_programmes_that_the_question_ranks_next_stand_beside_the_answer(small: Answerer) -> None:
    question = "소상공인 버팀지원금 3차 얼마예요"
    beside = related(small.answer(question, DAY), small.read(question, DAY).ranking, small.families)
    assert "relief" not in {r.programme for r in beside}
    assert {r.kind for r in beside} <= {"near"}


def test_what_the_document_names_comes_first_with_its_words(small: Answerer) -> None:
    pension = small.families["pension"]
    told = Relation("excludes", "living", "살림급여를 받으면 받지 못합니다.")
    documents = [replace(d, metadata=replace(d.metadata, relations=(told,))) for d in pension.documents]
    families = {**small.families, "pension": Family("pension", documents, {})}
    question = "든든연금 얼마예요"
    beside = related(small.answer(question, DAY), small.read(question, DAY).ranking, families)
    assert beside[0] == Related("living", "살림급여 (2021)", "excludes", "살림급여를 받으면 받지 못합니다.")


def test_a_programme_that_is_over_is_not_offered(small: Answerer) -> None:
    question, later = "든든연금 얼마예요", date(2021, 12, 1)
    beside = related(small.answer(question, later), small.read(question, later).ranking, small.families)
    assert "cheer" not in {r.programme for r in beside}


def test_nothing_stands_beside_no_answer(small: Answerer) -> None:
    question = "오늘 날씨 어때요"
    assert related(small.answer(question, DAY), small.read(question, DAY).ranking, small.families) == ()
