"""The log as staff read it: search over questions and answers, and an old answer opened as it was."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from assistant.domain import Document, Status
from assistant.publishing.office import Office
from assistant.records.logged import Logged, LoggedPassage, Verdict
from assistant.records.store import stamp
from assistant.records.users import Right, User, require


class Now(StrEnum):
    """What became of a section since an answer quoted it."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class OpenedAnswer:
    """An old answer as it was: its sections with their quotes, and what each section is today."""

    logged: Logged
    passages: tuple[LoggedPassage, ...]
    now: tuple[Now, ...]


def search_log(
    office: Office,
    user: User | None,
    words: str = "",
    since: date | None = None,
    until: date | None = None,
    status: Status | None = None,
    verdict: Verdict | None = None,
    limit: int = 100,
) -> tuple[Logged, ...]:
    """Logged answers that hold every word, in question or answer, newest first; days where the centre is."""
    require(office.records, user, Right.RECORDS, f"log {words}")
    conditions, values = ["1"], list[object]()
    for word in words.split():
        conditions.append("(instr(question, ?) OR instr(answer, ?))")
        values += [word, word]
    zone = ZoneInfo(office.settings.timezone)
    if since is not None:
        conditions.append("at >= ?")
        values.append(midnight(since, zone))
    if until is not None:
        conditions.append("at < ?")
        values.append(midnight(until + timedelta(days=1), zone))
    if status is not None:
        conditions.append("status = ?")
        values.append(status.value)
    if verdict is not None:
        conditions.append("answer_id IN (SELECT answer_id FROM ratings WHERE verdict = ?)")
        values.append(verdict.value)
    return office.records.logged(" AND ".join(conditions), values, limit)


def open_answer(office: Office, user: User | None, answer_id: str) -> OpenedAnswer:
    """An old answer as it was (RecordsError: not logged, or past its days)."""
    require(office.records, user, Right.RECORDS, f"open {answer_id}")
    logged = office.records.opened(answer_id)
    passages = office.records.passages(answer_id)
    documents = {document.id: document for document in office.assistant.documents()}
    return OpenedAnswer(logged, passages, tuple(_now(p, documents.get(p.document_id)) for p in passages))


def _now(passage: LoggedPassage, document: Document | None) -> Now:
    if document is None:
        return Now.GONE
    texts = {document.text, *(document.text[s.char_start : s.char_end] for s in document.sections)}
    return Now.SAME if passage.text in texts else Now.CHANGED


def midnight(day: date, zone: ZoneInfo) -> str:
    """The moment a day begins where the centre is, as times are stored."""
    return stamp(datetime.combine(day, time(), zone))
