"""Knowledge gaps: questions of a period that were refused, badly rated or half answered, in clusters."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from assistant.answering.assembly import FACET_WORDS
from assistant.domain import Facet, Status
from assistant.index.encoder import Encoder
from assistant.publishing.log import midnight
from assistant.publishing.office import Office
from assistant.publishing.sheet import sheet
from assistant.records.logged import Logged, Verdict
from assistant.records.users import Right, User, require

REFUSED = (Status.NO_EVIDENCE, Status.OUT_OF_SCOPE)
BAD = (Verdict.WRONG, Verdict.BAD_EVIDENCE, Verdict.INCOMPLETE, Verdict.OUTDATED)
NEAR = 0.2
"""Mean nearness from which two clusters are one: purity 0.94–0.96 on 200 questions of 25 programmes."""
BACKGROUND = 64
"""So many titles are embedded as questions to say what is common to all of them."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions about one thing: the most typical, all, counts, why, and the nearest documents."""

    question: str
    count: int
    questions: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...]
    nearest: tuple[str, ...]


def gaps(office: Office, user: User | None, since: date, until: date, limit: int = 50) -> tuple[Gap, ...]:
    """The gaps of a period (both days included, where the centre is), the most asked first."""
    require(office.records, user, Right.RECORDS, f"gaps {since}..{until}")
    asked: dict[str, Counter[str]] = {}
    zone = ZoneInfo(office.settings.timezone)
    period = (midnight(since, zone), midnight(until + timedelta(days=1), zone))
    for logged in office.records.logged("at >= ? AND at < ?", period, 100_000):
        reasons = why_gap(logged)
        if reasons:
            asked.setdefault(logged.question, Counter()).update(reasons)
            asked[logged.question]["물음"] += 1
    questions = list(asked)
    vectors = _embedded(office, questions)
    found = []
    for members in clusters(questions, vectors):
        members.sort(key=lambda i: -asked[questions[i]]["물음"])
        counts = sum((asked[questions[i]] for i in members), Counter[str]())
        total = counts.pop("물음")
        typical = questions[members[0]]
        found.append(
            Gap(typical, total, tuple(questions[i] for i in members), tuple(counts.most_common()), ())
        )
    found.sort(key=lambda gap: (-gap.count, gap.question))
    return tuple(_with_nearest(office, gap) for gap in found[:limit])


def to_csv(found: Iterable[Gap]) -> str:
    """The gaps as CSV, one line a cluster."""
    head = ("물은 수", "대표 질문", "말한 가지 수", "까닭", "가까운 자료", "다른 말")
    return sheet(
        head,
        (
            (
                gap.count,
                gap.question,
                len(gap.questions),
                ", ".join(f"{why} {count}" for why, count in gap.reasons),
                " / ".join(gap.nearest),
                " / ".join(gap.questions[1:]),
            )
            for gap in found
        ),
    )


def why_gap(logged: Logged) -> list[str]:
    """Why a logged answer counts as a gap; empty where it does not."""
    reasons = ["자료 없음"] if logged.status in REFUSED else []
    reasons += [f"항목 없음: {FACET_WORDS[Facet(facet)]}" for facet in logged.answer.get("missing", ())]
    verdicts = {r["verdict"] for r in logged.ratings}
    return reasons + [f"평가: {v.value}" for v in BAD if v.value in verdicts]


def clusters(questions: Sequence[str], vectors: NDArray[np.float32]) -> list[list[int]]:
    """Questions grouped by average linkage over half centred cosine, half shared character pairs (idf)."""
    if not len(questions):
        return []
    near = 0.5 * (vectors @ vectors.T) + 0.5 * _shared_pairs(questions)
    np.fill_diagonal(near, -1.0)
    groups, sizes = [[i] for i in range(len(questions))], np.ones(len(questions))
    while True:
        one, two = divmod(int(near.argmax()), len(questions))
        if near[one, two] < NEAR:
            return [group for group in groups if group]
        near[one] = (near[one] * sizes[one] + near[two] * sizes[two]) / (sizes[one] + sizes[two])
        near[:, one] = near[one]
        near[one, one] = -1.0
        near[two] = near[:, two] = -1.0
        sizes[one] += sizes[two]
        groups[one] += groups[two]
        groups[two] = []


def _embedded(office: Office, questions: Sequence[str]) -> NDArray[np.float32]:
    """Unit vectors of questions, less what all questions of this corpus have in common."""
    titles = [d.metadata.title for d in office.assistant.documents()]
    step = max(1, len(titles) // BACKGROUND)
    encoder = office.assistant.encoder
    common = np.mean([_vector(encoder, title) for title in titles[::step][:BACKGROUND]], axis=0)
    rows = [_vector(encoder, question) - common for question in questions]
    if not rows:
        return np.zeros((0, 1), dtype=np.float32)
    return np.stack([row / max(1e-9, float(np.linalg.norm(row))) for row in rows]).astype(np.float32)


@lru_cache(maxsize=8192)
def _vector(encoder: Encoder, text: str) -> NDArray[np.float32]:
    """A text's embedding; a period is looked at again and again, with mostly the same questions."""
    return encoder.encode_question(text)


def _shared_pairs(questions: Sequence[str]) -> NDArray[np.float64]:
    texts = ["".join(question.split()) for question in questions]
    pairs = [frozenset(a + b for a, b in pairwise(text)) for text in texts]
    spread = Counter(pair for held in pairs for pair in held)
    names = {pair: place for place, pair in enumerate(spread)}
    rows = np.zeros((len(texts), max(1, len(names))))
    for row, held in zip(rows, pairs, strict=True):
        for pair in held:
            row[names[pair]] = np.sqrt(np.log((len(texts) + 1) / (spread[pair] + 0.5)))
    norms = np.maximum(1e-9, np.linalg.norm(rows, axis=1, keepdims=True))
    return np.asarray((rows / norms) @ (rows / norms).T)


def _with_nearest(office: Office, gap: Gap) -> Gap:
    titles = [e.title for e in office.assistant.search(gap.question, k=3) if e.rejected is None]
    return Gap(gap.question, gap.count, gap.questions, gap.reasons, tuple(dict.fromkeys(titles))[:3])
