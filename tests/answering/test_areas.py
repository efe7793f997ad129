"""Which class of area tables are read by: the caller's words, the caller's city, the city of the service."""

import pytest

from assistant.answering.areas import area_of, names_area
from assistant.answering.measures import facts_of
from assistant.answering.rows import own_rows
from assistant.corpus.units import split_units

ASSETS = """| 지역 | 재산기준 |
|---|---|
| 대도시 | 2억 4,100만원 |
| 중소도시 | 1억 5,200만원 |
| 농어촌 | 1억 3,000만원 |
"""


@pytest.mark.parametrize(
    ("question", "regions", "area"),
    [
        ("긴급복지 재산기준 얼마", (), "중소도시"),
        ("대도시는 재산기준 얼마", (), "대도시"),
        ("시골 사는데 재산기준 얼마", (), "농어촌"),
        ("부산 사는데 재산기준 얼마", ("부산",), "대도시"),
        ("창원 사는데 재산기준 얼마", ("창원",), "중소도시"),
        ("산청 사시는 어머니 재산기준 얼마", ("산청",), "농어촌"),
    ],
)
def test_the_callers_place_overrides_the_city_and_its_row_is_read(
    question: str, regions: tuple[str, ...], area: str
) -> None:
    assert area_of(question, regions, "중소도시") == area
    rows = split_units(ASSETS, 0, len(ASSETS))
    own = own_rows(rows, facts_of(question, area_of(question, regions, "중소도시")))
    assert [rows[i].cells[0][1] for i in own] == [area]


def test_without_a_profile_nobody_is_put_into_an_area() -> None:
    assert area_of("긴급복지 재산기준 얼마", (), None) is None
    rows = split_units(ASSETS, 0, len(ASSETS))
    assert not own_rows(rows, facts_of("긴급복지 재산기준 얼마", None))


@pytest.mark.parametrize(
    ("text", "area", "fits"),
    [
        ("중소도시 가구는 2억원 이하여야 합니다.", "중소도시", True),
        ("대도시와 중소도시는 같습니다.", "중소도시", True),
        ("농어촌 가구는 1억원 이하여야 합니다.", "중소도시", False),
        ("재산은 1억원 이하여야 합니다.", "중소도시", None),
        ("농어촌 가구는 1억원 이하여야 합니다.", None, None),
    ],
)
def test_a_sentence_tells_of_an_area_or_of_none(text: str, area: str | None, fits: bool | None) -> None:
    assert names_area(text, area) is fits
