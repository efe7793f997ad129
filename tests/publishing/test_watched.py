"""A watched folder: what came becomes drafts; what waits or is gone is in the work list until dealt with."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.corpus.checks.findings import Kind
from assistant.errors import AccessDenied, PublishingError
from assistant.publishing import drafts, watched, worklist
from assistant.publishing.front_matter import with_front_matter
from assistant.publishing.office import Office
from assistant.publishing.preview import preview
from assistant.settings import PROJECT
from tests.publishing.conftest import COUNSELLOR, POLICY
from tests.publishing.test_proposal import NEXT_YEAR

STRANGER = "# 반려식물 나눔 행사 알림\n\n화분을 드립니다.\n"


@pytest.fixture
def folder(office: Office, tmp_path: Path) -> Path:
    """A changed edition, next year's, and a document that nobody can place."""
    folder = tmp_path / "in"
    folder.mkdir()
    held = office.assistant.document("basic-pension-2021")
    changed = with_front_matter(held.metadata, held.text.replace("30만원", "31만원"))
    (folder / "basic.md").write_text(changed)
    (folder / "next.md").write_text(NEXT_YEAR)
    (folder / "stranger.md").write_text(STRANGER)
    return folder


def listed(office: Office) -> dict[str, str]:
    """Files of the work list with what is said of each."""
    return {i.subject: i.what for i in worklist.work_list(office, POLICY) if i.kind == "감시 폴더"}


def names(files: tuple[watched.OpenFile, ...]) -> list[str]:
    return [file.name for file in files]


def test_what_came_is_drafted_once_and_what_waits_is_said_until_it_is_dealt_with(
    office: Office, folder: Path
) -> None:
    found = watched.look(office, POLICY, folder)
    actions = {d.id: (d.action, d.document_id) for d in drafts.open_drafts(office)}
    assert sorted(actions[number] for number in found.drafts) == [
        ("add", "basic-pension-2024"),
        ("replace", "basic-pension-2021"),
    ]
    for _ in range(2):
        assert names(found.waiting) == ["stranger.md"]
        assert "담당(owner)" in listed(office)["stranger.md"]
        found = watched.look(office, POLICY, folder)
        assert found.drafts == ()
    stranger = office.assistant.document("basic-pension-2021").metadata
    (folder / "stranger.md").write_text(
        with_front_matter(stranger, "# 기초연금\n\n## 지원내용\n\n- 월 32만원\n")
    )
    assert len(watched.look(office, POLICY, folder).drafts) == 1
    assert listed(office) == {}


def test_a_new_text_of_a_held_edition_replaces_it_with_the_windows_that_it_states(
    office: Office, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    held = office.assistant.document("jinju-happiness-2021")
    (folder / "연장 공고.md").write_text(held.text.replace("5월 30일", "6월 20일"))
    (number,) = watched.look(office, POLICY, folder).drafts
    draft = drafts.draft_of(office, number)
    assert (draft.action, draft.document_id) == ("replace", held.id)
    assert "2021-05-30 → 신청 온라인 2021-05-17~2021-06-20" in draft.why
    seen = preview(replace(office, topics=()), POLICY, [number])
    assert [f for f in seen.findings if f.kind is Kind.WINDOW] == []


def test_who_may_not_publish_leaves_the_files_to_those_who_may(office: Office, folder: Path) -> None:
    for person in (COUNSELLOR, None):
        with pytest.raises(AccessDenied):
            watched.look(office, person, folder)
        with pytest.raises(AccessDenied):
            watched.settle(office, person, "stranger.md", folder)
    assert listed(office) == {}
    assert len(watched.look(office, POLICY, folder).drafts) == 2


def test_a_file_that_is_gone_is_listed_until_it_is_back_or_somebody_settles_it(
    office: Office, folder: Path
) -> None:
    watched.look(office, POLICY, folder)
    held = office.corpus_dir / office.assistant.document("basic-pension-2021").path
    aside = folder.parent / "basic.md"
    for _ in range(2):
        shutil.move(folder / "basic.md", aside)
        for _ in range(2):
            assert names(watched.look(office, POLICY, folder).gone) == ["basic.md"]
        assert "basic-pension-2021" in listed(office)["basic.md"]
        shutil.move(aside, folder / "basic.md")
        found = watched.look(office, POLICY, folder)
        assert (found.drafts, found.gone) == ((), ())
    (folder / "basic.md").unlink()
    watched.look(office, POLICY, folder)
    watched.settle(office, POLICY, "basic.md", folder)
    assert watched.look(office, POLICY, folder).gone == ()
    assert set(listed(office)) == {"stranger.md"}
    assert held.is_file()


def test_nobody_misses_a_file_whose_draft_was_dropped(office: Office, folder: Path) -> None:
    watched.look(office, POLICY, folder)
    (folder / "next.md").unlink()
    assert names(watched.look(office, POLICY, folder).gone) == ["next.md"]
    draft = next(d for d in drafts.open_drafts(office) if d.document_id == "basic-pension-2024")
    drafts.drop(office, POLICY, draft.id)
    assert set(listed(office)) == {"stranger.md"}


def test_a_waiting_file_that_goes_is_not_missed(office: Office, folder: Path) -> None:
    watched.look(office, POLICY, folder)
    (folder / "stranger.md").unlink()
    assert watched.look(office, POLICY, folder).open == ()


def test_a_settled_file_waits_again_only_when_it_changes(office: Office, folder: Path) -> None:
    watched.look(office, POLICY, folder)
    watched.settle(office, POLICY, "stranger.md", folder)
    assert watched.look(office, POLICY, folder).open == ()
    with pytest.raises(PublishingError, match=r"stranger\.md"):
        watched.settle(office, POLICY, "stranger.md", folder)
    (folder / "stranger.md").write_text(STRANGER + "\n더 드립니다.\n")
    assert names(watched.look(office, POLICY, folder).waiting) == ["stranger.md"]


def test_a_waiting_file_that_somebody_uploads_by_hand_waits_no_more(office: Office, folder: Path) -> None:
    """The content of a file that is not Markdown goes into the corpus as it is."""
    source = next((PROJECT / "corpus").rglob("jinju-freelancer-relief-2021.hwpx"))
    shutil.copy(source, folder / "notice.hwpx")
    assert "notice.hwpx" in names(watched.look(office, POLICY, folder).waiting)
    held = office.assistant.document("jinju-happiness-2021").metadata
    drafts.add(office, POLICY, folder / "notice.hwpx", replace(held, id="by-hand"), "손으로 올림")
    assert set(listed(office)) == {"stranger.md"}
    found = watched.look(office, POLICY, folder)
    assert (found.drafts, names(found.open)) == ((), ["stranger.md"])


def test_a_file_that_is_held_just_so_is_neither_drafted_nor_waits(office: Office, tmp_path: Path) -> None:
    held = office.assistant.document("basic-pension-2021")
    shutil.copy(office.corpus_dir / held.path, tmp_path / "same.md")
    assert watched.look(office, POLICY, tmp_path).open == ()
    assert drafts.open_drafts(office) == ()


def test_a_folder_that_is_not_there_is_said_and_nothing_is_missed(office: Office, folder: Path) -> None:
    watched.look(office, POLICY, folder)
    shutil.move(folder, folder.parent / "elsewhere")
    with pytest.raises(PublishingError, match="ASSISTANT_WATCHED_DIR"):
        watched.look(office, POLICY, folder)
    assert set(listed(office)) == {"stranger.md"}
