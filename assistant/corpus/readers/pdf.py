"""PDF by pypdf: the text layer, page by page."""

import re
from collections import Counter
from pathlib import Path

from assistant.corpus.readers.blocks import PAGE_BREAK, render
from assistant.corpus.readers.limits import Limits
from assistant.corpus.readers.outline import blocks_of, outlined, starts_block
from assistant.domain import SourceText
from assistant.errors import UnreadableSource

_PAGE_NUMBER = re.compile(r"^[-–•\s]*(?:\d{1,4}|[ivxlc]{1,6})[-–•\s]*$")


def _pages(path: Path, limits: Limits) -> list[list[str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableSource(
                f"{path.name}: 암호가 걸린 PDF입니다. 암호를 풀어 저장한 뒤 다시 넣어 주세요."
            )
        if len(reader.pages) > limits.pages:
            raise UnreadableSource(
                f"{path.name}: {len(reader.pages)}쪽으로 한도 {limits.pages}쪽을 넘습니다. "
                "나누어 넣어 주세요."
            )
        return [page.extract_text().split("\n") for page in reader.pages]
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise UnreadableSource(
            f"{path.name}: PDF가 손상되어 읽을 수 없습니다. 원본을 다시 받아 넣어 주세요."
        ) from error


def _without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Pages without side tabs (letters under each other), page numbers, and heads that many pages share."""
    cleaned = []
    for lines in pages:
        kept = [line for line in lines if line.strip() and not _PAGE_NUMBER.match(line)]
        ones = sum(1 for line in kept if len(line.strip()) == 1)
        cleaned.append([line for line in kept if ones < 8 or len(line.strip()) > 1])
    edges = Counter(line.strip() for lines in cleaned for line in {*lines[:2], *lines[-2:]})
    often = {line for line, n in edges.items() if n >= 3 and n > len(pages) * 0.1}
    return [
        [x for i, x in enumerate(lines) if not (x.strip() in often and (i < 2 or i >= len(lines) - 2))]
        for lines in cleaned
    ]


def _joined(pages: list[list[str]]) -> list[str]:
    width = max((len(line) for lines in pages for line in lines), default=0)
    done: list[str] = []
    full = False
    for number, lines in enumerate(pages):
        mark = PAGE_BREAK if number else ""
        for line in lines:
            if done and full and not starts_block(line) and not done[-1].rstrip().endswith((".", ":")):
                done[-1] += mark + line.lstrip()
            else:
                done.append(mark + line)
            mark, full = "", len(line) > width * 0.55
        if mark:
            done.append(mark)
    return done


def read_pdf(path: Path, limits: Limits) -> SourceText:
    """The text with its page starts. Raises UnreadableSource: encrypted, damaged, scanned, too long."""
    pages = _pages(path, limits)
    if sum(len(line.strip()) for lines in pages for line in lines) < 2 * len(pages):
        raise UnreadableSource(
            f"{path.name}: 글자가 없는 스캔 문서입니다. 글자 인식(OCR)을 거친 PDF나 원본 문서를 넣어 주세요."
        )
    return render(
        outlined([block for line in _joined(_without_furniture(pages)) for block in blocks_of(line)]),
        paged=True,
    )
