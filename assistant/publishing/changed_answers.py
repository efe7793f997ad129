"""Questions whose answer changes: evaluation questions and logged ones, asked old and new."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.answering.serialise import answer_to_dict
from assistant.domain import Answer, Document
from assistant.errors import AssistantError
from assistant.evaluation.judgement import judge
from assistant.evaluation.runner import held_document
from assistant.evaluation.topic_files import load_topics, topic_files
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import HeldDocument, Reply
from assistant.publishing.office import Office
from assistant.service import Assistant

LOGGED_ASKED = 60
"""So many of the newest different logged questions that used a changed document are asked again."""
TOPICS_ASKED = 80
"""So many evaluation questions on the programmes touched are asked, the gravest first."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer changes. `was_right`, `is_right`: None for logged questions: nobody judged."""

    source: str
    question: str
    as_of: date
    before: str
    after: str
    was_right: bool | None = None
    is_right: bool | None = None
    severity: int = 0

    @property
    def regresses(self) -> bool:
        """Whether a right answer becomes a wrong one."""
        return self.was_right is True and self.is_right is False


@dataclass(frozen=True, slots=True)
class Asked:
    """How far asking has come: answers that change so far, and how many questions are left."""

    topics: tuple[AnswerChange, ...] = ()
    logged: tuple[AnswerChange, ...] = ()
    asked: int = 0
    unasked: int = 0
    logged_left: int = 0


def ask_both(
    office: Office,
    candidate: Assistant,
    before: Mapping[str, Document],
    after: Mapping[str, Document],
    touched: set[str],
    programmes: set[str],
) -> Iterator[Asked]:
    """Ask the live generation and the candidate what may change; how far it is, at first and each time."""
    topics, logged = _touched_topics(office, programmes, touched), _logged_answers(office, touched)
    held_before, held_after = _held(before), _held(after)
    changed, again = list[AnswerChange](), list[AnswerChange]()
    yield Asked(unasked=len(topics), logged_left=len(logged))
    for done, topic in enumerate(topics, 1):
        found = _topic_change(office.assistant, candidate, topic, held_before, held_after)
        changed += [found] if found else []
        yield Asked(tuple(changed), (), done, len(topics) - done, len(logged))
    for done, answer_id in enumerate(logged, 1):
        found = _logged_change(office, candidate, answer_id)
        again += [found] if found else []
        yield Asked(tuple(changed), tuple(again), len(topics), 0, len(logged) - done)


def _touched_topics(office: Office, programmes: set[str], touched: set[str]) -> tuple[Topic, ...]:
    """Evaluation questions on the programmes touched: on a touched document and grave ones first."""
    found = [t for t in _all_topics(_state(office.topics)) if any(g.programme in programmes for g in t.gold)]
    found.sort(key=lambda t: (not any(touched & set(g.documents) for g in t.gold), -t.severity, t.id))
    return tuple(found[:TOPICS_ASKED])


def _state(paths: Sequence[Path]) -> tuple[tuple[Path, float], ...]:
    files = topic_files([p for p in paths if p.exists()])
    return tuple((file, file.stat().st_mtime) for file in files)


@lru_cache(maxsize=2)
def _all_topics(files: tuple[tuple[Path, float], ...]) -> tuple[Topic, ...]:
    return load_topics(path for path, _ in files) if files else ()


def _held(documents: Mapping[str, Document]) -> dict[str, HeldDocument]:
    return {i: held_document(d) for i, d in documents.items()}


def _topic_change(
    live: Assistant,
    candidate: Assistant,
    topic: Topic,
    before: Mapping[str, HeldDocument],
    after: Mapping[str, HeldDocument],
) -> AnswerChange | None:
    try:
        old = live.answered(topic.question, as_of=topic.as_of, context=topic.context)
        new = candidate.answered(topic.question, as_of=topic.as_of, context=topic.context)
    except AssistantError:
        return None
    if said(old) == said(new):
        return None
    was = judge(topic, Reply(topic.id, answer_to_dict(old)), before).right
    now = judge(topic, Reply(topic.id, answer_to_dict(new)), after).right
    return AnswerChange(topic.id, topic.question, topic.as_of, said(old), said(new), was, now, topic.severity)


def _logged_answers(office: Office, touched: set[str]) -> list[str]:
    """The newest different logged questions that cited a touched document, by answer."""
    marks = ",".join("?" * len(touched))
    rows = office.records.rows(
        "SELECT answer_id, max(at) AS newest FROM answers"
        f" WHERE answer_id IN (SELECT answer_id FROM citations WHERE document_id IN ({marks}))"
        " GROUP BY question, context ORDER BY newest DESC LIMIT ?",
        (*touched, LOGGED_ASKED),
    )
    return [row["answer_id"] for row in rows]


def _logged_change(office: Office, candidate: Assistant, answer_id: str) -> AnswerChange | None:
    """A logged question asked again for its day, of the live generation and of the candidate."""
    logged = office.records.opened(answer_id)
    day = date.fromisoformat(logged.as_of)
    try:
        old = office.assistant.answered(logged.question, as_of=day, context=logged.context)
        new = candidate.answered(logged.question, as_of=day, context=logged.context)
    except AssistantError:
        return None
    if said(old) == said(new):
        return None
    return AnswerChange(f"기록 {logged.at[:10]}", logged.question, day, said(old), said(new))


def said(answer: Answer) -> str:
    """What an answer says, in one text: status, what is read aloud, what must be confirmed, the rest."""
    spoken = [answer.statements[i].text for i in (*answer.summary, *answer.must_confirm)]
    led = {*answer.summary, *answer.must_confirm}
    details = [s.text for i, s in enumerate(answer.statements) if i not in led]
    warnings = [w.text for w in answer.warnings]
    return "\n".join((f"[{answer.status}]", *spoken, *details, *warnings))
