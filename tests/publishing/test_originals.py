"""An uploaded file as plain HTML: all that it holds, taken without our own readers."""

from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup
from docx import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from openpyxl import Workbook

from assistant.channels.web.render_staff_document import CUT, document_html
from assistant.corpus.library import load_document
from assistant.publishing import plain_html
from assistant.publishing.originals import original_of


def seen(file: Path) -> BeautifulSoup:
    return BeautifulSoup(original_of(file).html or "", "html.parser")


def rows(page: BeautifulSoup) -> list[list[str]]:
    return [[cell.get_text() for cell in row.select("td")] for row in page.select("tr")]


def test_a_word_file_shows_paragraphs_tables_and_what_a_reader_may_pass_over(tmp_path: Path) -> None:
    document = WordDocument()
    document.add_paragraph("신청은 <3월>부터\t받습니다")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "지원금"
    table.cell(1, 0).text, table.cell(1, 1).text = "단독", "7만원"
    inner = "<w:sdtContent><w:p><w:r><w:t>담당: 공원과</w:t></w:r></w:p></w:sdtContent>"
    document.element.body.insert(0, parse_xml(f"<w:sdt {nsdecls('w')}>{inner}</w:sdt>"))
    struck = "<w:del w:id='1'><w:r><w:delText>지운 말</w:delText></w:r></w:del>"
    added = "<w:ins w:id='2'><w:r><w:t>넣은 말</w:t></w:r></w:ins>"
    document.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{struck}{added}</w:p>"))
    document.save(str(tmp_path / "a.docx"))
    page = seen(tmp_path / "a.docx")
    outside = [p.get_text() for p in page.select("p") if not p.find_parent("td")]
    assert outside == ["담당: 공원과", "넣은 말", "신청은 <3월>부터\t받습니다"]
    assert rows(page) == [["지원금"], ["단독", "7만원"]]
    assert page.select("td")[0]["colspan"] == "2"


def test_a_workbook_shows_every_cell_as_it_is_stored(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["가구", "금액", "비율"])
    sheet.append(["<단독>", 334810, 0.5])
    sheet.append(["합", "=B2*2", date(2021, 5, 17)])
    sheet["B2"].number_format, sheet["C2"].number_format = "#,##0", "0%"
    sheet.merge_cells("A3:A4")
    aside = book.create_sheet("참고")
    aside.sheet_state = "hidden"
    aside["A1"] = "숨은 말"
    book.save(tmp_path / "a.xlsx")
    page = seen(tmp_path / "a.xlsx")
    assert rows(page) == [
        ["가구", "금액", "비율"],
        ["<단독>", "334810 #,##0", "0.5 0%"],
        ["합", "계산된 값 없음: =B2*2", "2021-05-17 yyyy-mm-dd"],
        ["", ""],
        ["숨은 말"],
    ]
    assert page.find("td", string="합")["rowspan"] == "2"  # type: ignore[index]  # found, or the test fails
    assert "참고 (숨긴 시트)" in page.get_text()


def test_a_long_sheet_is_cut_and_says_so(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for number in range(plain_html.MOST_ROWS + 1):
        book.active.append([f"{number}동", "센터"])
    book.save(tmp_path / "long.xlsx")
    original = original_of(tmp_path / "long.xlsx")
    assert not original.whole
    assert len(rows(seen(tmp_path / "long.xlsx"))) == plain_html.MOST_ROWS
    assert CUT in document_html(load_document(tmp_path / "long.xlsx", "long.xlsx"), original)


def test_a_damaged_file_and_other_formats_are_no_error(tmp_path: Path) -> None:
    for name in ("a.docx", "a.xlsx", "a.hwpx"):
        (tmp_path / name).write_bytes(b"PK\x03\x04 broken")
        assert original_of(tmp_path / name).html is None
