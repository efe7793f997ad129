"""The question as sentences are compared with it: its embedding, words, facts and facets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.answering.measures import Facts
from assistant.domain import Facet
from assistant.retrieval.query import Understood

_STOP = frozenset(
    {
        "이다",
        "하다",
        "되다",
        "있다",
        "없다",
        "받다",
        "알다",
        "주다",
        "보다",
        "가다",
        "오다",
        "싶다",
        "말다",
        "때",
        "것",
        "수",
        "거",
        "좀",
        "저",
        "나",
        "우리",
        "제",
        "얼마",
        "언제",
        "어디",
        "어떻다",
        "무엇",
        "뭐",
        "누구",
        "신청",
        "지원",
        "문의",
        "방법",
        "금액",
        "기간",
        "대상",
        "서류",
        "경우",
        "알리다",
        "궁금하다",
        "관련",
        "대하다",
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as units are compared with it: its embeddings, content words, facts and facets. Passages
    are ranked by `vector`, units selected by `selecting`."""

    vector: NDArray[np.float32]
    selecting: NDArray[np.float32]
    words: tuple[str, ...]
    understood: Understood
    facts: Facts
    facets: Mapping[Facet, float] = field(default_factory=dict)
    cues: tuple[Facet, ...] = ()
    rarity: Mapping[str, float] = field(default_factory=dict)
    nouns: tuple[str, ...] = ()


def content_words(terms: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Terms that tell units of one programme apart: no particles, no programme names, no words every
    question has."""
    named = "".join(names)
    return tuple(t for t in dict.fromkeys(terms) if len(t) >= 2 and t not in _STOP and t not in named)
