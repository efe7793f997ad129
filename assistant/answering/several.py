"""The answers to the parts of a question → one answer: each part's best sentence is read out, nothing is said
twice."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.composer import SUMMARY_STATEMENTS, SUMMARY_SYLLABLES, syllables
from assistant.domain import Answer, Citation, Facet, Statement, Status

_GRAVEST = (
    Status.CONFLICTING,
    Status.OUTDATED,
    Status.CLOSED,
    Status.ANSWERED,
    Status.CLARIFICATION_NEEDED,
    Status.NO_EVIDENCE,
)
"""Of the parts' statuses the first of these is that of the whole: what must be told with more care first."""


def joined(blank: Answer, parts: Sequence[Answer]) -> Answer:
    """One answer from those of the parts, in their order; what a part lacks is named in `missing`, and
    `timings_ms` are the sums of theirs."""
    book = _Book()
    places = [book.take(part) for part in parts]
    spoken = _spoken(
        [[place[i] for i in part.summary] for part, place in zip(parts, places, strict=True)], book
    )
    confirm = [place[i] for part, place in zip(parts, places, strict=True) for i in part.must_confirm]
    stated = {book.statements[i].facet for i in spoken}
    missing = dict.fromkeys(
        f for part in parts for f in part.missing if f not in stated or f is Facet.EXCLUSION
    )
    statuses = {part.status for part in parts}
    return replace(
        blank,
        status=next(status for status in _GRAVEST if status in statuses),
        event_date=next((part.event_date for part in parts if part.event_date), None),
        missing=tuple(missing),
        statements=tuple(book.statements),
        summary=tuple(spoken),
        must_confirm=tuple(i for i in dict.fromkeys(confirm) if i not in spoken),
        citations=tuple(book.citations),
        windows=tuple(
            replace(w, citation=book.marker(part, w.citation))
            for part in parts
            for w in part.windows
            if part is parts[0] or w not in parts[0].windows
        ),
        warnings=tuple(
            dict.fromkeys(
                replace(w, citation=book.marker(part, w.citation)) for part in parts for w in part.warnings
            )
        ),
        contacts=tuple(
            dict.fromkeys(
                replace(c, citation=book.marker(part, c.citation)) for part in parts for c in part.contacts
            )
        ),
        clarification=next((part.clarification for part in parts if part.clarification), None),
        timings_ms={step: sum(part.timings_ms[step] for part in parts) for step in parts[0].timings_ms},
    )


def with_candidates(answer: Answer, beside: Answer) -> Answer:
    """An answer with the candidates of another and what they cite: what may fit beside the programme that
    answered. Nothing of it is said, so nothing joins the statements."""
    book = _Book()
    book.take(answer)
    found = tuple(
        replace(c, citations=tuple(m for one in c.citations if (m := book.marker(beside, one))))
        for c in beside.candidates
    )
    return replace(answer, citations=tuple(book.citations), candidates=found)


class _Book:
    """Statements and citations of several answers, each once, with markers that count from 1."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.citations: list[Citation] = []

    def take(self, part: Answer) -> list[int]:
        """Add a part's statements; the place of each."""
        places = []
        for statement in part.statements:
            markers = tuple(m for c in statement.citations if (m := self.marker(part, c)) is not None)
            own = replace(statement, citations=markers)
            same = (own.text, own.programme)
            known = [i for i, s in enumerate(self.statements) if (s.text, s.programme) == same]
            if not known:
                self.statements.append(own)
            places.append(known[0] if known else len(self.statements) - 1)
        return places

    def marker(self, part: Answer, marker: int | None) -> int | None:
        """The marker here of a citation of a part."""
        if marker is None:
            return None
        cited = next(c for c in part.citations if c.marker == marker)
        for held in self.citations:
            if replace(cited, marker=held.marker) == held:
                return held.marker
        self.citations.append(replace(cited, marker=len(self.citations) + 1))
        return len(self.citations)


def _spoken(summaries: Sequence[Sequence[int]], book: _Book) -> list[int]:
    """The first statement of every part, then further ones while there is room; in the order of the parts."""
    chosen: list[int] = []
    room = SUMMARY_SYLLABLES
    for turn in range(SUMMARY_STATEMENTS):
        for place in [summary[turn] for summary in summaries if len(summary) > turn]:
            length = syllables(book.statements[place].text)
            if place not in chosen and len(chosen) < SUMMARY_STATEMENTS and (length <= room or not chosen):
                chosen.append(place)
                room -= length
    order = list(dict.fromkeys(place for summary in summaries for place in summary))
    return sorted(chosen, key=order.index)
