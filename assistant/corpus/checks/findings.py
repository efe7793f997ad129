"""What a check finds: one line each, with its place and what to do about it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop publishing; warnings want a decision; notes are worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Kind(StrEnum):
    """What a finding is about, where somebody asks for a kind: documents that contradict each other, windows
    that their text does not bear out."""

    CONFLICT = "conflict"
    WINDOW = "window"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about one line of the corpus.

    `path` is relative to the corpus folder; `line` counts from 1. Where a document is not kept as text
    (PDF, HWPX …) a line is one of the text that its reader gives.
    """

    severity: Severity
    path: str
    line: int
    what: str
    what_to_do: str
    kind: Kind = Kind.OTHER

    def __str__(self) -> str:
        """`severity path:line: what → what to do`, on one line."""
        return " ".join(f"{self.severity} {self.path}:{self.line}: {self.what} → {self.what_to_do}".split())


def error(place: tuple[str, int], what: str, what_to_do: str) -> Finding:
    """An error at `(path, line)`."""
    return Finding(Severity.ERROR, *place, what, what_to_do)


def conflict(place: tuple[str, int], what: str, what_to_do: str) -> Finding:
    """An error at `(path, line)`: what one document says cannot hold beside another."""
    return Finding(Severity.ERROR, *place, what, what_to_do, Kind.CONFLICT)


def warning(place: tuple[str, int], what: str, what_to_do: str) -> Finding:
    """A warning at `(path, line)`."""
    return Finding(Severity.WARNING, *place, what, what_to_do)


def note(place: tuple[str, int], what: str, what_to_do: str) -> Finding:
    """A note at `(path, line)`."""
    return Finding(Severity.NOTE, *place, what, what_to_do)
