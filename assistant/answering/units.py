"""How well a unit answers the question: meaning, words, the kind of answer asked for, its facet, and the
caller's row.

The features are joined by weights that `evals/fit_models.py` fits on development topics whose right
sentence is
known (a conditional logit over the units of the right document); they are in `units.json` beside this file.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.answering.measures import Facts
from assistant.answering.rows import names_household, other_households, own_rows
from assistant.domain import Chunk, Document, Facet, State, Unit, UnitKind
from assistant.index.opened import OpenedIndex
from assistant.retrieval.query import Understood

WEIGHTS = Path(__file__).with_name("units.json")
FEATURES = (
    "cosine",
    "cosine_lead",
    "overlap",
    "rare_overlap",
    "heading_overlap",
    "facet",
    "first_cue",
    "type_hit",
    "type_miss",
    "window",
    "window_miss",
    "announces_table",
    "row",
    "own_row",
    "other_row",
    "introduction",
    "length",
    "first",
    "sentence",
    "negation",
)
ANSWER_TYPES: tuple[tuple[str, str], ...] = (
    (r"몇\s?(?:프로|퍼센트|%)|할인율|감면율|비율|이율|금리", r"\d\s?%|\(%\)"),
    (
        r"얼마|얼만|얼매|얼맙|금액|한도|최대|최고|액수|몇\s?만\s?원|요금|단가|비용|수당은|지원금은",
        r"\d[\d,.]*\s?(?:만|천|억)?\s?원|\d\s?%|원\)",
    ),
    (r"언제|까지|기한|날짜|지급일|마감|며칟날|시작", r"\d{1,2}월|\d{1,2}일|매월|매년|연중|수시|이내|안에"),
    (r"며칠|몇\s?(?:개월|달|년|일)|얼마\s?동안|얼마나\s?오래", r"\d\s?(?:일|개월|년|주|달)"),
    (r"몇\s?시(?!간)|운영\s?시간|이용\s?시간|몇시", r"\d{1,2}\s?시|오전|오후"),
    (r"몇\s?시간", r"\d+\s?시간"),
    (r"번호|전화|연락처|몇\s?번(?:이|으)", r"\d{2,4}-\d{3,4}|(?<!\d)1\d{2,3}(?!\d)|: ?\d{3,4}$"),
    (
        r"어디|어데|어딨|위치|장소|어느\s?(?:곳|센터)",
        r"센터|사무소|주민|시청|보건소|누리집|홈페이지|공단|은행|지사|복지관|[동로길]\b|에서|앱|층",
    ),
    (r"몇\s?(?:살|세)|나이|연령", r"\d+\s?세"),
    (r"몇\s?(?:번|회|명|인)", r"\d+\s?(?:번|회|명|인)"),
    (r"서류|준비물|뭐\s?(?:들고|가져|챙겨|필요)", r"서류|신분증|통장|신청서|증명|확인서|사본|동의서|진단서"),
    (r"중복|같이|둘\s?다|동시|함께|또\s?받", r"중복|함께|동시|별도|따로|더해|겹"),
)
"""What a question asks for, and what an answer to it must show."""
STRICT_TYPES = (
    r"얼마(?!나)|얼만|얼매|얼맙|금액|한도|액수|몇\s?만\s?원|과태료|몇\s?(?:프로|퍼센트|%)|할인율|감면율",
    r"몇\s?시간|몇\s?시(?!간)|몇\s?군데|몇\s?번(?:이|으)|전화\s?번호",
)
"""Questions that nothing but the figure asked for answers: without one in the documents there is no
answer."""
WINDOW_WORDS = {
    "use": r"사용|쓸|쓰|소진|소멸|유효",
    "appeal": r"이의",
    "pay": r"지급|입금|들어|받",
    "apply": r"신청|접수|마감|제출",
}
_TABLE_LEAD = re.compile(
    r"(?:다음과\s?같습니다|아래(?:와|의?\s?표)|따라\s?다릅니다|다음\s?(?:표|금액)|따라.{0,24}지급합니다)"
)
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
class ScoredUnit:
    """A unit with how well it answers the question.

    `own_row`: it is the caller's row of a table, or speaks of the caller's household; `another`: of
    another's.
    """

    document: Document
    chunk: Chunk
    unit: Unit
    state: State
    score: float
    own_row: bool = False
    another: bool = False
    features: NDArray[np.float32] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The question as units are compared with it: its embedding, content words, facts and facets."""

    vector: NDArray[np.float32]
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


def score_units(
    index: OpenedIndex, document: Document, state: State, chunks: Sequence[Chunk], asked: Asked
) -> list[ScoredUnit]:
    """Score every unit of some chunks of a document, in reading order."""
    weights = _weights()
    own = _own(chunks, asked.facts)
    types = [answer for asks, answer in ANSWER_TYPES if re.search(asks, asked.understood.text)]
    cosines = {chunk.id: index.unit_vectors(index.row_of[chunk.id]) @ asked.vector for chunk in chunks}
    best = max((float(c.max()) for c in cosines.values() if len(c)), default=0.0)
    scored = []
    for chunk in chunks:
        for position, (unit, cosine) in enumerate(zip(chunk.units, cosines[chunk.id], strict=True)):
            features = _features(chunk, unit, position, float(cosine), best, asked, types, own)
            scored.append(
                ScoredUnit(
                    document,
                    chunk,
                    unit,
                    state,
                    float(features @ weights),
                    id(unit) in own[0],
                    id(unit) in own[1],
                    features,
                )
            )
    return scored


def _features(
    chunk: Chunk,
    unit: Unit,
    position: int,
    cosine: float,
    best: float,
    asked: Asked,
    types: Sequence[str],
    own: tuple[frozenset[int], frozenset[int]],
) -> NDArray[np.float32]:
    """The features of one unit, in the order of FEATURES."""
    hits = [bool(re.search(answer, unit.text)) for answer in types]
    window = asked.understood.window
    fits = bool(window and re.search(WINDOW_WORDS[window], unit.text))
    heading = "".join(chunk.heading_path)
    values = (
        10 * (cosine - 0.8),
        10 * (cosine - best),
        overlap(unit.text, asked.words),
        rare_overlap(unit.text, asked.words, asked.rarity),
        overlap(heading, asked.words),
        asked.facets.get(chunk.facet, 0.0),
        float(bool(asked.cues) and asked.cues[0] is chunk.facet),
        sum(hits) / max(1, len(hits)),
        float(bool(hits) and not any(hits)),
        float(fits),
        float(bool(window) and not fits),
        float(unit.kind is not UnitKind.ROW and bool(_TABLE_LEAD.search(unit.text))),
        float(unit.kind is UnitKind.ROW),
        float(id(unit) in own[0]),
        float(id(unit) in own[1]),
        float(not chunk.heading_path),
        min(len(unit.text), 200) / 100,
        float(position == 0),
        float(bool(re.search(r"(?:니다|세요)[.]?$", unit.text))),
        float(bool(re.search(r"않|못|없|제외", unit.text))),
    )
    return np.asarray(values, dtype=np.float32)


def _own(chunks: Sequence[Chunk], facts: Facts) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of the row units that are the caller's, and of the rows beside them in the same tables."""
    tables: dict[tuple[str, int], list[Unit]] = {}
    for chunk in chunks:
        for unit in chunk.units:
            if unit.kind is UnitKind.ROW:
                tables.setdefault((chunk.document_id, unit.context[0].start), []).append(unit)
    mine: set[int] = set()
    others: set[int] = set()
    for unit in (unit for chunk in chunks for unit in chunk.units):
        if unit.kind is not UnitKind.ROW and (fits := names_household(unit.text, facts)) is not None:
            (mine if fits else others).add(id(unit))
    for rows in tables.values():
        chosen = own_rows(rows, facts)
        told = bool(chosen) or other_households(rows, facts)
        mine |= {id(rows[i]) for i in chosen}
        others |= {id(row) for i, row in enumerate(rows) if told and i not in chosen}
    return frozenset(mine), frozenset(others)


def overlap(text: str, words: Sequence[str]) -> float:
    """Share of the question's content words that stand in the text, 0–1."""
    if not words:
        return 0.0
    flat = text.replace(" ", "").lower()
    return sum(1 for word in words if word.removesuffix("다") in flat) / len(words)


def rare_overlap(text: str, words: Sequence[str], rarity: Mapping[str, float]) -> float:
    """The same, each word weighted by its rarity (idf of its rarest pair of characters)."""
    flat = text.replace(" ", "").lower()
    weights = [max((rarity.get(w[i : i + 2], 1.0) for i in range(len(w) - 1)), default=1.0) for w in words]
    total = sum(weights)
    held = sum(v for w, v in zip(words, weights, strict=True) if w.removesuffix("다") in flat)
    return held / total if total else 0.0


@cache
def _weights() -> NDArray[np.float32]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.asarray([stored[name] for name in FEATURES], dtype=np.float32)


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


def syllables(text: str) -> int:
    """Hangul syllables: the length of a text that is read aloud (about six a second)."""
    return len(re.findall(r"[가-힣]", text))
