"""Metadata proposed from a text, written and read back."""

from datetime import date
from pathlib import Path

from assistant.corpus.library import load_corpus
from assistant.corpus.metadata import parse_metadata
from assistant.domain import Contact, Term, Window
from assistant.publishing.front_matter import to_yaml
from assistant.publishing.office import Office
from assistant.publishing.proposal import propose
from assistant.publishing.replacement import settled
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
    assert proposal.metadata.windows == (Window("apply", None, date(2024, 5, 1)),)
    file.write_text("# 2차 기초연금\n\n## 지원내용\n\n- 10만원\n")
    assert propose(office, file).metadata.round == "2"


def test_a_file_of_a_held_edition_replaces_it_and_can_still_be_another(
    office: Office, tmp_path: Path
) -> None:
    held = office.assistant.document("basic-pension-2021")
    file = tmp_path / "기초연금 다시.md"
    for title in ("기초연금 사업안내 (2021)", "2021년 기초연금 안내"):
        file.write_text(held.text.replace("# 기초연금 사업안내 (2021)", f"# {title}"))
        proposal = propose(office, file)
        assert proposal.replaces == held.id
        assert settled(office, proposal).metadata == held.metadata
        assert proposal.metadata.id == "basic-pension-2021-2"
    file.write_text(NEXT_YEAR)
    assert propose(office, file).replaces is None


def test_a_stranger_gets_no_kin_and_waits_for_owner_and_validity(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 반려식물 나눔 행사 알림\n\n화분을 드립니다.\n")
    proposal = propose(office, file)
    assert proposal.kin == ()
    assert proposal.metadata.owner is None


def test_without_kin_the_category_is_that_of_the_nearest_document(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 어르신 효도 수당\n\n만 65세 이상 어르신에게 매달 드립니다.\n")
    proposal = propose(office, file)
    assert (proposal.kin, proposal.metadata.category) == ((), "노인")
    assert any("가장 가까운 자료 「기초연금" in reason for reason in proposal.reasons)


def test_days_of_publication_force_and_review_are_proposed(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 반려식물 나눔\n\n2024. 3. 4.(월)\n\n시행일 2024년 7월 1일\n")
    m = propose(office, file).metadata
    assert (m.published_on, m.effective_from, m.effective_until, m.review_by) == (
        date(2024, 3, 4),
        date(2024, 7, 1),
        None,
        date(2025, 7, 1),
    )
    file.write_text(NEXT_YEAR.replace("## 신청방법", "시행일: 2024. 7. 1.\n\n## 신청방법"))
    m = propose(office, file).metadata
    assert (m.effective_from, m.effective_until, m.review_by) == (
        date(2024, 7, 1),
        date(2024, 12, 31),
        date(2024, 12, 31),
    )
    file.write_text("# 반려식물 나눔\n\n화분을 드립니다.\n")
    assert propose(office, file, date(2024, 2, 29)).metadata.review_by == date(2025, 2, 28)


def test_a_window_whose_year_the_text_does_not_say_is_left_to_the_person(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "upload.md"
    file.write_text("# 반려식물 나눔\n\n신청기간: 3월 4일부터 3월 29일까지\n")
    proposal = propose(office, file)
    assert proposal.metadata.windows == ()
    assert "‘3월 4일부터 3월 29일까지’: 몇 년인지 적혀 있지 않아 비워 두었습니다." in proposal.reasons


def test_the_metadata_of_every_document_are_written_and_read_back_the_same() -> None:
    documents = load_corpus(PROJECT / "corpus").documents
    assert len(documents) > 200
    assert [d.id for d in documents if parse_metadata(to_yaml(d.metadata), d.path) != d.metadata] == []
