import re
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from assistant.corpus.readers import read_source
from assistant.errors import SourceError

_UNREADABLE = {
    "HWP3_password_123456.hwp": "옛 한글 3.0 문서",
    "hwplib_blank.hwp": "글자가 없는 문서",
    "password_123456_encrypted.hwpx": "암호가 걸린 문서",
}


def _words(text: str) -> list[str]:
    text = re.sub(r"[<>|\\*#\ue000-\uf8ff\U000f0000-\U0010ffff]", " ", unicodedata.normalize("NFC", text))
    return re.findall(r"[0-9A-Za-z가-힣一-龥]+", text)


def _found_in_order(words: list[str], text: list[str]) -> float:
    """The share of the words that is a common subsequence of both, in the order they are read in."""
    row = [0] * (len(text) + 1)
    for word in words:
        before, row = row, [0]
        for i, other in enumerate(text):
            row.append(before[i] + 1 if word == other else max(before[i + 1], row[-1]))
    return row[-1] / len(words)


def _fixtures(shared_data: Path) -> list[Path]:
    folder = shared_data / "parser_fixtures"
    return sorted(path for kind in ("hwp", "hwpx") for path in (folder / kind).iterdir())


def test_the_words_of_the_word_processors_own_preview_are_found_in_order(shared_data: Path) -> None:
    shares = []
    for path in _fixtures(shared_data):
        preview = shared_data / "parser_fixtures" / "prvtext_oracle" / f"{path.name}.prv.txt"
        if path.name in _UNREADABLE or not preview.exists():
            continue
        words = _words(preview.read_text(encoding="utf-8", errors="replace"))[:-1]
        if words:
            shares.append(_found_in_order(words, _words(read_source(path).text)[:3000]))
    assert len(shares) >= 28
    assert sorted(shares)[len(shares) // 2] >= 0.995
    assert min(shares) >= 0.97


def test_a_document_reads_the_same_as_hwp_and_as_hwpx(shared_data: Path) -> None:
    pairs = [path for path in _fixtures(shared_data) if path.suffix == ".hwp" and _twin(path).exists()]
    assert len(pairs) >= 8
    for path in pairs:
        first, second = _words(read_source(path).text), _words(read_source(_twin(path)).text)
        assert SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.97, path.name


def _twin(path: Path) -> Path:
    return path.parent.parent / "hwpx" / f"{path.stem}.hwpx"


@pytest.mark.parametrize(("name", "words"), _UNREADABLE.items())
def test_what_cannot_be_read_says_why(shared_data: Path, name: str, words: str) -> None:
    path = shared_data / "parser_fixtures" / name.rsplit(".", 1)[1] / name
    with pytest.raises(SourceError, match=words):
        read_source(path)


def test_a_table_keeps_its_cells(shared_data: Path) -> None:
    text = read_source(shared_data / "parser_fixtures" / "hwp" / "noori.hwp").text
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    assert [row[1:] for row in rows if row[0] in ("총 길이", "최대 직경", "단 수")] == [
        ["47.2 m", "25.8 m"],
        ["3.5 m", "2.6 m"],
        ["3단", "1단"],
    ]
