"""Headings and list items of Korean official writing, told by their numbering: Ⅰ. 1. 가. □ ○ - ※."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.corpus.readers.blocks import PAGE_BREAK, Block, Heading, Item, Line, Paragraph

_LONGEST_HEADING = 45
_LONGEST_CONTENTS = 300
_LETTER = "[가나다라마바사아자차카타파하]"

_HEADINGS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (2, re.compile(r"^(?:[Ⅰ-Ⅻ]\s?[.．]?|(?:I{1,3}|I?V|VI{1,3}|I?X)\.|제\s?\d+\s?[장편])\s*(?=\S)")),
    (3, re.compile(r"^(?:제\s?\d+\s?절|\d{1,2}\s?[.．](?!\s?\d)|\d{1,2}-\d{1,2}\.)\s*(?=\S)")),
    (4, re.compile(rf"^{_LETTER}\s?[.．]\s*(?=\S)")),
    (5, re.compile(r"^[□■❏◆◈▣]\s*(?=\S)")),
    (5, re.compile(r"^(?:\[[^\]]{2,30}\]|【[^】]{2,30}】|<[^<>]{2,30}>|〈[^〉]{2,30}〉)$")),
)
_ITEMS: tuple[tuple[re.Pattern[str], bool], ...] = (
    (re.compile(r"^[□■❏◆◈▣▶►☞]\s*(?=\S)"), True),
    (re.compile(r"^(?:[○●◦⦁❍ㅇ◯]|[oO](?=\s))\s*(?=\S)"), True),
    (re.compile(r"^\d{1,2}\.(?!\d)\s*(?=\S)"), False),
    (re.compile(rf"^{_LETTER}\.\s*(?=\S)"), False),
    (re.compile(r"^\d{1,2}\s?\)\s*(?=\S)"), False),
    (re.compile(rf"^{_LETTER}\s?\)\s*(?=\S)"), False),
    (re.compile(r"^\(\d{1,2}\)\s*(?=\S)"), False),
    (re.compile(rf"^\({_LETTER}\)\s*(?=\S)"), False),
    (re.compile(r"^[①-⑳㉠-㉭ⓐ-ⓩ]\s*(?=\S)"), False),
    (re.compile(r"^(?:[-–—―‑−]\s*(?=[^\s\d-])|[-–—―‑−]\s+(?=\S))"), True),
    (re.compile(r"^[▪▫·•‣∙ㆍ・‧✓✔\uf000-\uf0ff]\s*(?=\S)"), True),
    (re.compile(r"^(?:※|＊|\*{1,3}(?=\s?[^*\s]))\s*(?=\S)"), False),
)
"""Marks from the outermost to the innermost; True where the mark is a mere bullet and is not kept."""

NOTE_RANK = len(_ITEMS) - 1
_CIRCLED = next(i for i, (mark, _) in enumerate(_ITEMS) if mark.match("① 가"))
_ARTICLE = re.compile(r"^(제\s?\d+조(?:의\s?\d+)?\s?\([^()]{1,40}\))\s+(?=\S)")
_SENTENCE_END = re.compile(r"(?:[다함음됨임것]|[세어아에예해나까지네데려]요|[.;,:!?])$")
_LEADER = re.compile(r"[·.…‥\s]{4,}\s*[ivx\d]+$|[·…‥]{3,}")
_LABEL = re.compile(r"\s:\s|：|:\s")


def starts_block(line: str) -> bool:
    """Whether the line opens with a mark that starts a heading or an item."""
    line = line.replace(PAGE_BREAK, "").strip()
    return any(mark.match(line) for _, mark in _HEADINGS) or any(mark.match(line) for mark, _ in _ITEMS)


def is_contents_line(line: str) -> bool:
    """Whether the line belongs to a table of contents: a title, dots, a page number."""
    return len(line) <= _LONGEST_CONTENTS and _LEADER.search(line.replace(PAGE_BREAK, "").strip()) is not None


def could_head(line: str) -> bool:
    """Whether the line is short enough for a heading and neither a sentence nor a line of contents."""
    line = line.replace(PAGE_BREAK, "").strip()
    return 1 < len(line) <= _LONGEST_HEADING and not _SENTENCE_END.search(line) and not is_contents_line(line)


def heading_level(line: str) -> int | None:
    """The level of a line that can be a heading by its numbering and its length, None for anything else."""
    line = line.strip()
    if not could_head(line) or _LABEL.search(line):
        return None
    return next((level for level, mark in _HEADINGS if mark.match(line)), None)


def blocks_of(line: str) -> list[Block]:
    """The line as heading, item or paragraph, judged alone; a statute's article as heading and text.

    An item's depth is the rank of its mark until `nested` has seen its neighbours. Page breaks stay.
    """
    return [*_lines_of(line)]


def _lines_of(line: str) -> list[Line]:
    bare = line.lstrip(PAGE_BREAK + " ").rstrip(" ")
    article = _ARTICLE.match(bare)
    level = heading_level(bare)
    found: list[Line] = [Paragraph(bare)]
    if article:
        found = [Heading(4, article.group(1)), *_lines_of(bare[article.end() :])]
    elif level is not None:
        found = [Heading(level, re.sub(r"^[□■❏◆◈▣]\s*", "", bare))]
    else:
        for rank, (mark, bullet) in enumerate(_ITEMS):
            match = mark.match(bare)
            if match:
                found = [Item(rank, bare[match.end() :] if bullet else bare)]
                break
    lost = line.count(PAGE_BREAK) - sum(block.text.count(PAGE_BREAK) for block in found)
    found[0] = replace(found[0], text=PAGE_BREAK * lost + found[0].text)
    return found


def nested(blocks: Iterable[Block]) -> list[Block]:
    """Items whose rank is made the depth at which they stand below the items before them."""
    done: list[Block] = []
    open_ranks: list[int] = []
    circled_outermost = False
    for block in blocks:
        if not isinstance(block, Item):
            open_ranks, circled_outermost = [], False
            done.append(block)
            continue
        rank = block.depth
        if rank == _CIRCLED:
            circled_outermost = circled_outermost or not open_ranks
            rank = -1 if circled_outermost else rank
        while open_ranks and (rank in open_ranks or open_ranks[-1] > rank):
            open_ranks.pop()
        done.append(Item(min(len(open_ranks), 5), block.text))
        open_ranks.append(rank)
    return done


def outlined(blocks: Sequence[Block]) -> list[Block]:
    """Nested blocks in which headings that head nothing are items: `1. 신청서` `2. 통장 사본` is a list."""
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
                done.append(Item(2, block.text))
                continue
        demoted = None
        done.append(block)
    return nested(done)
