"""Whether the corpus holds an answer at all: a small logistic model over absolute signals and the
question's meaning.

Fitted on labelled questions by `evals/fit_models.py`; the coefficients are in `calibration.json` beside this
file and are copied into each generation. With another encoder than the one it was fitted on, the part that
needs no meaning stands alone.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.retrieval.reading import encoder_family
from assistant.retrieval.retriever import Ranking

CALIBRATION = Path(__file__).with_name("calibration.json")
SIGNALS = (
    "dense",
    "sentence",
    "lexical",
    "score",
    "margin",
    "name_dense",
    "name_lexical",
    "name_match",
    "coverage",
    "rare_missing",
    "nouns",
    "unknown",
    "missing",
    "missing_share",
)
NAMED = 0.55
"""The name's signal (0–1) from which the best programme counts as surely named."""
MEANING_SCALE = 40.0
"""The embedding's weight beside standardised signals (chosen by cross-validation)."""
_EVERYDAY = frozenset(
    {
        "얼마",
        "언제",
        "어디",
        "누구",
        "무엇",
        "신청",
        "지원",
        "방법",
        "금액",
        "대상",
        "기간",
        "서류",
        "문의",
        "전화",
        "번호",
        "사람",
        "우리",
        "돈",
        "나라",
        "진주",
        "경우",
        "정도",
        "이번",
        "지금",
        "올해",
        "작년",
        "혹시",
        "오늘",
        "내일",
        "요즘",
        "관련",
        "안내",
        "내용",
        "기준",
        "조건",
        "자격",
        "만원",
        "개월",
        "나이",
    }
)


@dataclass(frozen=True, slots=True)
class Abstention:
    """A fitted model: how probably the corpus holds the answer, and the points below which to abstain: one
    for questions that surely name the best programme, one for the others. `everyday`: nouns that callers
    say about many programmes; a corpus that lacks them lacks nothing."""

    intercept: float
    coefficients: Mapping[str, float]
    means: Mapping[str, float]
    scales: Mapping[str, float]
    direction: NDArray[np.float32] | None
    threshold: float
    threshold_named: float
    everyday: frozenset[str] = frozenset()

    @classmethod
    def from_json(cls, raw: bytes, encoder_id: str) -> "Abstention":
        """Read `calibration.json` (IndexDamaged when it is none)."""
        try:
            stored = json.loads(raw)
            values = stored["meaning" if stored["encoder"] == encoder_family(encoder_id) else "signals"]
            direction = values.get("direction")
            return cls(
                values["intercept"],
                values["coefficients"],
                values["means"],
                values["scales"],
                None if direction is None else np.asarray(direction, dtype=np.float32),
                values["threshold"],
                values.get("threshold_named", values["threshold"]),
                frozenset(stored.get("everyday", ())),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(
                "calibration.json을 읽을 수 없습니다. `index build`로 색인을 다시 만들어 주세요."
            ) from error

    def probability(self, signals: Mapping[str, float], vector: NDArray[np.float32]) -> float:
        """Probability (0–1) that the question can be answered."""
        total = self.intercept + sum(
            weight * (signals[name] - self.means[name]) / self.scales[name]
            for name, weight in self.coefficients.items()
        )
        if self.direction is not None:
            total += float(self.direction @ vector) * MEANING_SCALE
        return 1 / (1 + exp(-max(-40.0, min(40.0, total))))

    def abstains(self, signals: Mapping[str, float], vector: NDArray[np.float32]) -> bool:
        """Whether to say "not in the corpus"; never where the best programme is surely named and its texts
        have every telling noun of the question."""
        if signals["name_match"] >= NAMED and not signals["foreign"]:
            return False
        threshold = self.threshold_named if signals["name_match"] >= NAMED else self.threshold
        return self.probability(signals, vector) < threshold


def telling_nouns(nouns: Sequence[str]) -> tuple[str, ...]:
    """Nouns that say what a question is about, each once."""
    return tuple(
        n
        for n in dict.fromkeys(nouns)
        if len(n) >= 2 and n not in _EVERYDAY and not re.search(r"언제|얼마|어디|어떻|까지|누가", n)
    )


def signals(
    ranking: Ranking,
    words: Sequence[str],
    nouns: Sequence[str],
    text: str,
    sentence: float,
    rarity: Mapping[str, float],
    knows: Callable[[str], bool],
    everyday: Collection[str] = (),
) -> dict[str, float]:
    """The absolute signals of a question against its best programme, whose searched text without spaces
    is `text`.

    dense, lexical: best chunk of all, the latter as a share of what was attainable; sentence: best cosine of
    one sentence of the best document; score, margin: the fused score and its lead over the second programme;
    name_*: how the best programme's names fit; coverage: share of the words' rarity (idf) in the text;
    rare_missing: the rarest word that it does not, against the rarest there is; unknown: nouns that nobody
    `knows` (at most 3); missing, missing_share: nouns that the text lacks. Beside the model's: foreign, nouns
    that the text lacks and callers do not say `everyday`.
    """
    if not ranking.documents:
        return dict.fromkeys((*SIGNALS, "foreign"), 0.0)
    top = ranking.documents[0]
    rarest = max(rarity.values(), default=1.0)
    weights = {word: _rarity(word, rarity, rarest) for word in words}
    held = {word for word in words if word.removesuffix("다") in text}
    total = sum(weights.values())
    second = next((d.score for d in ranking.documents if d.programme != top.programme), 0.0)
    missing = [noun for noun in nouns if noun not in text]
    return {
        "dense": ranking.best_cosine,
        "sentence": sentence,
        "lexical": ranking.best_lexical / ranking.attainable if ranking.attainable else 0.0,
        "score": top.score,
        "margin": top.score - second,
        "name_dense": max(d.signals["name_dense"] for d in ranking.documents[:5]),
        "name_lexical": top.signals["name_lexical"],
        "name_match": top.signals["name_match"],
        "coverage": sum(weights[w] for w in held) / total if total else 0.0,
        "rare_missing": max((weights[w] for w in words if w not in held), default=0.0) / rarest,
        "nouns": float(len(nouns)),
        "unknown": float(min(3, sum(not knows(noun) for noun in nouns))),
        "missing": float(min(4, len(missing))),
        "missing_share": len(missing) / max(1, len(nouns)),
        "foreign": float(sum(noun not in everyday for noun in missing)),
    }


def _rarity(word: str, rarity: Mapping[str, float], rarest: float) -> float:
    """idf of a word by its rarest pair of characters; what the corpus never has is as rare as can be."""
    return max((rarity.get(word[i : i + 2], rarest) for i in range(len(word) - 1)), default=rarest)
