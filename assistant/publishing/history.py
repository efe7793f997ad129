"""The history of what was published: append-only, each line with who, when, what, why, before and after."""

import json
from dataclasses import dataclass

from assistant.publishing.files import FileChange
from assistant.publishing.office import Office

DONE, ABANDONED = "done", "abandoned"
"""How a publication ended; None while it is under way."""


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of the history: who did what, when and why, and what was there before and after."""

    id: int
    at: str
    user: str
    kind: str
    what: str
    why: str
    changes: tuple[FileChange, ...]
    drafts: tuple[int, ...]
    undoes: int | None
    generation_before: str
    generation_after: str
    override: str | None
    outcome: str | None


def history(office: Office, publication_id: int | None = None, limit: int = 200) -> tuple[Publication, ...]:
    """Publications and undoings, newest first, or the one named."""
    rows = office.records.rows(
        "SELECT p.*, e.outcome FROM publications p LEFT JOIN publication_ends e ON e.publication = p.id"
        " WHERE ? IS NULL OR p.id = ? ORDER BY p.id DESC LIMIT ?",
        (publication_id, publication_id, limit),
    )
    return tuple(_publication(dict(row)) for row in rows)


def _publication(r: dict[str, str]) -> Publication:
    fields = {name: r[name] for name in Publication.__dataclass_fields__}
    changes = tuple(FileChange(*change) for change in json.loads(r["changes"]))
    return Publication(**fields | {"changes": changes, "drafts": tuple(json.loads(r["drafts"]))})  # type: ignore[arg-type]  # columns hold what their fields are typed as
