"""A sentence is shown only if it says what its statements say: nothing added, left out, swapped, promised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.abridgement import Support, check, without_links, words_of_prose
from tests import shelf

TARGET = "만 65세 이상이고 소득인정액이 169만원 이하인 어르신이 받습니다."
AMOUNT = "가구: 단독가구 · 월 지급액: 300,000원"
BARRED = "공무원연금을 받는 사람은 받지 못합니다."
ONLINE = "복지로 누리집에서도 신청할 수 있습니다."
DESK = "교통행정과 055-123-4567"
BOTH = "수급 노인에게 월 30만원 지급. 부부는 각각 24만원 지급."


def broken(sentence: str, *cited: str) -> str | None:
    return check(sentence, [Support(text, (text,)) for text in cited]).broken


@pytest.mark.parametrize("text", [TARGET, AMOUNT, BARRED, ONLINE, DESK])
def test_the_words_themselves_pass(text: str) -> None:
    assert broken(text, text) is None


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("신청서와 신분증을 제출합니다.", "신청서와 신분증 제출"),
        ("월 30만 원을 지급합니다.", "월 30만원 지급"),
        ("월 300000원을 지급합니다.", "월 300,000원 지급"),
        ("소득이 기준 이하인 경우에 신청하실 수 있습니다.", "소득이 기준 이하인 경우 신청할 수 있다"),
        ("신청서를 제출하셔야 합니다.", "신청서를 제출하여야 한다"),
        ("문의는 055-123-4567번입니다.", "문의 055-123-4567"),
        ("2021년 3월 2일까지 접수합니다.", "2021년 3월 2일까지 접수"),
    ],
)
def test_particles_and_polite_endings_are_free(sentence: str, cited: str) -> None:
    assert broken(sentence, cited) is None


@pytest.mark.parametrize(
    ("sentence", "cited", "reason"),
    [
        ("만 60세 이상이고 소득인정액이 169만원 이하인 어르신이 받습니다.", TARGET, "없는 숫자"),
        ("만 65세 이상이고 소득인정액이 65만원 이하인 어르신이 받습니다.", TARGET, "없는 숫자"),
        ("만 169세 이상이고 소득인정액이 65만원 이하인 어르신이 받습니다.", TARGET, "숫자"),
        ("만 65세 이하이고 소득인정액이 169만원 이상인 어르신이 받습니다.", TARGET, "숫자·조건·부정"),
        ("만 65세 이상인 어르신이 받습니다.", TARGET, "숫자·조건·부정"),
        ("만 65세 이상이고 소득인정액이 169만원 이하인 어르신만 받습니다.", TARGET, "숫자·조건·부정"),
        ("공무원연금을 받는 사람은 받습니다.", BARRED, "숫자·조건·부정"),
        ("공무원연금을 받는 사람은 받을 수 있습니다.", BARRED, "약속"),
        ("어르신이 받지 못합니다.", TARGET, "숫자·조건·부정"),
        ("복지로 누리집에서도 신청합니다.", ONLINE, "숫자·조건·부정"),
        ("복지로 누리집에서도 신청해야 합니다.", ONLINE, "숫자·조건·부정"),
        ("누리집에서도 신청할 수 있습니다.", ONLINE, "빠졌습니다"),
        ("복지로 누리집에서도 전화로 신청할 수 있습니다.", ONLINE, "없는 말"),
        ("기초연금은 복지로 누리집에서도 신청할 수 있습니다.", ONLINE, "없는 말"),
        ("복지로 누리집에서도 꼭 신청할 수 있습니다.", ONLINE, "약속"),
        ("복지로 누리집에서도 신청해 드립니다.", ONLINE, "약속"),
        ("교통행정과 055-123-4568", DESK, "없는 숫자"),
        ("교통행정과 123-055-4567", DESK, "숫자·조건·부정"),
        ("월 지급합니다.", "월 미지급", "숫자·조건·부정"),
        ("주소는 www.a.kr 신청합니다.", "주소는 www.a.kr 신청", "인터넷 주소"),
        ("주소는 복지로.go.kr 신청합니다.", "주소 신청", "인터넷 주소"),
        ("<b>신청서</b>를 제출합니다.", "신청서 제출", "기호"),
        ("신청서를\u200b 제출합니다.", "신청서 제출", "기호"),
        ("신청서를 제출합니다. 신분증을 제출합니다.", "신청서 제출. 신분증 제출", "문장이 둘"),
        ("신청서,", "신청서, 신분증 제출", "끝맺지"),
        ("합니다.", "신청합니다.", "없는 말"),
        ("", "신청합니다.", "비었거나"),
        ("가" * 201, "가" * 201, "길거나"),
        ("9" * 200, "신청합니다.", "없는 숫자"),
    ],
)
def test_what_changes_a_meaning_is_refused_with_its_reason(sentence: str, cited: str, reason: str) -> None:
    found = broken(sentence, cited)
    assert found is not None
    assert reason in found


def test_one_sentence_of_a_statement_stands_alone_and_amounts_do_not_change_places() -> None:
    assert broken("부부는 각각 24만원을 지급합니다.", BOTH) is None
    assert broken("부부는 각각 30만원을 지급합니다.", BOTH) == "숫자·조건·부정이 인용한 원문과 다릅니다"


def test_only_the_statements_a_sentence_stands_on_are_used() -> None:
    supports = [Support(text, (text,)) for text in (TARGET, ONLINE)]
    assert check(ONLINE, supports).used == (1,)
    both = check("공무원연금을 받는 사람은 받지 못하며 교통행정과 055-123-4567", [Support(DESK, (DESK,))])
    assert both.broken is not None


def test_a_number_of_the_statement_must_be_in_its_quotes_too() -> None:
    supported = Support("2021년 기준 · 월 30만원 지급", ("월 30만원 지급",))
    assert (
        check("2021년 기준 월 30만원을 지급합니다.", [supported]).broken
        == "인용한 원문에 없는 숫자가 있습니다"
    )


SENTENCES = [
    line.removeprefix("- ")
    for text in shelf.FILES.values()
    for line in text.splitlines()
    if line.startswith("- ") and line.endswith("니다.")
]


@given(st.sampled_from(SENTENCES), st.data())
def test_no_word_can_be_dropped_or_doubled(sentence: str, data: st.DataObject) -> None:
    words = sentence.split()
    at = data.draw(st.integers(0, len(words) - 1))
    assert broken(sentence, sentence) is None
    assert broken(" ".join(words[:at] + words[at + 1 :]), sentence) is not None
    if words[at] not in words_of_prose().fillers | words_of_prose().predicates:
        assert broken(" ".join([*words[: at + 1], *words[at:]]), sentence) is not None


@given(st.sampled_from(SENTENCES), st.sampled_from(SENTENCES))
def test_no_sentence_passes_for_another(said: str, cited: str) -> None:
    assert (broken(said, cited) is None) == (said == cited)


def test_addresses_are_taken_out_of_what_a_model_sees() -> None:
    text = "복지로(https://www.bokjiro.go.kr/a?b=1)나 jinju.go.kr/welfare 에서 신청합니다."
    assert without_links(text) == "복지로나 에서 신청합니다."
