"""Which row is the caller's, on tables as guidelines write them."""

import pytest

from assistant.answering.measures import facts_of
from assistant.answering.rows import other_households, own_rows, rows_of_others
from assistant.domain import Span, Unit, UnitKind


def table(*rows: dict[str, str]) -> list[Unit]:
    return [
        Unit(
            UnitKind.ROW,
            " · ".join(f"{k}: {v}" for k, v in row.items()),
            Span(9, 10),
            (Span(0, 1),),
            tuple(row.items()),
        )
        for row in rows
    ]


def keys(rows: list[Unit], question: str) -> list[str]:
    return [rows[i].cells[0][1] for i in sorted(own_rows(rows, facts_of(question)))]


INCOME = table(
    {"소득계층": "생계·의료급여 수급자", "부가급여": "8만원"},
    {"소득계층": "차상위계층", "부가급여": "7만원"},
    {"소득계층": "차상위 초과", "부가급여": "2만원"},
)
DEGREE = table(
    {"장애 정도": "장애의 정도가 심한 장애인", "경감률": "30%"},
    {"장애 정도": "장애의 정도가 심하지 않은 장애인", "경감률": "20%"},
)
KINDS = table(
    {"장애 유형": "지적, 자폐성, 정신장애", "발급비": "4만원"},
    {"장애 유형": "그 외 장애", "발급비": "1만 5,000원"},
)
FIRMS = table(
    {"회사 규모": "우선지원 대상기업", "최대": "630만원"},
    {"회사 규모": "우선지원 대상기업(쌍둥이)", "최대": "840만원"},
    {"회사 규모": "대규모 기업", "최대": "210만원"},
    {"회사 규모": "대규모 기업(쌍둥이)", "최대": "315만원"},
)
TYPES = table(
    {"유형": "Ⅰ유형", "가구 소득": "중위소득 60% 이하"},
    {"유형": "Ⅱ유형", "가구 소득": "중위소득 100% 이하"},
)
CLINICS = table(
    {"검사": "감별검사(병·의원, 종합병원급)", "한도": "8만원"},
    {"검사": "감별검사(상급종합병원)", "한도": "11만원"},
)
VETERANS = table(
    {"대상": "6·25 참전유공자", "월": "27만원"},
    {"대상": "월남참전유공자 80세 이상", "월": "27만원"},
    {"대상": "사망한 참전유공자의 배우자", "월": "10만원"},
)


@pytest.mark.parametrize(
    ("rows", "question", "own"),
    [
        (INCOME, "부가급여 차상위 얼마", ["차상위계층"]),
        (INCOME, "차상위 초과면요?", ["차상위 초과"]),
        (INCOME, "의료급여 받는데 부가급여는요", ["생계·의료급여 수급자"]),
        (DEGREE, "건보료 경감 심한 장애", ["장애의 정도가 심한 장애인"]),
        (DEGREE, "안 심한 사람은 몇 프로", ["장애의 정도가 심하지 않은 장애인"]),
        (KINDS, "지적장애 진단서비 얼마", ["지적, 자폐성, 정신장애"]),
        (FIRMS, "대기업 출산휴가급여 최대", ["대규모 기업"]),
        (FIRMS, "대기업 다니는데 쌍둥이면 얼마", ["대규모 기업(쌍둥이)"]),
        (TYPES, "1유형 가구소득", ["Ⅰ유형"]),
        (CLINICS, "감별검사 상급종합 한도", ["감별검사(상급종합병원)"]),
        (VETERANS, "참전유공자 배우자 수당", ["사망한 참전유공자의 배우자"]),
        (FIRMS, "출산휴가급여 얼마", []),
    ],
)
def test_the_row_is_told_by_the_words_that_tell_rows_apart(
    rows: list[Unit], question: str, own: list[str]
) -> None:
    assert keys(rows, question) == own


def test_a_table_by_household_without_the_callers_row_is_told() -> None:
    rows = table({"가구원 수": "1인", "금액": "45만원"}, {"가구원 수": "4인", "금액": "123만원"})
    assert other_households(rows, facts_of("6인 가구 얼마"))
    assert not other_households(rows, facts_of("4인 가구 얼마"))
    assert not other_households(rows, facts_of("얼마예요"))
    assert not other_households(INCOME, facts_of("6인 가구 얼마"))


def test_a_row_whose_amount_is_of_another_household_is_not_the_callers() -> None:
    kinds = table(
        {"지원 종류": "생계지원", "금액": "4인 가구 월 162만원"},
        {"지원 종류": "의료지원", "금액": "300만원 이내"},
    )
    assert keys(kinds, "생계지원 4인 얼마") == ["생계지원"]
    assert keys(kinds, "생계지원 2인 얼마") == []
    assert rows_of_others(kinds, facts_of("생계지원 2인 얼마")) == {0}
    assert rows_of_others(kinds, facts_of("생계지원 얼마")) == frozenset()


def test_a_share_that_the_question_says_tells_rows_of_one_household_apart() -> None:
    median = table(
        *(
            {"가구원 수": size, "기준 중위소득 비율(%)": share, "월 소득(원)": income}
            for size, share, income in (
                ("3인", "50", "2,357,329"),
                ("3인", "120", "5,657,589"),
                ("4인", "50", "2,864,956"),
                ("4인", "120", "6,875,896"),
            )
        )
    )
    assert own_rows(median, facts_of("24년 중위 120프로 4인")) == {3}
    assert own_rows(median, facts_of("중위소득 50% 3인 가구")) == {0}
    assert own_rows(median, facts_of("중위소득 4인")) == {2, 3}
