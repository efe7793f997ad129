"""Who may not, cannot: every handler of the page and every changing route, called raw over HTTP.

The handlers are those that the mounted page has, not a list kept here: a new one without a check fails.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.testclient import TestClient
from starlette.routing import Mount

from assistant.channels.web.page import build_app
from assistant.index.encoder import Encoder
from assistant.records.store import Records
from assistant.records.users import RIGHTS, Right, Role, Users
from assistant.service import Assistant
from tests.channels.web.gradio_queue import called, dependencies

ASKING = ("assistant.channels.web.counsel", "assistant.channels.web.history")
"""The modules whose handlers are for everybody: they answer, and change nothing."""
OPEN_ROUTES = {
    "/api/ask",
    "/api/answers/{answer_id}/prose",
    "/api/answers/{answer_id}/rating",
    "/sign-in",
    "/sign-out",
}
"""Routes that take something from everybody: questions, feedback on an answer, sign-in."""
PASSWORD = "correct horse"
VISITORS = (None, Role.COUNSELLOR, Role.EVALUATOR)


@pytest.fixture(scope="module")
def page(desk: Assistant, real_encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The page over a corpus of its own, with somebody of every role."""
    folder = tmp_path_factory.mktemp("rights")
    shutil.copytree(desk.settings.corpus_dir, folder / "corpus")
    shutil.copytree(desk.settings.index_dir, folder / "index")
    settings = replace(
        desk.settings,
        corpus_dir=folder / "corpus",
        index_dir=folder / "index",
        records_path=folder / "records.sqlite",
        uploads_dir=folder / "uploads",
        users_path=folder / "users.yaml",
    )
    users = Users(settings.users_path)
    for role in Role:
        users.add(role.value, PASSWORD, role)
    assistant = Assistant(settings, real_encoder, Records(settings.records_path))
    app = build_app(assistant, settings)
    app.state.assistant = assistant
    return app


@pytest.fixture(params=VISITORS, ids=lambda role: role.value if role else "stranger")
def visitor(page: FastAPI, request: pytest.FixtureRequest) -> Iterator[tuple[TestClient, Role | None]]:
    with TestClient(page) as client:
        if request.param is not None:
            answer = client.post("/sign-in", json={"name": request.param.value, "password": PASSWORD})
            assert answer.status_code == 200
        yield client, request.param


def handlers(page: FastAPI) -> dict[int, Any]:
    """The functions that the page runs, by the number of their event."""
    mounted = next(route.app for route in page.routes if isinstance(route, Mount) and route.path == "")
    return {number: block.fn for number, block in mounted.blocks.fns.items() if block.fn is not None}  # type: ignore[attr-defined]


def state_of(page: FastAPI) -> list[object]:
    """What could be changed: files, live generation, everything staff write, users."""
    assistant: Assistant = page.state.assistant
    records, settings = assistant.records, assistant.settings
    assert records is not None
    tables = ("drafts", "publications", "bulletins", "curated", "corrections", "callbacks")
    files = {path: path.read_bytes() for path in sorted(settings.corpus_dir.rglob("*")) if path.is_file()}
    counts = [records.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    return [files, counts, assistant.generation_id, settings.users_path.read_bytes()]


def refusals(page: FastAPI) -> list[tuple[str | None, str]]:
    rows = page.state.assistant.records.rows("SELECT user, action FROM audit WHERE allowed = 0 ORDER BY id")
    return [(row["user"], row["action"]) for row in rows]


def test_every_handler_is_for_asking_or_checks_a_right(page: FastAPI) -> None:
    unguarded = [
        f"{fn.__module__}.{fn.__name__}"
        for fn in handlers(page).values()
        if not hasattr(fn, "right") and fn.__module__ not in ASKING
    ]
    assert unguarded == []
    rights = {fn.right for fn in handlers(page).values() if hasattr(fn, "right")}
    assert {Right.PUBLISH, Right.NOTICE} <= rights


def test_who_may_not_changes_nothing_by_any_handler_and_each_try_is_in_the_trail(
    page: FastAPI, visitor: tuple[TestClient, Role | None]
) -> None:
    client, role = visitor
    before, functions, tried = state_of(page), handlers(page), 0
    for dependency in dependencies(client):
        fn = functions[dependency["id"]]
        right = getattr(fn, "right", None)
        if right is None or (role is not None and right in RIGHTS[role]):
            continue
        known = len(refusals(page))
        event = called(client, dependency)
        if fills_the_page(fn):
            assert event["success"], event
            assert all(shows_nothing(part) for part in event["output"]["data"]), event["output"]
            continue
        tried += 1
        assert not event["success"], fn.__name__
        expected = "권한이 없습니다" if role else "로그인이 필요합니다"
        assert expected in event["output"]["error"], (fn.__name__, event["output"])
        assert refusals(page)[known:] == [(role.value if role else None, right.value)], fn.__name__
    assert tried >= 10
    assert state_of(page) == before


def fills_the_page(fn: Any) -> bool:
    """Whether a gate runs it when the page opens: no try, so no complaint; but it must give nothing away."""
    return not fn.__qualname__.startswith("Sessions.guarded.")


def shows_nothing(part: Any) -> bool:
    """Whether an output of what fills the page at its opening gives nothing away."""
    if isinstance(part, str):
        return "로그인이 필요합니다" in part or "권한이 없습니다" in part
    nothing = {"__type__": "update"}
    return part in (nothing, {**nothing, "props": nothing}) or part.get("visible") is False


def test_nor_by_the_names_that_gradio_gives_handlers(
    page: FastAPI, visitor: tuple[TestClient, Role | None]
) -> None:
    client, role = visitor
    before, functions = state_of(page), handlers(page)
    for dependency in dependencies(client):
        fn = functions[dependency["id"]]
        right = getattr(fn, "right", None)
        if right is None or fills_the_page(fn) or (role and right in RIGHTS[role]):
            continue
        name, body = dependency["api_name"], {"data": dependency["blank"]}
        for prefix in ("run", "api"):
            answer = client.post(f"/gradio_api/{prefix}/{name}", json=body)
            assert answer.status_code >= 400, (prefix, name, answer.text)
        queued = client.post(f"/gradio_api/call/{name}", json=body)
        told = (
            client.get(f"/gradio_api/call/{name}/{queued.json()['event_id']}")
            if queued.is_success
            else queued
        )
        assert "error" in told.text, (name, told.text)
    assert state_of(page) == before


def test_every_changing_route_is_known(page: FastAPI) -> None:
    described = get_openapi(title="", version="", routes=page.routes)["paths"]
    changing = {path for path, methods in described.items() if set(methods) - {"get", "head"}}
    assert changing == OPEN_ROUTES


def test_files_are_taken_only_from_people_who_work_with_files(page: FastAPI, tmp_path: Path) -> None:
    file = {"files": ("x.md", b"# x\n\n## y\n\n- z\n")}
    for role in (None, Role.COUNSELLOR, Role.POLICY):
        with TestClient(page) as client:
            if role is not None:
                client.post("/sign-in", json={"name": role.value, "password": PASSWORD})
            known = len(refusals(page))
            answer = client.post("/gradio_api/upload", files=file)
            assert answer.status_code == (200 if role is Role.POLICY else 403)
            assert len(refusals(page)) == known + (role is not Role.POLICY)


def test_who_may_publish_is_not_refused(page: FastAPI) -> None:
    with TestClient(page) as client:
        client.post("/sign-in", json={"name": Role.POLICY.value, "password": PASSWORD})
        functions = handlers(page)
        look = next(d for d in dependencies(client) if functions[d["id"]].__name__ == "looked")
        event = called(client, look, [[]])
        assert "초안을 고르지 않았습니다" in event["output"]["error"]
