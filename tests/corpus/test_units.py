from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.units import clean, split_units
from assistant.domain import UnitKind

TABLE = """| 구분 | 가구원 수 | 금액(원) |
|---|---|---|
| 생계 | 1인 | 474,600 |
|  | 2인 | 802,000 |
| **주거** | 4인 이상 | 1,000,000 |
"""


def test_rows_carry_their_header_and_the_cell_above() -> None:
    units = split_units(TABLE, 0, len(TABLE))
    assert [u.text for u in units] == [
        "구분: 생계 · 가구원 수: 1인 · 금액(원): 474,600",
        "구분: 생계 · 가구원 수: 2인 · 금액(원): 802,000",
        "구분: 주거 · 가구원 수: 4인 이상 · 금액(원): 1,000,000",
    ]
    header, above = units[1].context
    assert TABLE[header.start : header.end].startswith("| 구분")
    assert "474,600" in TABLE[above.start : above.end]
    assert TABLE[units[1].span.start : units[1].span.end] == "|  | 2인 | 802,000 |"


def test_bare_items_keep_their_lead_in() -> None:
    text = "다음 서류를 냅니다:\n- 신분증\n- 통장 사본을 함께 냅니다.\n"
    lead, bare, whole = split_units(text, 0, len(text))
    assert lead.text == "다음 서류를 냅니다:"
    assert bare.text == "다음 서류를 냅니다: 신분증"
    assert text[bare.context[0].start : bare.context[0].end] == "다음 서류를 냅니다:"
    assert (whole.text, whole.context) == ("통장 사본을 함께 냅니다.", ())


def test_sentences_of_an_item_are_units_of_their_own() -> None:
    text = "- 온라인으로 신청합니다. 방문해도 됩니다(주말 제외).\n"
    assert [u.text for u in split_units(text, 0, len(text))] == [
        "온라인으로 신청합니다.",
        "방문해도 됩니다(주말 제외).",
    ]


def test_clean_takes_marks_away_and_changes_no_word() -> None:
    assert (
        clean("**국민연금공단**(☎1355), [복지로](http://x.kr)<br>※ 참고")
        == "국민연금공단(1355), 복지로 ※ 참고"
    )


@given(st.text(alphabet="가나다 .,\n-|*#:0123\\다.", max_size=200))
def test_every_unit_is_inside_the_text_and_in_order(text: str) -> None:
    units = split_units(text, 0, len(text))
    assert all(0 <= u.span.start < u.span.end <= len(text) for u in units)
    assert all(a.span.end <= b.span.start for a, b in pairwise(units))
    for unit in units:
        if unit.kind is not UnitKind.ROW and not unit.context:
            assert clean(text[unit.span.start : unit.span.end]) == unit.text
