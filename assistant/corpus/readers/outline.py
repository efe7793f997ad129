"""Headings and list items of Korean official writing, told by their numbering: Ⅰ. 1. 가. □ ○ - ※."""

import re
from collections.abc import Sequence

from assistant.corpus.readers.blocks import PAGE_BREAK, Block, Heading, Item, Paragraph

_LONGEST_HEADING = 45

_HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"^(?:[Ⅰ-Ⅻ]|제\s?\d+\s?[장편])\s?[.．]?\s*(?=\S)")),
    (3, re.compile(r"^(?:제\s?\d+\s?절|\d{1,2}\s?[.．](?!\s?\d)|\d{1,2}-\d{1,2}\.)\s*(?=\S)")),
    (4, re.compile(r"^[가나다라마바사아자차카타파하]\s?[.．]\s*(?=\S)")),
    (5, re.compile(r"^[□■❏◆◈▣]\s*(?=\S)")),
)
_ITEMS: tuple[tuple[int, re.Pattern[str], bool], ...] = (
    (0, re.compile(r"^[□■❏◆◈▣▶►☞]\s*(?=\S)"), True),
    (0, re.compile(r"^(?:[○●◦⦁❍ㅇ◯]|[oO](?=\s))\s*(?=\S)"), True),
    (0, re.compile(r"^\d{1,2}\s?[)．]\s*(?=\S)|^\d{1,2}\.(?!\d)\s*(?=\S)"), False),
    (1, re.compile(r"^(?:[가나다라마바사아자차카타파하]\s?[).]|[①-⑳㉠-㉭ⓐ-ⓩ])\s*(?=\S)"), False),
    (1, re.compile(r"^(?:[-–—―‑−]\s*(?=[^\s\d-])|[-–—―‑−]\s+(?=\S))"), True),
    (1, re.compile(r"^[▪▫·•‣∙ㆍ・‧✓✔]\s*(?=\S)"), True),
    (1, re.compile(r"^\((?:\d{1,2}|[가나다라마바사아자차카타파하])\)\s*(?=\S)"), False),
    (1, re.compile(r"^(?:※|＊|\*{1,3}(?=\s?[^*\s]))\s*(?=\S)"), False),
)
_SENTENCE_END = re.compile(r"(?:[다요함음됨임것][.]?|[.;,:!?])$")
_LEADER = re.compile(r"[·.…‥\s]{4,}\s*[ivx\d]+$|[·…‥]{3,}")


def starts_block(line: str) -> bool:
    """Whether the line opens with a mark that starts a heading or an item."""
    line = line.replace(PAGE_BREAK, "").strip()
    return any(mark.match(line) for _, mark in _HEADINGS) or any(mark.match(line) for _, mark, _ in _ITEMS)


def is_contents_line(line: str) -> bool:
    """Whether the line belongs to a table of contents: a title, dots, a page number."""
    return _LEADER.search(line.replace(PAGE_BREAK, "").strip()) is not None


def heading_level(line: str) -> int | None:
    """The level of a line that can be a heading by its numbering and its length, None for anything else."""
    line = line.strip()
    if len(line) > _LONGEST_HEADING or _SENTENCE_END.search(line) or is_contents_line(line):
        return None
    return next((level for level, mark in _HEADINGS if mark.match(line)), None)


def block_of(line: str) -> Block:
    """The line as a heading, an item or a paragraph, judged alone. Page breaks in it stay."""
    breaks = PAGE_BREAK * (len(line) - len(line.lstrip(PAGE_BREAK + " ")) and line.count(PAGE_BREAK))
    bare = line.replace(PAGE_BREAK, "") if breaks else line
    bare = bare.strip()
    level = heading_level(bare)
    if level is not None:
        return Heading(level, breaks + re.sub(r"^[□■❏◆◈▣]\s*", "", bare))
    for depth, mark, bullet in _ITEMS:
        match = mark.match(bare)
        if match:
            return Item(depth, breaks + (bare[match.end() :] if bullet else bare))
    return Paragraph(breaks + bare)


def outlined(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with headings that head nothing turned into items: `1. 신청서` `2. 통장 사본` is a list."""
    done: list[Block] = []
    demoted: int | None = None
    for i, block in enumerate(blocks):
        if isinstance(block, Heading) and block.level >= 3:
            following = blocks[i + 1] if i + 1 < len(blocks) else None
            childless = following is None or (
                isinstance(following, Heading) and following.level <= block.level
            )
            if childless or demoted == block.level:
                demoted = block.level
                done.append(Item(0, block.text))
                continue
        demoted = None
        done.append(block)
    return done
