"""The work list, the gaps and the corrections are made of what was logged."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain import Status
from assistant.errors import AccessDenied, PublishingError
from assistant.publishing import corrections, drafts, gaps, notices, publication, switching, worklist
from assistant.publishing.office import Office
from assistant.publishing.sheet import sheet
from tests.publishing.conftest import COUNSELLOR, EVALUATOR, POLICY, SECOND, look_and_publish
from tests.publishing.test_notices import curated
from tests.publishing.test_publication import DAY, QUESTION, changed_amount


def test_what_is_overdue_outdated_closing_or_badly_rated_is_listed(office: Office) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    office.assistant.rate(answer.answer_id, "오래됨", "작년 것", user="이상담")
    items = worklist.work_list(office, POLICY, date(2022, 2, 1))
    overdue = [i for i in items if i.kind == "검토 지남"]
    assert "basic-pension-2021" in {i.subject for i in overdue}
    assert {(i.subject,) == i.documents for i in overdue} == {True}
    assert [i.weight for i in overdue] == sorted((i.weight for i in overdue), reverse=True)
    assert "basic-pension" in {i.subject for i in items if i.kind == "올해 판 없음"}
    rated = [i for i in items if i.kind == "나쁜 평가"]
    assert [(i.subject, i.weight) for i in rated] == [(QUESTION, 1)]
    rows = list(csv.reader(io.StringIO(worklist.to_csv(items).removeprefix("\ufeff"))))
    assert rows[0][:2] == ["종류", "대상"]
    assert len(rows) == len(items) + 1


def doubted(office: Office) -> list[tuple[str, str]]:
    """Kind and question of what can be settled."""
    return [(i.kind, i.question) for i in worklist.work_list(office, POLICY) if i.question is not None]


def test_a_bad_rating_is_listed_until_a_document_it_rests_on_is_another(
    office: Office, tmp_path: Path
) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    assert {c.document_id for c in answer.citations} == {"basic-pension-2021"}
    office.assistant.rate(answer.answer_id, "부정확")
    listed = [("나쁜 평가", QUESTION)]
    look_and_publish(office, POLICY, drafts.retire(office, POLICY, "suicide-hotline-109", "내림"), "내림")
    assert doubted(office) == listed
    file = changed_amount(office, tmp_path)
    mended = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    look_and_publish(office, POLICY, mended, "금액")
    assert doubted(office) == []
    publication.undo(office, POLICY, "잘못 읽음")
    assert doubted(office) == listed
    held = office.assistant.document("basic-pension-2021").metadata
    edition = replace(held, id="basic-pension-2021-b", title="기초연금 (2021) 나", supersedes=(held.id,))
    look_and_publish(office, POLICY, drafts.add(office, POLICY, file, edition, "다음 판"), "다음 판")
    assert doubted(office) == []


def test_metadata_that_changed_settle_a_bad_rating_too(office: Office) -> None:
    office.assistant.rate(office.assistant.ask(QUESTION, as_of=DAY).answer_id, "오래됨")
    held = office.assistant.document("basic-pension-2021").metadata
    edited = replace(held, review_by=date(2027, 6, 30))
    draft = drafts.edit_metadata(office, POLICY, held.id, edited, "확인함")
    assert doubted(office) == [("나쁜 평가", QUESTION)]
    look_and_publish(office, POLICY, draft, "확인함")
    assert doubted(office) == []


def test_what_somebody_dealt_with_leaves_the_list_until_it_is_said_again(office: Office) -> None:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    office.assistant.rate(answer.answer_id, "오래됨")
    cited = {c.document_id: office.assistant.document(c.document_id) for c in answer.citations}
    for number in "12":
        other = replace(answer, answer_id=number, status=Status.CONFLICTING, question="다르게 답한 질문")
        office.records.log(other, cited)
    differing = next(i for i in worklist.work_list(office, POLICY) if i.question == "다르게 답한 질문")
    assert (differing.kind, differing.weight, differing.documents) == ("충돌", 2, tuple(cited))
    with pytest.raises(AccessDenied):
        worklist.settle(office, EVALUATOR, QUESTION)
    worklist.settle(office, POLICY, QUESTION)
    assert doubted(office) == [("충돌", "다르게 답한 질문")]
    worklist.settle(office, POLICY, "다르게 답한 질문")
    assert doubted(office) == []
    assert {row["user"] for row in office.records.rows("SELECT user FROM settled")} == {POLICY.name}
    with pytest.raises(PublishingError, match="할 일에 없는"):
        worklist.settle(office, POLICY, QUESTION)
    office.assistant.rate(office.assistant.ask(QUESTION, as_of=DAY).answer_id, "오래됨")
    assert doubted(office) == [("나쁜 평가", QUESTION)]
    office.records.purge(1, datetime.now(UTC) + timedelta(days=2))
    assert office.records.rows("SELECT * FROM settled") == []


def test_two_documents_in_force_that_give_other_amounts_are_listed(office: Office, tmp_path: Path) -> None:
    """Questions and answers may stand beside a guideline of the same days: only what they say conflicts."""
    assert not any(i.kind == "충돌" for i in worklist.work_list(office, POLICY, DAY))
    file = changed_amount(office, tmp_path, "30만원", "31만원")
    metadata = replace(
        office.assistant.document("basic-pension-2021").metadata,
        id="basic-pension-faq",
        title="기초연금 문답 (2021)",
        kind="faq",
        supersedes=(),
    )
    look_and_publish(office, POLICY, drafts.add(office, POLICY, file, metadata, "문답"), "문답")
    found = [i for i in worklist.work_list(office, POLICY, DAY) if i.kind == "충돌"]
    assert found
    for item in found:
        assert set(item.documents) & {"basic-pension-2021", "basic-pension-faq"}
        assert "숫자가 다릅니다" in item.what
        assert "30만원" in item.what
        assert "31만원" in item.what


def test_a_window_that_closes_within_two_weeks_is_listed(office: Office) -> None:
    ends = {w.end for d in office.assistant.documents() for w in d.metadata.windows if w.end}
    day = min(ends) - timedelta(days=14)
    assert [i.due for i in worklist.work_list(office, POLICY, day) if i.kind == "곧 마감"][:1] == [min(ends)]
    before = worklist.work_list(office, POLICY, day - timedelta(days=1))
    assert min(ends) not in [i.due for i in before if i.kind == "곧 마감"]


def test_refused_questions_are_gaps_with_counts_and_nearest_documents(office: Office) -> None:
    for question in ("강아지 예방접종 비용 지원되나요", "강아지 예방접종 지원", "비트코인 세금 얼마예요"):
        office.assistant.ask(question)
    office.assistant.ask(QUESTION, as_of=DAY)
    today = date.today()
    found = gaps.gaps(office, EVALUATOR, today - timedelta(days=1), today + timedelta(days=1))
    dog = next(g for g in found if "강아지" in g.question)
    assert (dog.count, len(dog.questions)) == (2, 2)
    assert dict(dog.reasons)["자료 없음"] == 2
    assert dog.nearest
    assert not any(QUESTION in g.questions for g in found)
    with pytest.raises(AccessDenied):
        gaps.gaps(office, COUNSELLOR, today, today)


def test_answers_from_a_wrong_passage_are_called_back_one_by_one(office: Office) -> None:
    wrong = office.assistant.ask(QUESTION, as_of=DAY, channel="page", user="이상담", call="3번 통화")
    quote = wrong.citations[0].quote
    number = corrections.open_correction(
        office, POLICY, wrong.citations[0].document_id, quote[:10], "금액 오류"
    )
    (entry,) = corrections.to_call_back(office, COUNSELLOR, number)
    assert (entry.answer_id, entry.call, entry.done_by) == (wrong.answer_id, "3번 통화", None)
    corrections.tick(office, COUNSELLOR, number, wrong.answer_id, "010-1234-5678로 다시 안내")
    (entry,) = corrections.to_call_back(office, COUNSELLOR, number)
    assert (entry.done_by, entry.note) == ("이상담", "[전화번호]로 다시 안내")
    with pytest.raises(PublishingError, match="목록에 없습니다"):
        corrections.tick(office, COUNSELLOR, number, "nothing")


def test_what_waits_for_a_second_person_or_is_switched_off_is_listed(office: Office) -> None:
    number = curated(office)
    switching.switch_off(office, POLICY, "suicide-hotline-109", "번호 확인")
    items = {i.kind: i for i in worklist.work_list(office, POLICY, DAY)}
    assert items["승인 기다림"].subject.startswith(f"{number}번")
    assert (items["꺼 둔 자료"].subject, "번호 확인" in items["꺼 둔 자료"].what) == (
        "suicide-hotline-109",
        True,
    )
    notices.approve(office, SECOND, number)
    switching.switch_on(office, POLICY, "suicide-hotline-109", "맞음")
    assert {"승인 기다림", "꺼 둔 자료"}.isdisjoint(i.kind for i in worklist.work_list(office, POLICY, DAY))


def test_a_cell_that_spreadsheets_would_compute_gets_an_apostrophe() -> None:
    written = sheet(("말",), [("=1+1",), ("-2+3",), ("@x",), (None,), ("보통",)])
    assert [row[0] for row in csv.reader(io.StringIO(written)) if row] == [
        "\ufeff말", "'=1+1", "'-2+3", "'@x", "", "보통",
    ]  # fmt: skip


def test_gaps_are_a_table_too(office: Office) -> None:
    for question in ("강아지 예방접종 비용 지원되나요", "강아지 예방접종 지원"):
        office.assistant.ask(question)
    today = office.assistant.today()
    rows = list(csv.DictReader(io.StringIO(gaps.to_csv(gaps.gaps(office, POLICY, today, today))[1:])))
    assert [(r["물은 수"], r["말한 가지 수"], r["까닭"]) for r in rows] == [("2", "2", "자료 없음 2")]
    yesterday = today - timedelta(days=1)
    assert gaps.gaps(office, POLICY, yesterday, yesterday) == ()
