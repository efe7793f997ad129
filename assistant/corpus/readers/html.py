"""HTML by Beautiful Soup: headings, paragraphs, lists and tables of the page; its navigation is left out."""

import re
from collections.abc import Iterator
from typing import Any

from assistant.corpus.readers.blocks import Block, Heading, Item, Paragraph, one_line, render
from assistant.corpus.readers.outline import blocks_of
from assistant.corpus.readers.tables import Cell, table_blocks
from assistant.domain import SourceText

_LEFT_OUT = (
    "script",
    "style",
    "noscript",
    "nav",
    "header",
    "footer",
    "aside",
    "template",
    "svg",
    "button",
    "select",
)
_INLINE = re.compile(
    r"(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt|ruby|s|samp"
    r"|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)"
)
_HEADING = re.compile(r"^h([1-6])$")
_DEEPEST = 200
_LARGEST_SPAN = 200


def _number(tag: Any, name: str) -> int:
    value = str(tag.get(name, "1")).strip()
    return min(max(int(value), 1), _LARGEST_SPAN) if value.isdecimal() else 1


def _table(table: Any, depth: int) -> list[Block]:
    taken: set[tuple[int, int]] = set()
    cells = []
    caption = table.find("caption", recursive=False)
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    for r, row in enumerate(rows):
        c = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (r, c) in taken:
                c += 1
            height, width = _number(cell, "rowspan"), _number(cell, "colspan")
            taken |= {(r + i, c + j) for i in range(height) for j in range(width)}
            heads = cell.name == "th" and (cell.find_parent("thead") is not None or r == 0 or width > 1)
            cells.append(Cell(r, c, tuple(_blocks(cell, depth + 1)), height, width, heads))
            c += width
    title: list[Block] = [Paragraph(one_line(caption.get_text(" ")))] if caption else []
    return title + table_blocks(cells)


def _list(tag: Any, level: int, depth: int) -> Iterator[Block]:
    for child in tag.find_all(["li", "dt", "dd"], recursive=False):
        inner = [block for block in _blocks(child, depth + 1, level + 1) if not _is_blank(block)]
        if inner and isinstance(inner[0], (Paragraph, Heading)):
            yield Item(level + (child.name == "dd"), inner[0].text)
            inner = inner[1:]
        elif inner and isinstance(inner[0], Item) and not child.find(["ul", "ol"]):
            yield Item(level, inner[0].text)
            inner = inner[1:]
        yield from inner


def _is_blank(block: Block) -> bool:
    return isinstance(block, (Paragraph, Item, Heading)) and not block.text.strip()


def _blocks(tag: Any, depth: int = 0, level: int = 0) -> list[Block]:
    """The blocks below a tag; running text between them is gathered into paragraphs, `<br>` ends a line."""
    blocks: list[Block] = []
    words: list[str] = []

    def close() -> None:
        line = one_line("".join(words))
        words.clear()
        if line:
            blocks.extend(blocks_of(line))

    for child in tag.children if depth < _DEEPEST else ():
        name = getattr(child, "name", None)
        if name is None:
            words.append(re.sub(r"\s+", " ", str(child)) if type(child).__name__ == "NavigableString" else "")
        elif _INLINE.fullmatch(name) and not child.find(["table", "ul", "ol", "p", "div", "br"]):
            words.append(re.sub(r"\s+", " ", child.get_text()))
        else:
            close()
            heading = _HEADING.match(name)
            if heading:
                blocks.append(Heading(int(heading.group(1)), one_line(child.get_text(" "))))
            elif name in ("ul", "ol", "dl"):
                blocks.extend(_list(child, level, depth + 1))
            elif name == "table":
                blocks.extend(_table(child, depth + 1))
            else:
                blocks.extend(_blocks(child, depth + 1, level))
    close()
    return blocks


def read_html(raw: bytes) -> SourceText:
    """The text of a page, in the encoding it names or shows; headed by its title where it has no `h1`."""
    from bs4 import BeautifulSoup

    encoding = "utf-8" if raw.startswith(b"\xef\xbb\xbf") else None
    soup = BeautifulSoup(raw, "html.parser", from_encoding=encoding)
    for tag in soup.find_all(_LEFT_OUT):
        tag.decompose()
    title = soup.title.get_text() if soup.title else ""
    for tag in soup.find_all(["title", "head"]):
        tag.decompose()
    blocks = _blocks(soup)
    if title.strip() and soup.find("h1") is None:
        blocks = [Heading(1, one_line(title)), *blocks]
    return render(blocks)
