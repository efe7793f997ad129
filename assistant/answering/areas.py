"""The class of area by which benefit tables tell rows apart: the caller's own words, else where the caller
lives, else that of the city this service is for (`corpus/city.yaml`)."""

import re
from collections.abc import Iterable

CLASSES = ("대도시", "중소도시", "농어촌")
METROPOLITAN = frozenset({"서울", "부산", "대구", "인천", "광주", "대전", "울산"})
COUNTIES = frozenset({"함안", "거창", "합천", "하동", "산청", "남해", "함양", "창녕", "의령", "고성"})
_SAID = {
    "대도시": r"대도시|특별시|광역시",
    "중소도시": r"중소\s?도시",
    "농어촌": r"농어촌|농촌|어촌|시골|촌에",
}


def area_of(question: str, regions: Iterable[str], home: str | None) -> str | None:
    """The area class to read by; None where nobody says it. `regions`: cities named in the question."""
    for area, said in _SAID.items():
        if re.search(said, question):
            return area
    for region in regions:
        if region in METROPOLITAN:
            return "대도시"
        return "농어촌" if region in COUNTIES else "중소도시"
    return home


def names_area(text: str, area: str | None) -> bool | None:
    """Whether a text speaks of an area class; None where it names none, or the class is not known."""
    named = [one for one in CLASSES if one in text]
    return area in named if area and named else None
