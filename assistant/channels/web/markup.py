"""Text → HTML: escaping, and a document's section as HTML in which quoted spans are marked."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

_ROW = re.compile(r"^[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
_BULLET = re.compile(r"^([ \t]*)(?:[-*+•·○●◦□■▶]|\d{1,2}[.)])[ \t]+")
_MARKUP = re.compile(r"\*\*|__|`")
_CELL_BORDER = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Mark:
    """Code points `[start:end)` of a section's text that citation `marker` quotes."""

    marker: int
    start: int
    end: int


def safe(text: str) -> str:
    """Text that can stand in HTML and in Gradio's HTML template: braces are escaped too."""
    return escape(text).replace("{", "&#123;").replace("}", "&#125;")


def element(name: str, content: str, **attributes: str) -> str:
    """An element around HTML content; attributes as in Python (`class_`, `data_marker`), escaped."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{safe(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>"


def section_html(text: str, marks: Sequence[Mark]) -> str:
    """A section's Markdown as HTML (paragraphs, lists, tables); words that are quoted stand in `<mark>`."""
    lines = [(m.start(), m.group().rstrip("\n")) for m in re.finditer(r"[^\n]*\n|[^\n]+", text)]
    parts: list[str] = []
    position = 0
    while position < len(lines):
        if _is_table(lines, position):
            stop = position
            while stop < len(lines) and _ROW.match(lines[stop][1]):
                stop += 1
            parts.append(_table(lines[position:stop], marks))
            position = stop
            continue
        parts.append(_line(*lines[position], marks))
        position += 1
    return "".join(parts)


def _is_table(lines: Sequence[tuple[int, str]], at: int) -> bool:
    return bool(_ROW.match(lines[at][1])) and at + 1 < len(lines) and bool(_RULE.match(lines[at + 1][1]))


def _line(start: int, line: str, marks: Sequence[Mark]) -> str:
    """One line that is no table row: a heading, an item or a paragraph."""
    if not line.strip():
        return ""
    if line.startswith("#"):
        body = line.lstrip("#")
        return f'<p class="subhead">{marked(body.strip(), start + len(line) - len(body.lstrip()), marks)}</p>'
    bullet = _BULLET.match(line)
    if bullet:
        depth = min(3, len(bullet.group(1).expandtabs(4)) // 2)
        words = marked(line[bullet.end() :], start + bullet.end(), marks)
        return f'<p class="item depth-{depth}">{words}</p>'
    return f"<p>{marked(line, start, marks)}</p>"


def _table(lines: Sequence[tuple[int, str]], marks: Sequence[Mark]) -> str:
    """A pipe table; a row that a mark touches has the class `cited`."""
    rows = []
    for position, (start, line) in enumerate(lines):
        if position == 1:
            continue
        name = "th" if position == 0 else "td"
        scope = ' scope="col"' if position == 0 else ""
        cells = "".join(
            f"<{name}{scope}>{marked(cell, at, marks)}</{name}>" for at, cell in _cells(start, line)
        )
        touched = position > 0 and any(m.start < start + len(line) and m.end > start for m in marks)
        rows.append(f'<tr class="cited">{cells}</tr>' if touched else f"<tr>{cells}</tr>")
    return (
        f'<div class="table"><table><thead>{rows[0]}</thead><tbody>{"".join(rows[1:])}</tbody></table></div>'
    )


def _cells(start: int, line: str) -> Iterator[tuple[int, str]]:
    """The cells of a table row with the offset at which each begins."""
    borders = [m.start() for m in _CELL_BORDER.finditer(line)]
    for left, right in pairwise(borders):
        cell = line[left + 1 : right]
        yield start + left + 1 + len(cell) - len(cell.lstrip()), cell.strip()


def marked(words: str, start: int, marks: Sequence[Mark]) -> str:
    """Words that begin at offset `start`, escaped, without markup; what marks cover stands in `<mark>`."""
    end = start + len(words)
    edges = {start, end}
    for mark in marks:
        edges |= {edge for edge in (mark.start, mark.end) if start < edge < end}
    ordered = sorted(edges)
    out = []
    for left, right in pairwise(ordered):
        piece = safe(_MARKUP.sub("", words[left - start : right - start]).replace("\\|", "|"))
        piece = re.sub(r"&lt;br\s*/?&gt;", "<br>", piece)
        own = [str(m.marker) for m in marks if m.start <= left and right <= m.end]
        out.append(f'<mark data-marker="{" ".join(own)}">{piece}</mark>' if own and piece.strip() else piece)
    return "".join(out)
