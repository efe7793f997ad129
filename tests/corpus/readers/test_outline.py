import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.readers.blocks import PAGE_BREAK, Block, Heading, Item, Paragraph, render
from assistant.corpus.readers.outline import blocks_of, outlined


@pytest.mark.parametrize(
    ("line", "block"),
    [
        ("Ⅱ. 사업 운영", Heading(2, "Ⅱ. 사업 운영")),
        ("제2장 급여", Heading(2, "제2장 급여")),
        ("3. 지원 내용", Heading(3, "3. 지원 내용")),
        ("3-1. 모집", Heading(3, "3-1. 모집")),
        ("가. 신청 대상", Heading(4, "가. 신청 대상")),
        ("□ 지원 대상", Heading(5, "지원 대상")),
        ("[문의처 안내]", Heading(5, "[문의처 안내]")),
    ],
)
def test_headings(line: str, block: Block) -> None:
    assert blocks_of(line) == [block]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("□ 시는 오는 3월부터 지원금을 지급한다고 밝혔다.", "시는 오는 3월부터 지원금을 지급한다고 밝혔다."),
        ("○ 소득이 적은 가구", "소득이 적은 가구"),
        ("o 소득이 적은 가구", "소득이 적은 가구"),
        ("- 현금", "현금"),
        ("1) 신청서", "1) 신청서"),
        ("① 신청", "① 신청"),
        ("※ 예산 소진 시 마감", "※ 예산 소진 시 마감"),
        ("* 단서", "* 단서"),
        ("□ 지원대상 : 만 65세 이상", "지원대상 : 만 65세 이상"),
    ],
)
def test_items(line: str, text: str) -> None:
    (block,) = blocks_of(line)
    assert isinstance(block, Item)
    assert block.text == text


@pytest.mark.parametrize(
    "line", ["-15도 이하", "3.5배 이내", "가구원 모두", "2021. 3. 2. 시행", "-", "오늘은 쉽니다."]
)
def test_running_text(line: str) -> None:
    assert blocks_of(line) == [Paragraph(line)]


def test_an_article_is_a_heading_with_its_text() -> None:
    assert blocks_of("제3조의2(정의) 이 법에서 쓰는 말은 다음과 같다.") == [
        Heading(4, "제3조의2(정의)"),
        Paragraph("이 법에서 쓰는 말은 다음과 같다."),
    ]


def test_numbered_lines_that_head_nothing_are_a_list() -> None:
    lines = ["1. 제출 서류", "가. 신청서", "나. 통장 사본", "2. 문의", "담당 부서"]
    blocks = outlined([block for line in lines for block in blocks_of(line)])
    assert blocks == [
        Heading(3, "1. 제출 서류"),
        Item(0, "가. 신청서"),
        Item(0, "나. 통장 사본"),
        Heading(3, "2. 문의"),
        Paragraph("담당 부서"),
    ]


def test_items_nest_by_their_marks() -> None:
    lines = ["○ 하나", "- 둘", "※ 셋", "- 넷", "○ 다섯"]
    blocks = outlined([block for line in lines for block in blocks_of(line)])
    assert [block.depth for block in blocks if isinstance(block, Item)] == [0, 1, 2, 1, 0]


def test_paragraphs_of_an_article_stand_above_their_items() -> None:
    lines = ["① 첫째", "1. 하나만", "2. 둘만", "② 둘째"]
    items = [block for line in lines for block in blocks_of(line)]
    assert [b.depth for b in outlined([Paragraph("머리"), *items]) if isinstance(b, Item)] == [0, 1, 1, 0]


@given(st.lists(st.text("가나다 1.-#|○□※①()\n" + PAGE_BREAK, max_size=20), max_size=12))
def test_every_page_break_starts_a_page_and_none_stays(lines: list[str]) -> None:
    source = render(outlined([block for line in lines for block in blocks_of(line)]), paged=True)
    assert len(source.page_starts) == 1 + sum(line.count(PAGE_BREAK) for line in lines)
    assert list(source.page_starts) == sorted(source.page_starts)
    assert PAGE_BREAK not in source.text
    assert source.page_starts[-1] <= len(source.text)


def test_text_that_looks_like_markup_is_escaped() -> None:
    assert render([Paragraph("# 해시"), Paragraph("| 막대")]).text == "\\# 해시\n\n\\| 막대\n"
