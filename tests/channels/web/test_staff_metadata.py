"""A document's metadata edited on the page: filled from what is held, saved as a draft, no file uploaded."""

from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.channels.web.page import build_app
from assistant.channels.web.staff_form import FIELDS
from assistant.index.encoder import Encoder
from assistant.publishing import drafts
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, Users
from assistant.service import Assistant
from tests.channels.web.gradio_queue import called, dependencies
from tests.channels.web.visitor import PASSWORD, Visitor
from tests.desk import apart

PENSION = "basic-pension-2021"


@pytest.fixture
def office(desk: Assistant, real_encoder: Encoder, tmp_path: Path) -> Office:
    settings = apart(desk, tmp_path, "corpus")
    Users(settings.users_path).add("김정책", PASSWORD, Role.POLICY)
    records = Records(settings.records_path)
    return Office(Assistant(settings, real_encoder, records), records)


def test_a_review_date_is_edited_on_the_page_without_a_file(office: Office) -> None:
    with TestClient(build_app(office.assistant, office.settings)) as client:
        Visitor(client, "김정책")
        parts = client.get("/config").json()["components"]

        def part(name: str) -> int:
            return next(int(c["id"]) for c in parts if c["props"].get("elem_id") == name)

        def event(name: str, kind: str, values: list[object]) -> list[object]:
            handler = next(d for d in dependencies(client) if [part(name), kind] in d["targets"])
            done = called(client, handler, values, "one")
            assert done["success"], done["output"]
            return list(done["output"]["data"])

        filling = next(d for d in dependencies(client) if d["outputs"][:1] == [part("info-document")])
        assert called(client, filling, session="one")["success"]
        _, _, *values = event("info-document", "input", [PENSION])
        held = dict(zip(FIELDS, values, strict=True))
        assert (held["id"], held["review_by"]) == (PENSION, "2021-12-31")
        edited = held | {"review_by": "2027-06-30"}
        chosen, *_ = event("info-save", "click", [PENSION, None, "확인함", *edited.values()])
    (draft,) = drafts.open_drafts(office)
    assert (draft.action, draft.document_id, draft.why) == ("edit", PENSION, "확인함")
    assert "정보 고침" in str(chosen)
    (change,) = draft.changes
    written = office.contents.get(str(change.after)).decode()
    assert f"review_by: {date(2027, 6, 30)}" in written
    held_text = (office.corpus_dir / change.path).read_text()
    assert written.split("---\n", 2)[2] == held_text.split("---\n", 2)[2]


def test_the_work_list_opens_a_document_and_a_form_of_other_metadata_is_not_saved(office: Office) -> None:
    with TestClient(build_app(office.assistant, office.settings)) as client:
        person = Visitor(client, "김정책")
        choice, form, _, *values = person.do("info-open", document=PENSION)
        assert (choice["value"], form["visible"]) == (PENSION, True)
        assert dict(zip(FIELDS, values, strict=True))["review_by"] == "2021-12-31"
        assert "그런 문서가 없습니다" in person.refused("info-open", document="없는 것")
        ids = {c["props"].get("elem_id"): c["id"] for c in client.get("/config").json()["components"]}
        listing = next(d for d in dependencies(client) if d["outputs"] == [ids["info-document"]])
        assert called(client, listing, session="stale")["success"]
        saving = next(d for d in dependencies(client) if [ids["info-save"], "click"] in d["targets"])
        done = called(client, saving, [PENSION, None, "확인함", *values], "stale")
        assert "문서를 다시 골라 주세요" in done["output"]["error"]
    assert drafts.open_drafts(office) == ()
