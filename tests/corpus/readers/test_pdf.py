from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from assistant.corpus.readers import Limits, read_source
from assistant.errors import UnreadableSource
from tests.corpus.readers.made_pdf import PdfPage, made_pdf


def _written(folder: Path, *pages: PdfPage) -> Path:
    path = folder / "안내.pdf"
    path.write_bytes(made_pdf(*pages))
    return path


def test_pages_start_where_their_text_does(tmp_path: Path) -> None:
    path = _written(
        tmp_path, PdfPage(((50, 600, "첫째 쪽의 글입니다."),)), PdfPage(((50, 600, "둘째 쪽의 글입니다."),))
    )
    source = read_source(path)
    assert source.page_starts[0] == 0
    assert source.page_starts[1] <= source.text.index("둘째") < len(source.text)
    assert source.text.index("첫째") < source.page_starts[1]
    assert len(source.page_starts) == 2


def test_a_line_broken_inside_a_word_is_joined(tmp_path: Path) -> None:
    whole = (50, 640, "국민건강보험공단은 보험료를 매달 걷습니다.")
    broken = (
        (50, 600, "가나다라마바사아자차카타파하가나다라마바사아자차카타파하 국민건강보험"),
        (50, 586, "공단에 신청합니다."),
    )
    text = read_source(_written(tmp_path, PdfPage((whole, *broken)))).text
    assert "국민건강보험공단에 신청합니다." in text


def test_a_sentence_over_two_pages_is_one_and_belongs_to_both(tmp_path: Path) -> None:
    full = "가나다라마바사아자차카타파하가나다라마바사아자차카타파하 소득이 기준보다 "
    source = read_source(
        _written(
            tmp_path,
            PdfPage(((50, 600, "짧은 줄"), (50, 300, full))),
            PdfPage(((50, 600, "낮은 가구를 돕습니다."),)),
        )
    )
    assert "소득이 기준보다 낮은 가구를 돕습니다." in source.text
    assert source.page_starts[1] == source.text.index("낮은 가구")


def test_headings_items_and_notes_by_their_numbering(tmp_path: Path) -> None:
    lines = (
        "Ⅱ. 사업 운영",
        "1. 신청 방법",
        "○ 방문 신청이 원칙",
        "- 우편도 가능",
        "※ 주말 제외",
        "2. 문의",
        "담당 부서",
    )
    words = tuple((50.0, 600.0 - 30 * i, line) for i, line in enumerate(lines))
    text = read_source(_written(tmp_path, PdfPage(words))).text
    assert text == (
        "## Ⅱ. 사업 운영\n\n### 1. 신청 방법\n\n- 방문 신청이 원칙\n  - 우편도 가능\n    - ※ 주말 제외\n\n"
        "### 2. 문의\n\n담당 부서\n"
    )


def test_running_heads_page_numbers_and_side_tabs_are_gone(tmp_path: Path) -> None:
    def page(number: int) -> PdfPage:
        tab = tuple((480.0, 560.0 - 14 * i, letter) for i, letter in enumerate("일자리사업안내"))
        furniture = ((50.0, 680.0, "돌봄 사업 안내"), (240.0, 20.0, f"- {number} -"), *tab)
        return PdfPage((*furniture, (50.0, 400.0, f"본문 {'가나다라'[number]}입니다.")))

    text = read_source(_written(tmp_path, *(page(n) for n in range(4)))).text
    assert text.startswith("# 돌봄 사업 안내\n\n")
    assert text.split()[4:] == [
        "본문",
        "가입니다.",
        "본문",
        "나입니다.",
        "본문",
        "다입니다.",
        "본문",
        "라입니다.",
    ]


def _ruled(columns: list[float], rows: list[float]) -> tuple[tuple[float, float, float, float], ...]:
    across = tuple((columns[0], y, columns[-1], y) for y in rows)
    return across + tuple((x, rows[0], x, rows[-1]) for x in columns)


def test_a_ruled_table_keeps_its_cells(tmp_path: Path) -> None:
    words = (
        (60, 585, "가구원 수"),
        (210, 585, "금액"),
        (60, 555, "1인"),
        (210, 555, "500,000원"),
        (60, 525, "2인"),
        (210, 525, "800,000원"),
    )
    page = PdfPage(words, _ruled([50, 200, 350], [600, 570, 540, 510]))
    text = read_source(_written(tmp_path, page)).text
    assert text == "| 가구원 수 | 금액 |\n| --- | --- |\n| 1인 | 500,000원 |\n| 2인 | 800,000원 |\n"


def test_a_merged_cell_fills_its_rows_where_side_borders_are_missing(tmp_path: Path) -> None:
    across = ((50, 600, 350, 600), (50, 570, 350, 570), (150, 540, 350, 540), (50, 510, 350, 510))
    upright = ((150, 600, 150, 510), (250, 600, 250, 510))
    words = (
        (60, 585, "구분"),
        (160, 585, "대상"),
        (260, 585, "일수"),
        (60, 540, "휴가"),
        (160, 555, "본인"),
        (260, 555, "5일"),
        (160, 525, "자녀"),
        (260, 525, "1일"),
    )
    text = read_source(_written(tmp_path, PdfPage(words, across + upright))).text
    assert (
        text == "| 구분 | 대상 | 일수 |\n| --- | --- | --- |\n| 휴가 | 본인 | 5일 |\n| 휴가 | 자녀 | 1일 |\n"
    )


def test_a_table_that_goes_on_repeats_no_header_and_its_rows_have_their_page(tmp_path: Path) -> None:
    def page(amounts: list[str]) -> PdfPage:
        words = [(60.0, 585.0, "가구원 수"), (210.0, 585.0, "금액")]
        for i, amount in enumerate(amounts):
            words += [(60.0, 555.0 - 30 * i, f"{amount[0]}인"), (210.0, 555.0 - 30 * i, f"{amount}원")]
        return PdfPage(tuple(words), _ruled([50, 200, 350], [600 - 30 * i for i in range(len(amounts) + 2)]))

    source = read_source(_written(tmp_path, page(["1,000", "2,000"]), page(["3,000", "4,000"])))
    assert source.text.count("가구원 수") == 1
    assert source.page_starts[1] == source.text.index("| 3인")


def test_encrypted(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(_written(tmp_path, PdfPage(((50, 600, "비밀 문서"),)))))
    writer.encrypt("1234", algorithm="RC4-128")
    locked = tmp_path / "잠김.pdf"
    writer.write(locked)
    with pytest.raises(UnreadableSource, match=r"^잠김\.pdf: 암호가 걸린 PDF입니다\."):
        read_source(locked)


def test_scanned(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="글자가 없는 스캔 문서입니다"):
        read_source(_written(tmp_path, PdfPage(), PdfPage()))


def test_too_many_pages(tmp_path: Path) -> None:
    path = _written(tmp_path, PdfPage(((50, 600, "하나"),)), PdfPage(((50, 600, "둘"),)))
    with pytest.raises(UnreadableSource, match="2쪽으로 한도 1쪽을 넘습니다"):
        read_source(path, Limits(pages=1))


@pytest.mark.parametrize("keep", [9, 60, 400])
def test_cut_short(tmp_path: Path, keep: int) -> None:
    path = _written(tmp_path, PdfPage(((50, 600, "잘린 문서"),)))
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(UnreadableSource, match=r"^안내\.pdf: "):
        read_source(path)


def test_a_ministry_guideline_has_its_pages_and_amounts_under_their_headers(shared_data: Path) -> None:
    path = next((shared_data / "ministry_pdf").glob("2024*.pdf"))
    source = read_source(path)
    assert len(source.page_starts) == 94
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in source.text.splitlines()]
    wages = [
        row[5] for row in rows if row[:2] == ["일반형일자리", "시간제"] and row[3:5] == ["12월", "주 19시간"]
    ]
    assert wages == ["953,340원", "977,120원"]
    page = sum(1 for start in source.page_starts if start <= source.text.index("### 2-3. 근무시간"))
    assert "2-3. 근무시간" in PdfReader(path).pages[page - 1].extract_text()
