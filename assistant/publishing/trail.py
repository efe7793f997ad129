"""The audit trail as an administrator reads it: who tried what, allowed or not."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from assistant.publishing.log import midnight
from assistant.records.store import Records
from assistant.records.users import Right, User, require

NEWEST = 200
"""Lines that one look shows."""


@dataclass(frozen=True, slots=True)
class Tried:
    """One line of the trail; `user` None: nobody was signed in, or the name is unknown."""

    at: str
    user: str | None
    action: str
    allowed: bool
    detail: str


def trail(
    records: Records,
    user: User | None,
    since: date | None = None,
    until: date | None = None,
    *,
    zone: str,
    refused: bool = False,
    limit: int = NEWEST,
) -> tuple[Tried, ...]:
    """Lines between two days (both included) in a zone, newest first; `refused`: only what was not allowed.

    Looking leaves a line too.
    """
    require(records, user, Right.TRAIL, "trail of refusals" if refused else "trail")
    place = ZoneInfo(zone)
    rows = records.rows(
        "SELECT at, user, action, allowed, detail FROM audit WHERE (? IS NULL OR at >= ?)"
        " AND (? IS NULL OR at < ?) AND (allowed = 0 OR NOT ?) ORDER BY id DESC LIMIT ?",
        (
            *[midnight(since, place) if since else None] * 2,
            *[midnight(until + timedelta(days=1), place) if until else None] * 2,
            refused,
            limit,
        ),
    )
    return tuple(Tried(**dict(row) | {"allowed": bool(row["allowed"])}) for row in rows)
