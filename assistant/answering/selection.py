"""Which documents of a programme speak on a day: resolve the programme first, then its round, edition and
amendments."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain import Chunk, Document, Facet, State
from assistant.validity import state

SPEAKING = (State.CURRENT, State.UNDATED, State.OUTDATED, State.ENDED)
"""States that may support an answer, best first. Superseded and not-yet documents never do."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A document that may speak for a facet on the day, with its state for that facet and its chunks of
    that facet."""

    document: Document
    state: State
    chunks: tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The day an answer stands on."""

    as_of: date
    event_date: date | None = None


class Family:
    """All documents of one programme: its editions, rounds and amendments."""

    def __init__(
        self, programme: str, documents: Sequence[Document], chunks: Mapping[str, Sequence[Chunk]]
    ) -> None:
        """Hold the documents of one programme and the chunks of each by document id."""
        self.programme = programme
        self.documents = tuple(documents)
        self._metadata = tuple(document.metadata for document in documents)
        self._chunks = chunks

    def narrowed(self, documents: Sequence[Document]) -> "Family":
        """The family as if it held only these: a past year is asked for beside the edition that replaced
        it."""
        return Family(self.programme, documents, self._chunks)

    def rounds(self) -> tuple[str, ...]:
        """The rounds held, in order; empty where the programme has none."""
        found = {d.metadata.round for d in self.documents if d.metadata.round is not None}
        return tuple(sorted(found, key=lambda r: (len(r), r)))

    def states(self, facet: Facet, day: Day) -> dict[str, State]:
        """State of every document for a facet."""
        return {d.id: self.state_of(d, facet, day) for d in self.documents}

    def state_of(self, document: Document, facet: Facet, day: Day) -> State:
        """State of one document for a facet on the day."""
        return state(document.metadata, facet, day.as_of, day.event_date, self._metadata)

    def chunks_of(self, document: Document) -> tuple[Chunk, ...]:
        """The document's chunks in reading order."""
        return tuple(self._chunks[document.id])

    def speakers(
        self, facet: Facet, day: Day, scores: Mapping[str, float], only: Iterable[str] | None = None
    ) -> tuple[Speaker, ...]:
        """Documents that speak for a facet, best first: by state, then by how well they fit the question,
        then newest.

        `scores`: retrieval score of each document; `only`: ids of the documents to choose from (a round, a
        year).
        """
        allowed = None if only is None else set(only)
        found = []
        for document in self.documents:
            if allowed is not None and document.id not in allowed:
                continue
            current = self.state_of(document, facet, day)
            own = tuple(c for c in self._chunks[document.id] if c.facet is facet)
            if own and current in SPEAKING:
                found.append(Speaker(document, current, own))
        return tuple(
            sorted(
                found,
                key=lambda s: (
                    SPEAKING.index(s.state),
                    _precedence(s.document, facet),
                    -round(scores.get(s.document.id, 0.0), 6),
                    -starts_on(s.document).toordinal(),
                    s.document.id,
                ),
            )
        )

    def overall_state(self, day: Day, only: Iterable[str] | None = None) -> State:
        """The best state of any base document for what the programme gives; NOT_YET where nothing is there
        yet."""
        allowed = None if only is None else set(only)
        states = [
            self.state_of(d, Facet.BENEFIT, day)
            for d in self.documents
            if (allowed is None or d.id in allowed) and not d.metadata.amends
        ]
        for candidate in (*SPEAKING, State.SUPERSEDED, State.NOT_YET):
            if candidate in states:
                return candidate
        return State.NOT_YET


def _precedence(document: Document, facet: Facet) -> int:
    """What changes this facet speaks before the document it changes; what changes only others speaks last."""
    if not document.metadata.amends:
        return 1
    return 0 if any(facet in amendment.facets for amendment in document.metadata.amends) else 2


def starts_on(document: Document) -> date:
    """The first known day of a document; the earliest possible one where none is known."""
    return document.metadata.effective_from or document.metadata.published_on or date.min


def edition_year(document: Document) -> int | None:
    """The year an edition stands for."""
    day = document.metadata.effective_from or document.metadata.published_on
    return day.year if day else None
