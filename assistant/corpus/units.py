"""Sections → units: sentences, list items and table rows, each with its exact span and what must be cited
beside it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain import Span, Unit, UnitKind

_MARKER = re.compile(
    r"^([ \t]*)(?:[-*+•·○●◦□■▶▷◆◇✓☞▪→]+|\(?\d{1,2}[.)](?=\s)|[①-⑳]|[가-하][.)](?=\s)|[ⅠⅡⅢⅣⅤ]\.)[ \t]*"
)
_ROW = re.compile(r"^[ \t]*\|(.*)\|[ \t]*$")
_RULE = re.compile(r"^[ \t]*\|?[ \t:|-]*-[ \t:|-]*\|?[ \t]*$")
_SENTENCE_END = re.compile(
    r"(?:(?<=[다요죠까음임함됨])[.]|[?!])[\"'”’)]*\s+|(?<=[가-힣)%])\.\s+(?=[가-힣A-Z(「『※])|<br\s*/?>"
)
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_BREAK = re.compile(r"<br\s*/?>")
_MARKUP = re.compile(r"\*\*|__|`|\\(?=[|*_])")
_SYMBOLS = re.compile(r"^[\s※☞▶□○◦•·*-]+|[☎☏]")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def clean(words: str) -> str:
    """Words as they are said: without Markdown, bullets and symbols, white space folded; nothing reworded."""
    words = _MARKUP.sub("", _BREAK.sub(" ", _LINK.sub(r"\1", words)))
    words = _SYMBOLS.sub("", words)
    return re.sub(r"\s+", " ", words).strip()


def split_units(text: str, start: int, end: int) -> tuple[Unit, ...]:
    """Units of `text[start:end]`, in order; spans are code points of `text`."""
    lines = [
        _Line(m.group().rstrip("\n"), start + m.start())
        for m in re.finditer(r"[^\n]*\n|[^\n]+", text[start:end])
    ]
    units: list[Unit] = []
    lead: Span | None = None
    parents: list[tuple[int, Span]] = []
    i = 0
    while i < len(lines):
        line = lines[i]
        if _is_table(lines, i):
            stop = next((j for j in range(i, len(lines)) if not _ROW.match(lines[j].text)), len(lines))
            units += _rows(lines[i:stop], text)
            i = stop
            continue
        if not line.text.strip() or _RULE.match(line.text) or line.text.startswith("#"):
            i, parents = i + 1, parents if line.text.startswith(" ") else []
            continue
        marker = _MARKER.match(line.text)
        stop = i + 1
        while stop < len(lines) and _continues(lines[stop].text):
            stop += 1
        span = _trimmed(text, line.start + (marker.end() if marker else 0), lines[stop - 1].end)
        if marker:
            depth = len(marker.group(1).expandtabs(4))
            parents = [(d, s) for d, s in parents if d < depth]
            context = parents[-1][1] if parents else lead
            units += _sentences(text, span, UnitKind.ITEM, context)
            parents.append((depth, span))
        else:
            parents = []
            units += _sentences(text, span, UnitKind.SENTENCE, None)
            lead = span if text[span.start : span.end].rstrip("* ").endswith((":", "\uff1a")) else None
        i = stop
    return tuple(units)


def _is_table(lines: list[_Line], i: int) -> bool:
    return bool(_ROW.match(lines[i].text)) and i + 1 < len(lines) and bool(_RULE.match(lines[i + 1].text))


def _continues(line: str) -> bool:
    return bool(line.strip()) and not (
        _MARKER.match(line) or _ROW.match(line) or line.startswith(("#", "**"))
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return Span(start + left, max(start + left, start + len(words.rstrip())))


def _sentences(text: str, span: Span, kind: UnitKind, lead: Span | None) -> Iterator[Unit]:
    """Sentences of a paragraph or item; a bare item (no sentence end) and a short reply are led by their
    lead-in."""
    begin = span.start
    ends = [m.end() + span.start for m in _SENTENCE_END.finditer(text[span.start : span.end])] + [span.end]
    for position, end in enumerate(ends):
        part = _trimmed(text, begin, end)
        begin = end
        words = clean(text[part.start : part.end])
        if not re.search(r"[\w가-힣]", words):
            continue
        context: tuple[Span, ...] = ()
        if lead and (position == 0 and not is_sentence(words)):
            words, context = f"{clean(text[lead.start : lead.end])} {words}", (lead,)
        yield Unit(kind, words, part, context)


def is_sentence(words: str) -> bool:
    """Whether words stand by themselves: they end as a Korean sentence does."""
    return bool(re.search(r"(?:니다|세요|어요|아요|해요|예요|에요|시오|다)[.!]?\)?$", words))


def table_cells(row: str) -> list[str]:
    """The cells of a pipe table's row; an escaped `\\|` is no border."""
    inner = row.strip().removeprefix("|")
    inner = inner.removesuffix("|") if not inner.endswith("\\|") else inner
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _rows(lines: list[_Line], text: str) -> Iterator[Unit]:
    """Rows of a pipe table with their header; an empty leading cell takes the value above, whose row is
    cited too."""
    header = [clean(cell) for cell in table_cells(lines[0].text)]
    header_span = _trimmed(text, lines[0].start, lines[0].end)
    above: list[tuple[str, Span]] = []
    for line in lines[2:]:
        span = _trimmed(text, line.start, line.end)
        values = [clean(cell) for cell in table_cells(line.text)]
        context = [header_span]
        for column, value in enumerate(values):
            if value or column >= len(above) or any(values[:column]) or not above[column][0]:
                continue
            values[column] = above[column][0]
            context.append(above[column][1])
        own = [clean(cell) for cell in table_cells(line.text)]
        above = [
            (
                value,
                span
                if column < len(own) and own[column]
                else above[column][1]
                if column < len(above)
                else span,
            )
            for column, value in enumerate(values)
        ]
        cells = tuple((h, v) for h, v in zip(header, values, strict=False) if v)
        if cells:
            words = " · ".join(f"{h}: {v}" if h else v for h, v in cells)
            yield Unit(UnitKind.ROW, words, span, tuple(dict.fromkeys(context)), cells)
