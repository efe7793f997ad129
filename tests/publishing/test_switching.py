"""A document switched off is in no answer of any process, stays off over restarts, and is in the history."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from assistant.answering.evidence import OFF
from assistant.cli import app
from assistant.domain import Status
from assistant.errors import AccessDenied, PublishingError, RecordsError
from assistant.index.encoder import Encoder
from assistant.publishing import drafts, notices, publication, switching
from assistant.publishing.history import history
from assistant.publishing.office import Office
from assistant.service import Assistant
from tests.publishing.conftest import COUNSELLOR, EVALUATOR, POLICY, SECOND, look_and_publish, opened
from tests.publishing.test_notices import curated
from tests.publishing.test_publication import DAY, QUESTION

PENSION = "basic-pension-2021"


def cited(assistant: Assistant, day: date = DAY) -> set[str]:
    return {c.document_id for c in assistant.ask(QUESTION, as_of=day).citations}


def test_a_document_that_is_off_is_in_no_answer_of_any_process(office: Office, real_encoder: Encoder) -> None:
    other = opened(office.corpus_dir.parent, real_encoder).assistant
    assert cited(other) == {PENSION}
    switching.switch_off(office, POLICY, PENSION, "금액 확인 중")
    for assistant in (office.assistant, other, opened(office.corpus_dir.parent, real_encoder).assistant):
        assert PENSION not in cited(assistant)
        assert PENSION not in {e.chunk.document_id for e in assistant.search(QUESTION, as_of=DAY)}
        assert assistant.answered(QUESTION, as_of=DAY).status is not Status.ANSWERED
        at_live = assistant.at_generation(assistant.generation_id).answered(QUESTION, as_of=DAY)
        assert PENSION not in {c.document_id for c in at_live.citations}
    switching.switch_on(office, SECOND, PENSION, "금액이 맞음")
    assert cited(other) == cited(office.assistant) == {PENSION}


def test_the_edition_before_answers_as_if_the_one_that_is_off_were_not_there(office: Office) -> None:
    """What is said is what is said after retiring the document, which takes a publication."""
    switching.switch_off(office, POLICY, PENSION, "금액 확인 중")
    off = office.assistant.ask(QUESTION, as_of=DAY)
    switching.switch_on(office, POLICY, PENSION, "견줌")
    retired = drafts.retire(office, POLICY, PENSION, "견줌")
    look_and_publish(office, POLICY, retired, "견줌")
    gone = office.assistant.ask(QUESTION, as_of=DAY)
    assert (off.status, [s.text for s in off.statements]) == (gone.status, [s.text for s in gone.statements])


def test_a_programme_of_which_everything_is_off_is_neither_suggested_nor_found(office: Office) -> None:
    assert [s.programme for s in office.assistant.suggest("자살예방")] == ["suicide-hotline"]
    switching.switch_off(office, POLICY, "suicide-hotline-109", "번호 확인")
    assert office.assistant.suggest("자살예방") == ()
    assert office.assistant.ask("자살예방 상담전화 번호").citations == ()


def test_the_bench_sees_what_is_off_or_not_there_yet_with_the_reason(office: Office) -> None:
    whole = {e.chunk.document_id: e for e in office.assistant.search(QUESTION, as_of=DAY, everything=True)}
    assert whole.keys() == {document.id for document in office.assistant.documents()}
    later = [e for e in whole.values() if e.chunk.document_id == "livelihood-benefit-2024"]
    assert [e.rejected for e in later] == ["아직 시행 전입니다"]
    switching.switch_off(office, POLICY, PENSION, "확인")
    seen = {e.chunk.document_id: e for e in office.assistant.search(QUESTION, as_of=DAY, everything=True)}
    assert seen[PENSION].rejected == OFF
    assert seen[PENSION].lexical_rank == whole[PENSION].lexical_rank


def test_who_when_and_why_stand_in_the_history_which_only_grows(office: Office) -> None:
    switching.switch_off(office, POLICY, PENSION, " 금액\n확인 중 ")
    ((switch,), (line,)) = switching.switched_off(office), history(office)
    assert (switch.document_id, switch.user, switch.note) == (PENSION, "김정책", "금액 확인 중")
    assert (line.kind, line.what, line.why, line.outcome) == ("off", f"off {PENSION}", "금액 확인 중", "done")
    switching.switch_on(office, SECOND, PENSION, "맞음")
    assert switching.switched_off(office) == ()
    assert [(done.kind, done.user) for done in history(office)] == [("on", "박승인"), ("off", "김정책")]
    with pytest.raises(RecordsError, match="append-only"), office.records.writing() as db:
        db.execute("DELETE FROM publications")


def test_a_switch_needs_the_right_a_document_a_reason_and_a_change(office: Office) -> None:
    for person in (COUNSELLOR, EVALUATOR, None):
        with pytest.raises(AccessDenied):
            switching.switch_off(office, person, PENSION, "x")
        with pytest.raises(AccessDenied):
            switching.switch_on(office, person, PENSION, "x")
    assert [r["allowed"] for r in office.records.rows("SELECT allowed FROM audit")] == [0] * 6
    with pytest.raises(PublishingError, match="그런 문서가 없습니다"):
        switching.switch_off(office, POLICY, "nothing", "x")
    with pytest.raises(PublishingError, match="까닭"):
        switching.switch_off(office, POLICY, PENSION, "  ")
    with pytest.raises(PublishingError, match="켜져 있습니다"):
        switching.switch_on(office, POLICY, PENSION, "x")
    switching.switch_off(office, POLICY, PENSION, "x")
    with pytest.raises(PublishingError, match="이미 꺼져"):
        switching.switch_off(office, POLICY, PENSION, "x")


def test_an_approved_answer_rests_on_no_document_that_is_off(office: Office) -> None:
    notices.approve(office, SECOND, curated(office))
    switching.switch_off(office, POLICY, PENSION, "확인")
    assert all(w.code != "curated" for w in office.assistant.ask(QUESTION, as_of=DAY).warnings)
    ((_, why),) = notices.suspended(office, DAY)
    assert "꺼져" in why


def test_publishing_and_undoing_leave_a_switch_as_it_is(office: Office) -> None:
    switching.switch_off(office, POLICY, PENSION, "확인")
    hotline = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    look_and_publish(office, POLICY, hotline, "내림")
    assert PENSION not in cited(office.assistant)
    assert publication.undo(office, POLICY, "되돌림").what.startswith("2번 되돌림")
    assert PENSION not in cited(office.assistant)


def test_the_command_line_leaves_out_what_is_off_and_logs_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = office.settings
    for name in ("corpus_dir", "index_dir", "records_path", "uploads_dir", "users_path"):
        monkeypatch.setenv(f"ASSISTANT_{name.upper()}", str(getattr(settings, name)))
    command = ["ask", QUESTION, "--as-of", str(DAY), "--json"]
    assert PENSION in CliRunner().invoke(app, command).output
    switching.switch_off(office, POLICY, PENSION, "확인")
    told = json.loads(CliRunner().invoke(app, command).output)
    assert PENSION not in {citation["document_id"] for citation in told["citations"]}
    listed = CliRunner().invoke(app, ["switch", "list"]).output
    assert listed.startswith(f"{PENSION}\t")
    assert office.records.logged() == ()
