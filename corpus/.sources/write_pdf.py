"""PDF by fpdf2, with NanumGothic embedded: only the letters that occur."""

from datetime import UTC, datetime
from pathlib import Path

from blocks import Block, Heading, Item, Paragraph, Table
from fpdf import FPDF
from fpdf.fonts import FontFace

FONTS = Path("/usr/share/fonts/truetype/nanum")
BODY, TITLE, SECTION, SMALL = 13.0, 24.0, 17.0, 9.0
"""Sizes in points; offices set their notices in about these."""
LEADING = 1.75
RUNNING_HEAD = "상담 자료"
RUNNING_HEAD_FROM = 3
"""Documents of at least so many pages have a running head on each."""


class _Sheet(FPDF):
    running_head = ""

    def header(self) -> None:
        if self.running_head:
            self.set_font("Nanum", size=SMALL)
            self.set_y(10)
            self.cell(0, 5, self.running_head, align="R")
            self.set_y(self.t_margin)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Nanum", size=SMALL)
        self.cell(0, 5, f"- {self.page_no()} -", align="C")


def write(blocks: tuple[Block, ...], path: Path, title: str, publisher: str) -> None:
    """The document on A4; long ones are set a second time with a running head."""
    sheet = _set(blocks, title, publisher, "")
    if sheet.page_no() >= RUNNING_HEAD_FROM:
        sheet = _set(blocks, title, publisher, RUNNING_HEAD)
    sheet.output(str(path))


def _set(blocks: tuple[Block, ...], title: str, publisher: str, running_head: str) -> _Sheet:
    sheet = _Sheet(format="A4")
    sheet.running_head = running_head
    sheet.set_creation_date(datetime(2024, 1, 1, tzinfo=UTC))
    sheet.set_title(title)
    sheet.set_author(publisher)
    sheet.set_lang("ko-KR")
    sheet.add_font("Nanum", "", FONTS / "NanumGothic.ttf")
    sheet.add_font("Nanum", "B", FONTS / "NanumGothicBold.ttf")
    sheet.set_margins(25, 38, 25)
    sheet.set_auto_page_break(True, margin=38)
    sheet.add_page()
    for block in blocks:
        _block(sheet, block)
    return sheet


def _block(sheet: _Sheet, block: Block) -> None:
    if isinstance(block, Table):
        _table(sheet, block)
    elif isinstance(block, Heading):
        size = TITLE if block.level == 1 else SECTION
        sheet.ln(0 if block.level == 1 else 5)
        if sheet.get_y() > sheet.h - sheet.b_margin - 30:
            sheet.add_page()
        sheet.set_font("Nanum", "B", size)
        _lines(sheet, block.text, size, 0, "")
        sheet.ln(3)
    else:
        sheet.set_font("Nanum", "", BODY)
        _lines(sheet, block.text, BODY, *((6, "○ ") if isinstance(block, Item) else (0, "")))
        sheet.ln(2 if isinstance(block, Paragraph) else 0.5)


def _lines(sheet: _Sheet, text: str, size: float, indent: float, mark: str) -> None:
    """Lines broken at spaces; the space stays at the end of its line, as word processors leave it."""
    width, height = sheet.epw - indent, size * LEADING * 0.3528
    line = ""
    first = True
    words = text.split(" ")
    for number, word in enumerate(words):
        if line and sheet.get_string_width(line + word) > width:
            _line(sheet, line, height, indent, mark if first else "")
            line, first = "", False
        line += word + (" " if number < len(words) - 1 else "")
    _line(sheet, line, height, indent, mark if first else "")


def _line(sheet: _Sheet, line: str, height: float, indent: float, mark: str) -> None:
    if mark:
        sheet.cell(indent, height, mark)
    else:
        sheet.set_x(sheet.l_margin + indent)
    sheet.cell(0, height, line, new_x="LMARGIN", new_y="NEXT")


def _table(sheet: _Sheet, table: Table) -> None:
    sheet.set_font("Nanum", "", BODY - 1)
    longest = [max(sheet.get_string_width(row[c]) for row in table.rows) for c in range(len(table.rows[0]))]
    widths = tuple(min(max(width + 6, 18), 90) for width in longest)
    with sheet.table(
        col_widths=widths,
        width=min(sum(widths), sheet.epw) if sum(widths) > 100 else 100,
        align="LEFT",
        text_align="LEFT",
        line_height=7,
        padding=1,
        headings_style=FontFace(emphasis="BOLD", fill_color=(225, 232, 240)),
    ) as rows:
        for cells in table.rows:
            row = rows.row()
            for cell in cells:
                row.cell(cell)
    sheet.ln(4)
