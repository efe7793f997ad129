"""HWP 5 and HWPX by dochan: paragraphs, styles and tables of the word processor's own document model."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.corpus.readers.blocks import Block, Heading, Item, Paragraph, one_line, render
from assistant.corpus.readers.outline import NOTE_RANK, blocks_of, could_head, outlined
from assistant.corpus.readers.tables import Cell, table_blocks
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_DEEPEST = 16
_FORCED_LINE = re.compile(r"\n(?=\s*(?:[○●□■◦ㆍ·※*-]|\d{1,2}[.)]|[가-하][.)])\s?)")
_CONTENTS = re.compile(r"\t\s*[\divx]+\s*$")
_BOXED_DIGIT = re.compile(r"[\U000f02b1-\U000f02b9]")


def _fault(name: str, faults: list[str]) -> UnreadableSource:
    said = " ".join(faults)
    if "암호" in said or "encrypt" in said.lower() or "DRM" in said:
        return UnreadableSource(
            f"{name}: 암호가 걸린 한글 문서입니다. 암호를 풀어 저장한 뒤 다시 넣어 주세요."
        )
    if "배포용" in said or "distribut" in said.lower():
        return UnreadableSource(
            f"{name}: 배포용으로 잠긴 한글 문서라 읽을 수 없습니다. 배포용이 아닌 원본이나 PDF를 넣어 주세요."
        )
    if "limit" in said.lower() or "초과" in said or "exceed" in said.lower():
        return UnreadableSource(f"{name}: 풀었을 때 한도를 넘는 한글 문서입니다. 나누어 넣어 주세요.")
    return UnreadableSource(
        f"{name}: 한글 문서가 손상되어 읽을 수 없습니다. 원본을 다시 받거나 HWPX로 다시 저장해 넣어 주세요."
    )


def _text(paragraph: Any) -> str:
    text = "".join(run.text for run in paragraph.runs if not run.note_ref)
    text = _BOXED_DIGIT.sub(lambda digit: f"{ord(digit.group()) - 0xF02B0}. ", text)
    return re.sub(r"\[bookmark: [^\]]*\]", "", text)


def _paragraph(paragraph: Any) -> list[Block]:
    blocks: list[Block] = []
    for line in _FORCED_LINE.split(_text(paragraph)):
        if _CONTENTS.search(line):
            blocks.append(Paragraph(line))
            continue
        found = blocks_of(one_line(line))
        if paragraph.heading_level and isinstance(found[0], Paragraph) and could_head(line):
            found = [Heading(paragraph.heading_level, one_line(line))]
        blocks += found
    return blocks


def _table(table: Any, depth: int) -> list[Block]:
    blocks = _elements(table.caption, depth)
    cells = []
    for r, row in enumerate(table.rows):
        for c, cell in enumerate(row):
            if not cell.is_merged_away:
                inner = tuple(_elements(cell.paragraphs, depth))
                cells.append(Cell(r, c, inner, cell.row_span, cell.col_span))
    return blocks + table_blocks(cells)


def _elements(elements: Iterable[Any], depth: int = 0) -> list[Block]:
    """The blocks of dochan's elements; running heads, feet and pictures are left out."""
    blocks: list[Block] = []
    for element in elements if depth < _DEEPEST else ():
        if hasattr(element, "runs"):
            blocks += _paragraph(element)
        elif hasattr(element, "rows"):
            blocks += _table(element, depth + 1)
        elif hasattr(element, "latex"):
            blocks += blocks_of(one_line(element.latex or element.script))
        elif getattr(element, "type", "") in ("footnote", "endnote"):
            blocks.append(Item(NOTE_RANK, f"* {one_line(element.text)}"))
        elif hasattr(element, "caption"):
            blocks += _elements(element.caption, depth + 1)
    return blocks


def read_hwp(path: Path) -> SourceText:
    """The text of an HWP 5 or HWPX file. Raises UnreadableSource: encrypted, locked, damaged, too large."""
    from dochan import Dochan

    document = Dochan(str(path)).doc
    faults = [fault for fault in document.errors if fault.startswith("ERR")]
    if faults:
        raise _fault(path.name, faults)
    blocks = [block for section in document.sections for block in _elements(section.elements)]
    return render(outlined(blocks))
