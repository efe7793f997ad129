"""What a preview says beside the answers: documents that contradict each other, and those that do not."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.channels.web.render_staff_preview import preview_html
from assistant.corpus.checks import Severity
from assistant.corpus.checks.findings import Finding, Kind
from assistant.errors import PublishingError
from assistant.publishing import drafts, publication
from assistant.publishing.office import Office
from assistant.publishing.preview import preview
from tests.publishing.conftest import NOTHING, POLICY, look_and_publish
from tests.publishing.test_publication import changed_amount

NONE = "충돌하는 자료: 없음"


def test_an_edition_that_holds_beside_another_and_gives_another_amount_is_named_as_a_conflict(
    office: Office, tmp_path: Path
) -> None:
    """The edition of 2021 once more under another id, with another amount: both are in force all year."""
    text = changed_amount(office, tmp_path, "30만원", "31만원").read_text()
    file = tmp_path / "second.md"
    file.write_text(text.replace("(2021)", "(2021) 개정"))
    metadata = replace(
        office.assistant.document("basic-pension-2021").metadata,
        id="basic-pension-2021-again",
        title="기초연금 사업안내 (2021) 개정",
        supersedes=(),
    )
    draft = drafts.add(office, POLICY, file, metadata, "개정")
    seen = preview(replace(office, topics=()), POLICY, [draft.id])
    together, *amounts = sorted(seen.conflicts, key=lambda f: "숫자가" in f.what)
    assert "basic-pension-2021, basic-pension-2021-again" in together.what
    assert amounts
    for finding in amounts:
        assert "30만원" in finding.what
        assert "31만원" in finding.what
    assert {str(finding) for finding in seen.conflicts} <= set(seen.blocking)
    assert f"<summary>충돌하는 자료 <b>{len(seen.conflicts)}</b>" in preview_html(seen)


def test_a_corrected_amount_conflicts_with_nothing(office: Office, tmp_path: Path) -> None:
    file = changed_amount(office, tmp_path)
    draft = drafts.replace_document(office, POLICY, "basic-pension-2021", file, "금액")
    seen = preview(replace(office, topics=()), POLICY, [draft.id])
    assert seen.conflicts == ()
    assert NONE in preview_html(seen)


def test_a_deadline_that_moves_in_the_text_alone_blocks_until_it_is_overridden(
    office: Office, tmp_path: Path
) -> None:
    """The text says 20 June, the window still 30 May: nobody may be told that the application is over."""
    office = replace(office, topics=())
    happiness = office.assistant.document("jinju-happiness-2021")
    file = tmp_path / "new.md"
    file.write_text(happiness.text.replace("5월 30일", "6월 20일"))
    draft = drafts.replace_document(office, POLICY, happiness.id, file, "연장")
    seen = preview(office, POLICY, [draft.id])
    (found,) = [f for f in seen.findings if f.kind is Kind.WINDOW]
    assert "신청 기간의 끝날 2021-05-30: 글에 없는 날입니다." in found.what
    assert str(found) in seen.blocking
    assert f"경고: {found.path}:{found.line}" in preview_html(seen)
    with pytest.raises(PublishingError, match="막는 것"):
        publication.publish(office, POLICY, [draft.id], "연장", preview=seen)
    look_and_publish(office, POLICY, draft, "연장", override="창구에서 확인")
    file.write_text(office.assistant.document(happiness.id).text + "\n- 한 줄 더\n")
    again = preview(office, POLICY, [drafts.replace_document(office, POLICY, happiness.id, file, "한 줄").id])
    assert str(found) in again.blocking
    looked = replace(office.assistant.document(happiness.id).metadata, owner="일자리과")
    owner = preview(office, POLICY, [drafts.edit_metadata(office, POLICY, happiness.id, looked, "담당").id])
    assert owner.blocking == ()


def test_what_a_conflict_is_hangs_on_no_word() -> None:
    table = Finding(Severity.ERROR, "a.md", 3, "표의 칸이 3개로 머리줄(2개)과 다릅니다.", "고치세요.")
    rival = Finding(Severity.ERROR, "a.md", 4, "두 판이 맞섭니다.", "고치세요.", Kind.CONFLICT)
    seen = replace(NOTHING, findings=(table, rival))
    assert seen.conflicts == (rival,)
    assert NONE in preview_html(replace(NOTHING, findings=(table,)))
