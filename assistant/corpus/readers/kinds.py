"""What a file is: told by its first bytes and its members, and only then by its name."""

import zipfile
from enum import StrEnum
from pathlib import PurePath

from assistant.errors import UnreadableSource, UnsupportedSource


class Kind(StrEnum):
    """The kinds of file that are read."""

    MARKDOWN = "markdown"
    TEXT = "text"
    CSV = "csv"
    HTML = "html"
    PDF = "pdf"
    HWP = "hwp"
    HWPX = "hwpx"
    DOCX = "docx"
    XLSX = "xlsx"


_BY_SUFFIX = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".txt": Kind.TEXT,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".html": Kind.HTML,
    ".htm": Kind.HTML,
    ".pdf": Kind.PDF,
    ".hwp": Kind.HWP,
    ".hwpx": Kind.HWPX,
    ".docx": Kind.DOCX,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
}
SUPPORTED_SUFFIXES: frozenset[str] = frozenset(_BY_SUFFIX)

_TEXTUAL = frozenset({Kind.MARKDOWN, Kind.TEXT, Kind.CSV, Kind.HTML})
_MEMBERS = {
    "Contents/header.xml": Kind.HWPX,
    "Contents/content.hpf": Kind.HWPX,
    "word/document.xml": Kind.DOCX,
    "xl/workbook.xml": Kind.XLSX,
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRANGERS = {
    b"\x89PNG": "PNG 그림",
    b"\xff\xd8\xff": "JPEG 그림",
    b"GIF8": "GIF 그림",
    b"II*\x00": "TIFF 그림",
    b"MM\x00*": "TIFF 그림",
    b"{\\rtf": "RTF 문서",
    b"\x1f\x8b": "gzip 압축 파일",
    b"7z\xbc\xaf": "7-Zip 압축 파일",
    b"Rar!": "RAR 압축 파일",
    b"MZ": "실행 파일",
    b"\x7fELF": "실행 파일",
}


def is_supported(path: PurePath) -> bool:
    """Whether the name ends in a suffix that is read. The content decides later."""
    return path.suffix.lower() in _BY_SUFFIX


def _zip_kind(path: PurePath) -> Kind:
    try:
        with zipfile.ZipFile(str(path)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnreadableSource(
            f"{path.name}: 파일이 손상되어 열 수 없습니다. 원본을 다시 받아 넣어 주세요."
        ) from error
    for member, kind in _MEMBERS.items():
        if member in members:
            return kind
    if any(member.startswith("Contents/section") for member in members):
        return Kind.HWPX
    raise UnsupportedSource(
        f"{path.name}: 압축 파일이거나 다루지 않는 형식입니다. "
        "압축을 풀거나 PDF, HWPX, DOCX로 저장해 넣어 주세요."
    )


def _ole_kind(path: PurePath, raw: bytes) -> Kind:
    names = {
        word: word.encode("utf-16-le") for word in ("EncryptedPackage", "WordDocument", "Workbook", "Book")
    }
    if "FileHeader".encode("utf-16-le") in raw:
        return Kind.HWP
    if names["EncryptedPackage"] in raw:
        raise UnreadableSource(
            f"{path.name}: 암호가 걸린 문서입니다. 암호를 풀어 저장한 뒤 다시 넣어 주세요."
        )
    if names["WordDocument"] in raw:
        raise UnsupportedSource(f"{path.name}: 옛 Word 문서(.doc)입니다. DOCX로 저장해 넣어 주세요.")
    if names["Workbook"] in raw or names["Book"] in raw:
        raise UnsupportedSource(f"{path.name}: 옛 Excel 문서(.xls)입니다. XLSX로 저장해 넣어 주세요.")
    raise UnsupportedSource(
        f"{path.name}: 다루지 않는 형식이거나 손상된 파일입니다. HWPX나 PDF로 저장해 넣어 주세요."
    )


def _binary_kind(path: PurePath, raw: bytes) -> Kind | None:
    if b"%PDF-" in raw[:1024]:
        return Kind.PDF
    if raw.startswith(b"PK\x03\x04"):
        return _zip_kind(path)
    if raw.startswith(_OLE):
        return _ole_kind(path, raw)
    if raw.startswith(b"HWP Document File V"):
        raise UnsupportedSource(
            f"{path.name}: 옛 한글 3.0 문서입니다. 한글에서 열어 HWPX나 HWP 5.0 이상으로 저장해 넣어 주세요."
        )
    for magic, what in _STRANGERS.items():
        if raw.startswith(magic):
            raise UnsupportedSource(f"{path.name}: {what}입니다. 글자가 있는 문서 파일로 바꾸어 넣어 주세요.")
    return None


def kind_of(path: PurePath, raw: bytes) -> Kind:
    """The kind of the file at `path` whose bytes are `raw`. Raises UnsupportedSource or UnreadableSource."""
    if not raw.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise UnreadableSource(f"{path.name}: 빈 파일입니다. 내용을 넣거나 파일을 지워 주세요.")
    kind = _binary_kind(path, raw)
    if kind is not None:
        return kind
    by_suffix = _BY_SUFFIX.get(path.suffix.lower())
    if by_suffix is None:
        raise UnsupportedSource(
            f"{path.name}: 다루지 않는 형식입니다. "
            "Markdown, 텍스트, PDF, HWP, HWPX, DOCX, XLSX, CSV, HTML로 넣어 주세요."
        )
    if by_suffix not in _TEXTUAL:
        raise UnreadableSource(
            f"{path.name}: 확장자는 {path.suffix}인데 내용이 그 형식이 아니거나 손상되었습니다. "
            "원본을 확인해 다시 넣어 주세요."
        )
    start = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return Kind.HTML if start.startswith((b"<!doctype html", b"<html")) else by_suffix
