"""HWPX by python-hwpx, DOCX by python-docx, XLSX by openpyxl: styles for headings, true tables."""

import re
from pathlib import Path

from blocks import Block, Heading, Item, Paragraph, Table


def write_hwpx(blocks: tuple[Block, ...], path: Path, title: str, publisher: str) -> None:
    """A Hangul document: 개요 1 and 2 for headings, ○ before items as offices write them."""
    from hwpx.document import HwpxDocument

    document = HwpxDocument.new()
    styles = {style.name: key for key, style in document.styles.items()}
    for block in blocks:
        if isinstance(block, Heading):
            document.add_paragraph(
                block.text, style_id_ref=styles[f"개요 {block.level}"], inherit_style=False
            )
        elif isinstance(block, Table):
            table = document.add_table(len(block.rows), len(block.rows[0]))
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row):
                    table.set_cell_text(r, c, cell)
        else:
            mark = "○ " if isinstance(block, Item) else ""
            document.add_paragraph(mark + block.text, style_id_ref=styles["바탕글"], inherit_style=False)
    document.save_to_path(str(path))


def write_docx(blocks: tuple[Block, ...], path: Path, title: str, publisher: str) -> None:
    """A Word document with the styles Title, Heading 1, List Bullet and Table Grid."""
    import docx
    from docx.oxml.ns import qn

    document = docx.Document()
    document.core_properties.title = title
    document.core_properties.author = publisher
    normal = document.styles["Normal"]
    normal.font.name = "맑은 고딕"
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "맑은 고딕")
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level - 1)
        elif isinstance(block, Table):
            table = document.add_table(len(block.rows), len(block.rows[0]), style="Table Grid")
            for r, row in enumerate(block.rows):
                for c, cell in enumerate(row):
                    table.cell(r, c).text = cell
        else:
            document.add_paragraph(block.text, style="List Bullet" if isinstance(block, Item) else None)
    document.save(str(path))


def write_xlsx(blocks: tuple[Block, ...], path: Path, title: str, publisher: str) -> None:
    """A workbook: a sheet for the title and the introduction, then one a section; amounts are numbers."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    book = openpyxl.Workbook()
    book.properties.title, book.properties.creator = title, publisher
    book.remove(book.active)
    sheet, row = None, 1
    for block in blocks:
        if isinstance(block, Heading):
            sheet, row = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", block.text)[:31]), 1
            sheet.column_dimensions["A"].width = 24
        elif isinstance(block, Table):
            for r, cells in enumerate(block.rows):
                for c, words in enumerate(cells):
                    cell = sheet.cell(row + r, c + 1, words)
                    cell.font = Font(bold=r == 0)
                    if re.fullmatch(r"\d{1,3}(?:,\d{3})*", words):
                        cell.value, cell.number_format = int(words.replace(",", "")), "#,##0"
                    else:
                        cell.alignment = Alignment(wrap_text=True)
            row += len(block.rows) + 1
        elif isinstance(block, Paragraph | Item):
            sheet.cell(row, 1, block.text)
            row += 2
    book.save(str(path))
