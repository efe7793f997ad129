"""Question → ranked documents and evidence: lexical and dense evidence of chunks, joined with names and
openings.

The weights are those of the best sum on 2,000 development questions over 464 documents (docs/decisions.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.index.opened import OpenedIndex
from assistant.retrieval.fusion import normalised
from assistant.retrieval.names import NameMatch, ProgrammeNames

POOL = 100
"""Chunks from each ranking whose scores are compared; the score of the last one counts as 0."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts in a document's score; chunk signals sum to 1, the others come on top."""

    lexical: float = 0.3
    dense: float = 0.7
    name_dense: float = 0.1
    opening_dense: float = 0.1
    name_lexical: float = 0.1
    name_match: float = 0.25


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
    """Everything retrieval knows of a question. `lexical`, `dense`: raw scores of all chunks in `rows`."""

    vector: NDArray[np.float32]
    names: tuple[NameMatch, ...]
    documents: tuple[RankedDocument, ...]
    chunk_scores: dict[int, float]
    best_cosine: float
    best_lexical: float


class Retriever:
    """Ranks the documents of one opened index; holds no state of a question."""

    def __init__(self, index: OpenedIndex, names: ProgrammeNames, weights: Weights | None = None) -> None:
        """Rank over an opened index with the names of its programmes."""
        self._index = index
        self._names = names
        self.weights = weights or Weights()
        self._ids = tuple(index.documents)
        self._programmes = [index.documents[i].metadata.programme_key for i in self._ids]

    def rank(
        self,
        question: str,
        terms: Sequence[str],
        vector: NDArray[np.float32],
        hidden: frozenset[str] = frozenset(),
    ) -> Ranking:
        """Rank documents by their best chunk and their own signals; `hidden` document ids take no part."""
        index, weights = self._index, self.weights
        rows, lexical, dense = self._pool(terms, vector)
        fused = weights.lexical * _over_pool(lexical) + weights.dense * _over_pool(dense)
        document_of = index.document_of_row[rows]
        name_dense, opening_dense = (index.document_vectors @ vector)[:, :]
        name_lexical = index.names.scores(terms)
        matches = self._names.match(question)
        bonus = self._name_bonus(matches)
        extra = (
            weights.name_dense * _over_pool(name_dense)
            + weights.opening_dense * _over_pool(opening_dense)
            + weights.name_lexical * _over_pool(name_lexical)
            + weights.name_match * bonus
        )
        best = np.full(len(self._ids), -1, dtype=np.int64)
        for position in np.argsort(fused, kind="stable"):
            best[document_of[position]] = position
        chunk_best = np.where(best >= 0, fused[best], 0.0)
        scores = chunk_best + extra
        lexical_rank, dense_rank = _document_ranks(lexical, document_of), _document_ranks(dense, document_of)
        order = [
            d for d in np.argsort(-scores, kind="stable") if self._ids[d] not in hidden and scores[d] > 0
        ]
        documents = tuple(
            RankedDocument(
                self._ids[d],
                self._programmes[d],
                float(scores[d]),
                int(rows[best[d]]) if best[d] >= 0 else index.rows_of_document[self._ids[d]][0],
                lexical_rank.get(int(d)),
                dense_rank.get(int(d)),
                {
                    "lexical": float(lexical[best[d]]) if best[d] >= 0 else 0.0,
                    "dense": float(dense[best[d]]) if best[d] >= 0 else 0.0,
                    "name_dense": float(name_dense[d]),
                    "name_lexical": float(name_lexical[d]),
                    "name_match": float(bonus[d]),
                },
            )
            for d in order[:POOL]
            if index.rows_of_document[self._ids[d]]
        )
        return Ranking(
            vector,
            matches,
            documents,
            {int(r): float(s) for r, s in zip(rows, fused, strict=True)},
            float(dense.max(initial=0.0)),
            float(lexical.max(initial=0.0)),
        )

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


def _document_ranks(scores: NDArray[np.float32], document_of: NDArray[np.int64]) -> dict[int, int]:
    """The rank (from 1) of each document in one ranking, by its best chunk; without those that score
    nothing."""
    ranks: dict[int, int] = {}
    for position in np.argsort(-scores, kind="stable"):
        if scores[position] <= 0:
            break
        ranks.setdefault(int(document_of[position]), len(ranks) + 1)
    return ranks
