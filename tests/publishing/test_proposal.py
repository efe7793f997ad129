"""Metadata proposed from a text, written and read back, and drafts from a watched folder."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.corpus.library import load_corpus
from assistant.corpus.metadata import parse_metadata
from assistant.domain import Contact, Term, Window
from assistant.publishing import drafts, watched
from assistant.publishing.front_matter import to_yaml, with_front_matter
from assistant.publishing.office import Office
from assistant.publishing.proposal import propose
from assistant.settings import PROJECT
from tests.publishing.conftest import COUNSELLOR, POLICY

NEXT_YEAR = """# 기초연금 사업안내 (2024)

## 신청방법

- 신청기간: 2024. 3. 4. ~ 3. 29.
- 진주시 주소지 행정복지센터에 방문합니다.

## 문의

- 진주시 노인복지과 055-749-8585
"""


def test_a_next_edition_is_proposed_with_what_its_kin_share(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text(NEXT_YEAR)
    m = propose(office, file).metadata
    assert (m.id, m.programme, m.owner, m.category) == (
        "basic-pension-2024",
        "basic-pension",
        "노인복지과",
        "노인",
    )
    assert (m.effective_from, m.effective_until, m.term) == (
        date(2024, 1, 1),
        date(2024, 12, 31),
        Term.ANNUAL,
    )
    assert m.windows == (Window("apply", date(2024, 3, 4), date(2024, 3, 29)),)
    assert m.contacts == (Contact("진주시 노인복지과", "055-749-8585"),)
    assert len(m.supersedes) == 1


def test_a_change_notice_and_a_new_round_are_told_from_an_edition(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 기초연금 변경 공고\n\n## 신청기간\n\n- 2024. 5. 1.까지 늘립니다.\n")
    proposal = propose(office, file)
    assert [a.document for a in proposal.metadata.amends] == [proposal.kin[0]]
    file.write_text("# 2차 기초연금\n\n## 지원내용\n\n- 10만원\n")
    assert propose(office, file).metadata.round == "2"


def test_a_stranger_gets_no_kin_and_waits_for_owner_and_validity(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 반려식물 나눔 행사 알림\n\n화분을 드립니다.\n")
    proposal = propose(office, file)
    assert proposal.kin == ()
    assert proposal.metadata.owner is None


def test_the_metadata_of_every_document_are_written_and_read_back_the_same() -> None:
    documents = load_corpus(PROJECT / "corpus").documents
    assert len(documents) > 200
    assert [d.id for d in documents if parse_metadata(to_yaml(d.metadata), d.path) != d.metadata] == []


def test_a_watched_folder_drafts_what_came_and_reports_what_went(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    held = office.assistant.document("basic-pension-2021")
    known = folder / "basic.md"
    known.write_text(with_front_matter(held.metadata, held.text.replace("30만원", "31만원")))
    (folder / "next.md").write_text(NEXT_YEAR)
    (folder / "stranger.md").write_text("# 반려식물 나눔 행사 알림\n\n화분을 드립니다.\n")
    found = watched.look(office, POLICY, folder)
    actions = {d.id: (d.action, d.document_id) for d in drafts.open_drafts(office)}
    assert sorted(actions[number] for number in found.drafts) == [
        ("add", "basic-pension-2024"),
        ("replace", "basic-pension-2021"),
    ]
    assert [name for name, _ in found.waiting] == ["stranger.md"]
    assert watched.look(office, POLICY, folder) == watched.Watched((), (), ())
    known.unlink()
    assert watched.look(office, POLICY, folder).gone == ("basic.md",)
    assert watched.look(office, POLICY, folder).gone == ()
    assert (office.corpus_dir / held.path).is_file()


def test_a_counsellors_watched_folder_drafts_nothing(office: Office, tmp_path: Path) -> None:
    (tmp_path / "next.md").write_text(NEXT_YEAR)
    found = watched.look(office, COUNSELLOR, tmp_path)
    assert found.drafts == ()
    assert "권한이 없습니다" in found.waiting[0][1]
    assert replace(found, waiting=()).gone == ()
