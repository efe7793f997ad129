from pathlib import Path

import docx
import pytest

from assistant.corpus.readers import read_source
from assistant.errors import UnreadableSource


def test_styles_lists_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("돌봄 사업 안내", 0)
    document.add_heading("지원 내용", 1)
    document.add_paragraph("가정을 찾아가 돕습니다.")
    document.add_paragraph("식사", style="List Bullet")
    document.add_paragraph("국", style="List Bullet 2")
    table = document.add_table(3, 3)
    rows = (("구분", "시간", "횟수"), ("청소", "2시간", "주 1회"), ("", "3시간", "주 2회"))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(1, 0).merge(table.cell(2, 0)).text = "청소"
    path = tmp_path / "안내.docx"
    document.save(str(path))
    assert read_source(path).text == (
        "# 돌봄 사업 안내\n\n## 지원 내용\n\n가정을 찾아가 돕습니다.\n\n- 식사\n  - 국\n\n"
        "| 구분 | 시간 | 횟수 |\n| --- | --- | --- |\n| 청소 | 2시간 | 주 1회 |\n| 청소 | 3시간 | 주 2회 |\n"
    )


def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("이름과 다른 문서")
    path = tmp_path / "안내.hwp"
    document.save(str(path))
    assert read_source(path).text == "이름과 다른 문서\n"


def test_cut_short(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("잘린 문서")
    path = tmp_path / "안내.docx"
    document.save(str(path))
    path.write_bytes(path.read_bytes()[:3000])
    with pytest.raises(UnreadableSource, match=r"^안내\.docx: 파일이 손상되어 열 수 없습니다"):
        read_source(path)
