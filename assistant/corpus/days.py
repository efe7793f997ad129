"""The days that a text names, however it writes them: 2021. 5. 17., 5월 17일, 17일~30일, 5월 말."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_YEAR = r"(?:(20\d\d)\s*[.년\-/]\s*)?"
_DAY = re.compile(rf"{_YEAR}(?<!\d)(\d{{1,2}})\s*[.월\-/]\s*(\d{{1,2}})(?!\d)")
_ENDS_ON = re.compile(r"[^\n~∼〜–-]{0,12}?(?:[~∼〜–-]|부터)\s*(\d{1,2})(?!\d)\s*(?:일|\.(?!\s*\d))")
"""Behind a day: a last day of the same month, written without it."""
_MONTH = re.compile(rf"{_YEAR}(?<!\d)(\d{{1,2}})\s*월(?!\s*\d{{1,2}}\s*일)")
_YEAR_AND_MONTH = re.compile(r"(20\d\d)\s*[.\-/]\s*(\d{1,2})(?!\d)(?!\s*[.\-/]\s*\d)")
_YEARS_END = re.compile(r"연말|년\s?말|연내")

Place = tuple[int, int]
"""A month and a day; of a month that is named without a day, the month and 0."""


@dataclass(frozen=True, slots=True)
class NamedDays:
    """Days and months by their year, 0 where the text says none beside them."""

    places: frozenset[tuple[int, Place]]

    def __contains__(self, day: date) -> bool:
        """Whether the text names this day: with its year or without one, or as an end of a month it names."""
        wanted = [(day.month, day.day)]
        if day.day in (1, monthrange(day.year, day.month)[1]):
            wanted.append((day.month, 0))
        return any((year, place) in self.places for place in wanted for year in (day.year, 0))


def days_in(text: str) -> NamedDays:
    """All days and months that a text names."""
    places = set[tuple[int, Place]]()
    for match in _DAY.finditer(text):
        year, month = int(match[1] or 0), int(match[2])
        places.add((year, (month, int(match[3]))))
        if behind := _ENDS_ON.match(text, match.end()):
            places.add((year, (month, int(behind[1]))))
    for pattern in (_MONTH, _YEAR_AND_MONTH):
        places |= {(int(m[1] or 0), (int(m[2]), 0)) for m in pattern.finditer(text)}
    if _YEARS_END.search(text):
        places.add((0, (12, 31)))
    return NamedDays(frozenset(places))
