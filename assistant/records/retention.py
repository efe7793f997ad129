"""Retention: records past their days go on every day that something is written, not only at a start."""

from datetime import date, datetime

from assistant.records.store import Records


class Retention:
    """Drops old records once a day; asked as often as one likes."""

    def __init__(self, records: Records, keep_days: int) -> None:
        """Keep what `records` holds for so many days."""
        self._records = records
        self._keep_days = keep_days
        self._day: date | None = None

    def keep(self, now: datetime) -> int:
        """Drop what is past its days, the first time on the day of `now`; how many answers (RecordsError)."""
        if now.date() == self._day:
            return 0
        self._day = now.date()
        return self._records.purge(self._keep_days, now)
