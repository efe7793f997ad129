"""All checks over one folder."""

import re
from datetime import date
from pathlib import Path

from assistant.corpus.checks.amounts import check_amounts
from assistant.corpus.checks.dates import check_dates
from assistant.corpus.checks.editions import check_editions
from assistant.corpus.checks.findings import Finding, Kind, Severity, error
from assistant.corpus.checks.links import check_links
from assistant.corpus.checks.names import check_names
from assistant.corpus.checks.shelf import Shelf, shelve
from assistant.corpus.checks.windows import check_windows
from assistant.corpus.checks.words import check_words
from assistant.corpus.library import Problem, load_corpus
from assistant.corpus.units import split_units
from assistant.domain import Document, Facet, Unit

_PLACED = re.compile(r"^(?P<path>.+?)(?::(?P<line>\d+))?: (?P<what>.+[.])\s+(?P<do>\S.*)$", re.DOTALL)
"""An error's message: where, what, and in its last sentence what to do."""
_ORDER = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def check_corpus(folder: Path, today: date | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong or doubtful in a corpus folder: errors first, then by path and line.

    `today` (default: this day) decides which review dates have passed. SettingsError when the folder
    does not exist.
    """
    today = today or date.today()
    corpus = load_corpus(folder)
    findings = [_unusable(problem, folder) for problem in corpus.problems]
    shelf = shelve(folder, corpus.documents, {d.id: units_of(d) for d in corpus.documents})
    findings += check_shelf(shelf, today)
    return tuple(sorted(findings, key=lambda f: (_ORDER[f.severity], f.path, f.line, f.what)))


def check_shelf(shelf: Shelf, today: date) -> list[Finding]:
    """The findings about documents that could be read."""
    return [
        *check_dates(shelf, today),
        *check_windows(shelf),
        *check_links(shelf),
        *check_editions(shelf, today),
        *check_names(shelf),
        *check_amounts(shelf),
        *check_words(shelf),
    ]


def conflicts(shelf: Shelf, today: date) -> tuple[Finding, ...]:
    """The findings about documents that cannot hold side by side."""
    found = (*check_links(shelf), *check_editions(shelf, today), *check_amounts(shelf))
    return tuple(finding for finding in found if finding.kind is Kind.CONFLICT)


def _unusable(problem: Problem, folder: Path) -> Finding:
    """The finding about a file that was left out: a sidecar's YAML starts a line above a front matter's."""
    found = _PLACED.match(problem.message)
    sidecar = folder / f"{problem.path}.yaml"
    if found and found["line"] and sidecar.is_file():
        return error((f"{problem.path}.yaml", int(found["line"]) - 1), found["what"], found["do"])
    if not found:
        return error((problem.path, 1), problem.message, "고친 뒤 다시 실행해 주세요.")
    return error((problem.path, int(found["line"] or 1)), found["what"], found["do"])


def units_of(document: Document) -> tuple[tuple[Facet, Unit], ...]:
    """The units of a document's text, each with the facet of its section."""
    return tuple(
        (section.facet, unit)
        for section in document.sections
        for unit in split_units(document.text, section.char_start, section.char_end)
    )
