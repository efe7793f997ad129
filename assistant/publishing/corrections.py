"""Corrections: the answers given from a passage now known to be wrong, to call back and tick off."""

from dataclasses import dataclass

from assistant.errors import PublishingError
from assistant.publishing.office import Office
from assistant.records.store import stamp
from assistant.records.users import Right, User, require

SHORTEST_PART = 4
"""A shorter quote (a heading, a unit) inside the wrong words says nothing about them."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A passage known to be wrong: `words` of a document (empty: all of it), who found it, when and why;
    how many answers were given from it, and how many of those were called back."""

    id: int
    at: str
    author: str
    document_id: str
    words: str
    why: str
    answers: int
    done: int


@dataclass(frozen=True, slots=True)
class CallBack:
    """One answer given from a wrong passage; `done_by` names who called back."""

    answer_id: str
    at: str
    channel: str
    user: str | None
    call: str | None
    question: str
    quote: str
    done_by: str | None
    done_at: str | None
    note: str | None


def open_correction(office: Office, user: User | None, document_id: str, words: str, why: str) -> int:
    """Open a list of the answers that quoted `words` of a document (any of it, where empty); its number.

    An answer that quoted only a part of them was given from the wrong passage too.
    """
    user = require(office.records, user, Right.PUBLISH, f"correct {document_id}")
    if not why.strip():
        raise PublishingError(f"{document_id}: 무엇이 틀렸는지 한 줄로 적어 주세요.")
    with office.records.writing() as db:
        cursor = db.execute(
            "INSERT INTO corrections (at, author, document_id, words, why) VALUES (?,?,?,?,?)",
            (stamp(), user.name, document_id, words.strip(), office.records.masker.mask(why.strip())),
        )
    return int(cursor.lastrowid or 0)


def corrections(office: Office, user: User | None) -> tuple[Correction, ...]:
    """All corrections, newest first, each with how far the calls are."""
    require(office.records, user, Right.CALL_BACK, "corrections")
    found = []
    for row in office.records.rows("SELECT * FROM corrections ORDER BY id DESC"):
        calls = _calls(office, row["id"])
        done = sum(call.done_by is not None for call in calls)
        found.append(Correction(**dict(row), answers=len(calls), done=done))
    return tuple(found)


def to_call_back(office: Office, user: User | None, correction: int) -> tuple[CallBack, ...]:
    """The answers of a correction, oldest first, ticked and not (PublishingError: no such correction)."""
    require(office.records, user, Right.CALL_BACK, f"calls of correction {correction}")
    return _calls(office, correction)


def _calls(office: Office, correction: int) -> tuple[CallBack, ...]:
    rows = office.records.rows("SELECT * FROM corrections WHERE id = ?", (correction,))
    if not rows:
        raise PublishingError(f"정정 {correction}번이 없습니다. 정정 목록에서 번호를 확인해 주세요.")
    words = rows[0]["words"]
    found = office.records.rows(
        "SELECT a.answer_id, a.at, a.channel, a.user, a.call, a.question, min(c.quote) AS quote,"
        " b.user AS done_by, b.at AS done_at, b.note FROM citations c JOIN answers a USING (answer_id)"
        " LEFT JOIN callbacks b ON b.answer_id = a.answer_id AND b.correction = ?"
        " WHERE c.document_id = ?"
        " AND (instr(c.quote, ?) > 0 OR length(c.quote) >= ? AND instr(?, c.quote) > 0)"
        " GROUP BY a.answer_id ORDER BY a.at",
        (correction, rows[0]["document_id"], words, SHORTEST_PART, words),
    )
    return tuple(CallBack(**dict(row)) for row in found)


def tick(office: Office, user: User | None, correction: int, answer_id: str, note: str = "") -> None:
    """Note that a caller was called back, and by whom (PublishingError: not in the list)."""
    user = require(office.records, user, Right.CALL_BACK, f"call back {answer_id}")
    if answer_id not in {c.answer_id for c in _calls(office, correction)}:
        raise PublishingError(f"{answer_id}: 정정 {correction}번 목록에 없습니다. 목록에서 골라 주세요.")
    with office.records.writing() as db:
        db.execute(
            "INSERT OR REPLACE INTO callbacks VALUES (?,?,?,?,?)",
            (answer_id, correction, stamp(), user.name, office.records.masker.mask(note)),
        )
