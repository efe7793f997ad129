"""A ranked question as evidence that a person can judge: ranks, scores, state, and why a document may not
speak."""

from assistant.answering.answerer import Answerer, Read
from assistant.domain import Evidence, Facet, State

OFF = "꺼 둔 자료입니다"
REJECTED = {State.SUPERSEDED: "새 판이나 변경 공고가 있습니다", State.NOT_YET: "아직 시행 전입니다"}
"""Why a document of such a state supports no answer."""


def evidence(answerer: Answerer, read: Read, k: int, everything: bool) -> tuple[Evidence, ...]:
    """The k best documents that may speak on the day, and between them those that may not; `everything`: also
    those that are off, or not announced yet on the day."""
    found: list[Evidence] = []
    ranking = [*read.ranking.documents, *(answerer.left_out(read) if everything else ())]
    for ranked in sorted(ranking, key=lambda r: -r.score):
        document = answerer.index.documents[ranked.document_id]
        state = answerer.state_of(document, Facet.BENEFIT, read.day)
        off = ranked.document_id in answerer.switched_off
        found.append(
            Evidence(
                answerer.index.chunks[ranked.best_row],
                document.metadata.title,
                document.path,
                ranked.score,
                ranked.lexical_rank,
                ranked.dense_rank,
                state,
                OFF if off else REJECTED.get(state),
                tuple((name, round(value, 4)) for name, value in ranked.signals.items()),
            )
        )
        if sum(one.rejected is None for one in found) == k:
            break
    return tuple(found)
