"""A PDF's pages by pdfplumber: lines and tables in order, without side tabs, running heads and feet."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.corpus.readers.outline import starts_block
from assistant.corpus.readers.pdf_lines import Glyph, Line, lines_of
from assistant.corpus.readers.pdf_tables import Box, Ruled, ruled_tables, within

_EDGE = 0.12
_PAGE_NUMBER = re.compile(r"^[-–—•·|<>\s]*(?:\d{1,4}|[ivxlcIVXLC]{1,6})(?:\s*/\s*\d{1,4})?[-–—•·|<>\s]*$")


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a ruled table with the lines in it, and the tables drawn inside it."""

    row: int
    column: int
    rows: int
    columns: int
    box: Box
    lines: tuple[Line, ...]
    tables: tuple["PageTable", ...] = ()


@dataclass(frozen=True, slots=True)
class PageTable:
    """A ruled table of a page; `edges` are the places of its upright lines, in points."""

    box: Box
    edges: tuple[int, ...]
    cells: tuple[TableCell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: lines outside tables from top to bottom, and its tables."""

    width: float
    height: float
    lines: tuple[Line, ...]
    tables: tuple[PageTable, ...]

    def in_order(self) -> Iterator[list[Line] | PageTable]:
        """Runs of lines and tables, from top to bottom."""
        run: list[Line] = []
        waiting = sorted(self.tables, key=lambda table: table.box[1])
        for line in self.lines:
            while waiting and waiting[0].box[1] < line.top:
                if run:
                    yield run
                    run = []
                yield waiting.pop(0)
            run.append(line)
        if run:
            yield run
        yield from waiting


def _glyphs(page: Any) -> list[Glyph]:
    """The characters of the page; those printed twice at one place (bold by double strike) once."""
    found: dict[tuple[str, int, int], Glyph] = {}
    for char in page.chars:
        if char.get("upright", True):
            key = (char["text"], round(char["x0"] / 1.5), round(char["top"] / 1.5))
            glyph = Glyph(char["text"], char["x0"], char["x1"], char["top"], char["bottom"], char["size"])
            found.setdefault(key, glyph)
    return list(found.values())


def _without_side_tabs(glyphs: list[Glyph], width: float) -> list[Glyph]:
    """The characters without margins in which single letters stand under each other: a guideline's tabs."""
    for right in (True, False):
        margin = [
            g
            for g in glyphs
            if g.text.strip() and (g.x0 > width * (1 - _EDGE) if right else g.x1 < width * _EDGE)
        ]
        lines = [line for line in lines_of(margin) if not _touches(line, glyphs, margin, right)]
        if len(lines) >= 6 and sum(1 for line in lines if len(line.text) == 1) > 0.7 * len(lines):
            boxes = [(line.x0 - 1, line.top - 1, line.x1 + 1, line.bottom + 1) for line in lines]
            drop = {id(g) for g in margin if any(within(box, *g.middle) for box in boxes)}
            glyphs = [glyph for glyph in glyphs if id(glyph) not in drop]
    return glyphs


def _touches(line: Line, glyphs: Sequence[Glyph], margin: Sequence[Glyph], right: bool) -> bool:
    """Whether the margin's line is the end (or the beginning) of a line of the body."""
    own = set(map(id, margin))
    middle = (line.top + line.bottom) / 2
    for glyph in glyphs:
        if glyph.text.strip() and id(glyph) not in own and abs(glyph.middle[1] - middle) < 0.5 * line.size:
            gap = line.x0 - glyph.x1 if right else glyph.x0 - line.x1
            if gap < 1.5 * line.size:
                return True
    return False


def _filled(ruled: Sequence[Ruled], glyphs: list[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """The tables with their text, each inner one in its cell, and the characters outside all tables."""
    inner: dict[tuple[int, int], list[PageTable]] = {}
    done: list[PageTable] = []
    for index in reversed(range(len(ruled))):
        table = ruled[index]
        cells = []
        for number, (row, column, rows, columns, box) in enumerate(table.cells):
            inside = [glyph for glyph in glyphs if within(box, *glyph.middle)]
            taken = set(map(id, inside))
            glyphs = [glyph for glyph in glyphs if id(glyph) not in taken]
            nested = tuple(sorted(inner.get((index, number), []), key=lambda t: t.box[1]))
            cells.append(TableCell(row, column, rows, columns, box, tuple(lines_of(inside)), nested))
        filled = PageTable(table.box, table.edges, tuple(cells))
        parent = _parent(ruled[:index], table.box)
        if parent is None:
            done.append(filled)
        else:
            inner.setdefault(parent, []).append(filled)
    return done, glyphs


def _parent(larger: Sequence[Ruled], box: Box) -> tuple[int, int] | None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    for index in reversed(range(len(larger))):
        for number, cell in enumerate(larger[index].cells):
            if within(cell[4], x, y):
                return index, number
    return None


def _page(page: Any) -> Page:
    glyphs = _without_side_tabs(_glyphs(page), page.width)
    ruled = [table for table in ruled_tables(page) if any(within(table.box, *g.middle) for g in glyphs)]
    tables, outside = _filled(ruled, glyphs)
    tables = [table for table in tables if any(cell.lines or cell.tables for cell in table.cells)]
    return Page(page.width, page.height, tuple(lines_of(outside)), tuple(tables))


def _furniture_key(text: str) -> str:
    return re.sub(r"[\d\sivxlc•·|\-–—]+", "", text)


def _place(line: Line) -> tuple[str, int, int]:
    """The same words at the same place of the page are furniture wherever they stand."""
    return line.text, round(line.x0 / 8), round(line.top / 8)


def _words(table: PageTable) -> str:
    return " ".join(line.text for cell in table.cells for line in cell.lines)


def _is_strip(table: PageTable, page: Page) -> bool:
    """Whether the table is a strip of tabs at the upper or lower edge."""
    return table.box[3] < page.height * _EDGE or table.box[1] > page.height * (1 - _EDGE)


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without page numbers and without what stands at the edge of at least three of them."""
    edges = Counter(
        key
        for page in pages
        for key in {_furniture_key(x.text) for x in page.lines if _at_edge(x, page)}
        if key
    )
    often = {key for key, pages_with in edges.items() if pages_with >= 3}
    strips = Counter(_words(table) for page in pages for table in page.tables if _is_strip(table, page))
    places = Counter(place for page in pages for place in {_place(line) for line in page.lines})

    def stays(line: Line, page: Page) -> bool:
        if places[_place(line)] >= 3:
            return False
        if not _at_edge(line, page):
            return True
        if places[_place(line)] == 2 and len(pages) >= 10:
            return False
        return not _PAGE_NUMBER.match(line.text) and _furniture_key(line.text) not in often

    return [
        replace(
            page,
            lines=tuple(line for line in page.lines if stays(line, page)),
            tables=tuple(t for t in page.tables if not (_is_strip(t, page) and strips[_words(t)] >= 3)),
        )
        for page in pages
    ]


def running_title(pages: Sequence[Page]) -> str | None:
    """The words that head at least a quarter of the pages and no chapter: the document's own title, if it
    shows one."""
    heads = Counter(
        line.text
        for page in pages
        for line in page.lines
        if line.bottom < page.height * _EDGE and len(line.text) > 5
    )
    for text, times in heads.most_common(3):
        if times >= max(3, len(pages) / 4) and not starts_block(text) and not _PAGE_NUMBER.match(text):
            return text
    return None


def read_pages(path: Path) -> tuple[list[Page], str | None]:
    """The pages of the file without furniture, and the title their heads carry.

    Raises pdfminer's errors (PDFException, PSException) where the file is damaged.
    """
    import pdfplumber

    pages = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            pages.append(_page(page))
            page.close()
    return _without_furniture(pages), running_title(pages)
