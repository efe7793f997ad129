"""Text messages: SMS up to 90 bytes of EUC-KR, LMS up to 2,000 (Naver Cloud SENS; Aligo)."""

from dataclasses import dataclass

from assistant.channels.outline import listed, outline
from assistant.domain import Answer

SMS_BYTES = 90
LMS_BYTES = 2000
SUBJECT_BYTES = 40
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "•": "·", "‧": "·", "∙": "·", "\u00a0": " ", "▪": "·", "☎": "", "➡": "→"}
)


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A draft: kind is SMS or LMS; gateways turn `unsendable` characters, which EUC-KR lacks, into "?"."""

    kind: str
    text: str
    subject: str | None
    size: int
    unsendable: tuple[str, ...]


def byte_count(text: str) -> int:
    """Bytes of a text in EUC-KR: ASCII 1, everything else 2, also what cannot be encoded."""
    return sum(1 if ord(character) < 128 else 2 for character in text)


def unsendable(text: str) -> tuple[str, ...]:
    """The characters of a text that EUC-KR does not have, each once."""
    return tuple(dict.fromkeys(c for c in text if not _sendable(c)))


def sms_draft(answer: Answer) -> TextMessage | None:
    """One sentence with its source in 90 bytes; None where that cannot be done without cutting a sentence.

    Bulletins stand before it; where both do not fit, the bulletins and whom to call are the message.
    """
    lines = outline(answer)
    if lines.hotlines or lines.status:
        return None
    title = answer.citations[0].title if answer.citations else ""
    tries = [[*lines.notices, f"{lines.answer[0]} [{title}]"]] if len(lines.answer) == 1 else []
    if lines.notices:
        first = [f"문의: {c.name} {c.phone}" for c in answer.contacts[:1]]
        tries += [[*lines.notices, lines.contacts or ""], [*lines.notices, *first]]
    texts = ("\n".join(line for line in parts if line).translate(_PLAIN) for parts in tries)
    fitting = next((text for text in texts if byte_count(text) <= SMS_BYTES), None)
    return _message(fitting, None) if fitting is not None else None


def lms_draft(answer: Answer) -> TextMessage:
    """The whole message, the programme first; past 2,000 bytes whole lines go, conditions first; the source
    line stays.

    Where bulletins leave no room, they and whom to call stay.
    """
    lines = outline(answer)
    head = [line for line in (lines.hotlines, *lines.few_notices) if line]
    status = [lines.status] if lines.status else []
    title = [lines.programme] if lines.programme else []
    said, windows, confirm = list(lines.answer), list(lines.windows), list(lines.confirm)
    tail = [line for line in (lines.contacts, *lines.sources) if line]

    def draft() -> str:
        parts = [*head, *title, *status, *said, *windows, *listed(confirm), *tail]
        return "\n".join(parts).translate(_PLAIN)

    optional = (title, said, windows, confirm)
    while any(optional) and byte_count(draft()) > LMS_BYTES:
        next(part for part in reversed(optional) if part).pop()
    while len(tail) > 1 and byte_count(draft()) > LMS_BYTES:
        tail.pop()
    return _message(draft(), _subject(answer))


def _subject(answer: Answer) -> str:
    """The title of the first source, cut at 40 bytes."""
    subject = (answer.citations[0].title if answer.citations else "복지 상담 안내").translate(_PLAIN)
    while byte_count(subject) > SUBJECT_BYTES:
        subject = subject[:-1]
    return subject.strip()


def _message(text: str, subject: str | None) -> TextMessage:
    size = byte_count(text)
    return TextMessage("SMS" if size <= SMS_BYTES else "LMS", text, subject, size, unsendable(text))


def _sendable(character: str) -> bool:
    """Whether KS X 1001 has it; Python spells rarer syllables in eight bytes, which no phone reads."""
    try:
        return len(character.encode("euc_kr")) <= 2
    except UnicodeEncodeError:
        return False
