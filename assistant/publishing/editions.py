"""Which held document an upload is a new text of: that of its title, or of its programme, round and year."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from assistant.domain import Document, Metadata, Term
from assistant.retrieval.names import compact

AMENDING = re.compile(r"변경|정정|일부\s?개정|연장")
ROUND = re.compile(r"(?:제\s?)?(\d{1,2})차")
_DATED = re.compile(r"20\d\d(?:[년\s.\-]{1,3}\d{1,2}(?![\d차]))*(?:[년월일]?\s?(?:이전|이후|부터|까지))?")
"""A year in a title, with the month and the day that may follow it, and the side of it that is meant."""

Edition = tuple[str | None, tuple[tuple[str, ...], ...]]
"""A round, and the parts of every date in a title."""


def held_edition(title: str, documents: Iterable[Document], kin: Sequence[Document]) -> str | None:
    """The id of the held document that a title means; `kin`: documents of its programme, no amendments."""
    same = [d for d in documents if compact(d.metadata.title) == compact(title)]
    if same:
        return max(same, key=lambda d: d.metadata.effective_from or date.min).id
    named = round_of(None, title), _dates(title)
    if named == (None, ()) or AMENDING.search(title):
        return None
    alike = [d for d in kin if _edition(d.metadata) == named]
    return alike[0].id if len(alike) == 1 else None


def round_of(written: str | None, title: str) -> str | None:
    """A round as its bare number where it has one: that of the metadata (`4차`, `4`), else of the title."""
    found = ROUND.search(written or title)
    return found.group(1) if found else written


def _edition(metadata: Metadata) -> Edition:
    dates = _dates(metadata.title)
    if not dates and metadata.term is Term.ANNUAL and metadata.effective_from:
        dates = ((str(metadata.effective_from.year),),)
    return round_of(metadata.round, metadata.title), dates


def _dates(title: str) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(part.lstrip("0") for part in re.findall(r"\d+|이전|이후|부터|까지", found))
        for found in _DATED.findall(title)
    )
