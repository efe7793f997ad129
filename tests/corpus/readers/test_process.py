import time
from pathlib import Path

import pytest

from assistant.corpus.readers.kinds import Kind
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.process import ReaderProcess
from assistant.errors import UnreadableSource
from tests.corpus.readers.made_pdf import PdfPage, made_pdf


def _pdf(folder: Path) -> Path:
    path = folder / "안내.pdf"
    path.write_bytes(made_pdf(PdfPage(((50, 600, "돌봄 안내"),))))
    return path


def test_a_file_that_takes_too_long_costs_a_message_and_the_next_is_read(tmp_path: Path) -> None:
    slow = tmp_path / "느림.html"
    slow.write_text("<div>" * 400_000, encoding="utf-8")
    process = ReaderProcess()
    try:
        started = time.monotonic()
        with pytest.raises(UnreadableSource, match=r"^느림\.html: 1초 안에 읽지 못했습니다"):
            process.read(slow, Kind.HTML, Limits(seconds=1))
        assert time.monotonic() - started < 5
        assert process.read(_pdf(tmp_path), Kind.PDF, Limits()).text == "돌봄 안내\n"
    finally:
        process.close()


def test_a_file_beyond_the_memory_costs_a_message(tmp_path: Path) -> None:
    process = ReaderProcess()
    try:
        with pytest.raises(UnreadableSource, match="읽다가 멈췄습니다"):
            process.read(_pdf(tmp_path), Kind.PDF, Limits(memory_bytes=1024))
        assert process.read(_pdf(tmp_path), Kind.PDF, Limits()).text == "돌봄 안내\n"
    finally:
        process.close()


def test_one_child_reads_many_files(tmp_path: Path) -> None:
    process = ReaderProcess()
    try:
        first = process.read(_pdf(tmp_path), Kind.PDF, Limits())
        started = time.monotonic()
        assert all(process.read(_pdf(tmp_path), Kind.PDF, Limits()) == first for _ in range(5))
        assert time.monotonic() - started < 5
    finally:
        process.close()
