from assistant.corpus.readers.html import read_html


def _read(body: str) -> str:
    return read_html(f"<html><head><title>돌봄 안내</title></head><body>{body}</body></html>".encode()).text


def test_headings_paragraphs_and_lists() -> None:
    body = (
        "<h1>안내</h1><p>글에 <b>굵은</b> 말이\n 있다.</p><h2>방법</h2>"
        "<ul><li>방문<ul><li>평일</li></ul></li><li>우편</li></ul>"
    )
    assert _read(body) == "# 안내\n\n글에 굵은 말이 있다.\n\n## 방법\n\n- 방문\n  - 평일\n- 우편\n"


def test_the_title_heads_a_page_without_h1() -> None:
    assert _read("<p>본문</p>") == "# 돌봄 안내\n\n본문\n"


def test_navigation_and_scripts_are_left_out() -> None:
    body = (
        "<nav>차림표</nav><script>alert(1)</script><h1>안내</h1><p>본문</p><footer>주소</footer><!-- 메모 -->"
    )
    assert _read(body) == "# 안내\n\n본문\n"


def test_spans_of_a_table_are_filled() -> None:
    body = (
        "<h1>표</h1><table><caption>단가</caption>"
        "<thead><tr><th rowspan=2>구분</th><th colspan=2>금액</th></tr>"
        "<tr><th>1인</th><th>2인</th></tr></thead><tbody><tr><td>생계</td><td>71</td><td>118</td></tr>"
        "<tr><td>주거</td><td>35</td><td>42</td></tr></tbody></table>"
    )
    assert _read(body) == (
        "# 표\n\n단가\n\n| 구분 | 금액 / 1인 | 금액 / 2인 |\n| --- | --- | --- |\n"
        "| 생계 | 71 | 118 |\n| 주거 | 35 | 42 |\n"
    )


def test_layout_tables_are_undone() -> None:
    body = "<table><tr><td><h2>방법</h2><p>방문 신청</p></td></tr></table>"
    assert _read("<h1>안내</h1>" + body) == "# 안내\n\n## 방법\n\n방문 신청\n"


def test_korean_encodings() -> None:
    page = '<html><head><meta charset="euc-kr"></head><body><h1>복지 안내</h1></body></html>'
    assert read_html(page.encode("cp949")).text == "# 복지 안내\n"
    assert read_html(b"\xef\xbb\xbf" + "<p>복지 안내</p>".encode()).text == "복지 안내\n"
