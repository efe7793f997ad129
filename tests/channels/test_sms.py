"""Text messages keep to 90 and 2,000 bytes of EUC-KR and lose no source."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.sms import LMS_BYTES, SMS_BYTES, byte_count, lms_draft, sms_draft, unsendable
from assistant.domain import Caution, Facet
from tests.channels.samples import ANSWERED, CLOSED, CRISIS, NO_EVIDENCE, NOTICED, said


def test_bytes_are_those_of_euc_kr() -> None:
    assert byte_count("월 30만원") == 2 + 1 + 2 + 4
    assert byte_count("월 30만원") == len("월 30만원".encode("euc_kr"))
    assert byte_count("가" * 45) == SMS_BYTES


def test_characters_that_gateways_would_break_are_named() -> None:
    assert unsendable("뷁 30만원 😀 뷁") == ("뷁", "😀")
    assert unsendable("「기초연금」 · ~ 30%") == ()


def test_one_sentence_with_its_source_fits_a_short_message() -> None:
    draft = sms_draft(ANSWERED)
    assert draft is not None
    assert draft.text == "단독가구는 월 최대 30만원을 받습니다. [기초연금 사업안내 (2021)]"
    assert draft.size == len(draft.text.encode("cp949")) == 64
    assert draft.kind == "SMS"


def test_a_short_message_is_not_made_by_cutting_or_by_hiding_the_status() -> None:
    long = replace(
        ANSWERED, statements=(said("가" * 60 + "입니다.", Facet.BENEFIT, 1), *ANSWERED.statements[1:])
    )
    assert sms_draft(long) is None
    assert sms_draft(CLOSED) is None
    assert sms_draft(CRISIS) is None


def test_a_bulletin_and_whom_to_call_win_over_the_answer_in_a_short_message() -> None:
    draft = sms_draft(NOTICED)
    assert draft is not None
    assert draft.text == "[공지] 예산 소진으로 접수 마감 (12월 31일까지)\n문의: 국민연금공단 1355"
    assert draft.size == len(draft.text.encode("cp949")) == 70


def test_a_bulletin_stands_before_the_answer_where_both_fit_a_short_message() -> None:
    short = replace(
        NOTICED,
        warnings=(Caution("bulletin", "[공지] 접수 마감 (9월 9일까지, 김정책)"),),
        statements=(said("월 30만원입니다.", Facet.BENEFIT, 1),),
        must_confirm=(),
    )
    draft = sms_draft(short)
    assert draft is not None
    assert draft.text == "[공지] 접수 마감 (9월 9일까지)\n월 30만원입니다. [기초연금 사업안내 (2021)]"


def test_no_short_message_is_offered_that_would_lose_the_bulletin() -> None:
    long = replace(NOTICED, warnings=(Caution("bulletin", f"[공지] {'가' * 200} (9월 9일까지, 김정책)"),))
    assert sms_draft(long) is None
    assert lms_draft(long).text.startswith("[공지] 가가")


@given(st.lists(st.text(min_size=1, max_size=900), min_size=1, max_size=6))
def test_a_long_message_keeps_bulletin_and_contact(texts: list[str]) -> None:
    statements = tuple(said(text, Facet.BENEFIT, 1) for text in texts)
    answer = replace(
        NOTICED, statements=statements, summary=tuple(range(min(3, len(texts)))), must_confirm=()
    )
    draft = lms_draft(answer)
    assert draft.size <= LMS_BYTES
    assert draft.text.startswith("[공지] 예산 소진으로 접수 마감 (12월 31일까지)\n")
    assert "문의: 국민연금공단 1355" in draft.text


def test_the_long_message_ends_with_its_source() -> None:
    lines = lms_draft(ANSWERED).text.split("\n")
    assert lines[:2] == ["[기초연금 사업안내]", "단독가구는 월 최대 30만원을 받습니다."]
    assert lines[2:4] == ["꼭 확인해 주세요.", "· 직역연금을 받는 사람은 받지 못합니다."]
    assert (
        lines[-1]
        == "출처: 보건복지부 「기초연금 사업안내 (2021)」 지원내용 (유효기간 2021.1.1. ~ 2021.12.31.)"
    )
    assert lms_draft(ANSWERED).subject == "기초연금 사업안내 (2021)"


def test_a_caller_in_danger_gets_numbers_not_the_words_meant_for_the_counsellor() -> None:
    text = lms_draft(CRISIS).text
    assert text.startswith("위급하시면 지금 바로 전화해 주세요: 자살예방 상담전화 109, 구급 119")
    assert "통화를 끊지" not in text


def test_without_evidence_the_message_names_whom_to_call() -> None:
    assert lms_draft(NO_EVIDENCE).text.endswith("문의: 보건복지상담센터 129")


@given(st.lists(st.text(min_size=1, max_size=900), min_size=1, max_size=6))
def test_no_message_passes_its_limit(texts: list[str]) -> None:
    statements = tuple(said(text, Facet.BENEFIT, 1) for text in texts)
    answer = replace(
        ANSWERED, statements=statements, summary=tuple(range(min(3, len(texts)))), must_confirm=()
    )
    draft = lms_draft(answer)
    assert draft.size == byte_count(draft.text) <= LMS_BYTES
    assert "출처:" in draft.text
    short = sms_draft(answer)
    assert short is None or short.size <= SMS_BYTES
