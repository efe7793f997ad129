"""Documents that staff switched off: they support no answer, from the next question on, without a rebuild.

A switch is a line of the append-only history (`publications` of kind "off" or "on"); a document's last line
counts.
"""

import json
from dataclasses import dataclass

from assistant.records.store import Records, stamp

OFF, ON = "off", "on"
REVISION = "desk"
"""The counter that every change of a bulletin, an approved answer or a switch raises; asking reads it each
time."""
DONE = "done"


@dataclass(frozen=True, slots=True)
class Switch:
    """A document that is switched off: who did it, when (UTC, ISO 8601), and why."""

    document_id: str
    user: str
    at: str
    note: str


def switches(records: Records) -> tuple[Switch, ...]:
    """The documents that are off now, the longest off first (RecordsError)."""
    rows = records.rows(
        "SELECT kind, what, user, at, why FROM publications WHERE id IN"
        " (SELECT max(id) FROM publications WHERE kind IN (?, ?) GROUP BY substr(what, instr(what, ' ')))"
        " ORDER BY id",
        (OFF, ON),
    )
    return tuple(
        Switch(row["what"].partition(" ")[2], row["user"], row["at"], row["why"])
        for row in rows
        if row["kind"] == OFF
    )


def write_switch(records: Records, user: str, document_id: str, kind: str, note: str, generation: str) -> int:
    """Add a line to the history: `kind` is OFF or ON; the number of the line (RecordsError)."""
    why = records.masker.mask(note)
    row = (stamp(), user, kind, f"{kind} {document_id}", why, json.dumps([]), json.dumps([]), generation)
    with records.writing(durable=True) as db:
        cursor = db.execute(
            "INSERT INTO publications (at, user, kind, what, why, changes, drafts, generation_before,"
            " generation_after) VALUES (?,?,?,?,?,?,?,?,?)",
            (*row, generation),
        )
        number = int(cursor.lastrowid or 0)
        db.execute("INSERT INTO publication_ends VALUES (?,?,?)", (number, stamp(), DONE))
        db.execute("UPDATE revisions SET value = value + 1 WHERE name = ?", (REVISION,))
    return number
