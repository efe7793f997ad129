"""What kind of question it is, learned from the labelled development topics: its facets, and whether it
tells a situation.

One-vs-rest logistic models over the question's embedding and the cues of `query.asked_facets`; fitted by
`evals/fit_models.py`, stored in `reading.npz` beside this file. They speak only with the encoder they were
fitted on.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Facet

WEIGHTS = Path(__file__).with_name("reading.npz")
FACETS = tuple(Facet)
SITUATION = "situation"


@dataclass(frozen=True, slots=True)
class Reading:
    """Probabilities (0–1) of each facet, and that the question describes a situation without naming a
    programme."""

    facets: dict[Facet, float]
    situation: float


class Reader:
    """The fitted models, and `centre`: the average question's embedding."""

    def __init__(self, encoder_id: str, path: Path = WEIGHTS) -> None:
        """Load the weights; without them, or with another encoder, `read` knows nothing."""
        self._weights: NDArray[np.float32] | None = None
        self.centre: NDArray[np.float32] | None = None
        if path.is_file():
            with np.load(path, allow_pickle=False) as stored:
                if encoder_family(encoder_id) == str(stored["encoder"]):
                    self._weights, self._intercepts = stored["weights"], stored["intercepts"]
                    self.centre = stored["centre"]

    def read(self, vector: NDArray[np.float32], cues: tuple[Facet, ...], named: bool) -> Reading | None:
        """The reading of a question from its embedding, its cues, and whether it names a programme."""
        if self._weights is None:
            return None
        logits = self._weights @ features(vector, cues, named) + self._intercepts
        probabilities = 1 / (1 + np.exp(-np.clip(logits, -40, 40)))
        facets = {facet: float(p) for facet, p in zip(FACETS, probabilities[:-1], strict=True)}
        return Reading(facets, float(probabilities[-1]))


def features(vector: NDArray[np.float32], cues: tuple[Facet, ...], named: bool) -> NDArray[np.float32]:
    """The embedding, one place for each cue (first cue 1, others 0.6), whether there is none, and whether
    a name."""
    places = np.zeros(len(FACETS) + 2, dtype=np.float32)
    for position, facet in enumerate(cues):
        places[FACETS.index(facet)] = 1.0 if position == 0 else 0.6
    places[-2], places[-1] = float(not cues), float(named)
    return np.concatenate([vector * np.float32(4.0), places])


def encoder_family(encoder_id: str) -> str:
    """The model behind an encoder's id, whatever the precision: "multilingual-e5-small-…-bf16-v1" → its
    first three parts."""
    return "-".join(encoder_id.split("-")[:3])


def learned_facets(reading: Reading, cues: tuple[Facet, ...], several: bool) -> tuple[Facet, ...]:
    """The facets asked, likeliest first: the best, others nearly as likely, and others that a cue names as
    well."""
    ranked = sorted(reading.facets, key=lambda facet: -reading.facets[facet])
    best = reading.facets[ranked[0]]
    chosen = [ranked[0]]
    for facet in ranked[1:3]:
        near, cued = reading.facets[facet], facet in cues
        if near >= 0.5 and ((not cues and near >= best - 0.1) or (cued and near >= best - 0.35)):
            chosen.append(facet)
    if several:
        chosen += [f for f in cues if f not in chosen and reading.facets[f] >= 0.15]
    return tuple(f for f in chosen if f is not Facet.OTHER) or cues
