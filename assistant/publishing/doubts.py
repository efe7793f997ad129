"""Answers that somebody has to look into: rated badly, or given from two documents that disagree.

A doubt leaves the work list when a document that the answer cited has changed since, and when a person notes
that it was dealt with. Asked or rated again, it comes back.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.domain import Document, Status
from assistant.errors import PublishingError
from assistant.publishing.history import ABANDONED, history
from assistant.publishing.office import Office
from assistant.records.logged import Verdict
from assistant.records.store import stamp
from assistant.records.users import Right, User, require

BAD = (Verdict.WRONG, Verdict.OUTDATED, Verdict.BAD_EVIDENCE)
MOST = 500
"""The newest ratings and answers that are looked at."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question whose answers are in doubt, with the answers, newest first, and the documents they cited.

    `verdict` None: the documents disagree. `note`: what was written last beside the verdict.
    """

    question: str
    verdict: str | None
    note: str
    answers: tuple[str, ...]
    documents: tuple[str, ...]


def rated(office: Office, since: str) -> tuple[Doubt, ...]:
    """Questions whose answers were rated badly from a moment on, by verdict."""
    rows = office.records.rows(
        "SELECT r.answer_id, a.question, r.verdict, r.note, a.at"
        " FROM ratings r JOIN answers a USING (answer_id)"
        " LEFT JOIN settled s USING (answer_id) WHERE r.verdict IN (?, ?, ?) AND r.at >= ?"
        " AND (s.at IS NULL OR r.at > s.at) ORDER BY r.id DESC LIMIT ?",
        (*BAD, since, MOST),
    )
    return _doubts(office, (tuple(row) for row in rows))


def differing(office: Office, since: str) -> tuple[Doubt, ...]:
    """Questions answered from a moment on with documents that disagree."""
    rows = office.records.rows(
        "SELECT answer_id, question, NULL, '', a.at FROM answers a LEFT JOIN settled s USING (answer_id)"
        " WHERE status = ? AND a.at >= ? AND s.at IS NULL ORDER BY a.at DESC LIMIT ?",
        (Status.CONFLICTING.value, since, MOST),
    )
    return _doubts(office, (tuple(row) for row in rows))


def settle(office: Office, user: User | None, question: str, since: str = "") -> None:
    """Note that a person dealt with the doubts on a question (PublishingError: there are none)."""
    user = require(office.records, user, Right.PUBLISH, f"settle {question}")
    open_now = (*rated(office, since), *differing(office, since))
    answers = {answer for doubt in open_now if doubt.question == question for answer in doubt.answers}
    if not answers:
        raise PublishingError("할 일에 없는 질문입니다. 목록을 새로 고치고 골라 주세요.")
    with office.records.writing() as db:
        rows = [(answer, stamp(), user.name) for answer in sorted(answers)]
        db.executemany("INSERT OR REPLACE INTO settled VALUES (?,?,?)", rows)


def _doubts(office: Office, rows: Iterable[tuple[str, str, str | None, str, str]]) -> tuple[Doubt, ...]:
    """Rows (answer, question, verdict, note, time of the answer) by question and verdict."""
    held = _Held(office)
    found: dict[tuple[str, str | None], Doubt] = {}
    for answer, question, verdict, note, at in rows:
        cited = held.cited(answer)
        if held.changed(cited, at):
            continue
        known = found.get((question, verdict), Doubt(question, verdict, note, (), ()))
        documents = dict.fromkeys((*known.documents, *cited))
        found[question, verdict] = Doubt(
            question, verdict, known.note, (*known.answers, answer), tuple(documents)
        )
    return tuple(found.values())


class _Held:
    """The documents as they are now, beside those that an answer cited."""

    def __init__(self, office: Office) -> None:
        self._records = office.records
        self._documents = {d.id: d for d in office.assistant.documents()}
        self._files = [
            (p.at, change)
            for p in reversed(history(office, limit=10_000))
            if p.outcome != ABANDONED
            for change in p.changes
        ]

    def cited(self, answer: str) -> dict[str, str]:
        """The documents that an answer cited, each with the hash of the text it had."""
        query = "SELECT document_id, document_hash FROM citations WHERE answer_id = ? ORDER BY marker"
        return {row["document_id"]: row["document_hash"] for row in self._records.rows(query, (answer,))}

    def changed(self, cited: dict[str, str], at: str) -> bool:
        """Whether something cited at a moment has another text, other metadata or a later edition now."""
        moved = set(self._moved(at))
        new = [d for d in self._documents.values() if _files(d) & moved] if moved else []
        later = {followed for document in new for followed in _followed(document)}
        for document_id, known in cited.items():
            document = self._documents.get(document_id)
            if document is None or document_id in later or _files(document) & moved:
                return True
            if hashlib.sha256(document.text.encode()).hexdigest() != known:
                return True
        return False

    def _moved(self, at: str) -> Iterator[str]:
        """Files that are not what they were at a moment: what was taken back since is."""
        before: dict[str, str | None] = {}
        after: dict[str, str | None] = {}
        for moment, change in self._files:
            if moment > at:
                before.setdefault(change.path, change.before)
                after[change.path] = change.after
        return (path for path in after if before[path] != after[path])


def _files(document: Document) -> set[str]:
    """A document's file, and the sidecar that describes it."""
    return {document.path, f"{document.path}.yaml"}


def _followed(document: Document) -> tuple[str, ...]:
    """The documents that a document takes the place of, wholly or in some facets."""
    return (*document.metadata.supersedes, *(a.document for a in document.metadata.amends))
