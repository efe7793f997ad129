from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.readers.blocks import Block, Item, Paragraph, Table, pipe_table, render
from assistant.corpus.readers.tables import Cell, table_blocks


def _cell(row: int, column: int, text: str, rows: int = 1, columns: int = 1) -> Cell:
    return Cell(row, column, (Paragraph(text),) if text else (), rows, columns)


def _plain(lines: list[str]) -> list[Cell]:
    return [_cell(r, c, text) for r, line in enumerate(lines) for c, text in enumerate(line.split("|"))]


def _markdown(blocks: list[Block]) -> str:
    return render(blocks).text


def test_rows_keep_their_cells() -> None:
    blocks = table_blocks(_plain(["구분|1인|2인", "생계|71만|118만", "주거|35만|42만"]))
    assert blocks == [Table((("구분", "1인", "2인"), ("생계", "71만", "118만"), ("주거", "35만", "42만")), 1)]


def test_two_header_rows_become_one_path() -> None:
    cells = [
        _cell(0, 0, "유형", rows=2),
        _cell(0, 1, "월 임금", columns=2),
        _cell(1, 1, "평소"),
        _cell(1, 2, "12월"),
    ]
    cells += [_cell(2, 0, "전일제"), _cell(2, 1, "206만"), _cell(2, 2, "193만")]
    assert _markdown(table_blocks(cells)) == (
        "| 유형 | 월 임금 / 평소 | 월 임금 / 12월 |\n| --- | --- | --- |\n| 전일제 | 206만 | 193만 |\n"
    )


def test_a_cell_over_rows_fills_them() -> None:
    cells = [
        *_plain(["구분|대상|일수"]),
        _cell(1, 0, "결혼", rows=2),
        _cell(1, 1, "본인"),
        _cell(1, 2, "5일"),
    ]
    cells += [_cell(2, 1, "자녀"), _cell(2, 2, "1일")]
    (table,) = table_blocks(cells)
    assert isinstance(table, Table)
    assert table.rows[1:] == (("결혼", "본인", "5일"), ("결혼", "자녀", "1일"))


def test_a_band_is_set_apart_and_the_header_goes_on_below_it() -> None:
    cells = [*_plain(["구분|금액|비고", "가|1|x"]), _cell(2, 0, "둘째 묶음", columns=3), *[]]
    cells += [_cell(3, 0, "나"), _cell(3, 1, "2"), _cell(3, 2, "y")]
    first, band, second = table_blocks(cells)
    assert first == Table((("구분", "금액", "비고"), ("가", "1", "x")), 1)
    assert band == Paragraph("둘째 묶음")
    assert second == Table((("구분", "금액", "비고"), ("나", "2", "y")), 1)


def test_pairs_of_label_and_text_are_no_table() -> None:
    assert table_blocks(_plain(["사업명|돌봄 서비스 시범 운영", "담당|복지정책과"])) == [
        Item(0, "사업명: 돌봄 서비스 시범 운영"),
        Item(0, "담당: 복지정책과"),
    ]


def test_two_columns_with_figures_are_a_table() -> None:
    (table,) = table_blocks(_plain(["가구원 수|금액", "1인|71만원", "2인|118만원"]))
    assert isinstance(table, Table)


def test_a_single_cell_is_its_content_and_a_single_row_a_line() -> None:
    box = Cell(0, 0, (Paragraph("첫째 문단"), Item(1, "항목")))
    assert table_blocks([box]) == [Paragraph("첫째 문단"), Item(1, "항목")]
    assert _markdown(table_blocks(_plain(["Ⅰ|사업 개요"]))) == "## Ⅰ 사업 개요\n"


def test_empty_rows_and_columns_go() -> None:
    (table,) = table_blocks(_plain(["구분||금액", "||", "가||1"]))
    assert table == Table((("구분", "금액"), ("가", "1")), 1)


def test_a_table_in_a_cell_follows_its_table() -> None:
    inner = Table((("가", "나"), ("1", "2")), 1)
    cells = [
        *_plain(["구분|내용|비고"]),
        _cell(1, 0, "지원"),
        Cell(1, 1, (Paragraph("아래와 같음"), inner)),
        _cell(1, 2, "-"),
    ]
    assert table_blocks(cells)[1:] == [inner]


def test_bars_are_escaped_and_line_breaks_are_spaces() -> None:
    assert pipe_table(Table((("a|b", "c\nd"), ("1", "2")))) == "| a\\|b | c d |\n| --- | --- |\n| 1 | 2 |"


@given(st.lists(st.lists(st.text("가나다 1|\n", max_size=6), min_size=1, max_size=4), min_size=1, max_size=5))
def test_every_row_of_a_pipe_table_has_as_many_cells(rows: list[list[str]]) -> None:
    lines = pipe_table(Table(tuple(map(tuple, rows)))).split("\n")
    assert len({line.replace("\\|", "").count("|") for line in lines}) == 1
    assert len(lines) == len(rows) + 1


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.integers(0, 5),
            st.sampled_from("가나다"),
            st.integers(0, 9),
            st.integers(0, 9),
        ),
        max_size=12,
    )
)
def test_any_spans_give_blocks(cells: list[tuple[int, int, str, int, int]]) -> None:
    text = _markdown(table_blocks([_cell(r, c, t, rows, columns) for r, c, t, rows, columns in cells]))
    assert bool(text) == bool(cells)
