"""The lexical ranking: BM25 (bm25s computes every term's share of the score when the index is built)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged

K1 = 1.5
B = 0.75


class LexicalIndex:
    """BM25 over lists of terms; the ids are row numbers."""

    def __init__(self, model: Any, count: int) -> None:
        """Hold a bm25s model over `count` texts; None where there is not one term."""
        self._model = model
        self._count = count

    @classmethod
    def build(cls, term_lists: Sequence[Sequence[str]], *, k1: float = K1, b: float = B) -> "LexicalIndex":
        """Index one list of terms per chunk."""
        if not any(term_lists):
            return cls(None, len(term_lists))
        model = _bm25(k1, b)
        model.index([list(terms) for terms in term_lists], create_empty_token=False, show_progress=False)
        return cls(model, len(term_lists))

    def save(self, directory: Path) -> None:
        """Write the index into a folder."""
        directory.mkdir(parents=True, exist_ok=True)
        (directory / "lexical.json").write_text(
            json.dumps({"count": self._count, "empty": self._model is None}) + "\n", encoding="utf-8"
        )
        if self._model is not None:
            self._model.save(str(directory), show_progress=False)

    @classmethod
    def load(cls, directory: Path) -> "LexicalIndex":
        """Open what `save` wrote, arrays mapped from disk; raises IndexDamaged where a file is missing."""
        import bm25s

        try:
            facts = json.loads((directory / "lexical.json").read_text(encoding="utf-8"))
            if facts["empty"]:
                return cls(None, facts["count"])
            return cls(bm25s.BM25.load(str(directory), mmap=True, show_progress=False), facts["count"])
        except (OSError, ValueError, KeyError) as error:
            raise IndexDamaged(
                f"{directory}: 낱말 색인을 읽을 수 없습니다. 색인을 다시 만드세요:"
                " python -m assistant index build"
            ) from error

    def __len__(self) -> int:
        """Count the indexed texts."""
        return self._count

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """Return every text's BM25 score, shape (n,); 0 where no term occurs."""
        known = [] if self._model is None else self._model.get_tokens_ids(list(terms))
        if not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(self._model.get_scores_from_ids(known), dtype=np.float32)

    def attainable(self, terms: Sequence[str]) -> float:
        """Return the score of a text that holds each known term as well as any text does: what a score is a
        share of, however large the index."""
        known = [] if self._model is None else self._model.get_tokens_ids(list(terms))
        columns = self._model.scores if known else {}
        parts = (columns["data"][columns["indptr"][t] : columns["indptr"][t + 1]] for t in known)
        return float(sum(part.max(initial=0.0) for part in parts))

    def knows(self, term: str) -> bool:
        """Return whether any text holds the term."""
        return self._model is not None and bool(self._model.get_tokens_ids([term]))

    def top(self, terms: Sequence[str], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return ids and scores of the (at most) k best texts that hold any of the terms; ties by id."""
        scores = self.scores(terms)
        found = np.flatnonzero(scores > 0)
        if len(found) > k:
            # Everything that ties with the k-th stays in, so that the cut below is by id and not by chance.
            threshold = np.partition(scores[found], len(found) - k)[len(found) - k]
            found = found[scores[found] >= threshold]
        order = found[np.argsort(-scores[found], kind="stable")][:k]
        return order.astype(np.int64), scores[order]


def _bm25(k1: float, b: float) -> Any:
    import bm25s

    return bm25s.BM25(k1=k1, b=b, method="lucene", backend="numpy")
