"""A source in Markdown → the blocks that every writer sets: headings, paragraphs, items, tables."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: level 1 is the title of the document."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Item | Table


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The blocks of a source. Lines of a paragraph are joined; nothing but `#`, `- ` and pipe tables is known."""
    blocks: list[Block] = []
    rows: list[tuple[str, ...]] = []
    for line in [*markdown.splitlines(), ""]:
        if line.startswith("|"):
            if not re.fullmatch(r"[|\s:-]+", line):
                rows.append(tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            blocks.append(Table(tuple(rows)))
            rows = []
        if heading := re.match(r"(#+) (.+)", line):
            blocks.append(Heading(len(heading[1]), heading[2].strip()))
        elif line.startswith("- "):
            blocks.append(Item(line[2:].strip()))
        elif line.strip():
            blocks.append(Paragraph(line.strip()))
    return tuple(blocks)
