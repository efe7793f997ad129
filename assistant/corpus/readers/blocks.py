"""The parts every laid-out format is taken to pieces into, and the one way they become Markdown."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.corpus.readers.plain import tidy
from assistant.domain import SourceText

PAGE_BREAK = "\f"
"""Stands in a block's text where the next page begins; removed when the text is rendered."""

_MARKUP = re.compile(r"^(?=[#|>]|---|\+ |\* )")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, on one line."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list; `depth` is 0 for the outermost."""

    depth: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose merged cells are filled; the first `header_rows` rows name the columns."""

    rows: tuple[tuple[str, ...], ...]
    header_rows: int = 1


Line = Heading | Paragraph | Item
Block = Line | Table


def one_line(text: str) -> str:
    """The text with every run of spaces and line breaks as one space; page breaks stay."""
    return re.sub(r" {2,}", " ", tidy(text)).strip(" ")


def flat_header(rows: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """One name a column: the distinct names above it, joined by ` / `."""
    names = []
    for column in zip(*rows, strict=True):
        distinct: list[str] = []
        for name in column:
            if name and name not in distinct:
                distinct.append(name)
        names.append(" / ".join(distinct))
    return tuple(names)


def pipe_table(table: Table) -> str:
    """The table as a Markdown pipe table with one header row; the widest row counts the columns."""
    width = max(len(row) for row in table.rows)
    rows = tuple(tuple(one_line(cell).replace("|", "\\|") for cell in row) for row in table.rows)
    rows = tuple(row + ("",) * (width - len(row)) for row in rows)
    head = min(max(table.header_rows, 1), len(rows))
    lines = [flat_header(rows[:head]), ("---",) * width, *rows[head:]]
    return "\n".join(_breaks_first("| " + " | ".join(line) + " |") for line in lines)


def _breaks_first(line: str) -> str:
    """The line with its page breaks moved to its front: a row is cited with the page it stands on."""
    return PAGE_BREAK * line.count(PAGE_BREAK) + line.replace(PAGE_BREAK, "")


def _markdown(block: Block) -> str:
    if isinstance(block, Table):
        return pipe_table(block)
    text = one_line(block.text)
    bare = text.lstrip(PAGE_BREAK + " ")
    breaks = PAGE_BREAK * text[: len(text) - len(bare)].count(PAGE_BREAK)
    match block:
        case Heading(level, _):
            return breaks + "#" * min(max(level, 1), 6) + " " + bare
        case Item(depth, _):
            return breaks + "  " * depth + "- " + bare
    return breaks + _MARKUP.sub(r"\\", bare)


def _worth(block: Block) -> bool:
    if isinstance(block, Table):
        return any(cell.strip() for row in block.rows for cell in row)
    return bool(block.text.strip())


def render(blocks: Iterable[Block], paged: bool = False) -> SourceText:
    """Markdown of the blocks; where `paged`, each PAGE_BREAK in them starts the next page."""
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if not _worth(block):
            if PAGE_BREAK in getattr(block, "text", ""):
                parts.append(block.text)  # type: ignore[union-attr]  # tables without text carry no page break
            continue
        if before is not None:
            parts.append("\n" if isinstance(before, Item) and isinstance(block, Item) else "\n\n")
        parts.append(_markdown(block))
        before = block
    text = unicodedata.normalize("NFC", "".join(parts))
    text += "\n" if text.strip() else ""
    if not paged:
        return SourceText(text.replace(PAGE_BREAK, ""))
    starts, offset = [0], 0
    pages = text.split(PAGE_BREAK)
    for page in pages[:-1]:
        offset += len(page)
        starts.append(offset)
    return SourceText("".join(pages), tuple(starts))
