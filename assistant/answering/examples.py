"""What no rule foresees: a question nearer to examples of people in danger than to harmless talk.

The examples are `examples.yaml`; their embeddings, those of ordinary questions and the fitted threshold are
`examples.npz` beside it, written by `evals/fit_alerts.py`. They speak only with the encoder they were made
with.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.retrieval.reading import encoder_family

VECTORS = Path(__file__).with_name("examples.npz")
HARMLESS = "harmless"
NEIGHBOURS = 8
"""How many of the nearest examples on either side are weighed (chosen by cross-validation)."""
_SECOND = 3
"""Neighbours that a second kind of danger needs to be named beside the first."""


class Examples:
    """Embedded examples: kinds of danger, and `harmless` for everything else."""

    def __init__(self, encoder_id: str, path: Path = VECTORS) -> None:
        """Load the embeddings; without them, or with another encoder, `dangers` finds none."""
        self._vectors: NDArray[np.float32] | None = None
        if path.is_file():
            with np.load(path, allow_pickle=False) as stored:
                if encoder_family(encoder_id) == str(stored["encoder"]):
                    self._vectors = stored["vectors"].astype(np.float32)
                    self._kinds = stored["kinds"]
                    self._threshold = float(stored["threshold"])

    def dangers(self, vector: NDArray[np.float32]) -> tuple[str, ...]:
        """Alert codes of the dangers a question's embedding is near to, nearest first; mostly none."""
        if self._vectors is None:
            return ()
        cosines = self._vectors @ vector
        if nearness(cosines, self._kinds != HARMLESS) <= self._threshold:
            return ()
        inside = np.flatnonzero(self._kinds != HARMLESS)
        near = inside[np.argsort(-cosines[inside], kind="stable")[:NEIGHBOURS]]
        votes = {str(kind): int((self._kinds[near] == kind).sum()) for kind in self._kinds[near]}
        ranked = sorted(votes, key=lambda kind: -votes[kind])
        return tuple(k for place, k in enumerate(ranked) if place == 0 or votes[k] >= _SECOND)


def nearness(cosines: NDArray[np.float32], danger: NDArray[np.bool_]) -> float:
    """Mean cosine of the nearest examples of danger less that of the nearest others; both need at least
    one example."""
    return float(_nearest(cosines[danger]) - _nearest(cosines[~danger]))


def _nearest(cosines: NDArray[np.float32]) -> float:
    kept = min(NEIGHBOURS, len(cosines))
    return float(np.partition(cosines, len(cosines) - kept)[-kept:].mean())
