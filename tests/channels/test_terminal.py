"""The terminal shows one answer as lines."""

from assistant.channels.terminal import render
from tests.channels.samples import ANSWERED, CRISIS, NO_EVIDENCE


def test_the_answer_stands_with_its_citations_and_sources() -> None:
    lines = render(ANSWERED, colour=False).split("\n")
    assert lines[0].startswith("■ 답변 가능 (기준일 2021.3.2.)")
    assert "단독가구는 월 최대 30만원을 받습니다. [1]" in lines
    assert "  - 가구: 부부가구 · 금액: 48만원 [4][3]" in lines
    assert any(line.startswith("[5] 보건복지부 「기초연금 사업안내 (2021)」 제외대상") for line in lines)


def test_danger_comes_first() -> None:
    assert render(CRISIS, colour=False).startswith("[긴급] 통화를 끊지 말고")


def test_nothing_found_is_said_with_whom_to_call() -> None:
    text = render(NO_EVIDENCE, colour=False)
    assert text.startswith("■ 근거 자료 없음")
    assert text.endswith("문의: 보건복지상담센터 129")


def test_colours_only_where_the_terminal_has_them() -> None:
    assert "\x1b[" in render(ANSWERED, colour=True)
    assert "\x1b[" not in render(ANSWERED, colour=False)
