import pytest

from assistant.evaluation.canonical import amounts, canonical, contains, dates, number_sequence, phones


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("30만원", "300,000 원"),
        ("1억 5천만원", "150,000,000원"),
        ("236만 8천원", "2,368,000원"),
        ("155만 8,419원", "1558419원"),
        ("2021.3.2.", "2021년 3월 2일"),
        ("2021-03-02", "2021. 3. 2."),
        ("055-749-1234", "(055) 749-1234"),
        ("1577-1391", "15771391"),
        ("- **행정복지센터**에서", "행정복지센터에서"),
    ],
)
def test_spellings_of_one_fact_are_one(one: str, two: str) -> None:
    assert canonical(one) == canonical(two)


@pytest.mark.parametrize(
    ("text", "fact", "stated"),
    [
        ("월 최대 30만원을 받습니다", "300,000원", True),
        ("월 130만원", "30만원", False),
        ("65세 이상", "5세", False),
        ("2.94% 올랐습니다", "94%", False),
        ("6월 6일까지", "2021년 6월 6일", False),
        ("2021년 6월 6일까지", "6월 6일", True),
        ("| 3인 | 3,870,577 |", "3인 & 3,870,577", True),
        ("주민센터에서", "행정복지센터 | 주민센터", True),
        ("1, 6번", "16번", False),
        ("가나다", "", False),
    ],
)
def test_a_fact_is_found_on_whole_numbers_only(text: str, fact: str, stated: bool) -> None:
    assert contains(text, fact) is stated


def test_lead_facts_of_a_text() -> None:
    text = "2021년 5월 17일부터 6월 6일까지 10만원을 055-749-1234나 129로 신청합니다."
    assert amounts(text) == {"100000원"}
    assert dates(text) == {"2021-0517", "0606"}
    assert phones(text) == {"0557491234", "129"}


def test_numbers_keep_their_order() -> None:
    assert number_sequence("3인 가구는 1억 5천만원, 2.5배") == ("3", "150000000", "2.5")
