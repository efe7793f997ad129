from datetime import date

import pytest

from assistant.answering.windows import describe, governing_windows, is_over, not_begun
from assistant.domain import Amendment, Document, Facet, Metadata, Window

ONLINE = Window("apply", date(2021, 5, 17), date(2021, 6, 6), "온라인")
VISIT = Window("apply", date(2021, 6, 7), date(2021, 7, 16), "방문")
USE = Window("use", None, date(2021, 10, 31))
LATER = Window("apply", date(2021, 5, 17), date(2021, 6, 20), "온라인")
BASE = Document(Metadata("base", "지원금", windows=(ONLINE, VISIT, USE)), "b.md", "", ())
CHANGE = Document(
    Metadata("change", "연장", windows=(LATER,), amends=(Amendment("base", (Facet.PERIOD,)),)), "c.md", "", ()
)


def test_an_amendments_windows_replace_those_of_their_kind() -> None:
    assert governing_windows([BASE]) == ((BASE, ONLINE), (BASE, VISIT), (BASE, USE))
    assert governing_windows([BASE, CHANGE]) == ((BASE, USE), (CHANGE, LATER))


def test_the_same_window_counts_once() -> None:
    again = Document(Metadata("again", "재공고", windows=(USE,)), "a.md", "", ())
    assert governing_windows([BASE, again])[-1] == (BASE, USE)


@pytest.mark.parametrize(
    ("day", "over"),
    [
        (date(2021, 6, 6), False),
        (date(2021, 6, 10), False),
        (date(2021, 7, 16), False),
        (date(2021, 7, 17), True),
    ],
)
def test_a_kind_is_over_when_all_its_windows_are(day: date, over: bool) -> None:
    assert is_over((ONLINE, VISIT, USE), "apply", day) is over


def test_an_open_end_is_never_over_and_no_window_is_not_either() -> None:
    assert not is_over((ONLINE, Window("apply", date(2021, 5, 1))), "apply", date(2030, 1, 1))
    assert not is_over((USE,), "apply", date(2030, 1, 1))


def test_what_has_not_begun_says_when_it_will() -> None:
    assert not_begun((VISIT, ONLINE), "apply", date(2021, 5, 16)) == date(2021, 5, 17)
    assert not_begun((VISIT, ONLINE), "apply", date(2021, 5, 17)) is None
    assert not_begun((USE,), "use", date(2021, 1, 1)) is None
    assert not_begun((), "apply", date(2021, 1, 1)) is None


def test_windows_in_words() -> None:
    assert describe(ONLINE) == "온라인 신청 마감: 2021-06-06"
    assert describe(USE) == "사용 마감: 2021-10-31"
    assert describe(Window("apply", date(2021, 7, 19), date(2021, 7, 23), "방문", "외국인")) == (
        "방문 신청(외국인) 마감: 2021-07-23"
    )
    assert describe(Window("pay", date(2021, 7, 1))) == "지급 시작: 2021-07-01"
    assert describe(Window("appeal")) == "이의신청 기간 미확인"
