"""Bulletins and approved answers: written here, served from the next question on, without a rebuild."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from assistant.answering.grounding import numbers
from assistant.errors import PublishingError
from assistant.publishing.office import Office
from assistant.records.bulletins import Bulletin, load_bulletins
from assistant.records.curated import (
    Curated,
    citation_from,
    load_curated,
    passage_of,
    question_key,
    suspension,
)
from assistant.records.logged import Logged
from assistant.records.store import stamp
from assistant.records.switches import REVISION, switches
from assistant.records.users import Right, User, require

LONGEST_BULLETIN = 200
"""Characters of a bulletin: it is read at a glance, above an answer."""
WRITTEN_FIELDS = ("statements", "summary", "must_confirm", "citations", "contacts")


def post_bulletin(
    office: Office, user: User | None, programme: str, text: str, starts: datetime, ends: datetime
) -> int:
    """Head every answer on a programme with a notice between two moments (with zone); its number."""
    user = require(office.records, user, Right.NOTICE, f"bulletin {programme}")
    known = {d.metadata.programme_key for d in office.assistant.documents()}
    if programme not in known:
        raise PublishingError(
            f"{programme}: 그런 사업이 없습니다. `corpus list`의 programme을 확인해 주세요."
        )
    if not text.strip() or len(text) > LONGEST_BULLETIN:
        raise PublishingError(f"공지는 1~{LONGEST_BULLETIN}자여야 합니다. 한두 문장으로 줄여 주세요.")
    if ends <= starts:
        raise PublishingError("공지가 끝나는 때가 시작하는 때보다 빠릅니다. 기간을 고쳐 주세요.")
    with office.records.writing() as db:
        cursor = db.execute(
            "INSERT INTO bulletins (at, author, programme, text, starts, ends) VALUES (?,?,?,?,?,?)",
            (stamp(), user.name, programme, " ".join(text.split()), stamp(starts), stamp(ends)),
        )
        _moved_on(db)
    return int(cursor.lastrowid or 0)


def withdraw_bulletin(office: Office, user: User | None, number: int) -> None:
    """End a bulletin now; it stays in the list."""
    user = require(office.records, user, Right.NOTICE, f"withdraw bulletin {number}")
    _withdraw(office, "bulletins", number, user)


def bulletins(office: Office) -> tuple[Bulletin, ...]:
    """All bulletins, expired and withdrawn ones too, oldest first."""
    return load_bulletins(office.records, ZoneInfo(office.settings.timezone))


def curate(
    office: Office,
    user: User | None,
    answer_id: str,
    valid_until: date,
    *,
    valid_from: date | None = None,
    questions: Sequence[str] = (),
    statements: Sequence[int] | None = None,
    note: str = "",
) -> int:
    """Make an approved answer of a logged one, for its question and other wordings; its number.

    `statements`: which of the logged statements are kept, in this order (default: all). Every one keeps its
    citations; `note` is the author's own line and may hold no number that the quotes do not. It is served
    once a second person approved it (PublishingError).
    """
    user = require(office.records, user, Right.NOTICE, f"curate {answer_id}")
    logged = office.records.opened(answer_id)
    written = _kept(logged, statements)
    documents = {d.id: d for d in office.assistant.documents()}
    passages = []
    for citation in map(citation_from, written["citations"]):
        document = documents.get(citation.document_id)
        if document is None or document.text[citation.char_start : citation.char_end] != citation.quote:
            raise PublishingError(
                f"{citation.title}: 답한 뒤 근거가 바뀌었습니다. 같은 질문을 다시 해서 만들어 주세요."
            )
        passage = passage_of(citation, document)
        passages.append([passage.document_id, passage.heading_path, passage.hash, passage.offset])
    extra = numbers(note) - numbers(" ".join(c["quote"] for c in written["citations"]))
    if extra:
        raise PublishingError(
            f"덧붙인 말의 숫자가 근거에 없습니다({', '.join(sorted(extra))}). 빼거나 고쳐 주세요."
        )
    masker = office.records.masker
    wordings = list({question_key(q): q for q in (logged.question, *masker.mask_all(questions))}.values())
    starts = valid_from or office.assistant.today()
    if valid_until < starts:
        raise PublishingError("유효 기간의 끝이 시작보다 빠릅니다. 날짜를 고쳐 주세요.")
    with office.records.writing() as db:
        cursor = db.execute(
            "INSERT INTO curated (at, author, valid_from, valid_until, questions, note, answer)"
            " VALUES (?,?,?,?,?,?,?)",
            (
                stamp(),
                user.name,
                starts.isoformat(),
                valid_until.isoformat(),
                json.dumps(wordings, ensure_ascii=False),
                masker.mask(note.strip()),
                json.dumps(written | {"passages": passages}, ensure_ascii=False),
            ),
        )
    return int(cursor.lastrowid or 0)


def approve(office: Office, user: User | None, number: int) -> None:
    """Let an approved answer be served; nobody approves their own (PublishingError)."""
    user = require(office.records, user, Right.APPROVE, f"approve curated {number}")
    found = next((c for c in load_curated(office.records) if c.id == number), None)
    if found is None or found.withdrawn or found.approver:
        raise PublishingError(f"{number}번 승인할 답이 없습니다. `curated list`에서 번호를 확인해 주세요.")
    if found.author == user.name:
        raise PublishingError("본인이 쓴 답은 본인이 승인할 수 없습니다. 다른 사람의 승인을 받으세요.")
    with office.records.writing() as db:
        db.execute(
            "UPDATE curated SET approver = ?, approved_at = ? WHERE id = ?", (user.name, stamp(), number)
        )
        _moved_on(db)


def withdraw_curated(office: Office, user: User | None, number: int) -> None:
    """Serve an approved answer no more; it stays in the list."""
    user = require(office.records, user, Right.NOTICE, f"withdraw curated {number}")
    _withdraw(office, "curated", number, user)


def curated(office: Office) -> tuple[Curated, ...]:
    """All approved answers, withdrawn and unapproved ones too, oldest first."""
    return load_curated(office.records)


def suspended(office: Office, day: date | None = None) -> tuple[tuple[Curated, str], ...]:
    """Approved answers that are not served on a day, each with why: a passage changed, ended or is off."""
    day = day or office.assistant.today()
    off = {switch.document_id for switch in switches(office.records)}
    documents = {d.id: d for d in office.assistant.documents() if d.id not in off}
    found = []
    for answer in curated(office):
        if answer.holds(day) and (why := suspension(answer, documents, day)):
            found.append((answer, why))
    return tuple(found)


def _kept(logged: Logged, statements: Sequence[int] | None) -> dict[str, list[Any]]:
    """The parts of a logged answer that an approved one is made of, with only the statements kept."""
    whole = {name: list(logged.answer[name]) for name in WRITTEN_FIELDS}
    chosen = list(range(len(whole["statements"]))) if statements is None else list(statements)
    if not chosen or any(not 0 <= i < len(whole["statements"]) for i in chosen):
        raise PublishingError(f"{logged.answer_id}: 고른 문장이 없습니다. 문장이 있는 답에서 만들어 주세요.")
    place = {old: new for new, old in enumerate(chosen)}
    kept = [whole["statements"][i] for i in chosen]
    markers = {marker for statement in kept for marker in statement["citations"]}
    summary = [place[i] for i in whole["summary"] if i in place] or [0]
    return {
        "statements": kept,
        "summary": summary,
        "must_confirm": [place[i] for i in whole["must_confirm"] if i in place],
        "citations": [c for c in whole["citations"] if c["marker"] in markers],
        "contacts": [c for c in whole["contacts"] if c["citation"] is None or c["citation"] in markers],
    }


def _withdraw(office: Office, table: str, number: int, user: User) -> None:
    with office.records.writing() as db:
        changed = db.execute(
            f"UPDATE {table} SET withdrawn_at = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_at IS NULL",
            (stamp(), user.name, number),
        ).rowcount
        _moved_on(db)
    if not changed:
        raise PublishingError(f"{number}번이 없거나 이미 내렸습니다. 목록에서 번호를 확인해 주세요.")


def _moved_on(db: sqlite3.Connection) -> None:
    db.execute("UPDATE revisions SET value = value + 1 WHERE name = ?", (REVISION,))
