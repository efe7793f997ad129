"""What is checked before a library opens an archive (HWPX, DOCX, XLSX): size, members, plain XML."""

import zipfile
import zlib
from pathlib import Path
from xml.parsers import expat

from assistant.corpus.readers.limits import Limits
from assistant.errors import UnreadableSource

_XML = (".xml", ".rels", ".hpf", ".opf")
_MANIFEST = "META-INF/manifest.xml"
_LARGEST_RATIO = 1_000
_RATIO_MATTERS_FROM = 10 * 1024 * 1024


class _Refused(ValueError):
    """The XML holds what a document of an office has no use for."""


def _check_xml(data: bytes, nesting: int) -> None:
    """Raises _Refused for a document type declaration (entities live there) or nesting beyond the limit."""
    depth = 0

    def doctype(*_: object) -> None:
        raise _Refused("DOCTYPE")

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > nesting:
            raise _Refused("nesting")

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.Parse(data, True)


def _check_members(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    members = archive.infolist()
    expanded = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    bomb = expanded > _RATIO_MATTERS_FROM and expanded / packed > _LARGEST_RATIO
    if len(members) > limits.members or expanded > limits.expanded_bytes or bomb:
        raise UnreadableSource(
            f"{name}: 압축을 풀면 {expanded / 1048576:.0f} MB, {len(members)}개 항목으로 한도를 넘습니다. "
            "내용을 나누거나 PDF로 저장해 넣어 주세요."
        )
    manifest = archive.read(_MANIFEST) if _MANIFEST in archive.namelist() else b""
    if b"encryption-data" in manifest or any(member.flag_bits & 1 for member in members):
        raise UnreadableSource(f"{name}: 암호가 걸린 문서입니다. 암호를 풀어 저장한 뒤 다시 넣어 주세요.")


def check_archive(path: Path, limits: Limits) -> None:
    """Raises UnreadableSource: damaged, encrypted, unpacks beyond the limits, unsafe XML in it."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_members(archive, path.name, limits)
            for member in archive.infolist():
                if member.filename.lower().endswith(_XML) and member.file_size:
                    _check_xml(archive.read(member), limits.nesting)
    except _Refused as error:
        raise UnreadableSource(
            f"{path.name}: 안전하지 않은 XML이 들어 있어 읽지 않습니다. "
            "원본 프로그램에서 다시 저장해 넣어 주세요."
        ) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        EOFError,
        OSError,
        NotImplementedError,
    ) as error:
        raise UnreadableSource(
            f"{path.name}: 파일이 손상되어 읽을 수 없습니다. 원본을 다시 받아 넣어 주세요."
        ) from error
