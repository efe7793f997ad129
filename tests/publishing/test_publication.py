"""Draft, publish, undo, history: one amount replaced, taken back, retired; rights checked on every call."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.domain import Metadata, Term
from assistant.errors import AccessDenied, PublishingError, RecordsError
from assistant.publishing import corrections, drafts, publication, switching
from assistant.publishing.files import fingerprint
from assistant.publishing.office import Office
from assistant.publishing.preview import preview
from assistant.records.store import stamp
from assistant.records.users import User
from assistant.service import build_index
from tests.index.test_generations import made
from tests.publishing.conftest import (
    COUNSELLOR,
    EVALUATOR,
    NOTHING,
    POLICY,
    SECOND,
    look_and_publish,
    opened,
)

DAY = date(2021, 3, 2)
QUESTION = "기초연금 얼마 받나요?"


def changed_amount(office: Office, folder: Path, old: str = "30만원", new: str = "31만원") -> Path:
    text = (office.corpus_dir / "노인/basic-pension-2021.md").read_text()
    assert old in text
    file = folder / "new.md"
    file.write_text(text.replace(old, new))
    return file


def spoken(office: Office) -> str:
    answer = office.assistant.ask(QUESTION, as_of=DAY)
    return " ".join(s.text for s in answer.statements)


def test_a_replaced_amount_is_live_and_taken_back(office: Office, tmp_path: Path) -> None:
    first, files = office.assistant.generation_id, fingerprint(office.corpus_dir)
    assert "30만원" in spoken(office)
    logged = office.records.logged()[0]
    draft = drafts.replace_document(
        office, POLICY, "basic-pension-2021", changed_amount(office, tmp_path), "금액 고침"
    )
    seen = preview(office, POLICY, [draft.id])
    assert office.assistant.generation_id == first
    assert any("30만원" in (p.before or "") and "31만원" in (p.after or "") for p in seen.passages)
    assert {p.document_id for p in seen.passages} == {"basic-pension-2021"}
    today = office.assistant.today()
    assert [(c.question, c.as_of) for c in seen.logged] == [(QUESTION, DAY), (QUESTION, today)]
    assert "30만원" in seen.logged[0].before
    assert "31만원" in seen.logged[0].after
    regressed = [t for t in seen.topics if t.regresses]
    assert regressed, "questions on this amount go wrong, and are shown"
    with pytest.raises(PublishingError, match="막는 것"):
        publication.publish(office, POLICY, [draft.id], "금액", preview=seen)
    with pytest.raises(PublishingError, match="본인"):
        publication.publish(
            office, POLICY, [draft.id], "금액", preview=seen, override="고시", approver=POLICY
        )
    done = publication.publish(
        office, POLICY, [draft.id], "금액", preview=seen, override="고시 확인", approver=SECOND
    )
    assert (done.generation_before, done.generation_after) == (first, seen.generation)
    assert done.override == "고시 확인 (박승인 승인)"
    assert "31만원" in spoken(office)
    assert office.records.opened(logged.answer_id).answer == logged.answer
    undone = publication.undo(office, SECOND, "잘못 읽음")
    assert office.assistant.generation_id == first == undone.generation_after
    assert fingerprint(office.corpus_dir) == files
    assert "30만원" in spoken(office)
    assert [(p.kind, p.user, p.outcome) for p in publication.history(office)] == [
        ("undo", "박승인", "done"),
        ("publish", "김정책", "done"),
    ]
    with pytest.raises(PublishingError, match="되돌릴 게시가 없습니다"):
        publication.undo(office, POLICY, "또")


def test_reasons_in_the_history_hold_no_callers_number(office: Office) -> None:
    draft = drafts.retire(office, POLICY, "suicide-hotline-109", "010-1234-5678 님이 알려 줌")
    assert draft.why == "[전화번호] 님이 알려 줌"
    look_and_publish(office, POLICY, draft, "010-1234-5678 님 신고", override="900101-1234567 확인")
    publication.undo(office, POLICY, "010-1234-5678 님 정정")
    switching.switch_off(office, POLICY, "suicide-hotline-109", "010-1234-5678 님 민원")
    corrections.open_correction(office, POLICY, "basic-pension-2021", "", "010-1234-5678 님께 잘못 안내")
    assert [p.why for p in publication.history(office)] == [
        "[전화번호] 님 민원",
        "[전화번호] 님 정정",
        "[전화번호] 님 신고",
    ]
    assert publication.history(office)[2].override == "[주민등록번호] 확인"
    assert corrections.corrections(office, COUNSELLOR)[0].why == "[전화번호] 님께 잘못 안내"


def test_starting_and_the_first_answer_of_a_day_drop_records_past_their_days(office: Office) -> None:
    def aged() -> str:
        """A logged answer that is older than records are kept."""
        given = opened(office.corpus_dir.parent, office.assistant.encoder).assistant.ask(QUESTION, as_of=DAY)
        with office.records.writing() as db:
            db.execute(
                "UPDATE answers SET at = ? WHERE answer_id = ?",
                (stamp(datetime.now(UTC) - timedelta(days=366)), given.answer_id),
            )
        return given.answer_id

    def held() -> set[str]:
        return {logged.answer_id for logged in office.records.logged()}

    old = aged()
    assert held() == {old}
    publication.start(office)
    assert held() == set()
    aged()
    given = office.assistant.ask(QUESTION, as_of=DAY)
    assert held() == {given.answer_id}


def test_a_retired_document_leaves_every_answer_and_can_come_back(office: Office) -> None:
    draft = drafts.retire(office, POLICY, "suicide-hotline-109", "안내 바뀜")
    look_and_publish(office, POLICY, draft, "내림")
    assert "suicide-hotline-109" not in {d.id for d in office.assistant.documents()}
    assert (office.corpus_dir / ".retired/시민생활/suicide-hotline-109.md").is_file()
    back = drafts.restore(office, POLICY, "suicide-hotline-109", "다시 올림")
    look_and_publish(office, POLICY, back, "올림")
    assert "suicide-hotline-109" in {d.id for d in office.assistant.documents()}


def test_next_years_edition_can_be_loaded_early(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "2022.md"
    file.write_text("# 기초연금 사업안내 (2022)\n\n## 지원내용\n\n- 월 최대 307,500원을 드립니다.\n")
    metadata = Metadata(
        "basic-pension-2022", "기초연금 사업안내 (2022)", programme="basic-pension", category="노인",
        term=Term.ANNUAL, effective_from=date(2022, 1, 1), effective_until=date(2022, 12, 31),
        owner="노인복지과", supersedes=("basic-pension-2021",), aliases=("기초연금",),
    )  # fmt: skip
    draft = drafts.add(office, POLICY, file, metadata, "내년 판")
    look_and_publish(office, POLICY, draft, "내년 판")
    assert "307,500" not in spoken(office)
    later = office.assistant.ask(QUESTION, as_of=date(2022, 1, 3))
    assert any("307,500" in s.text for s in later.statements)


def test_a_document_without_owner_or_validity_is_refused(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("# 새 사업\n\n## 지원내용\n\n- 10만원\n")
    with pytest.raises(PublishingError, match=r"owner.*term.*effective_from"):
        drafts.add(office, POLICY, file, Metadata("x", "새 사업"), "새로")
    bad = tmp_path / "x.exe"
    bad.write_bytes(b"MZ")
    with pytest.raises(PublishingError, match="읽을 수 없는 형식"):
        drafts.replace_document(office, POLICY, "basic-pension-2021", bad, "고침")


def test_nobody_without_the_right_changes_anything_and_every_try_is_in_the_trail(
    office: Office, tmp_path: Path
) -> None:
    file = changed_amount(office, tmp_path)
    people: list[User | None] = [COUNSELLOR, EVALUATOR, None]
    for person in people:
        for call in (
            lambda p=person: drafts.replace_document(office, p, "basic-pension-2021", file, "x"),
            lambda p=person: drafts.retire(office, p, "basic-pension-2021", "x"),
            lambda p=person: publication.publish(office, p, [1], "x", preview=NOTHING),
            lambda p=person: publication.undo(office, p, "x"),
        ):
            with pytest.raises(AccessDenied):
                call()
    trail = office.records.rows("SELECT user, allowed FROM audit")
    assert [(r["user"], r["allowed"]) for r in trail].count((None, 0)) == 4
    assert len(trail) == 12
    assert drafts.open_drafts(office) == ()


def test_a_draft_made_from_an_older_file_is_not_published(office: Office, tmp_path: Path) -> None:
    file = changed_amount(office, tmp_path)
    one = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "하나")
    two = drafts.replace_document(office, SECOND, "basic-pension-2021", file, "둘")
    seen = preview(replace(office, topics=()), POLICY, [two.id])
    look_and_publish(office, POLICY, one, "하나")
    with pytest.raises(PublishingError, match="초안을 다시"):
        publication.publish(office, SECOND, [two.id], "둘", preview=seen)
    with pytest.raises(PublishingError, match="이미 끝났습니다"):
        publication.publish(office, POLICY, [one.id], "또", preview=seen)


def test_what_nobody_looked_at_does_not_become_live(office: Office, tmp_path: Path) -> None:
    """Somebody else published meanwhile, another draft was looked at, or the generation seen is gone."""
    quick = replace(office, topics=())
    amount = drafts.replace_document(
        office, POLICY, "basic-pension-2021", changed_amount(office, tmp_path), "금액"
    )
    hotline = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    seen = preview(quick, POLICY, [amount.id])
    with pytest.raises(PublishingError, match="다시 보고"):
        publication.publish(office, POLICY, [amount.id, hotline.id], "둘 다", preview=seen)
    look_and_publish(office, SECOND, hotline, "내림")
    live = office.assistant.generation_id
    with pytest.raises(PublishingError, match="다시 보고"):
        publication.publish(office, POLICY, [amount.id], "금액", preview=seen)
    seen = preview(quick, POLICY, [amount.id])
    shutil.rmtree(office.generations.path(seen.generation))
    with pytest.raises(PublishingError, match="다시 보고"):
        publication.publish(office, POLICY, [amount.id], "금액", preview=seen)
    assert office.assistant.generation_id == live == office.generations.current_id()
    assert [p.what for p in publication.history(office)] == ["retire suicide-hotline-109"]
    look_and_publish(office, POLICY, amount, "금액")
    assert "31만원" in spoken(office)


def test_an_older_publication_is_undone_by_building_where_its_files_still_stand(
    office: Office, tmp_path: Path
) -> None:
    file = changed_amount(office, tmp_path)
    amount = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    first = look_and_publish(office, POLICY, amount, "금액")
    hotline = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    look_and_publish(office, POLICY, hotline, "내림")
    publication.undo(office, POLICY, "금액만", first.id)
    assert "30만원" in spoken(office)
    assert "suicide-hotline-109" not in {d.id for d in office.assistant.documents()}


def test_a_publication_and_a_build_keep_generations_by_the_same_rule(office: Office) -> None:
    store = office.generations
    for day in range(1, 9):
        made(store, f"old{day}", f"2020-01-0{day}T00:00:00+00:00", live=False)

    def old() -> list[str]:
        return [m.generation for m in store.list() if m.generation.startswith("old")]

    draft = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    look_and_publish(office, POLICY, draft, "내림")
    assert old() == ["old5", "old6", "old7", "old8"], "with the one before they are the newest five others"
    build_index(office.settings, office.assistant.encoder)
    assert old() == ["old6", "old7", "old8"]


def test_paths_out_of_the_corpus_are_refused(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text("# 새 사업\n\n## 지원내용\n\n- 10만원\n")
    metadata = Metadata(
        "x", "새 사업", category="../..", term=Term.OPEN, effective_from=DAY, owner="복지정책과"
    )
    with pytest.raises(PublishingError, match="자료 폴더 안의 경로가 아닙니다"):
        drafts.add(office, POLICY, file, metadata, "새로")


def test_the_history_cannot_be_rewritten(office: Office, tmp_path: Path) -> None:
    draft = drafts.retire(office, POLICY, "suicide-hotline-109", "내림")
    look_and_publish(office, POLICY, draft, "내림")
    with pytest.raises(RecordsError, match="append-only"), office.records.writing() as db:
        db.execute("UPDATE publications SET user = '다른이'")
