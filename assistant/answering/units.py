"""How well the units of a document answer a question.

A unit's score is `weights · features + (unit - mean) · matrix · (question - mean)`: the second part is what
was learned of which answers belong to which questions, in the space of the encoder. Both are fitted by
`evals/fit_units.py` on development topics and training questions (a conditional logit over the units of the
right document) and stored in `units.npz` beside this file; with another encoder than theirs the features
stand alone, with weights of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.areas import names_area
from assistant.answering.asked import Asked
from assistant.answering.features import FEATURES, Place, unit_features
from assistant.answering.measures import Facts
from assistant.answering.rows import names_household, other_households, own_rows, rows_of_others
from assistant.domain import Chunk, Document, State, Unit, UnitKind
from assistant.index.opened import OpenedIndex
from assistant.retrieval.reading import encoder_family

WEIGHTS = Path(__file__).with_name("units.npz")


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit with how well it answers the question (log-odds).

    `own_row`: it is the caller's row of a table, or speaks of the caller's household; `another`: of
    another's.
    """

    document: Document
    chunk: Chunk
    unit: Unit
    state: State
    score: float
    own_row: bool = False
    another: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """All units of a document against a question: their features (units, features), scores, the part of the
    scores that meaning gave, and cosines (each of shape (units,))."""

    places: tuple[Place, ...]
    features: NDArray[np.float32]
    scores: NDArray[np.float32]
    meaning: NDArray[np.float32]
    cosines: NDArray[np.float32]


class Scorer:
    """Scores units against one question; each document is weighed once."""

    def __init__(self, index: OpenedIndex, asked: Asked) -> None:
        """Score units of an opened index against a question."""
        self.asked = asked
        self._index = index
        self._weights = _weights(index.manifest.encoder)
        self._known: dict[str, Weighed] = {}

    def units(self, document: Document, state: State, chunks: Sequence[Chunk]) -> list[ScoredUnit]:
        """The units of some chunks of a document, in reading order; `state` is theirs."""
        weighed, wanted = self.weighed(document), {chunk.id for chunk in chunks}
        return [
            ScoredUnit(document, p.chunk, p.unit, state, float(score), p.own, p.other)
            for p, score in zip(weighed.places, weighed.scores, strict=True)
            if p.chunk.id in wanted
        ]

    def features(
        self, document: Document
    ) -> tuple[tuple[Place, ...], NDArray[np.float32], NDArray[np.float32]]:
        """All units of a document, their features (units, features) and embeddings (units, dimensions)."""
        chunks = [self._index.chunks[row] for row in self._index.rows_of_document[document.id]]
        own, others = _own(chunks, self.asked.facts)
        places = tuple(
            Place(chunk, unit, position, id(unit) in own, id(unit) in others)
            for chunk in chunks
            for position, unit in enumerate(chunk.units)
        )
        if not places:
            return (), np.zeros((0, len(FEATURES)), dtype=np.float32), np.zeros((0, 0), dtype=np.float32)
        vectors = np.concatenate([self._index.unit_vectors(self._index.row_of[c.id]) for c in chunks])
        return places, unit_features(places, vectors @ self.asked.selecting, self.asked), vectors

    def weighed(self, document: Document) -> Weighed:
        """All units of a document with what they are scored by."""
        if document.id not in self._known:
            places, features, vectors = self.features(document)
            meaning = self._weights.meaning(vectors, self.asked.selecting, len(places))
            scores = features @ self._weights.features + meaning
            cosines = vectors @ self.asked.selecting if len(places) else np.zeros(0, dtype=np.float32)
            self._known[document.id] = Weighed(places, features, scores, meaning, cosines)
        return self._known[document.id]


class Weights:
    """The fitted scorer: `features` weighs the features; without the encoder that it was fitted with, meaning
    says nothing."""

    def __init__(self, path: Path, encoder_id: str) -> None:
        """Read `units.npz`."""
        with np.load(path, allow_pickle=False) as stored:
            same = encoder_family(encoder_id) == str(stored["encoder"])
            self.features = stored["features" if same else "features_alone"].astype(np.float32)
            self._matrix = stored["matrix"].astype(np.float32) if same else None
            self._question, self._unit = stored["question_mean"], stored["unit_mean"]

    def meaning(
        self, vectors: NDArray[np.float32], question: NDArray[np.float32], units: int
    ) -> NDArray[np.float32]:
        """What the embeddings of units add to their scores, shape (units,)."""
        if self._matrix is None or not units:
            return np.zeros(units, dtype=np.float32)
        wanted = self._matrix @ (question - self._question)
        added: NDArray[np.float32] = (vectors - self._unit) @ wanted
        return added


@cache
def _weights(encoder_id: str) -> Weights:
    return Weights(WEIGHTS, encoder_id)


def _own(chunks: Sequence[Chunk], facts: Facts) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the units that are the caller's (a row, a sentence on the household), and of those that are
    another's: the rows beside them in the same tables, sentences on other households and areas."""
    tables: dict[tuple[str, int], list[Unit]] = {}
    for chunk in chunks:
        for unit in chunk.units:
            if unit.kind is UnitKind.ROW:
                tables.setdefault((chunk.document_id, unit.context[0].start), []).append(unit)
    mine: set[int] = set()
    others: set[int] = set()
    units = [unit for chunk in chunks for unit in chunk.units]
    by_area = facts.area is not None and any(facts.area in unit.text for unit in units)
    for unit in (unit for unit in units if unit.kind is not UnitKind.ROW):
        if (fits := names_household(unit.text, facts)) is not None:
            (mine if fits else others).add(id(unit))
        elif by_area and names_area(unit.text, facts.area) is False:
            others.add(id(unit))
    for rows in tables.values():
        elsewhere = rows_of_others(rows, facts)
        chosen = own_rows(rows, facts)
        told = bool(chosen) or other_households(rows, facts)
        mine |= {id(rows[i]) for i in chosen}
        others |= {id(row) for i, row in enumerate(rows) if i in elsewhere or (told and i not in chosen)}
    return frozenset(mine), frozenset(others)
