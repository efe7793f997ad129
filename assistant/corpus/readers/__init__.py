"""Readers: one module per format, each turns a file into Markdown. The content decides which."""

from pathlib import Path

from assistant.corpus.readers.formats import PLAIN, read_plain
from assistant.corpus.readers.kinds import SUPPORTED_SUFFIXES, is_supported, kind_of
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.markdown import split_front_matter
from assistant.corpus.readers.process import shared_process
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_MB = 1024 * 1024

__all__ = ["SUPPORTED_SUFFIXES", "Limits", "is_supported", "read_source", "split_front_matter"]


def _bytes(path: Path, limits: Limits) -> bytes:
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            raise UnreadableSource(
                f"{path.name}: {size / _MB:.0f} MB로 한도 {limits.file_bytes / _MB:.0f} MB를 넘습니다. "
                "나누어 넣어 주세요."
            )
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSource(
            f"{path.name}: 파일을 열 수 없습니다({error.strerror}). 경로와 권한을 확인해 주세요."
        ) from error


def read_source(path: Path, limits: Limits | None = None) -> SourceText:
    """The text of any supported file as Markdown (NFC, LF, no front matter) with the starts of its pages.

    Raises UnsupportedSource where nobody reads this kind of file, UnreadableSource where this one
    cannot be read.
    """
    limits = limits or Limits()
    raw = _bytes(path, limits)
    kind = kind_of(path, raw)
    plain = kind in PLAIN
    source = read_plain(raw, path.name, kind) if plain else shared_process().read(path, kind, limits)
    if len(source.text) > limits.text_characters:
        raise UnreadableSource(f"{path.name}: 글자가 너무 많은 문서입니다. 나누어 넣어 주세요.")
    if not source.text.strip():
        raise UnreadableSource(f"{path.name}: 글자가 없는 문서입니다. 내용을 확인해 주세요.")
    return source
