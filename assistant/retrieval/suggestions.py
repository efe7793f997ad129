"""What is typed so far → the programmes it may be about, best first; the same words, the same list."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from assistant.domain import Document, Facet, State
from assistant.index.opened import OpenedIndex
from assistant.retrieval.keystrokes import keystrokes
from assistant.retrieval.names import compact, title_names, without_edition
from assistant.validity import state

FEWEST = 3
"""Syllables from which words that fit no name are looked for in the documents' texts."""
SHORTEST = 2
"""Syllables of a word that is looked for there: "집" or "밀" is in too many other words."""
NEAR = 0.5
"""Share of the best text's score from which another programme's texts fit as well."""
BEST_FIRST = (State.CURRENT, State.UNDATED, State.OUTDATED, State.ENDED, State.SUPERSEDED, State.NOT_YET)
OVER = frozenset({State.ENDED, State.SUPERSEDED, State.NOT_YET})
"""States of a programme that gives nothing on the day."""
_ROUND = re.compile(r"(?<![0-9])[0-9]+차")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A programme that fits what is typed so far, by its title and its state on the day of the call."""

    programme: str
    title: str
    state: State


@dataclass(frozen=True, slots=True)
class _Name:
    """A name and its keystrokes: all, and from the beginning of each word and of each syllable."""

    name: str
    keys: str
    from_words: tuple[str, ...]
    from_syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Named:
    """A document with the names it goes by, without rounds, and the rounds that they tell."""

    document: Document
    titles: tuple[_Name, ...]
    aliases: tuple[_Name, ...]
    rounds: frozenset[str]


class Suggestions:
    """Each programme with the names it goes by, and the words of its documents."""

    def __init__(self, index: OpenedIndex, terms: Callable[[str], Sequence[str]]) -> None:
        """Collect the names in an opened generation; `terms` are what its lexical rankings count."""
        self._index = index
        self._terms = terms
        self._hold(_named(document) for document in index.documents.values())

    def without(self, switched_off: Collection[str]) -> "Suggestions":
        """The same without these documents."""
        other = copy(self)
        held = (named for family in self._programmes.values() for named in family)
        other._hold(named for named in held if named.document.id not in switched_off)
        return other

    def _hold(self, held: Iterable[_Named]) -> None:
        self._programmes: dict[str, list[_Named]] = {}
        for named in held:
            self._programmes.setdefault(named.document.metadata.programme_key, []).append(named)
        self._states_on = lru_cache(maxsize=8)(self._states)

    def suggest(self, typed: str, limit: int, as_of: date) -> tuple[Suggestion, ...]:
        """Programmes of which a name fits what is typed; where none does, those whose texts do.

        Titles that begin with it come first, then those of which a word begins with it or that end with it,
        aliases that begin with it, names that hold it, and names that it holds. Among equals those that are
        over on the day are last, and shorter titles first. A round that is typed means that round alone.
        """
        found = self._by_name(typed, as_of)
        if not found and len(compact(typed)) >= FEWEST:
            found = self._by_text(typed, as_of)
        return tuple(found[:limit])

    def _by_name(self, typed: str, as_of: date) -> list[Suggestion]:
        rounds, rest = frozenset(_ROUND.findall(typed)), _ROUND.sub(" ", typed)
        keys, words = keystrokes(rest), compact(rest)
        if not keys and not rounds:
            return []
        found = []
        for programme, family in self._programmes.items():
            meant = [named for named in family if rounds <= named.rounds]
            fits = [fit for named in meant if (fit := _fit(named, keys, words)) is not None]
            if fits:
                shown = self._shown(meant, as_of)
                title = min((name.name for named in meant for name in named.titles), key=_short_first)
                order = (*min(fits), shown.state in OVER, *_short_first(title), programme)
                found.append((order, shown))
        return [shown for _, shown in sorted(found, key=lambda pair: pair[0])]

    def _by_text(self, typed: str, as_of: date) -> list[Suggestion]:
        """Programmes by BM25, of their names and of their best chunk together; what is over last."""
        index, terms = self._index, [term for term in self._terms(typed) if len(term) >= SHORTEST]
        scores = np.zeros(len(index.documents), dtype=np.float32)
        np.maximum.at(scores, index.document_of_row, index.lexical.scores(terms))
        scores += index.names.scores(terms)
        best: dict[str, float] = {}
        for document, score in zip(index.documents.values(), scores, strict=True):
            programme = document.metadata.programme_key
            if programme in self._programmes:
                best[programme] = max(best.get(programme, 0.0), float(score))
        floor = NEAR * max(best.values(), default=0.0)
        near = sorted(
            (-score, programme) for programme, score in best.items() if score > 0 and score >= floor
        )
        found = [self._shown(self._programmes[programme], as_of) for _, programme in near]
        return sorted(found, key=lambda suggestion: suggestion.state in OVER)

    def _shown(self, family: Sequence[_Named], as_of: date) -> Suggestion:
        """What speaks best of a programme's documents on the day, the newest of its like."""
        states = self._states_on(as_of)

        def order(named: _Named) -> tuple[bool, int, int, str]:
            m = named.document.metadata
            start = m.effective_from or m.published_on or date.min
            return bool(m.amends), BEST_FIRST.index(states[m.id]), -start.toordinal(), m.id

        best = min(family, key=order).document.metadata
        return Suggestion(best.programme_key, best.title, states[best.id])

    def _states(self, as_of: date) -> Mapping[str, State]:
        """The state of each document for what its programme gives, on a day."""
        found: dict[str, State] = {}
        for family in self._programmes.values():
            relatives = [named.document.metadata for named in family]
            found |= {m.id: state(m, Facet.BENEFIT, as_of, None, relatives) for m in relatives}
        return found


def _fit(named: _Named, keys: str, words: str) -> tuple[int, int] | None:
    """How well what is typed fits a document's names, the least best; None: not at all."""
    if any(name.keys.startswith(keys) for name in named.titles):
        return 0, 0
    holding = [name for name in named.titles if keys in name.keys]
    if any(_starts(name.from_words, keys) or keys in name.from_syllables for name in holding):
        return 1, 0
    if any(name.keys.startswith(keys) for name in named.aliases):
        return 2, 0
    holding += [name for name in named.aliases if keys in name.keys]
    if any(_starts(name.from_syllables, keys) for name in holding):
        return 3, 0
    names = (name.name for name in (*named.titles, *named.aliases))
    longest = max((len(name) for name in names if len(name) > 2 and name in words), default=0)
    return (4, -longest) if longest else None


def _starts(parts: Iterable[str], keys: str) -> bool:
    return any(part.startswith(keys) for part in parts)


def _short_first(name: str) -> tuple[int, str]:
    return len(name), name


def _named(document: Document) -> _Named:
    m = document.metadata
    told = " ".join((m.round or "", m.title, *m.aliases))
    titles = (_name(name, without_edition(m.title)) for name in title_names(m.title) if name)
    aliases = (_ROUND.sub(" ", alias) for alias in m.aliases)
    return _Named(
        document,
        tuple(titles),
        tuple(_name(compact(alias), alias) for alias in aliases if compact(alias)),
        frozenset(_ROUND.findall(told)),
    )


def _name(name: str, written: str) -> _Name:
    """A compacted name; `written` tells where its words begin."""
    keys = [keystrokes(syllable) for syllable in name]
    from_syllables = tuple("".join(keys[i:]) for i in range(len(keys)))
    starts, at = [], 0
    for word in written.split():
        if name.startswith(compact(word), at):
            starts.append(at)
            at += len(compact(word))
    return _Name(
        name, "".join(keys), tuple(from_syllables[s] for s in starts if s < len(keys)), from_syllables
    )
