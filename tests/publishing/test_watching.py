"""The watched folder behind the page: looked at when files changed, at most once a minute, one at a time."""

import os
import threading
from pathlib import Path

import pytest

from assistant.errors import AccessDenied
from assistant.publishing import drafts
from assistant.publishing.front_matter import with_front_matter
from assistant.publishing.office import Office
from assistant.publishing.watching import EVERY_SECONDS, Watching
from tests.publishing.conftest import COUNSELLOR, POLICY
from tests.publishing.test_proposal import NEXT_YEAR


@pytest.fixture
def folder(office: Office) -> Path:
    """The folder of the settings, with one file that came."""
    folder = office.settings.watched_dir
    folder.mkdir()
    (folder / "next.md").write_text(NEXT_YEAR)
    return folder


def looks(office: Office) -> int:
    """How often the folder was looked at: each is a line of the trail."""
    return len(office.records.rows("SELECT 1 FROM audit WHERE detail LIKE 'watch %'"))


def finished(thread: threading.Thread | None) -> None:
    assert thread is not None
    thread.join(60)
    assert not thread.is_alive()


def test_what_came_is_drafted_in_the_background_by_who_opened_the_page(office: Office, folder: Path) -> None:
    finished(Watching(office).begin(POLICY))
    ((draft,),) = [drafts.open_drafts(office)]
    assert (draft.document_id, draft.author) == ("basic-pension-2024", POLICY.name)


def test_a_second_look_begins_only_after_a_minute(office: Office, folder: Path) -> None:
    watching = Watching(office)
    finished(watching.begin(POLICY))
    assert EVERY_SECONDS == 60
    assert watching.begin(POLICY) is None
    assert looks(office) == 1


def test_a_folder_is_looked_at_again_when_a_file_came_changed_or_went(office: Office, folder: Path) -> None:
    watching = Watching(office, every=0)
    held = office.assistant.document("basic-pension-2021")
    changed = with_front_matter(held.metadata, held.text.replace("30만원", "31만원"))
    changes = (
        lambda: None,
        lambda: (folder / "basic.md").write_text(changed),
        lambda: os.utime(folder / "basic.md", (0, 0)),
        lambda: (folder / "basic.md").unlink(),
    )
    for expected, change in enumerate(changes, start=1):
        change()
        for _ in range(2):
            finished(watching.begin(POLICY))
            assert looks(office) == expected
    assert len(drafts.open_drafts(office)) == 2


def test_looks_at_once_draft_a_file_once(office: Office, folder: Path) -> None:
    watching = Watching(office)
    behind = watching.begin(POLICY)
    watching.look(POLICY)
    finished(behind)
    assert len(drafts.open_drafts(office)) == 1


def test_without_a_folder_nothing_is_looked_at(office: Office) -> None:
    finished(Watching(office).begin(POLICY))
    assert looks(office) == 0


def test_what_goes_wrong_behind_the_page_is_logged_and_tried_again(
    office: Office, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    watching = Watching(office, every=0)
    finished(watching.begin(COUNSELLOR))
    assert "권한이 없습니다" in caplog.text
    with pytest.raises(AccessDenied):
        watching.look(COUNSELLOR)
    finished(watching.begin(POLICY))
    assert len(drafts.open_drafts(office)) == 1
