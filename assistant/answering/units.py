"""Which units of a facet answer the question: meaning, words, the caller's row, and the kind of window
asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Chunk, Document, State, Unit, UnitKind
from assistant.index.opened import OpenedIndex
from assistant.retrieval.query import Understood

_WINDOW_WORDS = {
    "use": r"사용|쓸|쓰|소진|소멸|유효",
    "appeal": r"이의",
    "pay": r"지급|입금|들어|받",
    "apply": r"신청|접수|마감|제출",
}
_TABLE_LEAD = re.compile(r"(?:다음과\s?같습니다|아래(?:와|의?\s?표)|따라\s?다릅니다|다음\s?표)")
"""A sentence that only announces a table says nothing by itself."""
_STOP = frozenset(
    [
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
    ]
)


@dataclass(frozen=True, slots=True)
class ScoredUnit:
    """A unit with how well it answers the question (about 0–2) and whether it is the caller's own table
    row."""

    document: Document
    chunk: Chunk
    unit: Unit
    state: State
    score: float
    own_row: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as units are compared with it: its embedding, content words and facts."""

    vector: NDArray[np.float32]
    words: tuple[str, ...]
    understood: Understood


def content_words(terms: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Terms that tell units of one programme apart: no particles, no programme names, no words every
    question has."""
    named = "".join(names)
    kept = (t for t in dict.fromkeys(terms) if len(t) >= 2 and t not in _STOP and t not in named)
    return tuple(kept)


def score_units(
    index: OpenedIndex, document: Document, state: State, chunks: Sequence[Chunk], asked: Asked
) -> list[ScoredUnit]:
    """Score every unit of some chunks of a document, in reading order."""
    scored = []
    for chunk in chunks:
        cosines = index.unit_vectors(index.row_of[chunk.id]) @ asked.vector
        for unit, cosine in zip(chunk.units, cosines, strict=True):
            own = own_row(unit, asked.understood)
            score = 4.0 * (float(cosine) - 0.8) + overlap(unit.text, asked.words) + (0.8 if own else 0.0)
            if _TABLE_LEAD.search(unit.text):
                score -= 1.0
            window = asked.understood.window
            if window and re.search(_WINDOW_WORDS[window], unit.text):
                score += 0.3
            scored.append(ScoredUnit(document, chunk, unit, state, score, bool(own)))
    return scored


def overlap(text: str, words: Sequence[str]) -> float:
    """Share of the question's content words that stand in the text, 0–1."""
    if not words:
        return 0.0
    flat = text.replace(" ", "").lower()
    return sum(1 for word in words if word.removesuffix("다") in flat) / len(words)


def own_row(unit: Unit, understood: Understood) -> bool | None:
    """Whether a table row is the one for the caller's household or age; None where the row does not depend
    on it."""
    if unit.kind is not UnitKind.ROW:
        return None
    keys = [value for _, value in unit.cells[:2]]
    if understood.household is not None:
        for key in keys:
            sizes = household_sizes(key)
            if sizes is not None:
                return sizes[0] <= understood.household <= sizes[1]
    if understood.ages:
        for key in keys:
            ages = age_range(key)
            if ages is not None:
                return ages[0] <= understood.ages[0] <= ages[1]
    flat = understood.text.replace(" ", "")
    return any(_named(key, flat) for key in keys) or None


def _named(key: str, flat: str) -> bool:
    """Whether a row's key ("셋째 이상", "부부가구") is named in the question."""
    cores = [
        re.sub(r"(?:가구|이상|이하|미만|세대|인|형)$", "", word) for word in re.findall(r"[가-힣0-9]+", key)
    ]
    named = [core for core in cores if len(core) >= 2]
    return bool(named) and named[0] in flat


def household_sizes(key: str) -> tuple[int, int] | None:
    """The household sizes a row's key covers: "3인", "4인 이상", "5~6인 가구"; None where it names none."""
    found = re.search(r"(\d{1,2})\s?(?:[~∼-]\s?(\d{1,2}))?\s?(?:인|명)(?:\s?가구)?\s?(이상|이하|초과)?", key)
    if not found or re.search(r"\d인\s?(?:당|1)", key):
        return None
    low, high = int(found.group(1)), int(found.group(2) or found.group(1))
    match found.group(3):
        case "이상":
            return low, 99
        case "초과":
            return low + 1, 99
        case "이하":
            return 1, high
    return low, high


def age_range(key: str) -> tuple[int, int] | None:
    """The ages a row's key covers: "만 65세 이상", "6~7세"; None where it names none."""
    found = re.search(
        r"(\d{1,3})\s?세?\s?(?:[~∼-]\s?(?:만\s?)?(\d{1,3}))?\s?세\s?(이상|이하|미만|초과)?", key
    )
    if not found:
        return None
    low, high = int(found.group(1)), int(found.group(2) or found.group(1))
    match found.group(3):
        case "이상":
            return low, 150
        case "초과":
            return low + 1, 150
        case "이하":
            return 0, high
        case "미만":
            return (low, high - 1) if found.group(2) else (0, high - 1)
    return low, high


def syllables(text: str) -> int:
    """Hangul syllables: the length of a text that is read aloud (about six a second)."""
    return len(re.findall(r"[가-힣]", text))
