"""Whether a document holds the answer to a question about its programme: a logistic model over how its units
score.

The right programme may well lack what is asked of it, and its best sentence is then merely the nearest one.
The model is fitted by `evals/fit_held.py` on training questions that their document answers and on such that
it does not, each scored by a scorer that never saw its programme, and stored in `held.npz` beside this file.
"""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.answering.features import FEATURES
from assistant.answering.units import Weighed
from assistant.retrieval.reading import encoder_family

WEIGHTS = Path(__file__).with_name("held.npz")
SUMMARY = (
    "best",
    "over_mean",
    "over_second",
    "spread",
    "best_meaning",
    "best_features",
    "nearest_cosine",
    "best_cosine",
    "units",
    "facet",
    "facets_held",
    "first_facet_held",
)
"""How the scores lie; then the features of the best unit, then the most of each feature over all units."""


class HeldModel:
    """The fitted model; knows nothing with another encoder than it was fitted with."""

    def __init__(self, encoder_id: str, path: Path = WEIGHTS) -> None:
        """Read the weights."""
        self._weights: NDArray[np.float32] | None = None
        if path.is_file():
            with np.load(path, allow_pickle=False) as stored:
                if encoder_family(encoder_id) == str(stored["encoder"]):
                    self._weights, self._intercept = stored["weights"], float(stored["intercept"])

    def probability(self, weighed: Weighed, asked: Asked) -> float | None:
        """How probably (0–1) the document answers the question; None where nothing is known."""
        if self._weights is None or not weighed.places:
            return None
        logit = float(self._weights @ held_features(weighed, asked)) + self._intercept
        return float(1 / (1 + np.exp(-np.clip(logit, -40, 40))))


def held_features(weighed: Weighed, asked: Asked) -> NDArray[np.float32]:
    """How the units of a document lie against a question, shape (len(SUMMARY) + 2 · len(FEATURES),)."""
    scores, features = weighed.scores, weighed.features
    best = int(scores.argmax())
    ranked = np.sort(scores)[::-1]
    facets = [place.chunk.facet for place in weighed.places]
    held = set(facets)
    first = max(asked.facets, key=lambda facet: asked.facets[facet], default=None)
    summary = (
        ranked[0],
        ranked[0] - scores.mean(),
        ranked[0] - ranked[min(1, len(ranked) - 1)],
        np.logaddexp.reduce(scores) - ranked[0],
        weighed.meaning[best],
        scores[best] - weighed.meaning[best],
        weighed.cosines.max(),
        weighed.cosines[best],
        len(scores),
        asked.facets.get(facets[best], 0.0),
        sum(p for facet, p in asked.facets.items() if facet in held) / (sum(asked.facets.values()) + 1e-6),
        float(first in held),
    )
    assert features.shape[1] == len(FEATURES)
    return np.concatenate([summary, features[best], features.max(axis=0)]).astype(np.float32)
