from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.sections import facet_of, split_sections, title_of
from assistant.domain import Facet

TEXT = """# 기초연금 (2021)

어르신께 드리는 연금입니다.

## 지원대상
- 만 65세 이상

### 제외대상
- 직역연금 수급자

**방법:** 읍면동에 신청합니다.

## 알려드립니다
- 1355
"""


def test_headings_and_bold_labels_open_sections_with_their_facet() -> None:
    found = [(s.heading_path, s.facet, TEXT[s.char_start : s.char_end].strip()) for s in split_sections(TEXT)]
    assert found == [
        ((), Facet.OTHER, "어르신께 드리는 연금입니다."),
        (("지원대상",), Facet.TARGET, "- 만 65세 이상"),
        (("지원대상", "제외대상"), Facet.EXCLUSION, "- 직역연금 수급자"),
        (("지원대상", "제외대상", "방법"), Facet.APPLICATION, "읍면동에 신청합니다."),
        (("알려드립니다",), Facet.OTHER, "- 1355"),
    ]


def test_plain_labels_count_as_headings() -> None:
    text = "대상: 만 65세 이상\n내용: 월 30만원\n문의: 129\n"
    assert [s.facet for s in split_sections(text)] == [Facet.TARGET, Facet.BENEFIT, Facet.CONTACT]


def test_a_title_is_the_first_heading_or_line() -> None:
    assert title_of(TEXT, "x") == "기초연금 (2021)"
    assert title_of("\n첫 줄입니다\n둘째", "x") == "첫 줄입니다"
    assert title_of("", "파일") == "파일"


def test_facets_of_headings() -> None:
    named = {
        "구비서류": "paperwork",
        "신청기간": "period",
        "지원내용": "benefit",
        "사용기간": "period",
        "문의처": "contact",
    }
    assert {heading: facet_of(heading).value for heading in named} == named


@given(
    st.lists(
        st.sampled_from(["# 가\n", "## 대상\n", "글자 하나.\n", "- 항목\n", "\n", "**내용**\n", "|a|b|\n"]),
        max_size=30,
    )
)
def test_sections_never_overlap_and_leave_out_only_headings(lines: list[str]) -> None:
    text = "".join(lines)
    sections = split_sections(text)
    assert all(a.char_end <= b.char_start for a, b in pairwise(sections))
    covered = "".join(text[s.char_start : s.char_end] for s in sections)
    assert covered.count("글자 하나.") == text.count("글자 하나.")
    assert covered.count("- 항목") == text.count("- 항목")
