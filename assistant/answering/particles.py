"""The particle that fits the word before it: 은/는, 이/가, 을/를."""

import re

_LAST = re.compile(r"[가-힣0-9A-Za-z](?=[^가-힣0-9A-Za-z]*$)")
_CLOSED = frozenset("013678LMNRlmnr")
"""Digits and Latin letters that are read with a final consonant: 영 일 삼 육 칠 팔, 엘 엠 엔 알."""


def with_particle(word: str, pair: str) -> str:
    """A word with the particle of a pair ("은/는") that fits its last syllable; brackets do not count."""
    after_consonant, after_vowel = pair.split("/")
    return word + (after_consonant if _ends_in_consonant(word) else after_vowel)


def _ends_in_consonant(word: str) -> bool:
    """Whether the last syllable, as it is read, has a final consonant."""
    found = _LAST.search(word)
    if found is None:
        return False
    last = found.group()
    return (ord(last) - ord("가")) % 28 != 0 if "가" <= last <= "힣" else last in _CLOSED
