"""XLSX by openpyxl, and CSV: every block of rows on a sheet is a table under the sheet's name."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from assistant.corpus.readers.blocks import Block, Heading, Paragraph, render
from assistant.corpus.readers.tables import Cell, table_blocks
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_DEFAULT_NAME = re.compile(r"(?:sheet|시트)\s*\d*", re.IGNORECASE)
_MOST_CELLS = 2_000_000
_WIDEST = 1_000


def shown(value: object, number_format: str = "General") -> str:
    """A cell's value as the sheet shows it: thousands, decimals, percent and quoted words of its format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M") if value.time() != time.min else value.strftime("%Y-%m-%d")
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, (int, float)):
        return str(value)
    pattern = number_format.split(";")[0]
    percent = "%" in re.sub(r'"[^"]*"', "", pattern)
    number = value * 100 if percent else value
    decimals = re.search(r"[0#]\.([0#]+)", pattern)
    digits = len(decimals.group(1)) if decimals else 0 if re.search(r"[0#]", pattern) else None
    comma = "," if "," in pattern else ""
    if digits is None:
        words = f"{number:{comma}.10g}" if isinstance(number, float) else f"{number:{comma}}"
    else:
        words = f"{number:{comma}.{digits}f}"
    prefix, suffix = (
        re.search(expression, pattern) for expression in (r'^[^0#"]*"([^"]*)"', r'[0#][^0#"]*"([^"]*)"')
    )
    return (
        (prefix.group(1) if prefix else "")
        + words
        + ("%" if percent else "")
        + (suffix.group(1) if suffix else "")
    )


def _tables(cells: Sequence[Cell]) -> list[Block]:
    """The cells of a sheet, parted where a row is empty; a lone cell is a line of text."""
    covered = {row for cell in cells if cell.blocks for row in range(cell.row, cell.row + cell.rows)}
    groups: list[list[Cell]] = []
    last = -2
    for cell in sorted((cell for cell in cells if cell.blocks), key=lambda cell: (cell.row, cell.column)):
        if not groups or (cell.row != last and any(row not in covered for row in range(last, cell.row))):
            groups.append([])
        groups[-1].append(cell)
        last = cell.row
    blocks: list[Block] = []
    for group in groups:
        while len([c for c in group if c.row == group[0].row]) == 1 and group[0].rows == 1 and len(group) > 1:
            blocks += group.pop(0).blocks
        blocks += table_blocks(group)
    return blocks


def _sheet_cells(sheet: Any) -> list[Cell]:
    spans = {(area.min_row, area.min_col): area for area in sheet.merged_cells.ranges}
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            area = spans.get((cell.row, cell.column))
            rows, columns = (area.size["rows"], area.size["columns"]) if area else (1, 1)
            words = shown(cell.value, cell.number_format or "General")
            cells.append(Cell(cell.row, cell.column, (Paragraph(words),), rows, columns))
    return cells


def read_xlsx(path: Path) -> SourceText:
    """The visible sheets, formulas by their stored values. Raises UnreadableSource: damaged, too large."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    blocks: list[Block] = []
    try:
        book = openpyxl.load_workbook(path, data_only=True)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            if sheet.max_row * sheet.max_column > _MOST_CELLS:
                raise UnreadableSource(
                    f"{path.name}: 시트 '{sheet.title}'의 칸이 너무 많습니다. "
                    "필요한 부분만 나누어 넣어 주세요."
                )
            content = _tables(_sheet_cells(sheet))
            if content and not _DEFAULT_NAME.fullmatch(sheet.title):
                blocks.append(Heading(2, sheet.title))
            blocks += content
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ) as error:
        raise UnreadableSource(
            f"{path.name}: Excel 문서가 손상되어 읽을 수 없습니다. "
            "원본을 다시 받거나 다시 저장해 넣어 주세요."
        ) from error
    return render(blocks)


def read_csv(text: str, name: str) -> SourceText:
    """A table of comma-, semicolon- or tab-separated values; the first full row is the header."""
    first = text[:4096]
    delimiter = max(",\t;", key=lambda mark: first.count(mark))
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableSource(
            f"{name}: CSV 형식이 맞지 않습니다({error}). 표를 확인해 다시 저장해 주세요."
        ) from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if width > _WIDEST or width * len(rows) > _MOST_CELLS:
        raise UnreadableSource(f"{name}: 칸이 너무 많은 표입니다. 필요한 부분만 나누어 넣어 주세요.")
    blocks: list[Block] = []
    while len(rows) > 1 and width > 1 and sum(1 for cell in rows[0] if cell.strip()) == 1:
        blocks.append(Paragraph("".join(rows.pop(0))))
    cells = [
        Cell(r, c, (Paragraph(cell.strip()),), header=r == 0)
        for r, row in enumerate(rows)
        for c, cell in enumerate(row)
        if cell.strip() or r == 0
    ]
    return render(blocks + table_blocks(cells))
