"""Bulletins: short notices on a programme that head its answers at once, without a rebuild, and expire."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from assistant.domain import Answer, Caution
from assistant.records.store import Records

CODE = "bulletin"
"""The code of the warning that a bulletin becomes; it is the first warning of an answer."""


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A notice (조기 마감, 예산 소진, 전산 장애) on one programme, from `starts` until `ends`."""

    id: int
    programme: str
    text: str
    starts: datetime
    ends: datetime
    author: str
    withdrawn: bool = False

    def holds(self, day: date, now: datetime) -> bool:
        """Whether it heads answers for a day: for today to the minute, for another day if it holds in it."""
        zone = now.tzinfo
        starts, ends = self.starts.astimezone(zone), self.ends.astimezone(zone)
        if self.withdrawn:
            return False
        if day == now.date():
            return starts <= now < ends
        return starts.date() <= day <= ends.date()


def load_bulletins(records: Records, zone: ZoneInfo) -> tuple[Bulletin, ...]:
    """All bulletins, oldest first, withdrawn and expired ones too."""
    return tuple(
        Bulletin(
            r["id"],
            r["programme"],
            r["text"],
            datetime.fromisoformat(r["starts"]).astimezone(zone),
            datetime.fromisoformat(r["ends"]).astimezone(zone),
            r["author"],
            r["withdrawn_at"] is not None,
        )
        for r in records.rows("SELECT * FROM bulletins ORDER BY id")
    )


def headed(answer: Answer, bulletins: Sequence[Bulletin], named: Iterable[str] = ()) -> Answer:
    """The answer with the bulletins on its programmes as its first warnings.

    Its programmes are those it speaks of; `named` (those in the question) count where it speaks of none.
    """
    programmes = programmes_of(answer) or set(named)
    found = [b for b in bulletins if b.programme in programmes]
    cautions = tuple(Caution(CODE, f"[공지] {b.text} ({until_words(b.ends)}, {b.author})") for b in found)
    return replace(answer, warnings=(*cautions, *answer.warnings)) if cautions else answer


def without_author(text: str) -> str:
    """The words of a bulletin's warning as a caller gets them: without who wrote it."""
    return re.sub(r", [^,()]+\)$", ")", text)


def programmes_of(answer: Answer) -> set[str]:
    """The programmes an answer speaks of."""
    spoken = {s.programme for s in answer.statements if s.programme}
    return spoken | {w.programme for w in answer.windows} | {c.programme for c in answer.candidates}


def until_words(moment: datetime) -> str:
    """An end as it is said: the day, with the time unless the day ends."""
    day = f"{moment.month}월 {moment.day}일"
    return f"{day}까지" if moment.time() >= time(23, 59) else f"{day} {moment:%H:%M}까지"
