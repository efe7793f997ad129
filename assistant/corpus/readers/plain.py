"""From bytes to the normal form of text: one encoding, one form of line end, one form of Unicode."""

import re
import unicodedata

from assistant.errors import UnreadableSource

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\u200c\u2060\ufeff]")
_ODD_SPACE = re.compile(r"[\t\u00a0\u2000-\u200a\u202f\u3000]+")


def decode(raw: bytes, name: str) -> str:
    """Text of a UTF-8, UTF-16 (with its mark) or CP949 file. Raises UnreadableSource for any other."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableSource(
        f"{name}: 글자 인코딩을 알 수 없거나 글자가 아닌 내용이 섞여 있습니다. UTF-8로 다시 저장해 주세요."
    )


def normal(text: str) -> str:
    """Line ends LF, no byte order mark, Unicode NFC; nothing else changes."""
    return unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def tidy(text: str) -> str:
    """One line of a laid-out format: NFC, no control characters, every odd space or line break a space."""
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return _ODD_SPACE.sub(" ", text.replace("\r\n", " ").replace("\n", " ").replace("\r", " "))
