"""From cells with spans to tables with one header: merged cells filled, layout undone."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.corpus.readers.blocks import Block, Item, Paragraph, Table, one_line
from assistant.corpus.readers.outline import blocks_of

_LARGEST_SPAN = 1_000
_LARGEST_GRID = 2_000_000
_DEEPEST_HEADER = 3
_LONGEST_NAME = 40
_FORM_SHARE = 0.35
_COLUMN_WORDS = re.compile(
    r"^(?:구\s*분|항\s*목|내\s*용|비\s*고|금\s*액|종\s*류|유\s*형|단\s*계|대\s*상|기\s*준|연\s*번|순\s*번|번\s*호|주요\s?내용"
    r"|세부\s?내용|설\s*명|시\s*기|일\s*정|기\s*간|절\s*차|급\s*여|지원\s?(?:내용|금액|대상)|담당|부\s*서|전화번호|증빙서류)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at `row`, `column` (from 0) over `rows` × `columns` places; `header` as the format marks it."""

    row: int
    column: int
    blocks: tuple[Block, ...]
    rows: int = 1
    columns: int = 1
    header: bool = False

    @property
    def text(self) -> str:
        """All that stands in the cell, on one line."""
        return flat(self.blocks)


def flat(blocks: Iterable[Block]) -> str:
    """The blocks on one line; tables among them are left to stand by themselves."""
    parts: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            continue
        if isinstance(block, Item) and parts:
            parts.append(block.text if re.match(r"[\d(①-⑳※*]", block.text) else f"· {block.text}")
        else:
            parts.append(block.text)
    return one_line(" ".join(part for part in parts if part.strip()))


def _without_blanks(cell: Cell) -> Cell:
    kept = tuple(b for b in cell.blocks if isinstance(b, Table) or b.text.strip())
    return replace(cell, blocks=kept)


@dataclass(frozen=True, slots=True)
class _Place:
    """What covers one place of the grid: which cell, and its text."""

    cell: Cell
    text: str


_Row = tuple[_Place | None, ...]


def _grid(cells: Sequence[Cell]) -> list[_Row]:
    """Rows of places, every merged cell in all of its; rows and columns that say nothing are gone."""
    places = [_Place(cell, cell.text) for cell in map(_without_blanks, cells)]
    height = max(
        (p.cell.row + min(max(p.cell.rows, 1), _LARGEST_SPAN) for p in places if p.cell.blocks), default=0
    )
    width = max((p.cell.column + min(max(p.cell.columns, 1), _LARGEST_SPAN) for p in places), default=0)
    if not height or not width:
        return []
    height = min(height, max(1, _LARGEST_GRID // width))
    grid: list[list[_Place | None]] = [[None] * width for _ in range(height)]
    for place in sorted(places, key=lambda p: (p.cell.rows * p.cell.columns == 1, p.cell.row, p.cell.column)):
        cell = place.cell
        for r in range(cell.row, min(cell.row + max(cell.rows, 1), height)):
            for c in range(cell.column, min(cell.column + max(cell.columns, 1), width)):
                grid[r][c] = grid[r][c] or place
    rows = [row for i, row in enumerate(grid) if _says_more(row, grid[i - 1] if i else [None] * width)]
    kept = [c for c in range(width) if any(_begins(row, c) for row in rows)]
    return [tuple(row[c] for c in kept) for row in rows]


def _says_more(row: Sequence[_Place | None], above: Sequence[_Place | None]) -> bool:
    """Whether a cell with text, or with a table, begins in this row."""
    return any(
        place and place is not over and place.cell.blocks for place, over in zip(row, above, strict=True)
    )


def _begins(row: Sequence[_Place | None], column: int) -> bool:
    place = row[column]
    return place is not None and bool(place.cell.blocks) and (column == 0 or row[column - 1] is not place)


def _texts(row: _Row) -> tuple[str, ...]:
    return tuple(place.text if place else "" for place in row)


def _distinct(row: _Row) -> list[_Place]:
    """The cells of a row that have text, each once, from left to right."""
    return list({id(place): place for place in row if place and place.text}.values())


def _inner_tables(rows: Iterable[_Row]) -> list[Block]:
    """The tables that stand in cells of the rows: they follow the table they were drawn in."""
    cells = {id(place.cell): place.cell for row in rows for place in row if place}
    return [block for cell in cells.values() for block in cell.blocks if isinstance(block, Table)]


def _is_band(row: _Row) -> bool:
    """Whether one cell covers the whole row: a title above, a caption between or a note below the table."""
    return len(row) > 1 and row[0] is not None and all(place is row[0] for place in row)


def _header_rows(rows: Sequence[_Row]) -> int:
    """How many rows name the columns: as marked, else as far as the first row reaches down; 0 for none."""
    marked = 0
    while marked < len(rows) - 1 and all(place is None or place.cell.header for place in rows[marked]):
        marked += 1
    if marked:
        return marked
    if any(len(place.text) > _LONGEST_NAME for place in _distinct(rows[0])):
        return 0
    if sum(1 for text in _texts(rows[0]) if not text) * 5 >= len(rows[0]) * 2:
        return 0
    if not any(place.cell.columns > 1 for place in _distinct(rows[0])):
        return 1
    deepest = max(sum(1 for row in rows if row[i] is place) for i, place in enumerate(rows[0]))
    return deepest if deepest <= _DEEPEST_HEADER and deepest < len(rows) else 1


def _is_form(rows: Sequence[_Row]) -> bool:
    """Whether the rows do not share columns, so that no header can name them: application forms, layout."""
    if not _header_rows(rows):
        return True
    if len(_distinct(rows[0])) == 2 and _header_rows(rows) == 1:
        return not _names_two_columns(rows)
    below = rows[_header_rows(rows) :]
    places = sum(len(row) for row in below)
    carried = sum(
        1 for row in below for c in range(1, len(row)) if row[c] is not None and row[c] is row[c - 1]
    )
    return carried > _FORM_SHARE * places


def _names_two_columns(rows: Sequence[_Row]) -> bool:
    """Whether a first row of two cells is a header, and not the first pair of a label and its text."""
    left, right = _texts(rows[0])[0], _texts(rows[0])[-1]
    if rows[0][0] is not None and rows[0][0].cell.header:
        return True
    if _COLUMN_WORDS.match(left) and _COLUMN_WORDS.match(right):
        return True
    if re.fullmatch(r"구\s*분|연\s*번|순\s*번|번\s*호|항\s*목|단\s*계", left):
        return len(right) <= _LONGEST_NAME
    figures = [bool(re.search(r"\d", _texts(row)[-1])) for row in rows[1:]]
    return (
        not re.search(r"\d", right)
        and len(right) <= 20
        and sum(figures) > 0.6 * len(figures)
        and len(rows) > 2
    )


def _as_lines(rows: Iterable[_Row]) -> list[Block]:
    """Rows without a header: each a line, `표제: 내용 · 내용`, or the blocks of its only cell."""
    blocks: list[Block] = []
    for row in rows:
        places = _distinct(row)
        if len(places) == 1:
            blocks += places[0].cell.blocks
        elif len(places) == 2 and len(places[1].cell.blocks) > 1 and len(places[1].text) > 80:
            blocks.append(Paragraph(f"{places[0].text}:"))
            blocks += places[1].cell.blocks
        else:
            rest = " · ".join(place.text for place in places[1:])
            blocks.append(Item(0, f"{places[0].text}: {rest}"))
            blocks += _inner_tables([row])
    return blocks


def table_blocks(cells: Sequence[Cell]) -> list[Block]:
    """The table as blocks: bands set apart, what stands between them as tables under the same header.

    Rows and columns without text are dropped. A table of one row or one column is laid-out text, and one
    whose rows share no columns is a form: both become lines.
    """
    rows = _grid(cells)
    if not rows or not rows[0]:
        return []
    if len(rows) == 1:
        places = _distinct(rows[0])
        if len(places) == 1:
            return list(places[0].cell.blocks)
        return blocks_of(one_line(" ".join(place.text for place in places)))
    if len(rows[0]) == 1:
        return _as_lines(rows)
    blocks: list[Block] = []
    first = 0
    while first < len(rows) and _is_band(rows[first]):
        blocks += _distinct(rows[first])[0].cell.blocks
        first += 1
    body = rows[first:]
    if len(body) < 2 or _is_form(body):
        return blocks + _as_lines(body)
    return blocks + _split_at_bands(body)


def _split_at_bands(rows: Sequence[_Row]) -> list[Block]:
    depth = _header_rows(rows)
    header = tuple(_texts(row) for row in rows[:depth])
    blocks: list[Block] = []
    kept: list[_Row] = []

    def close() -> None:
        if kept:
            blocks.append(Table((*header, *map(_texts, kept)), depth))
            blocks.extend(_inner_tables(kept))
            kept.clear()

    for row in rows[depth:]:
        if _is_band(row):
            close()
            blocks.extend(_distinct(row)[0].cell.blocks)
        else:
            kept.append(row)
    close()
    return blocks
