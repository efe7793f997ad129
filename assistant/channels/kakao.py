"""Kakao messages: one text bubble of at most 1,000 characters, as skill responses v2.0 and 알림톡 have it."""

from assistant.channels.outline import listed, outline
from assistant.domain import Answer

TEXT_LIMIT = 1000
FOLDED_AT = 400
"""Clients fold a longer bubble behind "더보기" at 400 or 500 characters, so what matters most comes first."""


def kakao_draft(answer: Answer) -> str:
    """A message in short paragraphs, the programme first; past 1,000 characters whole lines go, conditions
    first; sources stay.

    Where bulletins leave no room, they and whom to call stay.
    """
    lines = outline(answer)
    head = [line for line in (lines.hotlines, *lines.few_notices) if line]
    status, missing = [[line] if line else [] for line in (lines.status, lines.missing)]
    title = [lines.programme] if lines.programme else []
    said, windows, confirm = list(lines.answer), list(lines.windows), list(lines.confirm)
    tail = [line for line in (lines.contacts, *lines.sources) if line]

    def draft() -> str:
        opening = [title + status, said] if status else [title + said]
        return _joined(head, *opening, [f"· {w}" for w in windows], listed(confirm), [*missing, *tail])

    optional = (title, said, windows, confirm)
    while len(draft()) > TEXT_LIMIT and any(optional):
        next(part for part in reversed(optional) if part).pop()
    while len(draft()) > TEXT_LIMIT and len(tail) > 1:
        tail.pop()
    return draft()[:TEXT_LIMIT]


def _joined(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)
