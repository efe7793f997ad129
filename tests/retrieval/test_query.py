from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain import Facet
from assistant.errors import QuestionError
from assistant.retrieval.query import (
    MAX_CHARACTERS,
    Understood,
    asked_facets,
    asked_window,
    lives_elsewhere,
    names_home,
    normalise,
    understand,
)

DAY = date(2021, 3, 2)


def read(question: str) -> Understood:
    return understand(normalise(question), DAY)


@pytest.mark.parametrize(
    ("question", "facets"),
    [
        ("기초연금 얼마예요", [Facet.BENEFIT]),
        ("서류 뭐 가져가요", [Facet.PAPERWORK]),
        ("기초연금 어디서 신청해요", [Facet.APPLICATION]),
        ("누가 받나요", [Facet.TARGET]),
        ("언제까지 신청해요", [Facet.PERIOD]),
        ("문의 전화번호 좀", [Facet.CONTACT]),
        ("생계급여랑 중복으로 받을 수 있나요", [Facet.EXCLUSION]),
        ("어머니가 67세신데 기초연금 어디서 신청해요?", [Facet.APPLICATION]),
        ("행복지원금 카드 언제까지 써요?", [Facet.PERIOD]),
        ("기초연금", []),
    ],
)
def test_the_facet_asked(question: str, facets: list[Facet]) -> None:
    assert list(asked_facets(question)) == facets


def test_two_facets_may_be_asked_at_once() -> None:
    assert set(asked_facets("얼마 주고 서류는 뭐 내요")) == {Facet.BENEFIT, Facet.PAPERWORK}


@pytest.mark.parametrize(
    ("question", "window"),
    [
        ("행복지원금 카드 언제까지 써요?", "use"),
        ("언제까지 신청해요", "apply"),
        ("이의신청 언제까지 해요", "appeal"),
        ("지원금 언제 입금되나요", "pay"),
        ("기초연금 얼마예요", None),
    ],
)
def test_the_window_a_question_is_about(question: str, window: str | None) -> None:
    assert asked_window(question) == window


@pytest.mark.parametrize(
    ("question", "household"),
    [
        ("3인 가구 생계급여", 3),
        ("생계 3인 얼마", 3),
        ("우리 식구가 네 명인데", 4),
        ("식구 셋", 3),
        ("가족이 총 5명", 5),
        ("다섯 식구", 5),
        ("혼자 사는데", 1),
        ("13인 가구", 13),
        ("12인승 차", None),
        ("1인당 10만원", None),
        ("식구가 많아요", None),
        ("2021인 사람", None),
    ],
)
def test_household(question: str, household: int | None) -> None:
    assert read(question).household == household


@pytest.mark.parametrize(
    ("question", "ages"),
    [
        ("어머니가 67세신데", (67,)),
        ("7살 아이와 3살 아이", (7, 3)),
        ("65 세", (65,)),
        ("130세", ()),
        ("기초연금", ()),
    ],
)
def test_ages(question: str, ages: tuple[int, ...]) -> None:
    assert read(question).ages == ages


@pytest.mark.parametrize(
    ("question", "round_"),
    [
        ("3차 재난지원금", "3"),
        ("4 차 지원금", "4"),
        ("제13차 대책", "13"),
        ("두 번째 재난지원금", "2"),
        ("３차 지원금", "3"),
        ("차상위 계층", None),
        ("2차 접종", None),
        ("기초연금 3차상위", None),
    ],
)
def test_rounds_are_not_jabs_and_not_the_near_poor(question: str, round_: str | None) -> None:
    assert read(question).round == round_


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2020년에 얼마였어요", (2020,)),
        ("21년도 금액", (2021,)),
        ("작년 기준", (2020,)),
        ("재작년 금액", (2019,)),
        ("올해는요", (2021,)),
        ("내년부터", (2022,)),
        ("2020.12.24. 출산", (2020,)),
        ("1962년생인데요", ()),
        ("62년생인데요", ()),
        ("2020만원", ()),
    ],
)
def test_years_count_from_the_as_of_date_and_a_birth_year_is_none(
    question: str, years: tuple[int, ...]
) -> None:
    assert read(question).years == years


@pytest.mark.parametrize(
    ("question", "dates"),
    [
        ("작년 12월에 출산했어요", (date(2020, 12, 1),)),
        ("지난해 3월 2일에 격리", (date(2020, 3, 2),)),
        ("2020.12.24. 출산", (date(2020, 12, 24),)),
        ("2021년 5월 3일", (date(2021, 5, 3),)),
        ("2020년 12월에", (date(2020, 12, 1),)),
        ("2021-02-30", ()),
        ("작년 2월 30일", ()),
        ("12월에", ()),
    ],
)
def test_dates_that_exist(question: str, dates: tuple[date, ...]) -> None:
    assert read(question).dates == dates


@pytest.mark.parametrize(
    ("question", "regions", "home"),
    [
        ("서울 사는데", ("서울",), False),
        ("창원시에서", ("창원",), False),
        ("고성군 어르신", ("고성",), False),
        ("제주도", ("제주",), False),
        ("대구탕 먹다가", (), False),
        ("저는 안 산다", (), False),
        ("진주에서 창원에 다녀요", ("창원",), True),
        ("우리 시", (), True),
    ],
)
def test_regions(question: str, regions: tuple[str, ...], home: bool) -> None:
    assert (read(question).regions, names_home(question)) == (regions, home)


@pytest.mark.parametrize(
    ("question", "back"),
    [
        ("진주형 일자리 언제 접수했어요?", True),
        ("그때 얼마였지요", True),
        ("몇 명 뽑았습니까", True),
        ("언제까지 신청할 수 있어요", False),
        ("지난달에 신청했는데 언제 나와요", False),
        ("벌써 끝났나요", False),
        ("얼마 받겠어요", False),
    ],
)
def test_what_was_is_asked_with_the_last_word_in_the_past(question: str, back: bool) -> None:
    assert read(question).looks_back is back


@pytest.mark.parametrize(
    ("question", "city"),
    [
        ("사천 사람도 진주 지원금 받나요", "사천"),
        ("진주시 지원금 언제 줘요", None),
        ("고성군민인데 진주시 수당", "고성"),
    ],
)
def test_who_lives_elsewhere_says_so(question: str, city: str | None) -> None:
    assert lives_elsewhere(question) == city


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("기초\x00연금\x1b[31m", "기초 연금 [31m"),
        (" 기초\n\t연금  ", "기초 연금"),
        ("\u1100\u1161나", "가나"),
        ("３차\u200b지원금\u202e", "3차 지원금"),
        ("\ud800기초연금", "기초연금"),
    ],
)
def test_control_characters_and_odd_spaces_become_one_space(raw: str, text: str) -> None:
    assert normalise(raw) == text


@pytest.mark.parametrize("raw", ["", "  \n", "\x00\x07", "\u200b"])
def test_an_empty_question_is_refused(raw: str) -> None:
    with pytest.raises(QuestionError, match="비어 있습니다"):
        normalise(raw)


def test_a_question_of_20000_characters_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match="20,000자"):
        normalise("가" * 20_000)
    assert len(normalise("가" * MAX_CHARACTERS)) == MAX_CHARACTERS


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing_and_reading_never_fails(raw: str) -> None:
    try:
        text = normalise(raw)
    except QuestionError:
        return
    assert normalise(text) == text
    assert understand(text, DAY).text == text
