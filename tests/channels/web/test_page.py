"""The page as the server sends it: in Korean, with nothing from another host."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.channels.web.counsel import BROKEN, UNREADABLE, answer_with
from assistant.channels.web.page import build_app
from assistant.records.users import Role, Users
from assistant.service import Assistant


@pytest.fixture(scope="module")
def client(desk: Assistant) -> Iterator[TestClient]:
    with TestClient(build_app(desk, desk.settings)) as client:
        yield client


def test_the_page_and_the_api_stand_in_one_application(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "복지 상담 도우미" in page.text
    assert client.get("/api/health").json()["status"] == "ok"


def test_the_page_loads_no_style_or_script_of_another_host(client: TestClient) -> None:
    text = client.get("/").text
    loaded = re.findall(r'<(?:script|link)[^>]+(?:src|href)="(https?://[^"]+)"', text)
    assert loaded == []
    assert "fonts.googleapis.com" not in client.get("/theme.css").text


def test_telemetry_is_off(client: TestClient) -> None:
    config = client.get("/config").json()
    assert config["analytics_enabled"] is False


def test_the_handler_answers_with_evidence(desk: Assistant) -> None:
    html = answer_with(desk)("기초연금 신청 서류", {"as_of": "2021-03-02", "context": []})
    assert 'class="passage"' in html
    assert "<mark" in html


def test_a_question_that_cannot_be_asked_is_one_line(desk: Assistant) -> None:
    html = answer_with(desk)("", {})
    assert 'class="result error"' in html
    assert BROKEN not in html


def test_a_broken_call_is_told_how_to_start_again(desk: Assistant) -> None:
    assert UNREADABLE in answer_with(desk)("기초연금", {"as_of": "언젠가"})


def test_personal_numbers_do_not_reach_what_the_browser_keeps(desk: Assistant) -> None:
    html = answer_with(desk)("010-1234-5678인데 기초연금 서류 알려 주세요", {"as_of": "2021-03-02"})
    assert "010-1234-5678" not in html
    assert "[전화번호]" in html


def test_filters_and_the_turn_of_the_browser_reach_the_answer(desk: Assistant) -> None:
    call = {"as_of": "2021-03-02", "category": "노인", "region": "", "turn": "3"}
    html = answer_with(desk)("기초연금 신청 서류", call)
    assert 'data-turn="3"' in html
    assert "노인만" in html
    assert 'data-turn="4"' in answer_with(desk)("", {"turn": "4"})


@pytest.mark.parametrize(
    ("note", "logged"), [("내선 12, 010-1234-5678", "내선 12, [전화번호]"), ("  ", None), (None, None)]
)
def test_the_note_of_the_call_is_logged_masked(desk: Assistant, note: str | None, logged: str | None) -> None:
    html = answer_with(desk)("기초연금 신청 서류", {"as_of": "2021-03-02", "note": note})
    found = re.search(r'data-answer-id="(\w+)"', html)
    assert found is not None
    assert desk.records is not None
    assert desk.records.opened(found.group(1)).call == logged
    assert "010-1234-5678" not in html


def test_who_signed_in_is_logged(desk: Assistant) -> None:
    html = answer_with(desk, lambda request: "라상담")("기초연금 신청 서류", {"as_of": "2021-03-02"})
    found = re.search(r'data-answer-id="(\w+)"', html)
    assert found is not None
    assert desk.records is not None
    assert desk.records.opened(found.group(1)).user == "라상담"


def test_who_signs_in_gets_their_own_shift_and_is_named_with_what_they_do(
    desk: Assistant, tmp_path: Path
) -> None:
    Users(tmp_path / "users.yaml").add("이상담", "correct horse", Role.COUNSELLOR)
    desk.ask("기초연금 서류", channel="web", user="이상담")
    desk.ask("기초연금 금액", channel="web", user="박상담")
    with TestClient(build_app(desk, replace(desk.settings, users_path=tmp_path / "users.yaml"))) as client:
        assert client.get("/api/shift").json() == []
        client.post("/sign-in", json={"name": "이상담", "password": "correct horse"})
        assert [entry["question"] for entry in client.get("/api/shift").json()] == ["기초연금 서류"]
        answer = client.post("/api/ask", json={"question": "기초연금 서류"}).json()
    assert desk.records is not None
    assert desk.records.opened(answer["answer_id"]).user == "이상담"
