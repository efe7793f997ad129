"""Questions that a change may affect: evaluation questions and logged ones, and the days to ask them on."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from assistant.domain import Document, Status
from assistant.evaluation.topic_files import load_topics, topic_files
from assistant.evaluation.topics import Topic
from assistant.publishing.difference import Difference
from assistant.publishing.office import Office

TOPICS_ASKED = 80
"""So many evaluation questions on the programmes touched are asked, the gravest first."""
TOPICS_AHEAD = 40
"""So many of them also for each day on which callers meet the change."""
LOGGED_ASKED = 40
"""So many of the newest different logged questions that cited a programme touched are asked again."""
REFUSED_ASKED = 20
"""So many refused questions are asked again: those nearest to what is new, of the newest REFUSED_READ."""
REFUSED_READ = 1000


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask old and new on a day for which nobody judged an answer."""

    source: str
    text: str
    as_of: date
    context: tuple[str, ...]
    logged: bool


@dataclass(frozen=True, slots=True)
class Affected:
    """What to ask, and how much is left out, each in words for who decides; evaluation questions in number
    too."""

    topics: tuple[Topic, ...]
    others: tuple[Question, ...]
    not_asked: tuple[str, ...]
    topics_cut: int


@dataclass(frozen=True, slots=True)
class _Logged:
    """A logged question as it was asked last."""

    text: str
    context: tuple[str, ...]
    as_of: date
    at: str


def affected(office: Office, difference: Difference) -> Affected:
    """The questions that may be answered differently, bounded: each costs two answers."""
    days = difference.days(office.assistant.today())
    topics = _topics(office, difference)
    asked = topics[:TOPICS_ASKED]
    ahead = [Question(t.id, t.question, d, t.context, False) for d in days for t in asked if t.as_of != d]
    cited, more_cited = _cited(office, difference.family)
    refused, more_refused = _refused(office, difference)
    most = TOPICS_AHEAD * len(days)
    left = (
        ("평가 질문", len(topics) - len(asked), f"중요한 {TOPICS_ASKED}개만 물음"),
        ("시행일로 물을 평가 질문", len(ahead) - most, f"중요한 {TOPICS_AHEAD}개만 물음"),
        ("이 사업을 인용한 실제 질문", more_cited, f"새것 {LOGGED_ASKED}개만 물음"),
        ("답하지 못했던 질문", more_refused, f"새 내용에 가까운 {REFUSED_ASKED}개만 물음"),
    )
    logged = list(_on_days((*cited, *refused), days))
    told = tuple(f"{name} {count}개({why})" for name, count, why in left if count > 0)
    return Affected(asked, (*ahead[:most], *logged), told, len(topics) - len(asked))


def _on_days(logged: Iterable[_Logged], days: Sequence[date]) -> Iterable[Question]:
    """Each logged question on its own day and on the days on which callers meet the change."""
    for one in logged:
        for day in dict.fromkeys((one.as_of, *days)):
            yield Question(f"기록 {one.at[:10]}", one.text, day, one.context, True)


def _topics(office: Office, difference: Difference) -> tuple[Topic, ...]:
    """Evaluation questions on the programmes touched: on a touched document and grave ones first."""
    known = _all_topics(_state(office.topics))
    found = [t for t in known if any(g.programme in difference.programmes for g in t.gold)]
    touched = difference.touched
    found.sort(key=lambda t: (not any(touched & set(g.documents) for g in t.gold), -t.severity, t.id))
    return tuple(found)


def _state(paths: Sequence[Path]) -> tuple[tuple[Path, float], ...]:
    files = topic_files([p for p in paths if p.exists()])
    return tuple((file, file.stat().st_mtime) for file in files)


@lru_cache(maxsize=2)
def _all_topics(files: tuple[tuple[Path, float], ...]) -> tuple[Topic, ...]:
    return load_topics(path for path, _ in files) if files else ()


def _cited(office: Office, documents: Iterable[str]) -> tuple[list[_Logged], int]:
    """The newest different questions whose answer cited one of the documents, and how many more there are."""
    wanted = tuple(documents)
    rows = office.records.rows(
        "SELECT question, context, as_of, max(at) AS at, count(*) OVER () AS total FROM answers"
        " WHERE answer_id IN (SELECT answer_id FROM citations"
        f" WHERE document_id IN ({','.join('?' * len(wanted))}))"
        " GROUP BY question, context ORDER BY max(at) DESC LIMIT ?",
        (*wanted, LOGGED_ASKED),
    )
    return _questions(rows), (rows[0]["total"] - len(rows) if rows else 0)


def _refused(office: Office, difference: Difference) -> tuple[list[_Logged], int]:
    """Of the newest questions that found no evidence those nearest to what is new, and how many more."""
    rows = office.records.rows(
        "SELECT question, context, as_of, max(at) AS at FROM"
        " (SELECT question, context, as_of, at FROM answers WHERE status = ? ORDER BY at DESC LIMIT ?)"
        " GROUP BY question, context ORDER BY max(at) DESC",
        (Status.NO_EVIDENCE.value, REFUSED_READ),
    )
    found = _questions(rows)
    new = frozenset[str]().union(*map(_words, (difference.after.get(i) for i in difference.touched)))
    nearest = _nearest([one.text for one in found], new)
    return [found[i] for i in nearest[:REFUSED_ASKED]], max(0, len(found) - REFUSED_ASKED)


def _questions(rows: Iterable[object]) -> list[_Logged]:
    plain = [dict(row) for row in rows]  # type: ignore[call-overload]  # a sqlite3.Row is a mapping in all but name
    return [
        _Logged(r["question"], tuple(json.loads(r["context"])), date.fromisoformat(r["as_of"]), r["at"])
        for r in plain
    ]


def _nearest(questions: Sequence[str], words: frozenset[str]) -> list[int]:
    """Places of questions by the share of their character pairs, the rare ones counting most, among `words`;
    of equals the first."""
    held = [_pairs(question) for question in questions]
    spread = Counter(pair for pairs in held for pair in pairs)
    weight = {pair: math.log((len(held) + 1) / (count + 0.5)) for pair, count in spread.items()}
    near = [
        sum(weight[p] for p in pairs & words) / max(1e-9, sum(weight[p] for p in pairs)) for pairs in held
    ]
    return sorted(range(len(near)), key=lambda i: -near[i])


def _words(document: Document | None) -> frozenset[str]:
    if document is None:
        return frozenset()
    m = document.metadata
    return _pairs(" ".join((m.title, *m.aliases, document.text)))


def _pairs(text: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise("".join(text.split())))
