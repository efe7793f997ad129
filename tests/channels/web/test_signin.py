"""Named sign-in over HTTP: the cookie, refusals that tell nothing, and what is shown to whom."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.channels.web.page import build_app
from assistant.channels.web.signin import Sessions
from assistant.channels.web.signin_form import notice_html
from assistant.errors import AccessDenied
from assistant.records.store import Records
from assistant.records.users import Right, Role, User, Users
from assistant.service import Assistant
from tests.channels.web.gradio_queue import called, dependencies

PASSWORD = "correct horse"


class Cookies:
    """A request as far as a session is read from it."""

    def __init__(self, token: str) -> None:
        self.cookies = {"session": token}


@pytest.fixture
def users(tmp_path: Path) -> Users:
    found = Users(tmp_path / "users.yaml")
    for name, role in (("김정책", Role.POLICY), ("이상담", Role.COUNSELLOR)):
        found.add(name, PASSWORD, role)
    return found


@pytest.fixture
def client(desk: Assistant, users: Users, tmp_path: Path) -> Iterator[TestClient]:
    settings = replace(desk.settings, users_path=tmp_path / "users.yaml")
    with TestClient(build_app(desk, settings)) as client:
        yield client


def trail(desk: Assistant) -> list[tuple[str | None, str, int, str]]:
    assert desk.records is not None
    rows = desk.records.rows("SELECT user, action, allowed, detail FROM audit ORDER BY id")
    return [tuple(row) for row in rows]


def header_of(config: dict[str, Any]) -> str:
    """The HTML above the tabs."""
    found = (c["props"]["value"] for c in config["components"] if c["props"].get("elem_id") == "header")
    return str(next(found))


def test_a_person_signs_in_and_out(client: TestClient, desk: Assistant) -> None:
    answer = client.post("/sign-in", json={"name": "김정책", "password": PASSWORD})
    assert answer.json() == {"name": "김정책", "role": "정책담당"}
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert trail(desk)[-1] == ("김정책", "로그인", 1, "")
    opened = next(d for d in dependencies(client) if d["api_name"] == "opened")
    notice, inside = called(client, opened)["output"]["data"]
    assert "김정책" in notice
    assert inside["visible"] is True
    assert client.post("/sign-out", json={}).status_code == 200
    notice, inside = called(client, opened)["output"]["data"]
    assert "로그인이 필요합니다" in notice
    assert inside["visible"] is False


def test_a_refusal_is_slow_and_does_not_tell_who_exists(client: TestClient, desk: Assistant) -> None:
    told = []
    for name in ("김정책", "없는사람"):
        started = time.monotonic()
        answer = client.post("/sign-in", json={"name": name, "password": "wrong horse"})
        assert time.monotonic() - started >= 1.0
        assert "set-cookie" not in answer.headers
        told.append((answer.status_code, answer.json()))
    assert (
        told[0]
        == told[1]
        == (401, {"error": "이름이나 비밀번호가 맞지 않습니다. 확인하고 다시 입력해 주세요."})
    )
    assert trail(desk)[-2:] == [("김정책", "로그인", 0, ""), (None, "로그인", 0, "모르는 이름")]


def test_a_form_of_another_site_is_refused(client: TestClient) -> None:
    elsewhere = {"Origin": "http://elsewhere.example"}
    answer = client.post("/sign-in", json={"name": "김정책", "password": PASSWORD}, headers=elsewhere)
    assert answer.status_code == 401
    assert "다른 사이트" in answer.json()["error"]


def test_without_a_users_file_the_page_offers_asking_only(desk: Assistant, tmp_path: Path) -> None:
    with TestClient(build_app(desk, replace(desk.settings, users_path=tmp_path / "none.yaml"))) as client:
        config = client.get("/config").json()
        tabs = [c["props"]["label"] for c in config["components"] if c["type"] == "tabitem"]
        assert tabs == ["상담", "이번 근무 이력"]
        assert not any(part in header_of(config) for part in ("data-sign-in", 'id="who"'))
        assert client.post("/sign-in", json={"name": "김정책", "password": PASSWORD}).status_code in (
            404,
            405,
        )


def test_where_questions_are_asked_the_page_has_a_place_to_sign_in(client: TestClient) -> None:
    header = header_of(client.get("/config").json())
    assert all(part in header for part in ("data-sign-in", 'id="who"'))
    assert client.get("/api/who").json() == {"name": None}
    client.post("/sign-in", json={"name": "이상담", "password": PASSWORD})
    assert client.get("/api/who").json() == {"name": "이상담"}
    client.post("/sign-out", json={})
    assert client.get("/api/who").json() == {"name": None}


def test_a_session_ends_with_the_password_and_the_person(users: Users) -> None:
    sessions = Sessions(users, None)
    token, user = sessions.sign_in("김정책", PASSWORD)
    assert sessions.user_of(Cookies(token)) == user == User("김정책", Role.POLICY)
    assert sessions.user_of(Cookies("made-up")) is None
    users.add("김정책", "another horse", Role.POLICY)
    assert sessions.user_of(Cookies(token)) is None
    token, _ = sessions.sign_in("이상담", PASSWORD)
    users.remove("이상담")
    assert sessions.user_of(Cookies(token)) is None


def test_a_refusal_names_the_right_and_is_in_the_trail(users: Users, tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    sessions = Sessions(users, records)
    token, _ = sessions.sign_in("이상담", PASSWORD)
    with pytest.raises(AccessDenied, match="자료 게시"):
        sessions.allowed(Cookies(token), Right.PUBLISH, "publish 1")
    with pytest.raises(AccessDenied, match="로그인이 필요합니다"):
        sessions.allowed(None, Right.PUBLISH, "publish 1")
    lines = [tuple(r) for r in records.rows("SELECT user, action, allowed, detail FROM audit ORDER BY id")]
    assert lines[1:] == [("이상담", "자료 게시", 0, "publish 1"), (None, "자료 게시", 0, "publish 1")]


def test_what_stands_at_the_head_of_a_tab() -> None:
    assert "data-sign-in" in notice_html(None, Right.PUBLISH)
    assert "권한이 없습니다" in notice_html(User("이상담", Role.COUNSELLOR), Right.PUBLISH)
    assert "로그아웃" in notice_html(User("김정책", Role.POLICY), Right.PUBLISH)
