"""Programmes beside the answered one: those its documents name, then those the question ranks next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.answering.selection import SPEAKING, Day, Family
from assistant.domain import Answer, Document, Facet, State
from assistant.retrieval.retriever import Ranking

MOST = 4
"""Programmes that are named beside an answer."""
NEAR = 0.45
"""Share of the best document's score from which another programme may have been meant."""


@dataclass(frozen=True, slots=True)
class Related:
    """A programme beside the answered one. `kind`: excludes, adds_to, implements, succeeded_by or near.

    `quote` is the sentence of the answered programme's document that says so; None where none does.
    """

    programme: str
    title: str
    kind: str
    quote: str | None = None


def related(answer: Answer, ranking: Ranking, families: Mapping[str, Family]) -> tuple[Related, ...]:
    """At most MOST programmes beside the answered one that are not over on its day."""
    own = next((s.programme for s in answer.statements if s.programme in families), None)
    if own is None or answer.candidates:
        return ()
    day = Day(answer.as_of, answer.event_date)
    cited = {c.document_id for c in answer.citations}
    documents = [d for d in families[own].documents if d.id in cited]
    found: dict[str, Related] = {}
    for programme, kind, quote in (*_named(documents), *_ranked(ranking)):
        if programme != own and programme not in found and programme in families:
            document = _speaking(families[programme], day)
            if document is not None:
                found[programme] = Related(programme, document.metadata.title, kind, quote)
        if len(found) == MOST:
            break
    return tuple(found.values())


def _named(documents: list[Document]) -> Iterator[tuple[str, str, str | None]]:
    for document in documents:
        for relation in document.metadata.relations:
            yield relation.programme, relation.type, relation.quote
        for programme in document.metadata.succeeded_by:
            yield programme, "succeeded_by", None


def _ranked(ranking: Ranking) -> Iterator[tuple[str, str, str | None]]:
    """What the question may have meant as well: programmes that its words rank near the best."""
    best = ranking.documents[0].score if ranking.documents else 0.0
    for document in ranking.documents:
        if document.score >= NEAR * best:
            yield document.programme, "near", None


def _speaking(family: Family, day: Day) -> Document | None:
    """The newest document of a programme that is not over on the day; None where all are."""
    states = [(d, family.state_of(d, Facet.BENEFIT, day)) for d in family.documents if not d.metadata.amends]
    open_ones = [(d, s) for d, s in states if s in SPEAKING and s is not State.ENDED]
    return min(open_ones, key=lambda pair: (SPEAKING.index(pair[1]), pair[0].id))[0] if open_ones else None
