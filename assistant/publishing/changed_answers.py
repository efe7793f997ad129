"""Questions whose answer changes: evaluation questions and logged ones, asked old and new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from assistant.answering.serialise import answer_to_dict
from assistant.domain import Answer, Document
from assistant.errors import AssistantError
from assistant.evaluation.judgement import judge
from assistant.evaluation.runner import held_document
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import HeldDocument, Reply
from assistant.publishing.affected import Question, affected
from assistant.publishing.difference import Difference
from assistant.publishing.office import Office
from assistant.service import Assistant


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer changes. `was_right`, `is_right`: None where nobody judged: logged questions,
    and evaluation questions on another day than their own."""

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
    """How far asking has come: answers that change so far, how many questions are left, what is never asked.

    `asked`, `unasked`: evaluation questions on their own day, which are judged; `others_left`: the others.
    """

    topics: tuple[AnswerChange, ...] = ()
    logged: tuple[AnswerChange, ...] = ()
    asked: int = 0
    unasked: int = 0
    others_left: int = 0
    not_asked: tuple[str, ...] = ()
    topics_cut: int = 0


class Both:
    """The live generation and the candidate, asked the same; no question of a day is asked twice."""

    def __init__(self, live: Assistant, candidate: Assistant) -> None:
        """Hold both."""
        self._live, self._candidate = live, candidate
        self._known: dict[tuple[str, date, tuple[str, ...]], tuple[Answer, Answer] | None] = {}

    def answers(self, question: str, day: date, context: tuple[str, ...]) -> tuple[Answer, Answer] | None:
        """What both answer where that differs; None where it does not, or the question cannot be asked."""
        key = (question, day, context)
        if key not in self._known:
            self._known[key] = self._asked(question, day, context)
        return self._known[key]

    def _asked(self, question: str, day: date, context: tuple[str, ...]) -> tuple[Answer, Answer] | None:
        try:
            old = self._live.answered(question, as_of=day, context=context)
            new = self._candidate.answered(question, as_of=day, context=context)
        except AssistantError:
            return None
        return (old, new) if said(old) != said(new) else None


def ask_both(office: Office, candidate: Assistant, difference: Difference) -> Iterator[Asked]:
    """Ask the live generation and the candidate what may change; how far it is, at first and each time."""
    chosen, both = affected(office, difference), Both(office.assistant, candidate)
    before, after = _held(difference.before), _held(difference.after)
    left = len(chosen.others)
    cut = chosen.topics_cut
    known = Asked(unasked=len(chosen.topics), others_left=left, not_asked=chosen.not_asked, topics_cut=cut)
    yield known
    for topic in chosen.topics:
        change = _judged(both, topic, before, after)
        known = replace(known, asked=known.asked + 1, unasked=known.unasked - 1)
        known = replace(known, topics=(*known.topics, change)) if change else known
        yield known
    for question in chosen.others:
        known = replace(_with(known, question, both), others_left=known.others_left - 1)
        yield known


def _held(documents: Mapping[str, Document]) -> dict[str, HeldDocument]:
    return {i: held_document(d) for i, d in documents.items()}


def _judged(
    both: Both, topic: Topic, before: Mapping[str, HeldDocument], after: Mapping[str, HeldDocument]
) -> AnswerChange | None:
    found = both.answers(topic.question, topic.as_of, topic.context)
    if found is None:
        return None
    old, new = found
    was = judge(topic, Reply(topic.id, answer_to_dict(old)), before).right
    now = judge(topic, Reply(topic.id, answer_to_dict(new)), after).right
    return AnswerChange(topic.id, topic.question, topic.as_of, said(old), said(new), was, now, topic.severity)


def _with(known: Asked, question: Question, both: Both) -> Asked:
    """What is known once a question nobody judged has been asked too."""
    found = both.answers(question.text, question.as_of, question.context)
    if found is None:
        return known
    old, new = map(said, found)
    change = AnswerChange(question.source, question.text, question.as_of, old, new)
    if question.logged:
        return replace(known, logged=(*known.logged, change))
    return replace(known, topics=(*known.topics, change))


def said(answer: Answer) -> str:
    """What an answer says, in one text: status, what is read aloud, what must be confirmed, the rest.

    Titles that a refusal names as near are no part of it: each new document comes near to some.
    """
    spoken = [answer.statements[i].text for i in (*answer.summary, *answer.must_confirm)]
    led = {*answer.summary, *answer.must_confirm}
    details = [s.text for i, s in enumerate(answer.statements) if i not in led]
    warnings = [w.text for w in answer.warnings if w.code != "nearest"]
    return "\n".join((f"[{answer.status}]", *spoken, *details, *warnings))
