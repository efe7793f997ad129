"""DOCX and XLSX as plain HTML for a person to compare, taken from the file without our own readers.

Every word of a Word file that is not struck out is shown, also in content controls and text boxes; every cell
of a sheet is shown as it is stored, with its number format behind it.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

LARGEST = 8 * 1024 * 1024
"""Bytes of XML, unpacked, of a file that is read to be shown."""
MOST_ROWS, MOST_COLUMNS = 2_000, 100
"""So much of a sheet is shown."""
STYLE = (
    "<style>body{font:14px/1.5 sans-serif;margin:10px}table{border-collapse:collapse;margin:8px 0}"
    "td{border:1px solid #999;padding:3px 6px;vertical-align:top}small{color:#595959}p{margin:4px 0}</style>"
)


def plain_html(file: Path) -> tuple[str, bool] | None:
    """The file as HTML, and whether all of it is; None: another format, too large or damaged."""
    from lxml.etree import LxmlError

    shown = {".docx": _docx, ".xlsx": _xlsx}.get(file.suffix.lower())
    if shown is None:
        return None
    try:
        with zipfile.ZipFile(file) as archive:
            parts = (p for p in archive.infolist() if p.filename.endswith((".xml", ".rels")))
            if sum(part.file_size for part in parts) > LARGEST:
                return None
        body, whole = shown(file)
    except (OSError, zipfile.BadZipFile, LxmlError, KeyError, ValueError, AttributeError, TypeError):
        return None
    return STYLE + body, whole


def _docx(file: Path) -> tuple[str, bool]:
    import docx

    return "".join(_blocks(docx.Document(str(file)).element.body)), True


def _blocks(parent: Any) -> Iterator[str]:
    for child in parent.iterchildren("{*}*"):
        match _name(child):
            case "p":
                yield f"<p>{escape(_words(child))}</p>"
            case "tbl":
                yield f"<table>{''.join(map(_row, child.iterchildren('{*}tr')))}</table>"
            case "sdt" | "sdtContent" | "customXml" | "ins":
                yield from _blocks(child)


def _row(row: Any) -> str:
    cells = []
    for cell in row.iterchildren("{*}tc"):
        span = next(cell.iter("{*}gridSpan"), None)
        across = next(iter(span.attrib.values()), "1") if span is not None else "1"
        cells.append(f'<td colspan="{escape(across)}">{"".join(_blocks(cell))}</td>')
    return f"<tr>{''.join(cells)}</tr>"


def _words(paragraph: Any) -> str:
    """The words of a paragraph; a text box is stored twice, for new programs and for old ones."""
    signs = {"tab": "\t", "br": "\n", "cr": "\n"}
    found = (e for e in paragraph.iter("{*}t", "{*}tab", "{*}br", "{*}cr"))
    return "".join(
        signs.get(_name(e), e.text or "")
        for e in found
        if not any(_name(above) in ("Fallback", "tabs") for above in e.iterancestors())
    )


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _xlsx(file: Path) -> tuple[str, bool]:
    import openpyxl

    written, counted = openpyxl.load_workbook(file), openpyxl.load_workbook(file, data_only=True)
    parts, whole = [], True
    for sheet, values in zip(written.worksheets, counted.worksheets, strict=True):
        hidden = "" if sheet.sheet_state == "visible" else " <small>(숨긴 시트)</small>"
        rows = "".join(_cells(sheet, values))
        parts.append(f"<p><b>{escape(sheet.title)}</b>{hidden}</p><table>{rows}</table>")
        whole = whole and sheet.max_row <= MOST_ROWS and sheet.max_column <= MOST_COLUMNS
    return "".join(parts), whole


def _cells(sheet: Any, values: Any) -> Iterator[str]:
    spans = {(area.min_row, area.min_col): area.size for area in sheet.merged_cells.ranges}
    covered = {place for area in sheet.merged_cells.ranges for place in _inside(area)} - spans.keys()
    across = min(sheet.max_column, MOST_COLUMNS)
    for row in islice(sheet.iter_rows(max_col=across), MOST_ROWS):
        shown = []
        for cell in row:
            place = cell.row, cell.column
            if place in covered:
                continue
            size = spans.get(place, {"rows": 1, "columns": 1})
            words = _value(cell, values.cell(*place).value)
            shown.append(f'<td rowspan="{size["rows"]}" colspan="{size["columns"]}">{words}</td>')
        yield f"<tr>{''.join(shown)}</tr>"


def _inside(area: Any) -> Iterable[tuple[int, int]]:
    """The places of merged cells that can be shown."""
    rows = range(area.min_row, min(area.max_row, MOST_ROWS) + 1)
    columns = range(area.min_col, min(area.max_col, MOST_COLUMNS) + 1)
    return ((row, column) for row in rows for column in columns)


def _value(cell: Any, counted: object) -> str:
    """What a cell holds: a number with its format, a formula that was never counted as it is written."""
    value = counted if cell.data_type == "f" else cell.value
    if value is None:
        return f"<small>계산된 값 없음: {escape(str(cell.value))}</small>" if cell.data_type == "f" else ""
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    is_number = isinstance(value, int | float | date) and not isinstance(value, bool)
    pattern = cell.number_format if is_number and cell.number_format != "General" else ""
    return escape(str(value)) + (f" <small>{escape(pattern)}</small>" if pattern else "")
