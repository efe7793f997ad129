"""Question → ranked documents and evidence: lexical and dense evidence of chunks, joined with names and
openings.

The weights are those of the best sum on 2,000 development questions over 464 documents (docs/decisions.md).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from assistant.index.opened import OpenedIndex
from assistant.retrieval.fusion import normalised
from assistant.retrieval.names import NameMatch, ProgrammeNames

POOL = 100
"""Chunks from each ranking whose scores are compared; the score of the last one counts as 0."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in a document's score.

    `situation`: for the nearest situation in callers' words; `told_situation` comes on top, times the
    probability that the question tells one.
    `centring`: how much of the average question is taken out of a question's embedding before it is compared,
    so that passages that are near everything ("hubs") do not win.
    """

    lexical: float = 0.35
    dense: float = 0.7
    name_dense: float = 0.1
    opening_dense: float = 0.1
    name_lexical: float = 0.1
    name_match: float = 0.2
    situation: float = 0.15
    told_situation: float = 1.6
    centring: float = 0.3


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A document's place in the ranking, its best chunk, and each signal that put it there (all 0–1 but
    cosine)."""

    document_id: str
    programme: str
    score: float
    best_row: int
    lexical_rank: int | None
    dense_rank: int | None
    signals: dict[str, float]


@dataclass(frozen=True, slots=True)
class Ranking:
    """Everything retrieval knows of a question.

    `best_cosine`, `best_lexical`: of all chunks, raw; `attainable`: the lexical score of a chunk that held
    every word of the question.
    """

    vector: NDArray[np.float32]
    names: tuple[NameMatch, ...]
    documents: tuple[RankedDocument, ...]
    chunk_scores: dict[int, float]
    best_cosine: float
    best_lexical: float
    attainable: float = 0.0

    def of(self, programmes: Collection[str]) -> "Ranking":
        """The ranking of these programmes alone."""
        return replace(self, documents=tuple(d for d in self.documents if d.programme in programmes))


class Retriever:
    """Ranks the documents of one opened index; holds no state of a question."""

    def __init__(
        self,
        index: OpenedIndex,
        names: ProgrammeNames,
        centre: NDArray[np.float32] | None = None,
        weights: Weights | None = None,
    ) -> None:
        """Rank over an opened index with the names of its programmes."""
        self._index = index
        self._names = names
        self.weights = weights or Weights()
        self._centre = centre
        self._ids = tuple(index.documents)
        self._programmes = [index.documents[i].metadata.programme_key for i in self._ids]
        self._places = {name: place for place, name in enumerate(dict.fromkeys(self._programmes))}
        self._programme_place = np.asarray([self._places[p] for p in self._programmes], dtype=np.int64)
        self._situation_place = np.asarray(
            [self._places[p] for p in index.situation_programmes], dtype=np.int64
        )

    def rank(
        self,
        question: str,
        terms: Sequence[str],
        vector: NDArray[np.float32],
        hidden: frozenset[str] = frozenset(),
        situation: float = 0.3,
    ) -> Ranking:
        """Rank documents by their best chunk and their own signals; `hidden` document ids take no part.

        `situation`: probability that the question tells a situation, which makes such phrases count more.
        """
        index, weights = self._index, self.weights
        centred = vector if self._centre is None else vector - weights.centring * self._centre
        rows, lexical, dense = self._pool(terms, centred)
        document_of = index.document_of_row[rows]
        fused = weights.lexical * _over_pool(lexical) + weights.dense * _over_pool(dense)
        matches = self._names.match(question)
        signals = self._document_signals(terms, centred, matches)
        scores = (
            weights.lexical * _over_pool(_best_of(lexical, document_of, len(self._ids)))
            + weights.dense * _over_pool(_best_of(dense, document_of, len(self._ids)))
            + weights.name_dense * _over_pool(signals["name_dense"])
            + weights.opening_dense * _over_pool(signals["opening_dense"])
            + weights.name_lexical * _over_pool(signals["name_lexical"])
            + weights.name_match * signals["name_match"]
            + (weights.situation + weights.told_situation * situation) * _over_pool(signals["situation"])
        )
        raw = index.dense.scores_for(vector, rows)
        signals["name_dense"] = index.document_vectors[0] @ vector
        signals["dense"] = _best_of(raw, document_of, len(self._ids))
        signals["lexical"] = _best_of(lexical, document_of, len(self._ids))
        documents = self._ranked(scores, signals, rows, fused, document_of, lexical, dense, hidden)
        return Ranking(
            vector,
            matches,
            documents,
            {int(r): float(s) for r, s in zip(rows, fused, strict=True)},
            float(raw.max(initial=0.0)),
            float(lexical.max(initial=0.0)),
            index.lexical.attainable(terms),
        )

    def _document_signals(
        self, terms: Sequence[str], centred: NDArray[np.float32], matches: Sequence[NameMatch]
    ) -> dict[str, NDArray[np.float32]]:
        """Signals of whole documents, each of shape (documents,)."""
        name_dense, opening_dense = self._index.document_vectors @ centred
        return {
            "name_dense": name_dense,
            "opening_dense": opening_dense,
            "name_lexical": self._index.names.scores(terms) / (self._index.names.attainable(terms) or 1.0),
            "name_match": self._name_bonus(matches),
            "situation": self._situations(centred),
        }

    def _ranked(
        self,
        scores: NDArray[np.float32],
        signals: Mapping[str, NDArray[np.float32]],
        rows: NDArray[np.int64],
        fused: NDArray[np.float32],
        document_of: NDArray[np.int64],
        lexical: NDArray[np.float32],
        dense: NDArray[np.float32],
        hidden: frozenset[str],
    ) -> tuple[RankedDocument, ...]:
        best = np.full(len(self._ids), -1, dtype=np.int64)
        for position in np.argsort(fused, kind="stable"):
            best[document_of[position]] = position
        lexical_rank, dense_rank = _document_ranks(lexical, document_of), _document_ranks(dense, document_of)
        order = (int(d) for d in np.argsort(-scores, kind="stable") if scores[d] > 0)
        shown = [
            d for d in order if self._ids[d] not in hidden and self._index.rows_of_document[self._ids[d]]
        ]
        return tuple(
            RankedDocument(
                self._ids[d],
                self._programmes[d],
                float(scores[d]),
                int(rows[best[d]]) if best[d] >= 0 else self._index.rows_of_document[self._ids[d]][0],
                lexical_rank.get(d),
                dense_rank.get(d),
                {name: float(values[d]) for name, values in signals.items()},
            )
            for d in shown[:POOL]
        )

    def _situations(self, centred: NDArray[np.float32]) -> NDArray[np.float32]:
        """The nearest situation of each document's programme; the lowest of all where it has none."""
        if not len(self._situation_place):
            return np.zeros(len(self._ids), dtype=np.float32)
        near = self._index.situation_vectors @ centred
        best = np.full(len(self._places), near.min(), dtype=np.float32)
        np.maximum.at(best, self._situation_place, near)
        return best[self._programme_place]

    def _pool(
        self, terms: Sequence[str], vector: NDArray[np.float32]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float32]]:
        """Rows near the top of either ranking, in row order, with both scores."""
        lexical = self._index.lexical.scores(terms)
        top, _ = self._index.dense.search(vector, POOL)
        best = np.argsort(-lexical, kind="stable")[:POOL]
        rows = np.union1d(top, best[lexical[best] > 0]).astype(np.int64)
        return rows, lexical[rows], self._index.dense.scores_for(vector, rows)

    def _name_bonus(self, matches: Sequence[NameMatch]) -> NDArray[np.float32]:
        """How surely each document's programme is named, 0–1; a name that many share says less."""
        worth: dict[str, float] = {}
        for match in matches:
            value = match.certainty / np.sqrt(len(match.programmes)) * min(1.0, len(match.name) / 5)
            for programme in match.programmes:
                worth[programme] = max(worth.get(programme, 0.0), float(value))
        return np.asarray([worth.get(p, 0.0) for p in self._programmes], dtype=np.float32)


def _over_pool(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores as 0–1 between the pool's last place and its best."""
    if len(scores) > POOL:
        floor = np.partition(scores, len(scores) - POOL)[len(scores) - POOL]
        scores = np.maximum(scores, floor)
    return normalised(scores)


def _best_of(scores: NDArray[np.float32], document_of: NDArray[np.int64], count: int) -> NDArray[np.float32]:
    """The best score of each document's chunks in the pool; the pool's lowest where it has none there."""
    best = np.full(count, scores.min(initial=np.inf) if len(scores) else 0.0, dtype=np.float32)
    np.maximum.at(best, document_of, scores)
    return best


def _document_ranks(scores: NDArray[np.float32], document_of: NDArray[np.int64]) -> dict[int, int]:
    """The rank (from 1) of each document in one ranking, by its best chunk; without those that score
    nothing."""
    ranks: dict[int, int] = {}
    for position in np.argsort(-scores, kind="stable"):
        if scores[position] <= 0:
            break
        ranks.setdefault(int(document_of[position]), len(ranks) + 1)
    return ranks
