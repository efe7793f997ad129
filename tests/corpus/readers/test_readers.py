import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.readers import SUPPORTED_SUFFIXES, Limits, is_supported, read_source, split_front_matter
from assistant.errors import SourceError, UnreadableSource, UnsupportedSource


def _written(folder: Path, name: str, raw: bytes) -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def test_suffixes_are_told_without_opening() -> None:
    assert is_supported(Path("안내/지침.HWPX"))
    assert not is_supported(Path("그림.png"))
    assert not is_supported(Path("지침.hwpx.yaml"))
    assert {".md", ".txt", ".pdf", ".hwp", ".hwpx", ".docx", ".xlsx", ".csv", ".html"} <= SUPPORTED_SUFFIXES


def test_markdown_body_is_kept_as_it_is() -> None:
    body = "# 제목\n\n* 별표 목록\n| a | b |\n|---|---|\n\n  들여쓴 줄  \n"
    assert split_front_matter("---\nid: a\ntitle: 나\n---\n" + body) == ("id: a\ntitle: 나", body)
    assert split_front_matter(body) == (None, body)


def test_front_matter_may_be_empty_or_unclosed() -> None:
    assert split_front_matter("---\n---\n본문\n") == ("", "본문\n")
    assert split_front_matter("---\n닫지 않은 줄\n") == (None, "---\n닫지 않은 줄\n")
    assert split_front_matter("본문\n---\nid: a\n---\n")[0] is None


def test_markdown_is_nfc_with_lf_and_without_mark(tmp_path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "기초연금")
    raw = ("\ufeff---\r\nid: a\r\n---\r\n# " + decomposed + "\r\n둘째 줄\r셋째 줄").encode()
    assert read_source(_written(tmp_path, "가.md", raw)).text == "# 기초연금\n둘째 줄\n셋째 줄"


def test_text_in_cp949(tmp_path: Path) -> None:
    path = _written(tmp_path, "가.txt", "1. 신청 방법\r\n○ 읍면동에 방문\r\n- 평일만\r\n".encode("cp949"))
    assert read_source(path).text == "### 1. 신청 방법\n\n- 읍면동에 방문\n  - 평일만\n"


@pytest.mark.parametrize(
    ("name", "raw", "error", "words"),
    [
        ("빈.md", b"", UnreadableSource, "빈 파일입니다"),
        ("공백.txt", b" \r\n\t", UnreadableSource, "빈 파일입니다"),
        ("그림.md", b"\x89PNG\r\n\x1a\n" + bytes(50), UnsupportedSource, "PNG 그림입니다"),
        ("글.pdf", "그냥 글입니다".encode(), UnreadableSource, "내용이 그 형식이 아니거나 손상"),
        ("글.hwp", "그냥 글입니다".encode(), UnreadableSource, "내용이 그 형식이 아니거나 손상"),
        ("옛.hwp", b"HWP Document File V3.00 \x1a\x01" + bytes(200), UnsupportedSource, "옛 한글 3.0"),
        ("표.ods", b"abc", UnsupportedSource, "다루지 않는 형식"),
        ("섞임.txt", bytes(range(1, 256)) * 4, UnreadableSource, "글자 인코딩"),
        ("깨짐.docx", b"PK\x03\x04" + bytes(60), UnreadableSource, "손상되어 열 수 없습니다"),
        ("머리만.md", b"---\nid: a\n---\n", UnreadableSource, "글자가 없는 문서"),
    ],
)
def test_what_cannot_be_read_says_so(
    tmp_path: Path, name: str, raw: bytes, error: type[SourceError], words: str
) -> None:
    with pytest.raises(error) as caught:
        read_source(_written(tmp_path, name, raw))
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert words in message
    assert "\n" not in message


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="파일을 열 수 없습니다"):
        read_source(tmp_path / "없음.md")


def test_a_file_beyond_the_size_limit(tmp_path: Path) -> None:
    path = _written(tmp_path, "큰.md", b"a" * (2 * 1024 * 1024))
    with pytest.raises(UnreadableSource, match="2 MB로 한도 1 MB를 넘습니다"):
        read_source(path, Limits(file_bytes=1024 * 1024))


@given(st.text(max_size=300))
def test_the_body_and_the_front_matter_make_up_the_text(text: str) -> None:
    front, body = split_front_matter(text)
    whole = unicodedata.normalize(
        "NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    )
    assert whole.endswith(body)
    assert front is None or whole.startswith("---")
    assert front is not None or body == whole
