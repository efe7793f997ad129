"""The HTTP channel over a small real assistant."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.channels.http import add_api
from assistant.service import Assistant

PENSION = "어머니가 67세신데 기초연금 어디서 신청해요?"


@pytest.fixture(scope="module")
def client(desk: Assistant) -> Iterator[TestClient]:
    app = FastAPI()
    add_api(app, desk)
    with TestClient(app) as client:
        yield client


def test_an_answer_comes_with_quotes_of_the_documents(client: TestClient, desk: Assistant) -> None:
    answer = client.post("/api/ask", json={"question": PENSION, "as_of": "2021-03-02"}).json()
    assert answer["status"] == "answered"
    assert answer["as_of"] == "2021-03-02"
    assert answer["citations"]
    for citation in answer["citations"]:
        text = desk.document_text(citation["document_id"])
        assert text[citation["char_start"] : citation["char_end"]] == citation["quote"]


def test_the_same_question_is_answered_alike_but_for_id_and_times(client: TestClient) -> None:
    first, second = (
        client.post("/api/ask", json={"question": PENSION, "as_of": "2021-03-02"}).json() for _ in "12"
    )
    for answer in (first, second):
        answer.pop("answer_id")
        answer.pop("timings_ms")
    assert first == second


def test_an_empty_question_is_one_line(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "  "})
    assert answer.status_code == 400
    assert list(answer.json()) == ["error"]


def test_a_day_that_is_none_is_refused(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "기초연금", "as_of": "2021-02-30"}).status_code == 422


def test_what_a_call_is_known_by_is_logged_on_one_line_and_masked(
    client: TestClient, desk: Assistant
) -> None:
    asked = {"question": PENSION, "as_of": "2021-03-02", "call": " 내선 12\n010-1234-5678 "}
    answer = client.post("/api/ask", json=asked).json()
    assert desk.records is not None
    assert desk.records.opened(answer["answer_id"]).call == "내선 12 [전화번호]"
    assert client.post("/api/ask", json={**asked, "call": "내" * 81}).status_code == 422


def test_search_ranks_the_programme_first(client: TestClient) -> None:
    found = client.get(
        "/api/search", params={"q": "기초연금 신청 서류", "k": 3, "as_of": "2021-03-02"}
    ).json()
    assert any(row["document_id"] == "basic-pension-2021" for row in found)
    scores = [row["score"] for row in found]
    assert scores == sorted(scores, reverse=True)


def test_suggestions_begin_with_what_is_typed(client: TestClient) -> None:
    found = client.get("/api/suggest", params={"prefix": "기초연"}).json()
    assert found[0]["programme"] == "basic-pension"
    assert client.get("/api/suggest", params={"prefix": " "}).json() == []


@pytest.mark.parametrize(("day", "state"), [("2021-06-10", "current"), ("2022-06-10", "ended")])
def test_suggestions_tell_the_state_on_the_day(client: TestClient, day: str, state: str) -> None:
    found = client.get("/api/suggest", params={"prefix": "행복지원", "as_of": day}).json()
    assert [(one["programme"], one["state"]) for one in found] == [("jinju-happiness-fund", state)]


def test_health_names_the_generation(client: TestClient, desk: Assistant) -> None:
    assert client.get("/api/health").json()["generation"] == desk.generation_id


def test_the_original_is_the_file_itself(client: TestClient, desk: Assistant) -> None:
    answer = client.get("/api/document/basic-pension-2021/original")
    assert answer.content == (desk.settings.corpus_dir / "노인" / "basic-pension-2021.md").read_bytes()
    assert answer.headers["content-disposition"].startswith("attachment")


@pytest.mark.parametrize("document_id", ["no-such-document", "..%2F..%2Fetc%2Fpasswd"])
def test_only_documents_of_the_corpus_are_given(client: TestClient, document_id: str) -> None:
    assert client.get(f"/api/document/{document_id}/original").status_code in (400, 404)


def test_a_verdict_is_kept_with_the_answer(client: TestClient, desk: Assistant) -> None:
    answer = client.post("/api/ask", json={"question": PENSION, "as_of": "2021-03-02"}).json()
    address = f"/api/answers/{answer['answer_id']}/rating"
    assert client.post(address, json={"verdict": "오래됨", "note": "금액이 다릅니다"}).status_code == 200
    assert desk.records is not None
    (rating,) = desk.records.opened(answer["answer_id"]).ratings
    assert (rating["verdict"], rating["note"]) == ("오래됨", "금액이 다릅니다")


def test_a_verdict_on_nothing_is_refused(client: TestClient) -> None:
    assert client.post("/api/answers/none/rating", json={"verdict": "정확"}).status_code == 400
    assert client.post("/api/answers/none/rating", json={"verdict": "글쎄"}).status_code == 422


def test_filters_narrow_answers_and_search(client: TestClient) -> None:
    choices = client.get("/api/filters").json()
    assert {"노인", "코로나19"} <= set(choices["categories"])
    assert {"전국", "진주시"} <= set(choices["regions"])
    found = client.get("/api/search", params={"q": "지원금 얼마", "category": "코로나19"}).json()
    assert found
    assert all("코로나19/" in row["path"] for row in found)
    asked = {"question": "기초연금 얼마예요", "as_of": "2021-03-02", "category": "코로나19"}
    answer = client.post("/api/ask", json=asked).json()
    assert answer["filters"] == {"category": "코로나19", "region": None}
    assert answer["status"] == "unanswerable_no_evidence"
    assert [w["code"] for w in answer["warnings"]] == ["filtered"]


def test_without_a_language_model_prose_says_why_there_is_none(client: TestClient) -> None:
    given = client.post("/api/answers/none/prose").json()
    assert given["prose"] == []
    assert given["refused"]


def test_the_shift_is_what_was_asked_on_the_page_today(client: TestClient, desk: Assistant) -> None:
    desk.ask("010-1234-5678 기초연금 서류", as_of=date(2021, 3, 2), channel="web", user="가상담")
    desk.ask("기초연금 서류", channel="http")
    newest = client.get("/api/shift").json()[0]
    assert newest["question"] == newest["alone"] == "[전화번호] 기초연금 서류"
    assert newest["asOf"] == "2021-03-02"
    assert newest["label"] == "답변 가능"
    assert re.fullmatch(r"\d\d:\d\d", newest["time"])


def test_where_people_sign_in_the_shift_is_ones_own(desk: Assistant) -> None:
    desk.ask("기초연금 서류", channel="web", user="나상담")
    for name, count in (("나상담", 1), ("없는사람", 0), (None, 0)):
        app = FastAPI()
        add_api(app, desk, lambda request, name=name: name, named=True)
        with TestClient(app) as client:
            assert len(client.get("/api/shift").json()) == count


def test_a_rating_keeps_who_gave_it(desk: Assistant) -> None:
    app = FastAPI()
    add_api(app, desk, lambda request: "다상담", named=True)
    with TestClient(app) as client:
        answer = client.post("/api/ask", json={"question": PENSION, "as_of": "2021-03-02"}).json()
        client.post(f"/api/answers/{answer['answer_id']}/rating", json={"verdict": "정확"})
    assert desk.records is not None
    logged = desk.records.opened(answer["answer_id"])
    assert logged.user == "다상담"
    assert [(r["user"], r["verdict"]) for r in logged.ratings] == [("다상담", "정확")]
