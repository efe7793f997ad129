"""Bulletins and approved answers: at once, in every process, only as long as they hold."""

import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.channels.kakao import kakao_draft
from assistant.errors import AccessDenied, PublishingError
from assistant.index.encoder import Encoder
from assistant.publishing import drafts, notices, publication
from assistant.publishing.office import Office
from assistant.service import Assistant
from tests.publishing.conftest import COUNSELLOR, POLICY, SECOND, look_and_publish, opened
from tests.publishing.test_publication import DAY, QUESTION, changed_amount

KST = ZoneInfo("Asia/Seoul")


def test_a_bulletin_heads_answers_at_once_in_another_process_too_and_expires(
    office: Office, real_encoder: Encoder
) -> None:
    other = opened(office.corpus_dir.parent, real_encoder).assistant
    now = datetime.now(KST)
    begun = time.monotonic()
    number = notices.post_bulletin(
        office,
        POLICY,
        "basic-pension",
        "예산 소진으로 접수를 멈춥니다.",
        now - timedelta(minutes=1),
        now + timedelta(hours=1),
    )
    for assistant in (office.assistant, other):
        answer = assistant.ask(QUESTION)
        assert answer.warnings[0].code == "bulletin"
        assert "예산 소진으로 접수를 멈춥니다." in answer.warnings[0].text
        assert kakao_draft(answer).startswith("[공지] 예산 소진으로 접수를 멈춥니다. (")
        assert POLICY.name not in kakao_draft(answer)
        assert all(w.code != "bulletin" for w in assistant.ask("1인 가구 생계급여 얼마예요?").warnings)
    assert time.monotonic() - begun < 5
    assert (
        office.assistant.ask(QUESTION, as_of=DAY).warnings[:1] != office.assistant.ask(QUESTION).warnings[:1]
    )
    notices.withdraw_bulletin(office, POLICY, number)
    assert all(w.code != "bulletin" for w in other.ask(QUESTION).warnings)
    past = (now - timedelta(hours=2), now - timedelta(hours=1))
    notices.post_bulletin(office, POLICY, "basic-pension", "지난 공지", *past)
    assert all(w.code != "bulletin" for w in other.ask(QUESTION).warnings)
    assert len(notices.bulletins(office)) == 2


def test_a_bulletin_needs_a_programme_a_text_a_period_and_the_right(office: Office) -> None:
    now = datetime.now(KST)
    later = now + timedelta(hours=1)
    with pytest.raises(PublishingError, match="그런 사업이 없습니다"):
        notices.post_bulletin(office, POLICY, "nothing", "공지", now, later)
    with pytest.raises(PublishingError, match="기간"):
        notices.post_bulletin(office, POLICY, "basic-pension", "공지", later, now)
    with pytest.raises(PublishingError, match="200자"):
        notices.post_bulletin(office, POLICY, "basic-pension", "가" * 201, now, later)
    with pytest.raises(AccessDenied):
        notices.post_bulletin(office, COUNSELLOR, "basic-pension", "공지", now, later)


def curated(office: Office, **options: object) -> int:
    office.assistant.ask(QUESTION, as_of=DAY)
    answer_id = office.records.logged("question = ?", (QUESTION,))[0].answer_id
    until = date(2021, 12, 31)
    return notices.curate(
        office, POLICY, answer_id, until, valid_from=date(2021, 1, 1), statements=[0],
        questions=["어르신 연금 액수가 궁금해요"], **options,  # type: ignore[arg-type]  # only `note` is given
    )  # fmt: skip


def codes(assistant: Assistant, question: str, day: date = DAY) -> list[str]:
    return [w.code for w in assistant.ask(question, as_of=day).warnings]


def test_an_approved_answer_is_served_for_its_wordings_once_a_second_person_agreed(office: Office) -> None:
    number = curated(office)
    assert "curated" not in codes(office.assistant, QUESTION)
    with pytest.raises(PublishingError, match="본인"):
        notices.approve(office, POLICY, number)
    notices.approve(office, SECOND, number)
    for wording in (QUESTION, "기초연금 얼마 받나요", "어르신 연금 액수가 궁금합니다"):
        answer = office.assistant.ask(wording, as_of=DAY)
        assert answer.warnings[0].code == "curated"
        assert len(answer.statements) == 1
        for citation in answer.citations:
            text = office.assistant.document_text(citation.document_id)
            assert text[citation.char_start : citation.char_end] == citation.quote
    assert "curated" not in codes(office.assistant, "기초연금 서류는 뭐가 필요해요?")
    assert "curated" not in codes(office.assistant, QUESTION, date(2022, 1, 3))
    notices.withdraw_curated(office, SECOND, number)
    assert "curated" not in codes(office.assistant, QUESTION)


def test_an_approved_answer_stops_when_its_passage_changes_and_is_listed(
    office: Office, tmp_path: Path
) -> None:
    notices.approve(office, SECOND, curated(office))
    assert "curated" in codes(office.assistant, QUESTION)
    file = changed_amount(office, tmp_path)
    draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    look_and_publish(office, POLICY, draft, "금액")
    assert "curated" not in codes(office.assistant, QUESTION)
    ((stopped, why),) = notices.suspended(office, DAY)
    assert stopped.author == "김정책"
    assert "바뀌었습니다" in why
    publication.undo(office, POLICY, "되돌림")
    assert "curated" in codes(office.assistant, QUESTION)
    assert notices.suspended(office, DAY) == ()


def test_a_callers_number_in_a_wording_or_a_note_is_masked_before_it_is_written(office: Office) -> None:
    office.assistant.ask(QUESTION, as_of=DAY)
    answer_id = office.records.logged()[0].answer_id
    notices.curate(
        office, POLICY, answer_id, date(2021, 12, 31), valid_from=DAY,
        questions=["010-1234-5678인데 연금 얼마예요"], note="공일공 일이삼사 오육칠팔로 다시 전화",
    )  # fmt: skip
    (written,) = notices.curated(office)
    assert written.questions == (QUESTION, "[전화번호]인데 연금 얼마예요")
    assert written.note == "[전화번호]로 다시 전화"


def test_an_authors_line_may_hold_no_number_that_the_quotes_do_not(office: Office) -> None:
    with pytest.raises(PublishingError, match="987"):
        curated(office, note="최대 987원까지")
