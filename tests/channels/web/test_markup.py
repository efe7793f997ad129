"""A section as HTML: nothing lost, quotes marked, nothing executed."""

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.web.markup import Mark, element, safe, section_html
from tests.channels.samples import SECTION


def test_a_quote_in_a_list_is_marked_word_for_word() -> None:
    start = SECTION.index("월 최대")
    soup = BeautifulSoup(section_html(SECTION, [Mark(7, start, start + 11)]), "html.parser")
    mark = soup.find("mark")
    assert mark is not None
    assert (mark.text, mark["data-marker"]) == (SECTION[start : start + 11], "7")


def test_a_quoted_row_is_marked_in_its_table() -> None:
    row = "| 단독가구 | 30만원 |"
    start = SECTION.index(row)
    soup = BeautifulSoup(section_html(SECTION, [Mark(2, start, start + len(row))]), "html.parser")
    assert [cell.text for cell in soup.select("thead th")] == ["가구", "금액"]
    assert [cell.text for cell in soup.select("tr.cited td mark")] == ["단독가구", "30만원"]
    assert len(soup.select("tbody tr")) == 2


def test_overlapping_quotes_carry_both_markers() -> None:
    soup = BeautifulSoup(section_html("가나다라", [Mark(1, 0, 3), Mark(2, 2, 4)]), "html.parser")
    assert [(m.text, m["data-marker"]) for m in soup.find_all("mark")] == [
        ("가나", "1"),
        ("다", "1 2"),
        ("라", "2"),
    ]


def test_text_of_documents_is_never_executed_or_read_as_a_template() -> None:
    html = section_html("<script>alert(1)</script> {{value}} ${value}", [])
    assert "<script" not in html
    assert "{" not in html
    assert element("a", "x", title='"><b>') == '<a title="&quot;&gt;&lt;b&gt;">x</a>'


@given(st.text(alphabet="가나 -|#*\n<>&{}ab1", max_size=80), st.integers(0, 80), st.integers(1, 40))
def test_every_letter_of_a_section_is_shown_once(text: str, start: int, length: int) -> None:
    shown = BeautifulSoup(section_html(text, [Mark(1, start, start + length)]), "html.parser").text
    letters = [c for c in text if c in "가나ab1"]
    assert [c for c in shown if c in "가나ab1"] == letters


def test_braces_are_escaped() -> None:
    assert safe("{a}") == "&#123;a&#125;"
