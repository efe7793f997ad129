"""The analyzer: Korean text to the terms that BM25 counts, and to sentences (Kiwi)."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Any

from assistant.errors import SettingsError

# Sejong tags. Verbs, adverbs and endings as terms cost 4 points of Success@1: "받다" or "나요" is rare in
# guidelines and so weighs as much as a name.
_NOUNS = frozenset({"NNG", "NNP", "SL", "SH", "XR"})
# What a run of content is made of; particles, endings, copulas and the 하 of 신청하다 end it.
_CONTENT = _NOUNS | {"NR", "NNB", "NP", "MM", "MAG", "VV", "VA", "XPN", "XSN", "SN"}

_HANGUL = re.compile(r"[가-힣一-鿿]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,-][0-9]+)*")
# A number with its unit: "3차" and "4차" are different offers.
_COUNTED = re.compile(r"([0-9]+)\s?(차|인|세|급)")
_USER_SCORE = 3.0
_SLAB = 256
_RULES = "terms-2"


class Analyzer:
    """Kiwi with programme names and aliases as words of its dictionary.

    `dictionary_hash` changes whenever the terms of some text may: with `user_words`, or with `rules` (Kiwi's
    version and this module's own).
    """

    dictionary_hash: str
    rules: str
    user_words: tuple[str, ...]

    def __init__(self, user_words: Iterable[str] = ()) -> None:
        """Load Kiwi (1 s, 320 MB), `user_words` kept whole; SettingsError where it cannot analyse."""
        import kiwipiepy
        from kiwipiepy import Kiwi

        # The dictionaries of multi-word names and of typing mistakes changed the terms of 3 chunks in 800 and
        # cost 166 MB and a second at every start.
        self._kiwi = Kiwi(load_multi_dict=False, load_typo_dict=False)
        self.user_words = tuple(
            sorted({w for w in (" ".join(normalised(w).split()) for w in user_words) if w})
        )
        self._parts = dict(zip(self.user_words, map(self._nouns_of, self.user_words), strict=True))
        for word in self.user_words:
            self._kiwi.add_user_word(word, "NNP", _USER_SCORE)
        self.rules = f"{_RULES} kiwi-{kiwipiepy.__version__}"
        self.dictionary_hash = hashlib.sha256("\n".join((self.rules, *self.user_words)).encode()).hexdigest()[
            :16
        ]
        if "서울" not in self.terms("서울은"):
            raise SettingsError(
                "형태소 분석기(kiwipiepy)가 제대로 동작하지 않습니다. 패키지를 다시 설치하세요."
            )

    def terms(self, text: str) -> list[str]:
        """Return nouns, numbers, and the character bigrams of the content of each word; NFKC, lower case.

        A word of the dictionary counts as a whole and as its parts, so that 연금 finds 기초연금 too.
        """
        cleaned = normalised(text)
        return list(self._terms(self._kiwi.tokenize(cleaned), cleaned))

    def terms_many(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> list[list[str]]:
        """Analyse many texts on Kiwi's own threads: the terms of each, in order; `progress(done, total)`."""
        cleaned = [normalised(text) for text in texts]
        results: list[list[str]] = []
        analysed = zip(self._kiwi.tokenize(iter(cleaned)), cleaned, strict=True)
        while slab := list(islice(analysed, _SLAB)):
            results.extend(list(self._terms(tokens, text)) for tokens, text in slab)
            if progress is not None:
                progress(len(results), len(texts))
        return results

    def sentences(self, text: str) -> list[tuple[int, int]]:
        """Return the code point spans of the sentences of `text`, without the space around them."""
        return [(sentence.start, sentence.end) for sentence in self._kiwi.split_into_sents(text)]

    def nouns(self, text: str) -> list[str]:
        """Return the nouns in order, repeats kept, words of the dictionary whole; NFKC, lower case."""
        return self._nouns_of(normalised(text))

    def _nouns_of(self, cleaned: str) -> list[str]:
        return [token.form for token in self._kiwi.tokenize(cleaned) if _tag(token) in _NOUNS]

    def _terms(self, tokens: Iterable[Any], text: str) -> Iterator[str]:
        kept = list(tokens)
        for token in kept:
            if _tag(token) in _NOUNS:
                yield token.form
                parts = self._parts.get(token.form, ())
                if len(parts) > 1:
                    yield from parts
        yield from _numbers(text)
        for run in _content_runs(kept, text):
            for word in _HANGUL.findall(run):
                yield from (f"{a}{b}" for a, b in pairwise(word))


def normalised(text: str) -> str:
    """Return NFKC in lower case: what terms are made from."""
    return unicodedata.normalize("NFKC", text).lower()


def _tag(token: Any) -> str:
    """Return a token's tag without Kiwi's mark of regular or irregular verbs."""
    return str(token.tag).partition("-")[0]


def _content_runs(tokens: Iterable[Any], text: str) -> Iterator[str]:
    """Yield the stretches of `text` that neighbouring content morphemes cover: no particles, no endings."""
    start = end = 0
    for token in tokens:
        if _tag(token) not in _CONTENT:
            continue
        if token.start > end:
            yield text[start:end]
            start = token.start
        end = max(end, token.start + token.len)
    yield text[start:end]


def _numbers(text: str) -> Iterator[str]:
    """Yield numbers whole without thousands' commas, the groups of dates and phones, and counted units."""
    for number in _NUMBER.findall(text):
        yield number.replace(",", "")
        groups = re.split(r"[.-]", number)
        if len(groups) > 1:
            yield from groups
    yield from (f"{count}{unit}" for count, unit in _COUNTED.findall(text))
