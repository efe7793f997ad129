"""Hangul as the keys that type it, so that a half-typed syllable is the beginning of a whole one."""

import re
import unicodedata

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ"
_FINALS = (
    "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ"
)
_KEYS = {
    **{0x1100 + i: key for i, key in enumerate(_INITIALS)},
    **{0x1161 + i: keys for i, keys in enumerate(_VOWELS.split())},
    **{0x11A8 + i: keys for i, keys in enumerate(_FINALS.split())},
}
"""Conjoining letters (Unicode 3.12, "Conjoining Jamo Behavior") to keys of the two-set keyboard."""


def keystrokes(words: str) -> str:
    """The keys that type the letters and digits of `words`: "연", "여ㄴ" and "연ㄱ" all begin "연금"."""
    keys = unicodedata.normalize("NFKD", words.lower()).translate(_KEYS)
    return re.sub(r"[^0-9a-zㄱ-ㅣ]", "", keys)
