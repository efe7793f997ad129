"""What a text states of itself: windows, days and contacts, as notices write them."""

from datetime import date

import pytest

from assistant.domain import Window
from assistant.publishing.stated import stated


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("신청기간: 2024. 3. 4. ~ 3. 29.", date(2024, 3, 4), date(2024, 3, 29)),
        ("2024년 3월 4일부터 3월 29일까지 신청합니다", date(2024, 3, 4), date(2024, 3, 29)),
        ("| 접수 | 2024-03-04(월) 09:00 ~ 2024-03-29(금) 18:00 |", date(2024, 3, 4), date(2024, 3, 29)),
        ("접수 2023. 12. 1. ~ 1. 31.", date(2023, 12, 1), date(2024, 1, 31)),
        ("## 신청기간\n- 2024. 5. 1.까지 늘립니다.", None, date(2024, 5, 1)),
        ("2024. 3. 4.(월) 09:00부터 접수합니다", date(2024, 3, 4), None),
        ("2024년에는 3월 4일부터 29일까지 모집합니다", date(2024, 3, 4), date(2024, 3, 29)),
    ],
)
def test_windows_as_people_write_them(text: str, start: date | None, end: date | None) -> None:
    assert stated("반려식물 나눔", text).windows == (Window("apply", start, end),)


@pytest.mark.parametrize(
    ("title", "text", "windows"),
    [
        (
            "나눔 (2024)",
            "3월 4일부터 3월 29일까지 신청",
            (Window("apply", date(2024, 3, 4), date(2024, 3, 29)),),
        ),
        ("나눔", "2024. 1. 2. 알림\n5월 1일까지 사용", (Window("use", None, date(2024, 5, 1)),)),
        ("나눔", "3월 4일부터 3월 29일까지 신청", ()),
        ("나눔", "2023년과 2024년 모두\n3월 4일부터 3월 29일까지 신청", ()),
    ],
)
def test_a_missing_year_is_that_of_the_title_or_the_only_one_of_the_text(
    title: str, text: str, windows: tuple[Window, ...]
) -> None:
    found = stated(title, text)
    assert found.windows == windows
    assert bool(found.unclear) is not bool(windows)


@pytest.mark.parametrize(
    "text",
    [
        "2024. 5. 1.까지 출생한 아동이 신청합니다",
        "2024. 3. 4. ~ 3. 29. 출생한 아동이 신청합니다",
        "2024년 3월 4일부터 3월 29일까지 태어난 아동의 신청",
        "신청: 13월 40일까지",
        "2024. 3. 4. ~ 3. 29. 행사를 엽니다",
        "사업기간: 2024. 1. 1. ~ 2024. 12. 31. (신청은 연중)",
        "접수 2024. 3. 29. ~ 2024. 3. 4.",
    ],
)
def test_other_days_are_no_windows(text: str) -> None:
    assert stated("나눔", text).windows == ()


@pytest.mark.parametrize(
    ("text", "begins", "ends"),
    [
        ("시행일 2024년 7월 1일", date(2024, 7, 1), None),
        ("| 시행일자 | 2024-07-01 |", date(2024, 7, 1), None),
        ("이 기준은 2024. 7. 1.(월)부터 시행합니다.", date(2024, 7, 1), None),
        ("적용기간: 2024. 7. 1. ~ 12. 31.", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024. 3. 4.(월)\n\n시행일 2024년 7월 1일", date(2024, 7, 1), None),
        ("2024년 7월 1일에 행사를 합니다", None, None),
    ],
)
def test_from_when_on_it_is_in_force(text: str, begins: date | None, ends: date | None) -> None:
    found = stated("나눔", text)
    assert (found.effective_from, found.effective_until) == (begins, ends)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("# 나눔\n\n공고일: 2024. 3. 2.", date(2024, 3, 2)),
        ("# 나눔\n\n| 게시일 | 2024년 3월 2일 |", date(2024, 3, 2)),
        ("# 나눔\n\n2024. 3. 2.(토)\n\n화분을 드립니다", date(2024, 3, 2)),
        ("# 나눔\n\n가\n나\n다\n라\n마\n\n2024년 3월 2일\n진주시장", date(2024, 3, 2)),
        ("# 나눔\n\n가\n나\n다\n라\n마\n\n2024년 3월 2일\n바", None),
        ("# 나눔\n\n2024. 3. 2.에 만납니다", None),
    ],
)
def test_the_day_of_a_notice(text: str, day: date | None) -> None:
    assert stated("나눔", text).published_on == day


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("- 129 보건복지상담센터", {"129": "보건복지상담센터"}),
        (
            "문의: 129(보건복지상담센터), 국민연금공단 1355",
            {"129": "보건복지상담센터", "1355": "국민연금공단"},
        ),
        (
            "055-749-1111 노인복지과, 055-749-2222 여성가족과로 문의",
            {"055-749-1111": "노인복지과", "055-749-2222": "여성가족과"},
        ),
        (
            "노인복지과 055-749-1111 여성가족과 055-749-2222",
            {"055-749-1111": "노인복지과", "055-749-2222": "여성가족과"},
        ),
        ("| 진주시 복지정책과 | 055-749-5774 |", {"055-749-5774": "진주시 복지정책과"}),
        ("총 150 주민센터에서", {}),
    ],
)
def test_a_desk_stands_before_its_number_or_behind_it(text: str, contacts: dict[str, str]) -> None:
    assert {c.phone: c.name for c in stated("나눔", text).contacts} == contacts
