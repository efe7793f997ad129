"""Kakao messages: one text bubble of at most 1,000 characters, as skill responses v2.0 and 알림톡 have it."""

from assistant.channels.outline import outline
from assistant.domain import Answer

TEXT_LIMIT = 1000
FOLDED_AT = 400
"""Clients fold a longer bubble behind "더보기" at 400 or 500 characters, so what matters most comes first."""


def kakao_draft(answer: Answer) -> str:
    """A message in short paragraphs; past 1,000 characters whole lines go, conditions first; sources stay.

    Where bulletins leave no room, they and whom to call stay.
    """
    lines = outline(answer)
    head = [line for line in (lines.hotlines, *lines.few_notices, lines.status) if line]
    blocks = [
        list(lines.answer),
        [f"· {w}" for w in lines.windows],
        ["꼭 확인해 주세요.", *(f"· {c}" for c in lines.confirm)] if lines.confirm else [],
    ]
    missing = [lines.missing] if lines.missing else []
    tail = [line for line in (lines.contacts, *lines.sources) if line]
    while len(_joined(head, *blocks, missing + tail)) > TEXT_LIMIT and any(blocks):
        next(block for block in reversed(blocks) if block).pop()
    while len(_joined(head, *blocks, missing + tail)) > TEXT_LIMIT and len(tail) > 1:
        tail.pop()
    return _joined(head, *blocks, missing + tail)[:TEXT_LIMIT]


def _joined(*blocks: list[str]) -> str:
    return "\n\n".join("\n".join(block) for block in blocks if block)
