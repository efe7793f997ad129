"""A file of each format on the page: shown beside its text, downloaded as it is, saved as a draft."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docx import Document as WordDocument
from fastapi.testclient import TestClient
from openpyxl import Workbook

from assistant.channels.web.page import build_app
from assistant.channels.web.staff_form import FIELDS
from assistant.index.encoder import Encoder
from assistant.publishing import drafts
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, Users
from assistant.service import Assistant
from assistant.settings import PROJECT
from tests.channels.web.gradio_queue import called, dependencies
from tests.channels.web.visitor import PASSWORD, Visitor
from tests.desk import apart

ROWS = (("가구", "금액"), ("단독가구", "월 7만원"), ("부부가구", "월 9만원"))


def csv(path: Path) -> None:
    path.write_text("".join(f"{kind},{amount}\n" for kind, amount in ROWS), encoding="cp949")


def docx(path: Path) -> None:
    document = WordDocument()
    document.add_heading("반려식물 나눔", 1)
    table = document.add_table(rows=0, cols=2)
    for row in ROWS:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    document.save(str(path))


def xlsx(path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in ROWS:
        book.active.append(row)
    book.save(path)


def hwpx(path: Path) -> None:
    """Nobody here writes this format: a notice of the corpus."""
    shutil.copy(next((PROJECT / "corpus").rglob("jinju-happiness-2021.hwpx")), path)


FORMATS: dict[str, tuple[Callable[[Path], None], str, str]] = {
    "csv": (csv, "월 7만원", "단독가구,월 7만원"),
    "docx": (docx, "월 7만원", "월 7만원"),
    "xlsx": (xlsx, "월 7만원", "월 7만원"),
    "hwpx": (hwpx, "2021년", ""),
}
"""How a file of a format is made; words that are cited from it; words beside them."""


@pytest.fixture
def office(desk: Assistant, real_encoder: Encoder, tmp_path: Path) -> Office:
    settings = apart(desk, tmp_path)
    Users(settings.users_path).add("김정책", PASSWORD, Role.POLICY)
    records = Records(settings.records_path)
    return Office(Assistant(settings, real_encoder, records), records)


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    with TestClient(build_app(office.assistant, office.settings)) as client:
        Visitor(client, "김정책")
        yield client


def handler(client: TestClient, part: str, event: str) -> dict[str, Any]:
    config = client.get("/config").json()
    number = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == part)
    return next(d for d in dependencies(client) if [number, event] in d["targets"])


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_file_is_shown_downloaded_and_saved_as_a_draft(
    suffix: str, client: TestClient, office: Office, tmp_path: Path
) -> None:
    made, cited, beside = FORMATS[suffix]
    file = tmp_path / f"반려식물.{suffix}"
    made(file)
    raw = file.read_bytes()
    stored = client.post("/gradio_api/upload", files={"files": (file.name, raw)}).json()[0]
    sent = {"path": stored, "orig_name": file.name, "meta": {"_type": "gradio.FileData"}}
    seen = called(client, handler(client, "staff-file", "change"), [sent], "one")
    assert seen["success"], seen["output"]
    shown, *values = seen["output"]["data"][6:]
    left, right = BeautifulSoup(shown, "html.parser").select(".beside:not(.head) > div")
    assert cited in left.get_text()
    frame = right.select_one("iframe")
    assert beside in (BeautifulSoup(str(frame["srcdoc"]), "html.parser") if frame else right).get_text()
    (link,) = BeautifulSoup(shown, "html.parser").select("a.original")
    assert client.get(str(link["href"])).content == raw
    filled = dict(zip(FIELDS, values, strict=True)) | {"id": f"plant-{suffix}", "owner": "공원과"}
    filled |= {"term": "fixed", "effective_from": "2021-03-02", "category": "시민생활"}
    given = [None, "새 사업의 문서", None, [], "새로 시작", *filled.values()]
    saved = called(client, handler(client, "staff-save", "click"), given, "one")
    assert saved["success"], saved["output"]
    (draft,) = drafts.open_drafts(office)
    assert [(c.path, c.before) for c in draft.changes] == [
        (f"시민생활/plant-{suffix}.{suffix}", None),
        (f"시민생활/plant-{suffix}.{suffix}.yaml", None),
    ]
    assert draft.changes[0].after == hashlib.sha256(raw).hexdigest()


def test_a_new_text_of_a_held_edition_shows_what_differs_and_fills_the_form_with_it(
    client: TestClient, office: Office, tmp_path: Path
) -> None:
    """The fields hold what is told beside them, and both follow the person's choice."""
    held = office.assistant.document("jinju-happiness-2021")
    text = held.text.replace("5월 30일", "6월 20일").encode()
    stored = client.post("/gradio_api/upload", files={"files": ("연장.md", text)}).json()[0]
    sent = {"path": stored, "orig_name": "연장.md", "meta": {"_type": "gradio.FileData"}}
    seen = called(client, handler(client, "staff-file", "change"), [sent], "one")
    assert seen["success"], seen["output"]
    _, _, told, relation, target, _, _, *values = seen["output"]["data"]
    assert (relation, target["value"]) == ("있는 문서의 내용을 고침", held.id)
    filled = dict(zip(FIELDS, values, strict=True))
    assert (filled["id"], filled["owner"]) == (held.id, held.metadata.owner)
    assert "2021-05-17~2021-05-30 → 신청 온라인 2021-05-17~2021-06-20" in told
    assert filled["windows"].splitlines()[0] == "신청 온라인 2021-05-17~2021-06-20"
    chosen = handler(client, "staff-relation", "input")
    other = called(client, chosen, [None, "새 사업의 문서", None], "one")
    told, _, _, *values = other["output"]["data"]
    assert "본문에서" in told
    assert "→" not in told
    assert dict(zip(FIELDS, values, strict=True))["id"] != held.id


def test_nobody_downloads_what_was_not_uploaded(client: TestClient, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("비밀")
    assert client.get(f"/gradio_api/file={tmp_path / 'secret.txt'}").status_code in (403, 404)
