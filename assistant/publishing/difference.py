"""What differs between the live documents and a candidate's, and from which days on callers meet it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.domain import Document


@dataclass(frozen=True, slots=True)
class Difference:
    """The documents before and after, by id: those that differ (`touched`), and their programmes."""

    before: Mapping[str, Document]
    after: Mapping[str, Document]
    touched: frozenset[str]
    programmes: frozenset[str]

    @classmethod
    def between(cls, before: Mapping[str, Document], after: Mapping[str, Document]) -> "Difference":
        """The difference of two states of a corpus."""
        touched = frozenset(i for i in before.keys() | after.keys() if before.get(i) != after.get(i))
        programmes = frozenset(
            held[i].metadata.programme_key for held in (before, after) for i in touched if i in held
        )
        return cls(before, after, touched, programmes)

    @property
    def family(self) -> frozenset[str]:
        """Every document, before or after, of a programme of which something differs."""
        return frozenset(
            i
            for held in (self.before, self.after)
            for i, document in held.items()
            if document.metadata.programme_key in self.programmes
        )

    def days(self, today: date) -> tuple[date, ...]:
        """On which days callers meet the difference: today where something touched has begun, and the next
        day on which something touched begins."""
        versions = [held[i].metadata for held in (self.before, self.after) for i in self.touched if i in held]
        starts = [m.effective_from or m.published_on or today for m in versions]
        later = min((day for day in starts if day > today), default=None)
        begun = any(day <= today for day in starts)
        return ((today,) if begun else ()) + ((later,) if later else ())
