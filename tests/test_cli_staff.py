"""Commands of the staff, run as a person runs them."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant.cli_staff import register
from assistant.errors import AccessDenied, SettingsError

RUNNER = CliRunner()


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setenv("ASSISTANT_USERS_PATH", str(tmp_path / "users.yaml"))
    monkeypatch.setenv("ASSISTANT_RECORDS_PATH", str(tmp_path / "records.sqlite"))
    (tmp_path / "secret").write_text("correct horse\n")
    app, corpus = typer.Typer(), typer.Typer()
    register(app, corpus)
    app.add_typer(corpus, name="corpus")
    return app


def run(app: typer.Typer, *words: str) -> Result:
    return RUNNER.invoke(app, list(words))


def test_the_first_user_is_an_administrator_who_adds_the_others(line: typer.Typer, tmp_path: Path) -> None:
    secret = str(tmp_path / "secret")
    refused = run(line, "users", "add", "김정책", "--role", "정책담당", "--new-password", secret)
    assert isinstance(refused.exception, SettingsError)
    assert run(line, "users", "add", "강관리", "--role", "관리자", "--new-password", secret).exit_code == 0
    add = ("users", "add", "김정책", "--role", "정책담당", "--new-password", secret)
    assert isinstance(run(line, *add).exception, AccessDenied)
    assert run(line, *add, "--as", "강관리", "--password-file", secret).exit_code == 0
    assert run(line, "users", "list").output == "강관리\t관리자\n김정책\t정책담당\n"
    assert isinstance(run(line, *add, "--as", "김정책", "--password-file", secret).exception, AccessDenied)


def test_records_are_purged_by_an_administrator_only(line: typer.Typer, tmp_path: Path) -> None:
    secret = str(tmp_path / "secret")
    run(line, "users", "add", "강관리", "--role", "관리자", "--new-password", secret)
    assert isinstance(run(line, "records", "purge").exception, AccessDenied)
    done = run(line, "records", "purge", "--days", "30", "--as", "강관리", "--password-file", secret)
    assert done.output == "0건을 파기했습니다.\n"


def test_the_trail_is_read_by_an_administrator_only(line: typer.Typer, tmp_path: Path) -> None:
    secret = str(tmp_path / "secret")
    admin, policy = (("--as", name, "--password-file", secret) for name in ("강관리", "김정책"))
    run(line, "users", "add", "강관리", "--role", "관리자", "--new-password", secret)
    run(line, "users", "add", "김정책", "--role", "정책담당", "--new-password", secret, *admin)
    assert isinstance(run(line, "records", "trail", *policy).exception, AccessDenied)
    refused = run(line, "records", "trail", "--refused", *admin).output.splitlines()
    assert [row.split("\t")[1:] for row in refused] == [["김정책", "감사 기록", "거절", "trail"]]
    shown = run(line, "records", "trail", *admin).output.splitlines()
    assert [row.split("\t")[1:4] for row in shown] == [
        ["강관리", "감사 기록", "허용"],
        ["강관리", "감사 기록", "허용"],
        ["김정책", "감사 기록", "거절"],
        ["강관리", "사용자 관리", "허용"],
    ]
    assert run(line, "records", "trail", "--until", "2021-03-02", *admin).output == ""


@pytest.mark.parametrize(
    "group", ["users", "bulletin", "curated", "records", "correction", "switch", "corpus"]
)
def test_every_group_says_what_it_offers(line: typer.Typer, group: str) -> None:
    shown = run(line, group, "--help")
    assert shown.exit_code == 0
    assert "Commands" in shown.output


@pytest.mark.parametrize(
    "command",
    ["add", "replace", "edit", "amend", "retire", "restore", "preview", "publish", "undo", "history"],
)
def test_every_change_of_the_corpus_is_a_command(line: typer.Typer, command: str) -> None:
    assert run(line, "corpus", command, "--help").exit_code == 0
