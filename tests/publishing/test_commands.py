"""Commands over an office of its own: they want the rights that the page wants, and offer what it offers."""

from datetime import date
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant.cli_staff import register
from assistant.domain import Status
from assistant.errors import AccessDenied
from assistant.publishing import corrections, drafts, notices
from assistant.publishing.office import Office
from assistant.records.logged import Verdict
from assistant.records.users import Users
from tests.publishing.conftest import COUNSELLOR, EVALUATOR, POLICY
from tests.publishing.test_publication import DAY, QUESTION

PEOPLE = (POLICY, EVALUATOR, COUNSELLOR)


class Line:
    """The command line of an office, where everybody has the same password."""

    def __init__(self, office: Office, folder: Path) -> None:
        self._secret = folder / "secret"
        self._secret.write_text("correct horse\n")
        for person in PEOPLE:
            Users(office.settings.users_path).add(person.name, "correct horse", person.role)
        self._app, corpus = typer.Typer(), typer.Typer()
        register(self._app, corpus)
        self._app.add_typer(corpus, name="corpus")

    def run(self, *words: str, who: str | None = None) -> Result:
        signed = ("--as", who, "--password-file", str(self._secret)) if who else ()
        return CliRunner().invoke(self._app, [*words, *signed])

    def said(self, *words: str, who: str) -> str:
        ran = self.run(*words, who=who)
        assert ran.exit_code == 0, ran.exception
        return ran.output


@pytest.fixture
def line(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Line:
    for field in ("corpus_dir", "index_dir", "records_path", "uploads_dir", "users_path"):
        monkeypatch.setenv(f"ASSISTANT_{field.upper()}", str(getattr(office.settings, field)))
    monkeypatch.setenv("ASSISTANT_EVALUATION_DIR", str(tmp_path / "no topics"))
    return Line(office, tmp_path)


def test_calls_to_take_back_are_read_by_who_may_make_them(office: Office, line: Line) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    number = corrections.open_correction(office, POLICY, answer.citations[0].document_id, "", "금액")
    for words in (("list",), ("list", str(number))):
        ran = line.run("correction", *words)
        assert isinstance(ran.exception, AccessDenied)
        assert ran.output == ""
    assert "0/1" in line.said("correction", "list", who="이상담")
    assert QUESTION in line.said("correction", "list", str(number), who="이상담")


def test_a_preview_is_for_who_may_publish_and_builds_nothing_for_others(office: Office, line: Line) -> None:
    draft = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    built = len(office.generations.list())
    for who in (None, "최평가"):
        ran = line.run("corpus", "preview", str(draft.id), who=who)
        assert isinstance(ran.exception, AccessDenied)
        assert ran.output == ""
    assert len(office.generations.list()) == built
    refused = office.records.rows("SELECT user, action, detail FROM audit WHERE allowed = 0")
    assert [tuple(row) for row in refused] == [
        (name, "자료 게시", f"preview {draft.id}") for name in (None, "최평가")
    ]
    assert "바뀝니다" in line.said("corpus", "preview", str(draft.id), who="김정책")


def test_an_approved_answer_has_a_first_day_and_the_sentences_that_were_chosen(
    office: Office, line: Line
) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    shown = line.said("records", "open", answer.answer_id, who="김정책")
    assert len(answer.statements) > 1
    assert f"\n2. {answer.statements[1].text} " in shown
    days = ("--from", "2021-02-01", "--until", "2021-12-31")
    line.said("curated", "add", answer.answer_id, *days, "--statement", "2", who="김정책")
    (made,) = notices.curated(office)
    assert (made.valid_from, made.valid_until) == (date(2021, 2, 1), date(2021, 12, 31))
    assert [s.text for s in made.statements] == [answer.statements[1].text]


def test_a_question_of_the_work_list_is_settled(office: Office, line: Line) -> None:
    office.assistant.rate(office.assistant.ask(QUESTION, as_of=DAY).answer_id, Verdict.WRONG)
    assert f"나쁜 평가\t{QUESTION}" in line.said("worklist", who="최평가")
    assert isinstance(line.run("worklist", "--settle", QUESTION, who="최평가").exception, AccessDenied)
    assert QUESTION not in line.said("worklist", "--settle", QUESTION, who="김정책")


def test_the_log_is_searched_by_outcome_and_verdict(office: Office, line: Line) -> None:
    given = office.assistant.ask(QUESTION, as_of=DAY)
    refused = office.assistant.ask("달나라 이주 지원금")
    office.assistant.rate(given.answer_id, Verdict.OUTDATED)

    def found(*options: str) -> list[str]:
        return [
            row.split("\t")[0] for row in line.said("records", "find", *options, who="최평가").splitlines()
        ]

    assert found() == [refused.answer_id, given.answer_id]
    assert found("--status", Status.NO_EVIDENCE.value) == [refused.answer_id]
    assert found("--verdict", Verdict.OUTDATED.value) == [given.answer_id]
    assert line.run("records", "find", "--status", "그런 것", who="최평가").exit_code == 2


def test_a_new_text_of_a_held_document_is_told_with_what_differs(
    office: Office, line: Line, tmp_path: Path
) -> None:
    held = office.assistant.document("jinju-happiness-2021")
    file = tmp_path / "연장.md"
    file.write_text(held.text.replace("5월 30일", "6월 20일"))
    proposed = line.run("corpus", "propose", str(file)).output
    told = line.said("corpus", "replace", held.id, str(file), "--why", "연장", who=POLICY.name)
    for output in (proposed, told):
        assert "2021-05-17~2021-05-30 → 신청 온라인 2021-05-17~2021-06-20" in output
    assert f"id: {held.id}" in proposed
    (draft,) = drafts.open_drafts(office)
    assert (draft.action, draft.document_id) == ("replace", held.id)
