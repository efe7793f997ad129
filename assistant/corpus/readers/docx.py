"""DOCX by python-docx: paragraphs with their styles and lists, tables with their merged cells."""

import re
from pathlib import Path
from typing import Any

from assistant.corpus.readers.blocks import Block, Heading, Item, one_line, render
from assistant.corpus.readers.outline import blocks_of, could_head, outlined
from assistant.corpus.readers.tables import Cell, table_blocks
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_STYLE_HEADING = re.compile(r"^(?:heading|제목|개요)\s*(\d)$", re.IGNORECASE)
_DEEPEST = 16
_LIST_RANK = 20


def _style_level(paragraph: Any) -> int | None:
    style = paragraph.style
    while style is not None:
        name = style.name or ""
        if name.lower() == "title":
            return 1
        match = _STYLE_HEADING.match(name)
        if match:
            return min(int(match.group(1)) + 1, 6)
        style = style.base_style
    return None


def _list_level(paragraph: Any) -> int | None:
    properties = paragraph._p.pPr
    numbering = properties.numPr if properties is not None else None
    if numbering is not None and numbering.numId is not None and numbering.numId.val:
        return int(numbering.ilvl.val) if numbering.ilvl is not None else 0
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    match = re.match(r"^List (?:Bullet|Number)(?: (\d))?$", name)
    return int(match.group(1) or 1) - 1 if match else None


def _all_bold(paragraph: Any) -> bool:
    return all(run.bold for run in paragraph.runs if run.text.strip())


def _paragraph(paragraph: Any) -> list[Block]:
    text = paragraph.text
    if not text.strip():
        return []
    level = _style_level(paragraph)
    if level is not None:
        return [Heading(level, one_line(text))]
    depth = _list_level(paragraph)
    if depth is not None:
        return [Item(_LIST_RANK + depth, one_line(text))]
    found = [block for line in text.split("\n") if line.strip() for block in blocks_of(one_line(line))]
    if len(found) == 1 and found[0] == blocks_of(one_line(text))[0] and not isinstance(found[0], Heading):
        bold = _all_bold(paragraph) and could_head(text) and not isinstance(found[0], Item)
        return [Heading(5, one_line(text))] if bold else found
    return found


def _table(table: Any, depth: int) -> list[Block]:
    cells: list[Cell] = []
    seen: dict[Any, tuple[int, int, int, int]] = {}
    parts: dict[Any, Any] = {}
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row.cells):
            top, left, bottom, right = seen.get(cell._tc, (r, c, r, c))
            seen[cell._tc] = (top, left, max(bottom, r), max(right, c))
            parts[cell._tc] = cell
    for tc, (top, left, bottom, right) in seen.items():
        inner = tuple(_blocks(parts[tc], depth + 1))
        cells.append(Cell(top, left, inner, bottom - top + 1, right - left + 1))
    return table_blocks(cells)


def _blocks(container: Any, depth: int = 0) -> list[Block]:
    blocks: list[Block] = []
    for element in container.iter_inner_content() if depth < _DEEPEST else ():
        blocks += _table(element, depth) if hasattr(element, "rows") else _paragraph(element)
    return blocks


def read_docx(path: Path) -> SourceText:
    """The text of a Word document. Raises UnreadableSource: damaged. Running heads and feet are left out."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        return render(outlined(_blocks(docx.Document(str(path)))))
    except (
        PackageNotFoundError,
        LxmlError,
        KeyError,
        ValueError,
        AttributeError,
        IndexError,
        TypeError,
    ) as error:
        raise UnreadableSource(
            f"{path.name}: Word 문서가 손상되어 읽을 수 없습니다. 원본을 다시 받거나 다시 저장해 넣어 주세요."
        ) from error
