import zipfile
from pathlib import Path

import pytest

from assistant.corpus.readers import Limits, read_source
from assistant.errors import UnreadableSource

_ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'


def _archive(folder: Path, name: str, members: dict[str, str | bytes]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members.items():
            archive.writestr(member, data)
    return path


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"word/document.xml": _ENTITY}, "안전하지 않은 XML"),
        ({"Contents/section0.xml": _ENTITY}, "안전하지 않은 XML"),
        ({"word/document.xml": "<a>" * 1000 + "</a>" * 1000}, "안전하지 않은 XML"),
        ({"word/document.xml": b" " * 30_000_000}, "한도를 넘습니다"),
        ({"word/document.xml": "<a>"}, "손상되어 읽을 수 없습니다"),
        (
            {"Contents/header.xml": "", "META-INF/manifest.xml": "<a><odf:encryption-data/></a>"},
            "암호가 걸린",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, members: dict[str, str | bytes], words: str) -> None:
    with pytest.raises(UnreadableSource, match=words):
        read_source(_archive(tmp_path, "문서.docx", members))


def test_too_many_members(tmp_path: Path) -> None:
    members: dict[str, str | bytes] = {f"xl/{i}": "" for i in range(30)}
    path = _archive(tmp_path, "표.xlsx", {"xl/workbook.xml": "<a/>", **members})
    with pytest.raises(UnreadableSource, match="31개 항목으로 한도를 넘습니다"):
        read_source(path, Limits(members=20))


def test_names_of_members_are_never_paths(tmp_path: Path) -> None:
    path = _archive(tmp_path, "문서.docx", {"word/document.xml": "<a/>", "../밖.txt": "x"})
    with pytest.raises(UnreadableSource):
        read_source(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["문서.docx"]
