"""What is told of a unit (a sentence or a table row) against a question: the numbers that the scorer weighs.

Meaning (cosines), words, the kind of answer asked for, the facet, and whether it is the caller's row.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.answering.asked import Asked
from assistant.domain import Chunk, Unit, UnitKind

ANSWER_TYPES: tuple[tuple[str, str], ...] = (
    (r"몇\s?(?:프로|퍼센트|%)|할인율|감면율|비율|이율|금리", r"\d\s?%|\(%\)"),
    (
        r"얼마|얼만|얼맙|금액|한도|최대|최고|액수|몇\s?만\s?원|요금|단가|비용|수당은|지원금은",
        r"\d[\d,.]*\s?(?:만|천|억)?\s?원|\d\s?%|원[)/]",
    ),
    (r"언제|까지|기한|날짜|지급일|마감|며칟날|시작", r"\d{1,2}월|\d{1,2}일|매월|매년|연중|수시|이내|안에"),
    (r"며칠|몇\s?(?:개월|달|년|일)|얼마\s?동안|얼마나\s?오래", r"\d\s?(?:일|개월|년|주|달)"),
    (r"몇\s?시(?!간)|운영\s?시간|이용\s?시간|몇시", r"\d{1,2}\s?시|오전|오후"),
    (r"몇\s?시간", r"\d+\s?시간"),
    (r"번호|전화|연락처|몇\s?번(?:이|으)", r"\d{2,4}-\d{3,4}|(?<!\d)1\d{2,3}(?!\d)|: ?\d{3,4}$"),
    (
        r"어디|어딨|위치|장소|어느\s?(?:곳|센터)",
        r"센터|사무소|주민|시청|보건소|누리집|홈페이지|공단|은행|지사|복지관|[동로길]\b|에서|앱|층",
    ),
    (r"몇\s?(?:살|세)|나이|연령", r"\d+\s?세"),
    (r"몇\s?(?:번|회|명|인)", r"\d+\s?(?:번|회|명|인)"),
    (r"서류|준비물|뭐\s?(?:들고|가져|챙겨|필요)", r"서류|신분증|통장|신청서|증명|확인서|사본|동의서|진단서"),
    (r"중복|같이|둘\s?다|동시|함께|또\s?받", r"중복|함께|동시|별도|따로|더해|겹"),
)
"""What a question asks for, and what an answer to it must show."""
STRICT_TYPES = (
    r"얼마(?!나)|얼만|얼맙|금액|한도|액수|몇\s?만\s?원|과태료|몇\s?(?:프로|퍼센트|%)|할인율|감면율",
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
KINDS: tuple[tuple[str, str, str], ...] = (
    (
        "place",
        r"위치|어디|어딨|장소|주소|몇\s?층|찾아가",
        r"에\s있습니다|[가-힣]+[동로길]\s?\d|층|에서\s|[가-힣]동에",
    ),
    ("upper", r"최대|최고|상한|한도|젤\s?많|제일\s?많|까지", r"최대|상한|한도|까지|이내|이하|범위"),
    ("lower", r"최소|최저|하한|적어도|젤\s?적", r"최소|하한|이상|최저"),
    ("income", r"소득", r"소득|중위|보험료|수급자|차상위"),
    ("assets", r"재산|통장|집값|차", r"재산|금융|자동차|집값|주택"),
    ("age", r"몇\s?(?:살|세)|나이|연령|살까지|세까지", r"\d+\s?세|\d+개월|나이"),
    ("sum", r"총|모두|합쳐|합해|전부|다\s?합", r"모두|합|총|전체"),
    ("span", r"며칠|얼마\s?동안|몇\s?(?:개월|달|년|주)|기간|얼마나", r"\d\s?(?:일|개월|년|주)"),
    ("day", r"언제|며칟날|날짜|지급일|몇\s?일", r"\d{1,2}월\s?\d{1,2}일|매월|매년|\d{1,2}일에"),
    ("online", r"인터넷|온라인|집에서|폰으로|앱|컴퓨터", r"온라인|누리집|앱|정부24|복지로|인터넷"),
    ("who", r"대상|누가|누구|자격|되나|됩니|돼요|되는", r"대상|이어야|합니다|사람|가구|이면"),
    ("not", r"못\s?받|안\s?되|제외|안\s?돼", r"못|않|제외|없"),
    ("phone", r"전화|번호|연락", r"\d{3,4}-?\d{0,4}번?|전화"),
    ("both", r"같이|중복|둘\s?다|또|동시|함께|도\s?(?:받|되|돼)", r"함께|중복|동시|겹|따로|둘"),
    ("work", r"일하|직장|근로|알바|취업", r"일하|근로|직장|취업|재직"),
)
"""Kinds of question and what an answer of that kind shows, each weighed by itself."""
FEATURES = (
    "cosine",
    "cosine_lead",
    "cosine_z",
    "overlap",
    "rare_overlap",
    "heading_overlap",
    "pairs_asked",
    "pairs_said",
    "pairs_shared",
    "pairs_lead",
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
    *(name for name, _, _ in KINDS),
)
"""cosine*: with the unit, against the best of the document, in its standard deviations; overlap: shares of
content words; pairs_*: pairs of characters in common (idf) as shares of the question's, of the unit's, in
all, and against the best of the document; window: the window asked about; the rest as named."""
_RARE = 6.0
"""The idf of a pair of characters that no document has."""
_TABLE_LEAD = re.compile(
    r"(?:다음과\s?같습니다|아래(?:와|의?\s?표)|따라\s?다릅니다|다음\s?(?:표|금액)|따라.{0,24}지급합니다)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit in its document: its chunk, its position there, and whose row it is."""

    chunk: Chunk
    unit: Unit
    position: int
    own: bool
    other: bool


def unit_features(places: Sequence[Place], cosines: NDArray[np.float32], asked: Asked) -> NDArray[np.float32]:
    """Features of all units of a document, shape (units, features); `cosines`: theirs with the question."""
    text = asked.understood.text
    types = [answer for asks, answer in ANSWER_TYPES if re.search(asks, text)]
    kinds = [answer if re.search(asks, text) else "" for _, asks, answer in KINDS]
    best, spread = float(cosines.max()), float(cosines.std()) + 1e-6
    pairs = [_shared_pairs(text, place.unit.text, asked.rarity) for place in places]
    most = max((asked_for for asked_for, _, _ in pairs), default=0.0)
    rows = []
    for place, cosine, (recall, precision, shared) in zip(places, map(float, cosines), pairs, strict=True):
        meaning = (10 * (cosine - 0.8), 10 * (cosine - best), (cosine - float(cosines.mean())) / spread)
        words = (recall, precision, shared / 30, recall - most)
        rows.append(
            (
                *meaning,
                overlap(place.unit.text, asked.words),
                rare_overlap(place.unit.text, asked.words, asked.rarity),
                overlap("".join(place.chunk.heading_path), asked.words),
                *words,
                *_shape(place, asked, types),
                *(float(bool(answer) and bool(re.search(answer, place.unit.text))) for answer in kinds),
            )
        )
    return np.asarray(rows, dtype=np.float32)


def _shape(place: Place, asked: Asked, types: Sequence[str]) -> tuple[float, ...]:
    """Facet, kind of answer, window, row and form of a unit."""
    chunk, unit, window = place.chunk, place.unit, asked.understood.window
    hits = [bool(re.search(answer, unit.text)) for answer in types]
    fits = bool(window and re.search(WINDOW_WORDS[window], unit.text))
    is_row = unit.kind is UnitKind.ROW
    return (
        asked.facets.get(chunk.facet, 0.0),
        float(bool(asked.cues) and asked.cues[0] is chunk.facet),
        sum(hits) / max(1, len(hits)),
        float(bool(hits) and not any(hits)),
        float(fits),
        float(bool(window) and not fits),
        float(not is_row and bool(_TABLE_LEAD.search(unit.text))),
        float(is_row),
        float(place.own),
        float(place.other),
        float(not chunk.heading_path),
        min(len(unit.text), 200) / 100,
        float(place.position == 0),
        float(bool(re.search(r"(?:니다|세요)[.]?$", unit.text))),
        float(bool(re.search(r"않|못|없|제외", unit.text))),
    )


def _shared_pairs(question: str, text: str, rarity: Mapping[str, float]) -> tuple[float, float, float]:
    """Pairs of characters in both, by idf: as a share of the question's, of the text's, and their sum."""
    asked, said = _pairs(question), _pairs(text)
    shared = sum(rarity.get(pair, _RARE) for pair in asked & said)
    return (
        shared / (sum(rarity.get(pair, _RARE) for pair in asked) + 1e-6),
        shared / (sum(rarity.get(pair, _RARE) for pair in said) + 1e-6),
        shared,
    )


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    flat = re.sub(r"[^0-9a-z가-힣]", "", text.lower())
    return frozenset(flat[i : i + 2] for i in range(len(flat) - 1))


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
