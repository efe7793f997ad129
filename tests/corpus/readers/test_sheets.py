from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from assistant.corpus.readers import read_source
from assistant.corpus.readers.sheets import read_csv, shown
from assistant.errors import UnreadableSource


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (474600, "#,##0", "474,600"),
        (474600, '#,##0"원"', "474,600원"),
        (0.305, "0.0%", "30.5%"),
        (1.5, "General", "1.5"),
        (3, "General", "3"),
        (12.345, "0.00", "12.35"),
        (date(2021, 3, 2), "yyyy-mm-dd", "2021-03-02"),
        (datetime(2021, 3, 2, 9, 30), "General", "2021-03-02 09:30"),
        ("글", "General", "글"),
        (None, "General", ""),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value: object, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "지원 단가"
    for row in (["2021년 단가표"], [], ["가구", "금액", None], [None, "1월", "2월"], ["1인", 474600, 500000]):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    sheet["B5"].number_format = sheet["C5"].number_format = "#,##0"
    book.create_sheet("숨은 시트")["A1"] = "안 보임"
    book["숨은 시트"].sheet_state = "hidden"
    path = tmp_path / "단가.xlsx"
    book.save(path)
    assert read_source(path).text == (
        "## 지원 단가\n\n2021년 단가표\n\n"
        "| 가구 | 금액 / 1월 | 금액 / 2월 |\n| --- | --- | --- |\n| 1인 | 474,600 | 500,000 |\n"
    )


def test_csv_in_cp949(tmp_path: Path) -> None:
    path = tmp_path / "목록.csv"
    path.write_bytes('기관,전화\r\n"행정복지센터, 중앙동",055-000-0000\r\n'.encode("cp949"))
    assert read_source(path).text == (
        "| 기관 | 전화 |\n| --- | --- |\n| 행정복지센터, 중앙동 | 055-000-0000 |\n"
    )


def test_csv_with_tabs_and_a_title() -> None:
    assert read_csv("단가표\t\n가구\t금액\n1인\t10\n", "표.csv").text == (
        "단가표\n\n| 가구 | 금액 |\n| --- | --- |\n| 1인 | 10 |\n"
    )


def test_csv_with_too_many_columns() -> None:
    with pytest.raises(UnreadableSource, match="칸이 너무 많은 표"):
        read_csv("가," * 5000, "표.csv")
