"""The state of a document, and of one facet in it, on a day: one pure function.

DESIGN 3.3: documents published after the as-of date are not there yet; the event date replaces the as-of
date where the
document's `basis` says so; of the editions in force the newest counts, with the newest amendment laid over
its facets only;
an annual edition past its end without a successor is outdated, a fixed one ended, an open one past its
review outdated;
unknown dates serve only where no dated rival exists.
"""

from collections.abc import Sequence
from datetime import date

from assistant.domain import Facet, Metadata, State, Term

YEARLY = frozenset({Facet.TARGET, Facet.CRITERIA, Facet.BENEFIT, Facet.PERIOD, Facet.EXCLUSION})
"""Facets that go stale with the year. Where and how to apply, papers and desks stay usable, with a
warning."""


def state(
    document: Metadata,
    facet: Facet,
    as_of: date,
    event_date: date | None = None,
    family: Sequence[Metadata] = (),
) -> State:
    """State of `facet` of `document` on `as_of`. `family`: every document of the same programme, this one
    included."""
    if not _published(document, as_of):
        return State.NOT_YET
    day = governing_day(document, as_of, event_date)
    alone = all(other.id == document.id for other in family)
    if not _started(document, day, as_of, alone):
        return State.NOT_YET
    relatives = [other for other in family if other.id != document.id and other.round == document.round]
    started = [other for other in relatives if _published(other, as_of) and _started(other, day, as_of)]
    if _replaced(document, facet, day, started):
        return State.SUPERSEDED
    return _aged(document, facet, day, as_of)


def governing_day(document: Metadata, as_of: date, event_date: date | None) -> date:
    """The day that decides: the event's, where the document's `basis` hangs on one and it is known; else
    the as-of date."""
    return event_date if event_date is not None and document.basis != "as_of" else as_of


def _published(document: Metadata, as_of: date) -> bool:
    return document.published_on is None or document.published_on <= as_of


def _started(document: Metadata, day: date, as_of: date, alone: bool = False) -> bool:
    """A fixed offer speaks from its announcement on ("17일부터 신청합니다"), and so does a rule that is
    `alone` in its programme, so that it takes nobody's place; other editions and rules from their first
    day."""
    if document.effective_from is None or document.effective_from <= day:
        return True
    announced = document.published_on is not None and document.published_on <= as_of
    first = document.term is Term.FIXED or (document.term is Term.OPEN and alone)
    return first and announced and not document.supersedes


def _replaced(document: Metadata, facet: Facet, day: date, started: Sequence[Metadata]) -> bool:
    if document.amends:
        targets = {a.document for a in document.amends if facet in a.facets}
        later = [o for o in started if _start(o) > _start(document)]
        if any(a.document in targets and facet in a.facets for o in later for a in o.amends):
            return True
        bases = {a.document for a in document.amends}
        return any(bases & set(o.supersedes) for o in started)
    if any(a.document == document.id and facet in a.facets for o in started for a in o.amends):
        return True
    if any(document.id in other.supersedes for other in started):
        return True
    editions = [other for other in started if not other.amends and other.kind == document.kind]
    if document.effective_from is None:
        return document.term is Term.UNKNOWN and any(
            o.effective_from is not None and not _over(o, day) for o in editions
        )
    return document.term is Term.ANNUAL and any(
        o.term is Term.ANNUAL and _start(o) > _start(document) for o in editions
    )


def _start(document: Metadata) -> date:
    return document.effective_from or document.published_on or date.min


def _over(document: Metadata, day: date) -> bool:
    return document.effective_until is not None and document.effective_until < day


def _aged(document: Metadata, facet: Facet, day: date, as_of: date) -> State:
    if _over(document, day):
        if document.term is Term.ANNUAL:
            return State.OUTDATED if facet in YEARLY else State.CURRENT
        return State.ENDED
    if document.term is Term.OPEN and document.review_by is not None and document.review_by < as_of:
        return State.OUTDATED if facet in YEARLY else State.CURRENT
    if document.term is Term.FIXED and document.effective_until is None and _long_past(document, day):
        return State.OUTDATED if facet in YEARLY else State.CURRENT
    if (
        document.effective_from is None
        and document.published_on is None
        and document.term in (Term.UNKNOWN, Term.FIXED)
    ):
        return State.UNDATED
    return State.CURRENT


def _long_past(document: Metadata, day: date) -> bool:
    """A fixed offer whose end nobody wrote down is not trusted more than a year past the last day that is
    known of it."""
    ends = [d for w in document.windows for d in (w.start, w.end) if d]
    known = [d for d in (document.effective_from, document.published_on, *ends) if d]
    return bool(known) and (day - max(known)).days > 365


def is_past_edition(document: Metadata, as_of: date, event_date: date | None = None) -> bool:
    """Whether the edition or its review date is over, so that even what may still be said needs a warning."""
    day = governing_day(document, as_of, event_date)
    if document.term is Term.ANNUAL:
        return _over(document, day)
    if document.term is Term.FIXED and document.effective_until is None:
        return _long_past(document, day)
    return document.term is Term.OPEN and document.review_by is not None and document.review_by < as_of
