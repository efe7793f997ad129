from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.chunking import CHUNK_CHARACTERS, UNIT_CHARACTERS, chunk_document
from assistant.corpus.sections import split_sections
from assistant.corpus.units import clean
from assistant.domain import Document, Facet, Metadata, UnitKind

PENSION = """# 든든연금

## 지원대상
- 만 65세 이상인 어르신이 받습니다.

## 지원내용
| 가구 | 금액 |
|---|---|
| 단독 | 300,000원 |
| 부부 | 480,000원 |
"""


def document(text: str, page_starts: tuple[int, ...] = ()) -> Document:
    return Document(Metadata("d", "든든연금"), "d.md", text, split_sections(text), page_starts)


def test_a_chunk_is_a_section_with_title_and_headings_before_its_words() -> None:
    first, second = chunk_document(document(PENSION))
    assert first.text == "든든연금\n지원대상\n만 65세 이상인 어르신이 받습니다."
    assert second.text == "든든연금\n지원내용\n가구: 단독 · 금액: 300,000원\n가구: 부부 · 금액: 480,000원"
    assert (first.facet, second.facet) == (Facet.TARGET, Facet.BENEFIT)
    assert PENSION[first.span.start : first.span.end] == "만 65세 이상인 어르신이 받습니다."
    assert PENSION[second.span.start : second.span.end] == "| 단독 | 300,000원 |\n| 부부 | 480,000원 |"


def test_ids_name_document_headings_hash_and_ordinal() -> None:
    twice = "# 가\n\n## 대상\n- 시민이 받습니다.\n\n## 대상\n- 시민이 받습니다.\n"
    ids = [chunk.id.split("#") for chunk in chunk_document(document(twice))]
    assert [(i[0], i[1], i[3]) for i in ids] == [("d", "대상", "1"), ("d", "대상", "2")]
    assert ids[0][2] == ids[1][2]
    assert len(ids[0][2]) == 12


def test_ids_outlive_what_is_added_before_them() -> None:
    before = {c.text: c.id for c in chunk_document(document(PENSION))}
    longer = PENSION.replace("## 지원대상", "## 문의\n- 1355\n\n## 지원대상")
    after = {c.text: c.id for c in chunk_document(document(longer))}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_another_title_gives_other_ids() -> None:
    one = document(PENSION)
    two = replace(one, metadata=replace(one.metadata, title="든든연금 (2022)"))
    assert {c.id for c in chunk_document(one)}.isdisjoint(c.id for c in chunk_document(two))


def test_sentences_are_packed_to_the_length_and_not_beyond() -> None:
    sentence = "가나다라마바사아자차카타파하 지원금을 드립니다."
    text = "# 가\n\n## 내용\n" + "\n".join(f"- {n} {sentence}" for n in range(40)) + "\n"
    chunks = chunk_document(document(text))
    sizes = [sum(len(u.text) for u in chunk.units) for chunk in chunks]
    assert all(size <= CHUNK_CHARACTERS for size in sizes)
    assert all(size > CHUNK_CHARACTERS - 2 * len(sentence) for size in sizes[:-1])
    assert sum(len(chunk.units) for chunk in chunks) == 40


def test_only_an_over_long_sentence_is_split_inside_and_each_part_is_verbatim() -> None:
    words = ", ".join(f"제{n}호 사유" for n in range(120))
    text = f"# 가\n\n## 내용\n{words}.\n"
    units = [unit for chunk in chunk_document(document(text)) for unit in chunk.units]
    assert len(units) > 1
    for unit in units:
        quoted = text[unit.span.start : unit.span.end]
        assert len(quoted) <= UNIT_CHARACTERS
        assert clean(quoted) == unit.text
    assert [n for unit in units for n in unit.text.split() if n.endswith("호")] == [
        f"제{n}호" for n in range(120)
    ]


def test_a_long_table_row_is_never_split() -> None:
    cell = "아주 긴 설명입니다. " * 60
    text = f"# 가\n\n## 내용\n| 구분 | 설명 |\n|---|---|\n| 하나 | {cell}|\n"
    (chunk,) = chunk_document(document(text))
    (unit,) = chunk.units
    assert unit.kind is UnitKind.ROW
    assert len(unit.text) > UNIT_CHARACTERS


def test_a_chunk_knows_its_page() -> None:
    text = "# 가\n\n## 대상\n- 시민이 받습니다.\n\n## 내용\n- 10만원을 드립니다.\n"
    chunks = chunk_document(document(text, (0, text.index("## 내용"))))
    assert [chunk.page for chunk in chunks] == [1, 2]
    assert [chunk.page for chunk in chunk_document(document(text))] == [None, None]


def test_an_empty_section_gives_no_chunk() -> None:
    assert [c.heading_path for c in chunk_document(document("# 가\n\n## 대상\n\n## 내용\n- 한 줄\n"))] == [
        ("내용",)
    ]


LINES = st.sampled_from(
    [
        "# 제목\n",
        "## 대상\n",
        "### 기준\n",
        "문장 하나입니다. 둘째 문장입니다.\n",
        "- 항목\n",
        "  - 속 항목\n",
        "다음과 같습니다:\n",
        "| 가 | 나 |\n|---|---|\n| 1 | 2 |\n|  | 3 |\n",
        "\n",
        "가" * 700 + "\n",
        "**내용:** 굵은 표시\n",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_units_are_inside_their_chunk_in_order_and_said_once(lines: list[str]) -> None:
    text = "".join(lines)
    chunks = chunk_document(document(text))
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    units = [unit for chunk in chunks for unit in chunk.units]
    assert all(a.span.end <= b.span.start for a, b in pairwise(units))
    for chunk in chunks:
        for unit in chunk.units:
            assert chunk.span.start <= unit.span.start < unit.span.end <= chunk.span.end
            assert unit.text in chunk.text
    held = "".join(text[u.span.start : u.span.end] for u in units)
    assert held.count("둘째 문장입니다.") == text.count("둘째 문장입니다.")
    assert held.count("가" * 100) == text.count("가" * 100)


@pytest.mark.parametrize("text", ["", "\n\n", "# 제목만\n"])
def test_a_document_without_words_has_no_chunk(text: str) -> None:
    assert chunk_document(document(text)) == ()
