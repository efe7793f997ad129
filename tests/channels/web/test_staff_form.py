"""The form of a document's metadata, and what publishing would change as a person reads it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.channels.web.render_staff_document import document_html
from assistant.channels.web.render_staff_preview import diff_html
from assistant.channels.web.staff_form import FIELDS, Relation, metadata_from, proposed_relation, values_of
from assistant.corpus.library import load_corpus, load_document
from assistant.domain import Amendment, Contact, Document, Facet, Metadata, Term, Window
from assistant.errors import PublishingError
from assistant.publishing.originals import original_of
from assistant.publishing.proposal import Proposal
from assistant.settings import PROJECT
from tests import shelf

WHOLE = Metadata(
    "cheer-2021",
    "기쁨나눔지원금 (2021)",
    programme="cheer",
    term=Term.FIXED,
    effective_from=date(2021, 5, 17),
    windows=(
        Window("apply", date(2021, 5, 17), date(2021, 6, 6), "온라인", "학교 밖 아동"),
        Window("use", None, date(2021, 10, 31)),
    ),
    contacts=(Contact("국민연금공단", "1355"),),
    owner="복지정책과",
    supersedes=("cheer-2020",),
)


def edited(**changed: str) -> Metadata:
    values = dict(zip(FIELDS, values_of(WHOLE), strict=True)) | changed
    return metadata_from(WHOLE, list(values.values()))


def test_what_is_not_edited_stays_for_every_document(tmp_path: Path) -> None:
    documents = load_corpus(shelf.write(tmp_path)).documents
    for metadata in (WHOLE, *(document.metadata for document in documents if document.metadata.programme)):
        assert metadata_from(metadata, values_of(metadata)) == metadata


def test_windows_and_days_are_read_as_people_write_them() -> None:
    found = edited(
        windows="신청 방문 2021. 5. 17.~2021.6.6.\n지급 2021-07-01~", effective_from="2021년 5월 1일"
    )
    assert found.windows == (
        Window("apply", date(2021, 5, 17), date(2021, 6, 6), "방문"),
        Window("pay", date(2021, 7, 1)),
    )
    assert found.effective_from == date(2021, 5, 1)


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("effective_from", "다음 달", "시행일: '다음 달'은"),
        ("effective_until", "2021-01-01", "종료일이 시행일보다 빠릅니다"),
        ("windows", "2021-05-17부터", "읽을 수 없습니다"),
        ("windows", "신청 2021-06-06~2021-05-17", "끝이 시작보다 빠릅니다"),
        ("contacts", "국민연금공단", "연락처 '국민연금공단'을"),
        ("id", "../x", "문서 id"),
        ("title", "", "제목"),
    ],
)
def test_what_cannot_be_read_is_told(field: str, text: str, told: str) -> None:
    with pytest.raises(PublishingError, match=told):
        edited(**{field: text})


def test_the_relation_is_proposed_from_what_is_held() -> None:
    held = (Document(WHOLE, "코로나19/cheer-2021.md", "", ()),)
    new = replace(WHOLE, id="cheer-2022", supersedes=())
    document = Document(new, "새 파일.md", "", ())
    next_edition = replace(new, supersedes=("cheer-2021",))
    cases = {
        Relation.REPLACE: (Proposal(WHOLE, document, (), ()), "cheer-2021"),
        Relation.EDITION: (Proposal(next_edition, document, ("cheer-2021",), ()), "cheer-2021"),
        Relation.AMEND: (
            Proposal(replace(new, amends=(Amendment("cheer-2021", (Facet.PERIOD,)),)), document, (), ()),
            "cheer-2021",
        ),
        Relation.ROUND: (Proposal(replace(new, round="4차"), document, ("cheer-2021",), ()), "cheer-2021"),
        Relation.NEW: (Proposal(new, document, (), ()), None),
    }
    for relation, (proposal, target) in cases.items():
        assert proposed_relation(proposal, held) == (relation, target)


def test_a_diff_marks_the_words_that_change_and_reads_tables_as_rows() -> None:
    before = "- 월 30만원을 받습니다.\n\n| 가구 | 금액 |\n|---|---|\n| 단독 | 30만원 |"
    html = diff_html(before, before.replace("30만원", "31만원"))
    assert "<del>30만원을</del><ins>31만원을</ins>" in html
    assert "단독 │ <del>30만원</del><ins>31만원</ins>" in html
    assert "---" not in html
    assert "<script>" not in diff_html("", "<script>alert(1)</script>")


def test_an_uploaded_web_page_may_load_and_run_nothing(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    file.write_text("<h1>지원금</h1><h2>지원내용</h2><p>10만원</p><script>alert(1)</script>")
    html = document_html(load_document(file, file.name), original_of(file))
    assert 'sandbox=""' in html
    assert "default-src &#x27;none&#x27;" in html
    assert "<script>" not in html


def test_the_pages_of_a_pdf_are_drawn_and_a_broken_one_is_no_error(tmp_path: Path) -> None:
    drawn = original_of(PROJECT / "corpus/노인/basic-pension-2023.pdf")
    assert drawn.pages
    assert all(page.startswith(b"\xff\xd8") for page in drawn.pages)
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 broken")
    assert original_of(tmp_path / "x.pdf").pages == ()
