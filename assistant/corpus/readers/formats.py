"""Which reader reads which kind of file."""

from pathlib import Path

from assistant.corpus.readers.kinds import Kind
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.markdown import split_front_matter
from assistant.corpus.readers.plain import decode
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

PLAIN = frozenset({Kind.MARKDOWN, Kind.TEXT})
"""Kinds that no library parses and that need no process of their own."""


def read_plain(raw: bytes, name: str, kind: Kind) -> SourceText:
    """The text of a file of one of the PLAIN kinds."""
    text = decode(raw, name)
    if kind is Kind.MARKDOWN:
        return SourceText(split_front_matter(text)[1])
    from assistant.corpus.readers.text import read_text

    return read_text(text)


def read_kind(path: Path, kind: Kind, limits: Limits) -> SourceText:
    """The text of a file of any other kind; runs in the reading process. Raises UnreadableSource."""
    match kind:
        case Kind.PDF:
            from assistant.corpus.readers.pdf import read_pdf

            return read_pdf(path, limits)
        case Kind.CSV:
            from assistant.corpus.readers.sheets import read_csv

            return read_csv(decode(path.read_bytes(), path.name), path.name)
        case Kind.HTML:
            from assistant.corpus.readers.html import read_html

            return read_html(path.read_bytes())
        case Kind.HWP:
            from assistant.corpus.readers.hwp import read_hwp

            return read_hwp(path)
    return _read_archive(path, kind, limits)


def _read_archive(path: Path, kind: Kind, limits: Limits) -> SourceText:
    from assistant.corpus.readers.archive import check_archive

    check_archive(path, limits)
    if kind is Kind.HWPX:
        from assistant.corpus.readers.hwp import read_hwp

        return read_hwp(path)
    if kind is Kind.DOCX:
        from assistant.corpus.readers.docx import read_docx

        return read_docx(path)
    if kind is Kind.XLSX:
        from assistant.corpus.readers.sheets import read_xlsx

        return read_xlsx(path)
    raise UnreadableSource(f"{path.name}: 읽을 수 없는 형식({kind})입니다. PDF로 저장해 넣어 주세요.")
