"""What will change before it is live: passages, conflicts, findings, and answers old and new side by side."""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.answering.serialise import answer_to_dict
from assistant.corpus.checks.findings import Finding, Severity
from assistant.corpus.checks.run import check_shelf
from assistant.corpus.checks.shelf import shelve
from assistant.corpus.units import split_units
from assistant.domain import Answer, Document, Facet, Unit
from assistant.errors import AssistantError
from assistant.evaluation.judgement import judge
from assistant.evaluation.runner import held_document
from assistant.evaluation.topic_files import load_topics, topic_files
from assistant.evaluation.topics import Topic
from assistant.evaluation.view import HeldDocument, Reply
from assistant.publishing.files import check_base, fingerprint, staged
from assistant.publishing.office import Office
from assistant.service import Assistant

LOGGED_ASKED = 60
"""So many of the newest different logged questions that used a changed document are asked again."""
TOPICS_ASKED = 80
"""So many evaluation questions on the programmes touched are asked, the gravest first."""


@dataclass(frozen=True, slots=True)
class PassageChange:
    """A section that is new (`before` None), gone (`after` None) or different."""

    document_id: str
    title: str
    heading_path: tuple[str, ...]
    before: str | None
    after: str | None


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
class Preview:
    """Everything that publishing would change. `generation` is built and verified, not live."""

    generation: str
    fingerprint: str
    passages: tuple[PassageChange, ...]
    findings: tuple[Finding, ...]
    topics: tuple[AnswerChange, ...]
    logged: tuple[AnswerChange, ...]
    asked: int
    unasked: int
    left_out: tuple[str, ...]
    gates: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[Finding, ...]:
        """New findings about editions that are in force side by side or say different things."""
        return tuple(
            f for f in self.findings if any(w in f.what for w in ("함께", "동시에", "겹", "다릅니다", "충돌"))
        )

    @property
    def blocking(self) -> tuple[str, ...]:
        """What asks for a second person: errors, files left out, answers that go wrong."""
        errors = [str(f) for f in self.findings if f.severity is Severity.ERROR]
        wrong = [f"맞던 답이 틀려짐: {t.question} ({t.source})" for t in self.topics if t.regresses]
        unasked = [f"아직 묻지 않은 평가 질문 {self.unasked}개"] if self.unasked else []
        return (*self.left_out, *errors, *wrong, *self.gates, *unasked)


def preview(office: Office, draft_ids: Sequence[int], seconds: float | None = None) -> Preview:
    """Build the drafts beside the live generation and hold both against each other (PublishingError).

    With `seconds` no more questions are asked once so many have passed: a first look; one without a limit
    is quick then, as questions are embedded once.
    """
    begun = time.monotonic()
    from assistant.publishing.drafts import draft_of
    from assistant.publishing.publication import combined

    changes = combined([draft_of(office, number) for number in draft_ids])
    check_base(office.corpus_dir, changes)
    with office.alone(), staged(office.corpus_dir, office.work_dir, changes, office.contents) as folder:
        mark = fingerprint(folder)
        generation, problems = office.build(folder)
        candidate = office.assistant.at_generation(generation)
        before = {d.id: d for d in office.assistant.documents()}
        after = {d.id: d for d in candidate.documents()}
        touched = {i for i in before.keys() | after.keys() if before.get(i) != after.get(i)}
        programmes = {
            d.metadata.programme_key for held in (before, after) for i, d in held.items() if i in touched
        }
        findings = _new_findings(office, folder, before, after, programmes)
    topics = _touched_topics(office, programmes, touched)
    held_before, held_after = _held(before), _held(after)
    changed, asked = list[AnswerChange | None](), 0
    for topic in topics:
        if seconds is not None and time.monotonic() - begun > seconds:
            break
        changed.append(_topic_change(office.assistant, candidate, topic, held_before, held_after))
        asked += 1
    logged = _logged_changes(office, candidate, touched)
    paths = {change.path for change in changes}
    return Preview(
        generation,
        mark,
        tuple(_passages(before, after, touched)),
        findings,
        tuple(c for c in changed if c is not None),
        logged,
        asked,
        len(topics) - asked,
        tuple(p.message for p in problems if p.path in paths),
    )


def _passages(
    before: Mapping[str, Document], after: Mapping[str, Document], touched: Iterable[str]
) -> Iterable[PassageChange]:
    for document_id in sorted(touched):
        old, new = _sections(before.get(document_id)), _sections(after.get(document_id))
        document = after.get(document_id) or before[document_id]
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield PassageChange(document_id, document.metadata.title, key[0], old.get(key), new.get(key))


def _sections(document: Document | None) -> dict[tuple[tuple[str, ...], int], str]:
    """The text of each section by its headings and its place among sections of the same headings."""
    found: dict[tuple[tuple[str, ...], int], str] = {}
    text = document.text if document else ""
    for section in document.sections if document else ():
        place = sum(1 for path, _ in found if path == section.heading_path)
        found[section.heading_path, place] = text[section.char_start : section.char_end].strip()
    return found


def _new_findings(
    office: Office,
    folder: Path,
    before: Mapping[str, Document],
    after: Mapping[str, Document],
    programmes: set[str],
) -> tuple[Finding, ...]:
    today = office.assistant.today()

    def found(where: Path, documents: Mapping[str, Document]) -> list[Finding]:
        units = {i: _units(d) if d.metadata.programme_key in programmes else () for i, d in documents.items()}
        ordered = tuple(sorted(documents.values(), key=lambda d: d.path))
        present = tuple(d for d in ordered if (where / d.path).is_file())
        return check_shelf(shelve(where, present, units), today)

    known = {(f.severity, f.path, f.what) for f in found(office.corpus_dir, before)}
    return tuple(f for f in found(folder, after) if (f.severity, f.path, f.what) not in known)


def _units(document: Document) -> tuple[tuple[Facet, Unit], ...]:
    return tuple(
        (section.facet, unit)
        for section in document.sections
        for unit in split_units(document.text, section.char_start, section.char_end)
    )


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


def _logged_changes(office: Office, candidate: Assistant, touched: set[str]) -> tuple[AnswerChange, ...]:
    """The newest logged questions that cited a touched document, asked again today, old and new."""
    marks = ",".join("?" * len(touched))
    rows = office.records.rows(
        "SELECT answer_id, max(at) AS newest FROM answers"
        f" WHERE answer_id IN (SELECT answer_id FROM citations WHERE document_id IN ({marks}))"
        " GROUP BY question, context ORDER BY newest DESC LIMIT ?",
        (*touched, LOGGED_ASKED),
    )
    changes = []
    for row in rows:
        logged = office.records.opened(row["answer_id"])
        day = date.fromisoformat(logged.as_of)
        try:
            old = office.assistant.answered(logged.question, as_of=day, context=logged.context)
            new = candidate.answered(logged.question, as_of=day, context=logged.context)
        except AssistantError:
            continue
        if said(old) != said(new):
            changes.append(AnswerChange(f"기록 {logged.at[:10]}", logged.question, day, said(old), said(new)))
    return tuple(changes)


def said(answer: Answer) -> str:
    """What an answer says, in one text: status, what is read aloud, what must be confirmed, the rest."""
    spoken = [answer.statements[i].text for i in (*answer.summary, *answer.must_confirm)]
    led = {*answer.summary, *answer.must_confirm}
    details = [s.text for i, s in enumerate(answer.statements) if i not in led]
    warnings = [w.text for w in answer.warnings]
    return "\n".join((f"[{answer.status}]", *spoken, *details, *warnings))
