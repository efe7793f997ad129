"""Whether the corpus holds an answer at all: a small logistic model over absolute signals.

Fitted on labelled questions by `evals/fit_abstention.py`; the coefficients are in `calibration.json`
beside this file
and are copied into each generation.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

from assistant.errors import IndexDamaged
from assistant.retrieval.retriever import Ranking

CALIBRATION = Path(__file__).with_name("calibration.json")
SIGNALS = ("dense", "name_dense", "name_match", "coverage", "rare_missing", "margin", "lexical")


@dataclass(frozen=True, slots=True)
class Abstention:
    """The fitted model: probability that the corpus holds the answer, and the point below which to
    abstain."""

    intercept: float
    coefficients: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]
    threshold: float

    @classmethod
    def from_json(cls, raw: bytes) -> "Abstention":
        """Read `calibration.json` (IndexDamaged when it is none)."""
        try:
            values = json.loads(raw)
            return cls(
                values["intercept"],
                values["coefficients"],
                values["means"],
                values["scales"],
                values["threshold"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                "calibration.json을 읽을 수 없습니다. `index build`로 색인을 다시 만들어 주세요."
            ) from error

    def probability(self, signals: Mapping[str, float]) -> float:
        """Probability (0–1) that the question can be answered."""
        total = self.intercept + sum(
            weight * (signals[name] - self.means[name]) / self.scales[name]
            for name, weight in self.coefficients.items()
        )
        return 1 / (1 + exp(-max(-40.0, min(40.0, total))))

    def abstains(self, signals: Mapping[str, float]) -> bool:
        """Whether to say "not in the corpus"."""
        return self.probability(signals) < self.threshold


def signals(
    ranking: Ranking, words: Sequence[str], text: str, rarity: Mapping[str, float]
) -> dict[str, float]:
    """The absolute signals of a question against its best document, whose searched text is `text`.

    coverage: share of the content words' rarity (idf) that stands in the document; rare_missing: the
    rarest word that
    does not; margin: how far the best programme leads the second.
    """
    if not ranking.documents:
        return dict.fromkeys(SIGNALS, 0.0)
    top = ranking.documents[0]
    flat = text.replace(" ", "").lower()
    weights = {word: _rarity(word, rarity) for word in words}
    held = {word for word in words if word.removesuffix("다") in flat}
    total = sum(weights.values())
    second = next((d.score for d in ranking.documents if d.programme != top.programme), 0.0)
    return {
        "dense": ranking.best_cosine,
        "name_dense": max(d.signals["name_dense"] for d in ranking.documents[:5]),
        "name_match": top.signals["name_match"],
        "coverage": sum(weights[w] for w in held) / total if total else 0.0,
        "rare_missing": max((weights[w] for w in words if w not in held), default=0.0),
        "margin": top.score - second,
        "lexical": min(ranking.best_lexical, 40.0),
    }


def _rarity(word: str, rarity: Mapping[str, float]) -> float:
    """idf of a word by its rarest pair of characters; what the corpus never has is as rare as can be."""
    top = max(rarity.values(), default=1.0)
    return max((rarity.get(word[i : i + 2], top) for i in range(len(word) - 1)), default=top)
