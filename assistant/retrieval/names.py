"""Programme names in a question: exact, without spaces, inside 조사, or misspelt (rapidfuzz over jamo)."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import ne

from rapidfuzz import fuzz, process

from assistant.domain import Document

_GENERIC_TAIL = re.compile(
    r"(사업안내|사업공고|지원사업|운영안내|이용안내|신청안내|지급안내|안내문|안내|공고|사업|제도|시행|운영|지급|신청|서비스)$"
)
_YEAR = re.compile(r"\([^)]*\)|\[[^\]]*\]|(?:19|20)\d{2}년?도?|\d+차")
_CONDITION = re.compile(
    r"(?:을|를|만|도)?(?:받는(?!방법|나이|조건|사람|대상|법|곳|데는|날|돈)|타는(?!방법|나이|조건|법|곳|날)|받고있|받으면서|받아도"
    r"|타고있|타면서|받았는데|받는데|타는데|못받아서|수급자인데|대상자인데|받던)(?=.{4})"
)
CONDITION_CERTAINTY = 0.4
"""How surely a name that only tells a condition is meant, beside one that is asked for."""
FUZZY_CUTOFF = 86
"""Jamo similarity (0–100) from which a misspelt name counts; below 86 different programmes begin to match."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name found in the question: whose it is, and how surely (1.0 = written exactly).

    `condition`: it tells what the caller already gets ("생계급여 받는 집인데"), not what is asked for.
    `misspelt`: as what it is written, where that is not its name ("기초년금").
    """

    programmes: tuple[str, ...]
    name: str
    certainty: float
    condition: bool = False
    misspelt: str = ""


def compact(words: str) -> str:
    """Words without spaces and signs, lower case: "기초 연금" and "기초연금" are one name."""
    return re.sub(r"[^0-9a-z가-힣]", "", unicodedata.normalize("NFKC", words).lower())


def without_edition(title: str) -> str:
    """A title without its year and round, in words."""
    return " ".join(_YEAR.sub(" ", title).split())


def title_names(title: str) -> tuple[str, ...]:
    """A title without year and round, compacted; and without its generic tail, where it has one."""
    title = compact(without_edition(title))
    bare = title
    while (shorter := _GENERIC_TAIL.sub("", bare)) != bare and len(shorter) >= 3:
        bare = shorter
    return tuple(dict.fromkeys((title, bare)))


def names_of(document: Document) -> tuple[str, ...]:
    """The names a document's programme goes by: title with and without its generic tail, and aliases,
    compacted."""
    names = [*title_names(document.metadata.title), *(compact(alias) for alias in document.metadata.aliases)]
    return tuple(dict.fromkeys(name for name in names if len(name) >= 2))


class ProgrammeNames:
    """All names of all programmes, matched against questions."""

    def __init__(self, documents: Iterable[Document]) -> None:
        """Collect the names of all documents."""
        owners: dict[str, list[str]] = {}
        for document in documents:
            for name in names_of(document):
                programmes = owners.setdefault(name, [])
                if document.metadata.programme_key not in programmes:
                    programmes.append(document.metadata.programme_key)
        self._owners = {name: tuple(programmes) for name, programmes in owners.items()}
        self._by_length = sorted(self._owners, key=lambda name: (-len(name), name))
        fuzzy = [name for name in self._by_length if len(name) >= 4]
        self._fuzzy_names = fuzzy
        self._fuzzy_jamo = [_jamo(name) for name in fuzzy]
        self._remembered = lru_cache(maxsize=1024)(self._found)

    def match(self, question: str) -> tuple[NameMatch, ...]:
        """Names in the question, longest first; a name inside a longer match does not count again."""
        return self._remembered(question)

    def spelt(self, question: str) -> str:
        """The question with a name as it is called where one syllable of it is a slip of the pen (기초연굼):
        its words, letters and meaning count then."""
        for match in self.match(question)[:1]:
            slip = match.misspelt
            if len(slip) == len(match.name) and sum(map(ne, slip, match.name)) == 1:
                return question.replace(slip, match.name, 1)
        return question

    def _found(self, question: str) -> tuple[NameMatch, ...]:
        words = compact(question)
        free = [True] * len(words)
        found: list[NameMatch] = []
        for name in self._by_length:
            start = words.find(name)
            while start >= 0:
                if all(free[start : start + len(name)]) and (len(name) > 2 or _stands_alone(question, name)):
                    free[start : start + len(name)] = [False] * len(name)
                    told = bool(_CONDITION.match(words[start + len(name) :]))
                    found.append(NameMatch(self._owners[name], name, 1.0, told))
                    break
                start = words.find(name, start + 1)
        return _asked_first(found) or self._misspelt(question)

    def _misspelt(self, question: str) -> tuple[NameMatch, ...]:
        pieces = _pieces(question)
        if not pieces or not self._fuzzy_names:
            return ()
        scores = process.cdist(
            [_jamo(p) for p in pieces], self._fuzzy_jamo, scorer=fuzz.ratio, score_cutoff=FUZZY_CUTOFF
        )
        best = scores.max(axis=0)
        order = sorted(
            best.nonzero()[0], key=lambda i: (-best[i], -len(self._fuzzy_names[i]), self._fuzzy_names[i])
        )
        spelt = scores.argmax(axis=0)
        return tuple(
            NameMatch(
                self._owners[self._fuzzy_names[i]],
                self._fuzzy_names[i],
                float(best[i]) / 100,
                misspelt=pieces[spelt[i]],
            )
            for i in order[:3]
        )


def _asked_first(found: Iterable[NameMatch]) -> tuple[NameMatch, ...]:
    """Matches with those that only tell a condition made unsure, where another name is asked for."""
    matches = tuple(found)
    if all(match.condition for match in matches):
        return matches
    return tuple(replace(m, certainty=CONDITION_CERTAINTY) if m.condition else m for m in matches)


def _stands_alone(question: str, name: str) -> bool:
    """A two-syllable name counts only as a word of its own, perhaps with a particle."""
    return bool(re.search(rf"(?<![가-힣]){re.escape(name)}(?![가-힣]{{3}})", question))


def _pieces(question: str) -> list[str]:
    """Runs of one to three words, compacted, with and without a particle at the end: what a name may be
    spelt as."""
    words = [w for w in re.findall(r"[0-9a-zA-Z가-힣]+", question)][:40]
    pieces: dict[str, None] = {}
    for size in (1, 2, 3):
        for start in range(len(words) - size + 1):
            piece = compact("".join(words[start : start + size]))
            bare = re.sub(r"(?:에서|으로|은|는|이|가|을|를|도|의|에|로|요|이요)$", "", piece)
            for candidate in (piece, bare):
                if 4 <= len(candidate) <= 16:
                    pieces[candidate] = None
    return list(pieces)


def _jamo(name: str) -> str:
    return unicodedata.normalize("NFD", name)
