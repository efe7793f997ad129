"""The watched folder on the page: opening a tab looks, so does a button; what needs a person is listed."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.channels.web.page import build_app
from assistant.index.encoder import Encoder
from assistant.publishing import drafts
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, Users
from assistant.service import Assistant
from tests.channels.web.gradio_queue import called, dependencies
from tests.channels.web.visitor import PASSWORD, Visitor
from tests.desk import apart
from tests.publishing.test_proposal import NEXT_YEAR
from tests.publishing.test_watched import STRANGER


@pytest.fixture
def office(desk: Assistant, real_encoder: Encoder, tmp_path: Path) -> Office:
    return watching(desk, real_encoder, tmp_path)


def watching(desk: Assistant, encoder: Encoder, folder: Path) -> Office:
    """A corpus of its own with a watched folder of two files, and two people."""
    settings = apart(desk, folder, "corpus", "index")
    settings.watched_dir.mkdir()
    (settings.watched_dir / "next.md").write_text(NEXT_YEAR)
    (settings.watched_dir / "화분나눔.md").write_text(STRANGER)
    users = Users(settings.users_path)
    users.add("김정책", PASSWORD, Role.POLICY)
    users.add("이상담", PASSWORD, Role.COUNSELLOR)
    records = Records(settings.records_path)
    return Office(Assistant(settings, encoder, records), records)


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(build_app(office.assistant, office.settings)) as client:
        yield client


def pressed(client: TestClient, button: str, *values: Any, page: str = "") -> dict[str, Any]:
    """The last event of a button of the page."""
    config = client.get("/config").json()
    number = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == button)
    handler = next(d for d in dependencies(client) if [number, "click"] in d["targets"])
    return called(client, handler, list(values), page)


def opened(client: TestClient, tab: str) -> None:
    """What the browser calls when a tab of the page is opened."""
    config = client.get("/config").json()
    number = next(c["id"] for c in config["components"] if c["props"].get("id") == tab)
    for handler in [d for d in dependencies(client) if [number, "select"] in d["targets"]]:
        assert called(client, handler)["success"]


def drafted(office: Office, seconds: float = 20) -> list[str]:
    """The documents of the open drafts, once there are any."""
    until = time.monotonic() + seconds
    while not (found := drafts.open_drafts(office)) and time.monotonic() < until:
        time.sleep(0.05)
    return [draft.document_id for draft in found]


@pytest.mark.parametrize("tab", ["staff", "work"])
def test_opening_a_tab_looks_behind_the_page_for_who_may_publish(
    client: TestClient, office: Office, tab: str
) -> None:
    for name in (None, "이상담"):
        Visitor(client, name)
        opened(client, tab)
    assert drafted(office, 0.5) == []
    Visitor(client, "김정책")
    opened(client, tab)
    assert drafted(office) == ["basic-pension-2024"]


def test_opening_another_tab_looks_at_nothing(client: TestClient, office: Office) -> None:
    Visitor(client, "김정책")
    for tab in ("review", "bench"):
        opened(client, tab)
    assert drafted(office, 0.5) == []


def test_the_button_makes_drafts_and_lists_what_waits_until_it_is_settled(
    client: TestClient, office: Office
) -> None:
    (office.settings.watched_dir / "화분나눔.md").rename(office.settings.watched_dir / "<b>화분나눔.md")
    visitor = Visitor(client, "김정책")
    seen = pressed(client, "watched-look", page="one")
    assert seen["success"], seen["output"]
    *_, choices, table = seen["output"]["data"]
    assert [d.document_id for d in drafts.open_drafts(office)] == ["basic-pension-2024"]
    assert "&lt;b&gt;화분나눔.md" in table
    assert "담당(owner)" in table
    assert "&lt;b&gt;화분나눔.md" in visitor.do("work-again")[0]
    ((_, chosen),) = choices["choices"]
    settled = pressed(client, "watched-done", chosen, page="one")
    assert "사람이 볼 파일이 없습니다." in settled["output"]["data"][-1]
    assert "화분나눔.md" not in visitor.do("work-again")[0]


def test_a_counsellors_press_is_refused_and_takes_nothing_from_policy_staff(
    client: TestClient, office: Office
) -> None:
    Visitor(client, "이상담")
    assert "권한이 없습니다" in pressed(client, "watched-look")["output"]["error"]
    Visitor(client, "김정책")
    assert pressed(client, "watched-look")["success"]
    assert len(drafts.open_drafts(office)) == 1
