"""What was logged, as it is read back."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.domain import Citation, Document


class Verdict(StrEnum):
    """What a counsellor says of an answer."""

    ACCURATE = "정확"
    WRONG = "부정확"
    OUTDATED = "오래됨"
    BAD_EVIDENCE = "근거 틀림"
    INCOMPLETE = "부족"


@dataclass(frozen=True, slots=True)
class Logged:
    """One answered question as it was. `answer` is the JSON of DESIGN 3.2; times are UTC, ISO 8601."""

    answer_id: str
    at: str
    channel: str
    user: str | None
    call: str | None
    question: str
    context: tuple[str, ...]
    as_of: str
    status: str
    generation: str
    total_ms: float
    answer: Mapping[str, Any]
    evidence: tuple[Mapping[str, Any], ...]
    ratings: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class LoggedPassage:
    """The section a logged citation stood in: `text[quote_start:quote_end]` is the quote, then as now.

    `hash` (SHA-256 of the text) is what the section was kept under.
    """

    marker: int
    document_id: str
    document_hash: str
    hash: str
    quote: str
    heading_path: tuple[str, ...]
    text: str
    quote_start: int
    quote_end: int

    @property
    def whole(self) -> bool:
        """Whether text and quote are still what was logged."""
        same = hashlib.sha256(self.text.encode()).hexdigest() == self.hash
        return same and self.text[self.quote_start : self.quote_end] == self.quote


def section_around(citation: Citation, document: Document) -> tuple[Citation, str, tuple[str, ...], int]:
    """A citation, the text and the headings of the section it stands in, and where in it the quote begins."""
    start, end, path = 0, len(document.text), citation.heading_path
    for section in document.sections:
        if section.char_start <= citation.char_start and citation.char_end <= section.char_end:
            start, end, path = section.char_start, section.char_end, section.heading_path
    return citation, document.text[start:end], path, citation.char_start - start
