"""Kakao message, call script and call note."""

from dataclasses import replace
from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from assistant.channels.kakao import TEXT_LIMIT, kakao_draft
from assistant.channels.note import call_note
from assistant.channels.script import call_script
from assistant.domain import Caution, Facet, Status
from tests.channels.samples import ANSWERED, CLOSED, CRISIS, NOTICED, WHICH, said

NOTICE = "[공지] 예산 소진으로 접수 마감 (12월 31일까지)"


def test_kakao_names_the_programme_then_says_the_answer_and_the_source_last() -> None:
    paragraphs = kakao_draft(ANSWERED).split("\n\n")
    assert paragraphs[0] == "[기초연금 사업안내]\n단독가구는 월 최대 30만원을 받습니다."
    assert paragraphs[1] == "꼭 확인해 주세요.\n· 직역연금을 받는 사람은 받지 못합니다."
    assert paragraphs[2].startswith("문의: 국민연금공단 1355\n출처: 보건복지부 「기초연금 사업안내 (2021)」")


def test_kakao_tells_that_a_programme_is_over_before_anything_of_it() -> None:
    assert kakao_draft(CLOSED).startswith(
        "[기초연금 사업안내]\n지금은 끝난 사업이거나 기간이 지났습니다.\n\n"
    )
    assert "신청(온라인) 2021.5.17. ~ 2021.6.6. · 마감" in kakao_draft(CLOSED)


def test_of_a_past_edition_whose_amounts_are_not_told_the_conditions_keep_their_source() -> None:
    desk = said("국민연금공단: 1355", Facet.CONTACT, 5)
    past = replace(ANSWERED, status=Status.OUTDATED, statements=(*ANSWERED.statements, desk), summary=(4,))
    draft = kakao_draft(past)
    assert "국민연금공단: 1355" not in draft
    assert "문의: 국민연금공단 1355" in draft
    assert "출처: 보건복지부 「기초연금 사업안내 (2021)」 제외대상" in draft


@given(st.lists(st.text(min_size=1, max_size=700), min_size=1, max_size=6))
def test_kakao_keeps_to_a_thousand_characters(texts: list[str]) -> None:
    statements = tuple(said(text, Facet.BENEFIT, 1) for text in texts)
    confirm = tuple(range(len(texts)))
    draft = kakao_draft(replace(ANSWERED, statements=statements, summary=confirm[:3], must_confirm=confirm))
    assert len(draft) <= TEXT_LIMIT
    assert "출처:" in draft


def test_every_draft_begins_with_the_bulletin_and_leaves_its_author_inside() -> None:
    assert kakao_draft(NOTICED).split("\n\n")[:2] == [
        NOTICE,
        "[기초연금 사업안내]\n단독가구는 월 최대 30만원을 받습니다.",
    ]
    assert call_script(NOTICED).split("\n")[:2] == [NOTICE, "단독가구는 월 최대 30만원을 받습니다."]
    note = call_note(NOTICED).split("\n")
    assert note.index(NOTICE) + 1 == note.index("안내: 단독가구는 월 최대 30만원을 받습니다.")
    assert "유효기간을 알 수 없습니다." not in kakao_draft(NOTICED)


def test_danger_stands_before_a_bulletin() -> None:
    crisis = replace(CRISIS, warnings=NOTICED.warnings)
    assert kakao_draft(crisis).split("\n")[1] == NOTICE
    assert call_script(crisis).split("\n")[1] == NOTICE


def test_no_heading_stands_over_conditions_that_had_to_go() -> None:
    long = said("가" * 940, Facet.EXCLUSION, 5)
    draft = kakao_draft(replace(ANSWERED, statements=(*ANSWERED.statements[:3], long)))
    assert "꼭 확인해 주세요." not in draft
    assert draft.startswith("[기초연금 사업안내]\n")


@given(
    st.lists(st.text(min_size=1, max_size=700), min_size=1, max_size=6), st.integers(min_value=1, max_value=9)
)
def test_kakao_gives_way_to_bulletins_and_whom_to_call(texts: list[str], notices: int) -> None:
    statements = tuple(said(text, Facet.BENEFIT, 1) for text in texts)
    warnings = tuple(Caution("bulletin", f"[공지] {i}{'가' * 199} (9월 9일까지, 김)") for i in range(notices))
    draft = kakao_draft(
        replace(
            ANSWERED, statements=statements, summary=(0,), must_confirm=(), warnings=warnings,
            missing=tuple(Facet),
        )
    )  # fmt: skip
    assert len(draft) <= TEXT_LIMIT
    assert all(f"[공지] {i}" in draft for i in range(min(notices, 3)))
    assert (f"이 밖에 공지가 {notices - 3}건 더 있습니다." in draft) == (notices > 3)
    assert "문의: 국민연금공단 1355" in draft


def test_the_script_begins_with_danger_and_asks_what_must_be_confirmed() -> None:
    lines = call_script(CRISIS).split("\n")
    assert lines[0] == "[긴급] 통화를 끊지 말고 안전부터 확인해 주세요. 자살예방 상담전화 109, 구급 119"
    assert lines[1] == "단독가구는 월 최대 30만원을 받습니다."
    assert lines[2:4] == [
        "[확인] 다음에 해당하시는지 여쭙겠습니다.",
        "- 직역연금을 받는 사람은 받지 못합니다.",
    ]


def test_the_script_asks_the_clarifying_question() -> None:
    assert call_script(WHICH) == "몇 차 지원금인가요? (3차, 4차)"


def test_the_note_holds_question_answer_source_edition_and_time() -> None:
    note = call_note(ANSWERED, datetime(2021, 3, 2, 9, 5)).split("\n")
    assert note[0] == "상담 시각: 2021.3.2. 09:05"
    assert note[1] == "질문: 기초연금 얼마 나와요?"
    assert note[2] == "결과: 답변 가능 (기준일 2021.3.2.)"
    assert "안내: 단독가구는 월 최대 30만원을 받습니다." in note
    assert note[-1] == "답변 번호: a1 · 자료 판: g1"
