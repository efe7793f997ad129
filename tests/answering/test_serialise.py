"""The JSON of an answer has the contract's fields (a copy of their names) and keeps its schema."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.serialise import answer_to_dict

REQUIRED = {
    "answer_id",
    "question",
    "as_of",
    "event_date",
    "status",
    "missing",
    "alerts",
    "statements",
    "summary",
    "must_confirm",
    "citations",
    "windows",
    "candidates",
    "warnings",
    "contacts",
    "clarification",
    "generation",
    "timings_ms",
}
STATEMENT = {"text", "facet", "programme", "state", "citations"}
CITATION = {
    "marker",
    "chunk_id",
    "document_id",
    "title",
    "publisher",
    "region",
    "path",
    "heading_path",
    "page",
    "quote",
    "char_start",
    "char_end",
    "effective_from",
    "effective_until",
    "reviewed_on",
    "source_urls",
}
QUESTIONS = {
    "answered": ("든든연금 부부가구 얼마예요", date(2021, 3, 2)),
    "outdated": ("든든연금 얼마예요", date(2022, 3, 2)),
    "closed": ("기쁨나눔지원금 신청할게요", date(2021, 7, 1)),
    "clarification_needed": ("소상공인 버팀지원금 얼마예요", date(2021, 5, 1)),
    "unanswerable_no_evidence": ("기쁨나눔지원금 서류 뭐 내요", date(2021, 5, 20)),
    "unanswerable_out_of_scope": ("안녕하세요", date(2021, 5, 20)),
    "redirected_personal_record": ("제 지급 내역 조회해 주세요", date(2021, 5, 20)),
}


@pytest.mark.parametrize("status", QUESTIONS)
def test_each_status_has_every_field_and_survives_json(small: Answerer, status: str) -> None:
    answer = answer_to_dict(small.answer(*QUESTIONS[status]))
    assert answer["status"] == status
    assert answer.keys() >= REQUIRED
    assert all(s.keys() >= STATEMENT for s in answer["statements"])
    assert all(c.keys() >= CITATION for c in answer["citations"])
    assert answer["timings_ms"]["total"] >= 0
    assert json.loads(json.dumps(answer, ensure_ascii=False)) == answer


@pytest.mark.parametrize("status", QUESTIONS)
def test_each_status_holds_the_schema(small: Answerer, status: str, shared_data: Path) -> None:
    path = shared_data.parent / "contracts" / "answer.schema.json"
    validator = jsonschema.Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))
    answer = answer_to_dict(small.answer(*QUESTIONS[status]))
    assert [error.message for error in validator.iter_errors(answer)] == []


def test_days_are_iso_text_and_windows_say_from_and_until(small: Answerer) -> None:
    answer = answer_to_dict(small.answer(*QUESTIONS["closed"]))
    assert answer["as_of"] == "2021-07-01"
    (apply,) = [w for w in answer["windows"] if w["kind"] == "apply"]
    assert (apply["from"], apply["until"], apply["programme"]) == ("2021-05-17", "2021-06-20", "cheer")
    assert answer["citations"][0]["effective_until"] == "2021-10-31"


def test_a_situation_and_an_alert_are_written_out(small: Answerer) -> None:
    answer = answer_to_dict(small.answer("죽고 싶어요 든든연금 얼마예요", date(2021, 5, 20)))
    assert answer["alerts"][0]["contacts"][0] == {"name": "자살예방 상담전화", "phone": "109"}
    assert answer["statements"]
