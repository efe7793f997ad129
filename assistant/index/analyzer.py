"""The analyzer: Korean text to the terms that BM25 counts, and to sentences (Kiwi)."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from assistant.errors import SettingsError

# Content morphemes of the Sejong tag set: nouns, numerals, roots, verbs, adjectives, adverbs, foreign words.
_CONTENT = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "XR", "VV", "VA", "MAG", "MM", "SL", "SH", "SN"})
_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XR"})
_VERBS = frozenset({"VV", "VA"})

_WORD = re.compile(r"[0-9a-z가-힣一-鿿]+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_USER_SCORE = 3.0
_SLAB = 256


class Analyzer:
    """Kiwi with programme names and aliases as words of its dictionary.

    `dictionary_hash` changes whenever the terms of some text may: with the words, Kiwi or the rules here.
    """

    dictionary_hash: str

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        """Load Kiwi (2-3 s, 450 MB), `user_words` kept whole; SettingsError where it cannot analyse."""
        import kiwipiepy
        from kiwipiepy import Kiwi

        self.user_words = tuple(sorted({w for w in map(_cleaned_word, user_words) if w}))
        self._kiwi = Kiwi()
        for word in self.user_words:
            self._kiwi.add_user_word(word, "NNP", _USER_SCORE)
        self.rules = f"{_RULES} kiwi-{kiwipiepy.__version__}"
        self.dictionary_hash = hashlib.sha256("\n".join((self.rules, *self.user_words)).encode()).hexdigest()[
            :16
        ]
        if not set(self.terms("서울")) <= set(self.terms("서울은")):
            raise SettingsError(
                "형태소 분석기(kiwipiepy)가 올바르게 동작하지 않습니다. 패키지를 다시 설치하세요."
            )

    def terms(self, text: str) -> list[str]:
        """Return content morphemes, whole numbers and each word's character bigrams; NFKC, lower case."""
        cleaned = normalised(text)
        return _terms(self._kiwi.tokenize(cleaned), cleaned)

    def terms_many(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> list[list[str]]:
        """Analyse many texts on Kiwi's own threads: the terms of each, in order; `progress(done, total)`."""
        cleaned = [normalised(text) for text in texts]
        results: list[list[str]] = []
        analysed = zip(self._kiwi.tokenize(iter(cleaned)), cleaned, strict=True)
        while slab := list(islice(analysed, _SLAB)):
            results.extend(_terms(tokens, text) for tokens, text in slab)
            if progress is not None:
                progress(len(results), len(texts))
        return results

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Return the code point spans of the sentences of `text`, without the space around them."""
        return [(sentence.start, sentence.end) for sentence in self._kiwi.split_into_sents(text)]

    def nouns(self, text: str) -> list[str]:
        """Return the nouns in order, repeats kept."""
        return [t.form.lower() for t in self._kiwi.tokenize(normalised(text)) if t.tag in _NOUNS]


_RULES = "terms-1"


def normalised(text: str) -> str:
    """Return NFKC in lower case: what terms are made from."""
    return unicodedata.normalize("NFKC", text).lower()


def _cleaned_word(word: str) -> str:
    return " ".join(normalised(word).split())


def _terms(tokens: Iterable[Any], text: str) -> list[str]:
    return [*_morphemes(tokens), *_bigrams(text)]


def _morphemes(tokens: Iterable[Any]) -> Iterator[str]:
    for token in tokens:
        tag = token.tag.partition("-")[0]
        if tag in _VERBS:
            yield f"{token.form}다"
        elif tag in _CONTENT:
            yield token.form.replace(",", "") if tag == "SN" else token.form


def _bigrams(text: str) -> Iterator[str]:
    """Yield the pairs of neighbouring characters of every word without digits; a number is a term already."""
    for word in _WORD.findall(text):
        for part in re.split(r"\d+", word):
            yield from (f"{a}{b}" for a, b in pairwise(part))
