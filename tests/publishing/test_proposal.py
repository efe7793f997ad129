"""Metadata proposed from a text, written and read back."""

from datetime import date
from pathlib import Path

from assistant.corpus.library import load_corpus
from assistant.corpus.metadata import parse_metadata
from assistant.domain import Contact, Term, Window
from assistant.publishing.front_matter import to_yaml
from assistant.publishing.office import Office
from assistant.publishing.proposal import propose
from assistant.settings import PROJECT

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
