"""`index build` and `index rollback` change what is live: by whom, and with a line in the history."""

from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from assistant.cli import app
from assistant.errors import AccessDenied, PublishingError
from assistant.publishing import live, publication
from assistant.publishing.history import history
from assistant.publishing.office import Office
from assistant.records.store import Records
from assistant.records.users import Role, Users
from assistant.settings import Settings
from tests import shelf
from tests.generations import later
from tests.publishing.conftest import COUNSELLOR, POLICY

PASSWORD = "correct horse"
RUNNER = CliRunner()


def run(*words: str) -> Result:
    return RUNNER.invoke(app, list(words))


def lines(records: Records) -> list[tuple[str, str, str, str]]:
    rows = records.rows(
        "SELECT p.user, p.kind, p.generation_before, p.generation_after FROM publications p"
        " JOIN publication_ends e ON e.publication = p.id WHERE e.outcome = 'done' ORDER BY p.id"
    )
    return [tuple(row) for row in rows]


@pytest.fixture
def settings(office: Office, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The office is the centre's own."""
    settings = office.settings
    for name in ("corpus_dir", "index_dir", "records_path", "uploads_dir", "users_path"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(settings, name)))
    return settings


@pytest.fixture
def people(settings: Settings, tmp_path: Path) -> tuple[str, str]:
    """The options with which a policy person signs in."""
    users = Users(settings.users_path)
    users.add(POLICY.name, PASSWORD, Role.POLICY)
    users.add(COUNSELLOR.name, PASSWORD, Role.COUNSELLOR)
    (tmp_path / "secret").write_text(PASSWORD + "\n")
    return "--password-file", str(tmp_path / "secret")


def test_a_rollback_needs_the_right_to_publish_once_somebody_can_sign_in(
    office: Office, people: tuple[str, str]
) -> None:
    first = office.generations.current_id()
    second = later(office.generations)
    assert isinstance(run("index", "rollback").exception, AccessDenied)
    refused = run("index", "rollback", "--as", COUNSELLOR.name, *people)
    assert isinstance(refused.exception, AccessDenied)
    elsewhere = run("index", "rollback", "--index", str(office.settings.index_dir))
    assert isinstance(elsewhere.exception, AccessDenied)
    assert office.generations.current_id() == second
    done = run("index", "rollback", "--as", POLICY.name, *people)
    assert (done.exit_code, done.output) == (0, f"{second} → {first}\n")
    assert office.generations.current_id() == first
    assert lines(office.records) == [(POLICY.name, "rollback", second, first)]
    trail = office.records.rows("SELECT user, allowed FROM audit ORDER BY id")
    assert [tuple(row) for row in trail] == [(None, 0), (COUNSELLOR.name, 0), (None, 0), (POLICY.name, 1)]


def test_without_users_a_rollback_goes_on_and_is_in_the_history(office: Office, settings: Settings) -> None:
    first = office.generations.current_id()
    second = later(office.generations)
    assert run("index", "rollback").exit_code == 0
    assert lines(office.records) == [(live.UNSIGNED, "rollback", second, first)]


def test_a_build_needs_the_right_only_where_something_answers(
    office: Office, settings: Settings, people: tuple[str, str]
) -> None:
    with pytest.raises(AccessDenied):
        live.permitted(settings, None, live.BUILD)
    with pytest.raises(AccessDenied):
        live.permitted(settings, COUNSELLOR, live.BUILD)
    assert name_of(settings, POLICY.name) == POLICY.name
    store = office.generations
    (store.path(store.current_id()) / "chunks.json").write_text("[]")
    assert name_of(settings, None) == live.UNSIGNED
    store.current_file.unlink()
    assert name_of(settings, None) == live.UNSIGNED
    with pytest.raises(AccessDenied):
        live.permitted(settings, None, live.ROLLBACK)


def name_of(settings: Settings, user: str | None) -> str:
    line = live.permitted(settings, POLICY if user else None, live.BUILD)
    assert line is not None
    return line[1]


def test_an_index_that_is_not_the_centres_own_leaves_no_line_where_nobody_signs_in(
    office: Office, tmp_path: Path
) -> None:
    assert live.permitted(replace(office.settings, index_dir=tmp_path / "other"), None, live.BUILD) is None


def test_a_swap_that_was_killed_is_finished_at_the_next_start(office: Office, settings: Settings) -> None:
    first = office.generations.current_id()
    second = later(office.generations)
    killed = replace(settings, index_dir=office.settings.index_dir.parent / "nowhere")
    with pytest.raises(Exception, match="nowhere"):
        live.make_live(killed, first, live.ROLLBACK, (office.records, POLICY.name), "바로 전 세대")
    assert office.generations.current_id() == second
    with pytest.raises(PublishingError, match="끝나지 않은 게시"):
        live.make_live(settings, first, live.ROLLBACK, (office.records, POLICY.name), "바로 전 세대")
    publication.start(office)
    assert office.generations.current_id() == first
    assert [p.outcome for p in history(office)] == ["done"]


def test_a_first_build_asks_nobody_and_the_next_one_does(
    tmp_path: Path, settings: Settings, people: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write(tmp_path / "small")
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(tmp_path / "small"))
    monkeypatch.setenv("ASSISTANT_INDEX_DIR", str(tmp_path / "fresh"))
    assert run("index", "build").exit_code == 0
    current = tmp_path / "fresh" / "CURRENT"
    first = current.read_text().strip()
    assert isinstance(run("index", "build").exception, AccessDenied)
    assert current.read_text().strip() == first
    assert run("index", "build", "--as", POLICY.name, *people).exit_code == 0
    second = current.read_text().strip()
    assert lines(Records(settings.records_path)) == [
        (live.UNSIGNED, "build", "", first),
        (POLICY.name, "build", first, second),
    ]
