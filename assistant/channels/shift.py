"""The questions of a day on the page, as the records hold them: numbers masked."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from assistant.channels.wording import STATUS
from assistant.domain import Status
from assistant.records.logged import Logged
from assistant.records.store import Records, stamp

MOST = 300
"""Questions of a day that are shown."""


def shift_of(records: Records, day: date, zone: str, user: str | None = None) -> list[dict[str, Any]]:
    """What was asked on the page since midnight in `zone`, newest first; of one user, where one is named."""
    midnight = stamp(datetime.combine(day, time(), ZoneInfo(zone)))
    where, values = "channel = 'web' AND at >= ?", [midnight]
    if user is not None:
        where, values = f"{where} AND user = ?", [midnight, user]
    return [_entry(logged, zone, day) for logged in records.logged(where, values, MOST)]


def _entry(logged: Logged, zone: str, day: date) -> dict[str, Any]:
    """One question as the page's own history keeps it (`shift.js`)."""
    answer = logged.answer
    at = datetime.fromisoformat(logged.at).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    return {
        "time": f"{at:%H:%M}",
        "question": logged.question,
        "alone": answer.get("standalone_question") or logged.question,
        "status": logged.status,
        "label": STATUS[Status(logged.status)],
        "summary": " ".join(answer["statements"][i]["text"] for i in answer["summary"]),
        "asOf": None if logged.as_of == day.isoformat() else logged.as_of,
        "answerId": logged.answer_id,
    }
