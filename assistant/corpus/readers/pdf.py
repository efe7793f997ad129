"""PDF: opened and checked by pypdf, taken apart by pdfplumber, put together as headings, text and tables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from assistant.corpus.readers.blocks import PAGE_BREAK, Block, Heading, Item, Paragraph, Table, render
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.outline import blocks_of, could_head, is_contents_line, outlined
from assistant.corpus.readers.pdf_lines import Joiner, Line
from assistant.corpus.readers.pdf_pages import Page, PageTable, read_pages
from assistant.corpus.readers.tables import Cell, table_blocks
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_PADDING = 4.0


def _damaged(path: Path) -> UnreadableSource:
    return UnreadableSource(f"{path.name}: PDF가 손상되어 읽을 수 없습니다. 원본을 다시 받아 넣어 주세요.")


def _check(path: Path, limits: Limits) -> None:
    """Raises UnreadableSource for a file that is encrypted, has too many pages or is no PDF."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if locked else len(reader.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise _damaged(path) from error
    if locked:
        raise UnreadableSource(f"{path.name}: 암호가 걸린 PDF입니다. 암호를 풀어 저장한 뒤 다시 넣어 주세요.")
    if pages > limits.pages:
        raise UnreadableSource(
            f"{path.name}: {pages}쪽으로 한도 {limits.pages}쪽을 넘습니다. 나누어 넣어 주세요."
        )


def _all_lines(pages: Sequence[Page]) -> Iterator[Line]:
    def of(table: PageTable) -> Iterator[Line]:
        for cell in table.cells:
            yield from cell.lines
            for inner in cell.tables:
                yield from of(inner)

    for page in pages:
        yield from page.lines
        for table in page.tables:
            yield from of(table)


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """The right edge of the column around each line, keyed by the line's identity.

    Its own end where a neighbour ends there too, as justified lines do, else the furthest end on the page.
    """
    furthest = max(line.x1 for line in lines)
    width = furthest - min(line.x0 for line in lines)
    edges = {}
    for i, line in enumerate(lines):
        near = [other for other in lines[max(0, i - 8) : i + 9] if other is not line]
        justified = line.x1 - line.x0 > 0.5 * width and any(abs(other.x1 - line.x1) < 2.5 for other in near)
        edges[id(line)] = line.x1 if justified else furthest
    return edges


class _Assembler:
    """Puts the pages of one document together: sentences and tables over page ends, headings by size."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        lines = list(_all_lines(pages))
        self._joiner = Joiner(lines)
        sizes: Counter[float] = Counter()
        for line in lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        self._body = sizes.most_common(1)[0][0] if sizes else 10.0
        self._blocks: list[Block] = []
        self._open: tuple[str, Line, float, float] | None = None
        self._last_table: PageTable | None = None

    def blocks(self) -> list[Block]:
        """The blocks of the whole document, page breaks among and in them."""
        for number, page in enumerate(self._pages):
            mark = PAGE_BREAK if number else ""
            for part in page.in_order():
                if isinstance(part, PageTable):
                    self._table(part, mark)
                else:
                    self._run(part, page, mark)
                mark = ""
            if mark:
                self._close()
                self._blocks.append(Paragraph(mark))
        self._close()
        return self._blocks

    def _run(self, lines: Sequence[Line], page: Page, mark: str) -> None:
        left = min(line.x0 for line in page.lines)
        rights = _right_edges(page.lines)
        for line in lines:
            right = rights[id(line)]
            if self._open is not None and self._continues(line, bool(mark)):
                text, before, left_before, right_before = self._open
                inside = self._joiner.one_word(before, line, left_before, right_before)
                self._open = (text + ("" if inside else " ") + mark + line.text, line, left, right)
            else:
                self._close()
                self._open = (mark + line.text, line, left, right)
            mark = ""
            self._last_table = None

    def _continues(self, line: Line, new_page: bool) -> bool:
        if self._open is None:
            return False
        _, before, left, right = self._open
        if new_page:
            line = replace(line, top=before.bottom)
        return self._joiner.wraps(before, line, left, right)

    def _close(self) -> None:
        if self._open is None:
            return
        text, line = self._open[:2]
        self._open = None
        found = blocks_of(text)
        if isinstance(found[0], Paragraph) and line.size >= 1.2 * self._body and could_head(text):
            found = [Heading(1 if line.size >= 1.8 * self._body else 2, text)]
        self._blocks += [block for block in found if not is_contents_line(getattr(block, "text", ""))]

    def _table(self, table: PageTable, mark: str) -> None:
        self._close()
        found = self._table_blocks(table)
        before = self._blocks[-1] if self._blocks else None
        goes_on = bool(mark) and self._last_table is not None and _same_columns(self._last_table, table)
        if goes_on and found and isinstance(before, Table) and isinstance(found[0], Table):
            self._blocks[-1] = _together(before, found[0], mark)
            self._blocks += found[1:]
        else:
            self._blocks += [Paragraph(mark), *found] if mark else found
        self._last_table = table if found and isinstance(self._blocks[-1], Table) else None

    def _table_blocks(self, table: PageTable) -> list[Block]:
        cells = []
        for cell in table.cells:
            left, right = cell.box[0] + _PADDING, cell.box[2] - _PADDING
            inner: list[Block] = []
            for text in self._joiner.paragraphs(cell.lines, left, right):
                inner += blocks_of(text)
            for nested in cell.tables:
                inner += self._table_blocks(nested)
            cells.append(Cell(cell.row, cell.column, tuple(_plain(inner)), cell.rows, cell.columns))
        return table_blocks(cells)


def _same_columns(first: PageTable, second: PageTable) -> bool:
    """Whether the upright lines of two tables stand at the same places."""
    return len(first.edges) == len(second.edges) and all(
        abs(a - b) <= 3 for a, b in zip(first.edges, second.edges, strict=True)
    )


def _plain(blocks: Sequence[Block]) -> list[Block]:
    """Blocks of a cell, where nothing is a heading of the document."""
    return [Item(0, block.text) if isinstance(block, Heading) else block for block in blocks]


def _together(first: Table, second: Table, mark: str) -> Table:
    """A table and its part on the next page: a repeated header goes, a first cell that goes on is filled."""
    rows = second.rows
    head = first.rows[: first.header_rows]
    if rows[: first.header_rows] == head:
        rows = rows[first.header_rows :]
    filled = []
    above = first.rows[-1][0]
    for row in rows:
        above = above if not row[0] else ""
        filled.append((above or row[0], *row[1:]))
    rows = tuple(filled)
    if rows:
        rows = ((mark + rows[0][0], *rows[0][1:]), *rows[1:])
    return Table(first.rows + rows, first.header_rows)


def _titled(blocks: Sequence[Block], title: str) -> list[Block]:
    """The blocks under the title, which is the only heading of the first level."""
    below = [Heading(2, b.text) if isinstance(b, Heading) and b.level == 1 else b for b in blocks]
    return [Heading(1, title), *below]


def read_pdf(path: Path, limits: Limits) -> SourceText:
    """The text with its page starts. Raises UnreadableSource: encrypted, damaged, scanned, too long."""
    from pdfminer.pdfexceptions import PDFException
    from pdfminer.psexceptions import PSException

    _check(path, limits)
    try:
        pages, title = read_pages(path)
    except (PDFException, PSException, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise _damaged(path) from error
    if sum(len(line.text) for line in _all_lines(pages)) < 2 * len(pages):
        raise UnreadableSource(
            f"{path.name}: 글자가 없는 스캔 문서입니다. 글자 인식(OCR)을 거친 PDF나 원본 문서를 넣어 주세요."
        )
    blocks = _Assembler(pages).blocks()
    return render(outlined(_titled(blocks, title) if title else blocks), paged=True)
