"""Metadata edited where the text stays: a review date that passed is put right without an upload."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import AccessDenied, PublishingError
from assistant.publishing import drafts, worklist
from assistant.publishing.office import Office
from assistant.publishing.preview import preview
from assistant.records.users import Users
from tests.publishing.conftest import COUNSELLOR, POLICY, look_and_publish

PENSION, FILE = "basic-pension-2021", "jinju-happiness-2021"
DAY, LATER = date(2022, 2, 1), date(2022, 6, 30)
SECRET = "correct horse"


def overdue(office: Office) -> set[str]:
    return {i.subject for i in worklist.work_list(office, POLICY, DAY) if i.kind == "검토 지남"}


def test_a_review_date_is_put_right_and_the_text_stays(office: Office) -> None:
    document = office.assistant.document(PENSION)
    assert PENSION in overdue(office)
    metadata = replace(document.metadata, review_by=LATER, owner="기초연금팀")
    draft = drafts.edit_metadata(office, POLICY, PENSION, metadata, "담당이 확인함")
    seen = preview(replace(office, topics=()), POLICY, [draft.id])
    assert seen.passages == ()
    assert seen.documents == 1
    look_and_publish(office, POLICY, draft, "담당이 확인함")
    edited = office.assistant.document(PENSION)
    assert (edited.text, edited.metadata) == (document.text, metadata)
    assert PENSION not in overdue(office)


def test_of_a_file_that_is_no_text_only_what_stands_beside_it_changes(office: Office) -> None:
    document = office.assistant.document(FILE)
    metadata = replace(document.metadata, review_by=LATER)
    (change,) = drafts.edit_metadata(office, POLICY, FILE, metadata, "확인함").changes
    assert change.path == f"{document.path}.yaml"


def test_what_may_not_be_edited_so_is_told(office: Office) -> None:
    metadata = office.assistant.document(PENSION).metadata
    with pytest.raises(AccessDenied):
        drafts.edit_metadata(office, COUNSELLOR, PENSION, metadata, "x")
    for edited, why, told in (
        (replace(metadata, id="other"), "x", "id는 바꿀 수 없습니다"),
        (replace(metadata, owner=None), "x", "owner"),
        (replace(metadata, review_by=LATER), " ", "까닭이 없습니다"),
    ):
        with pytest.raises(PublishingError, match=told):
            drafts.edit_metadata(office, POLICY, PENSION, edited, why)
    first = drafts.edit_metadata(office, POLICY, PENSION, replace(metadata, review_by=LATER), "확인함")
    look_and_publish(office, POLICY, first, "확인함")
    with pytest.raises(PublishingError, match="바뀐 것이 없습니다"):
        drafts.edit_metadata(office, POLICY, PENSION, replace(metadata, review_by=LATER), "또")
    assert drafts.open_drafts(office) == ()


def test_the_command_line_shows_the_metadata_and_takes_them_back_edited(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = office.settings
    for name in ("corpus_dir", "index_dir", "records_path", "uploads_dir", "users_path"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(settings, name)))
    Users(settings.users_path).add(POLICY.name, SECRET, POLICY.role)
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    shown = CliRunner().invoke(app, ["corpus", "show", PENSION, "--meta"])
    assert "review_by: 2021-12-31" in shown.output
    file = tmp_path / "edited.yaml"
    file.write_text(shown.output.replace("review_by: 2021-12-31", f"review_by: {LATER}"))
    command = ["corpus", "edit", PENSION, "--meta", str(file), "--why", "확인함"]
    done = CliRunner().invoke(
        app, [*command, "--as", POLICY.name, "--password-file", str(tmp_path / "secret")]
    )
    assert done.exit_code == 0, done.output
    (draft,) = drafts.open_drafts(office)
    assert (draft.action, draft.author) == ("edit", POLICY.name)
