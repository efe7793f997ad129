"""Characters of a PDF page to lines, and lines to whole sentences: what the page broke is joined again."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from assistant.corpus.readers.outline import starts_block
from assistant.corpus.readers.plain import tidy

_GAP_IN_SIZES = 0.19
_FULL_IN_SIZES = 1.1
_PARTICLE = re.compile(
    r"(?:.[을를는]|.에서|.으로|하여|위해|위한|따라|따른|대한|관한|또는)$|^(?:및|등)$|[,.;:%]$"
)
_OPEN_END = re.compile(r".[은는이가에의로와과도고며한할된될등인]$|" + _PARTICLE.pattern)
"""Ends of a line that want a space: sure ones, and likely ones where the file itself tells nothing."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with its box in points from the top left of the page, and its size."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page shows it. `spaced`: ends in a space; `first`: its first word's width in points."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    spaced: bool = False
    first: float = 0.0


def _line(glyphs: Sequence[Glyph]) -> Line | None:
    row = sorted(glyphs, key=lambda glyph: glyph.x0)
    inked = [glyph for glyph in row if glyph.text.strip()]
    if not inked:
        return None
    words: list[str] = []
    before: Glyph | None = None
    for glyph in row:
        if before is not None and glyph.x0 - before.x1 > _GAP_IN_SIZES * max(glyph.size, before.size):
            words.append(" ")
        words.append(glyph.text)
        before = glyph
    text = re.sub(r" {2,}", " ", tidy("".join(words)))
    space = next(
        (glyph.x0 for glyph in row if glyph.x0 > inked[0].x0 and not glyph.text.strip()), inked[-1].x1
    )
    return Line(
        text.strip(),
        inked[0].x0,
        inked[-1].x1,
        min(glyph.top for glyph in inked),
        max(glyph.bottom for glyph in inked),
        median(glyph.size for glyph in inked),
        text.endswith(" "),
        min(space, inked[-1].x1) - inked[0].x0,
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom: characters whose middles stand at nearly the same height share one."""
    rows: list[list[Glyph]] = []
    height = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle[1], glyph.x0)):
        middle = glyph.middle[1]
        if rows and middle - height <= 0.45 * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
        height = middle if len(rows[-1]) == 1 else max(height, middle - 0.2 * glyph.size)
    return [line for row in rows if (line := _line(row)) is not None]


class Joiner:
    """Decides whether two lines are one sentence, and whether a space belongs between them.

    The words of the document itself settle most cases: `국민건강보험` + `공단` is one word where the text
    elsewhere writes it as one.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        """Takes every line of the document."""
        known = list(lines)
        self._text = "\n".join(line.text for line in known)
        self._ends_in_spaces = sum(line.spaced for line in known) > max(2, 0.03 * len(known))

    def wraps(self, line: Line, following: Line, left: float, right: float) -> bool:
        """Whether `following` goes on with `line` in a column: its first word had no room there."""
        if (
            starts_block(following.text)
            or following.size > 1.15 * line.size
            or line.size > 1.15 * following.size
        ):
            return False
        if following.top - line.bottom > 1.6 * line.size:
            return False
        if re.search(r"(?:[다요]\.|[:：])$", line.text) and not line.spaced:
            return False
        return _room(line, left, right) < following.first + 0.6 * line.size

    def one_word(self, line: Line, following: Line, left: float, right: float) -> bool:
        """Whether the break between two lines of one sentence fell inside a word: no space belongs there."""
        last, first = line.text.split(" ")[-1], following.text.split(" ")[0]
        if line.spaced:
            return False
        if not re.search(r"[가-힣\d]$", last) or not re.match(r"[가-힣\d]", first):
            return bool(re.match(r"[)」』’”,.]", first) or re.search(r"[(「『‘“/]$", last))
        for tail in dict.fromkeys((first, first[:-1], first[:-2])):
            if tail and len(last) >= 2:
                together, apart = (self._text.count(f"{last}{gap}{tail}") for gap in ("", " "))
                if together != apart:
                    return together > apart
        if _room(line, left, right) > _FULL_IN_SIZES * line.size:
            return False
        return not (_PARTICLE if self._ends_in_spaces else _OPEN_END).search(last)

    def paragraphs(self, lines: Sequence[Line], left: float, right: float) -> list[str]:
        """The lines of one column or cell as paragraphs, each on one line."""
        done: list[str] = []
        for i, line in enumerate(lines):
            if i and self.wraps(lines[i - 1], line, left, right):
                done[-1] += ("" if self.one_word(lines[i - 1], line, left, right) else " ") + line.text
            else:
                done.append(line.text)
        return done


def _room(line: Line, left: float, right: float) -> float:
    """The points left free on the line: on both sides where it is centred."""
    centred = abs((line.x0 - left) - (right - line.x1)) < line.size
    return (right - left) - (line.x1 - line.x0) if centred else right - line.x1
