"""Filters of category and region: the engine answers as if programmes outside of them were not held."""

from dataclasses import replace

from assistant.answering.answerer import Answerer
from assistant.answering.followup import bare_title
from assistant.answering.outcomes import TURN_TO
from assistant.answering.particles import with_particle
from assistant.domain import Answer, Caution, Filters, Status
from assistant.retrieval.query import normalise

CODE = "filtered"
"""The code of the warning that a filter is on, where nothing was found."""


def within(answerer: Answerer, filters: Filters) -> Answerer:
    """An answerer of the programmes of which a document meets the filters; their other editions stay."""
    kept = _kept(answerer, filters)
    documents = answerer.index.documents.values()
    outside = {d.id for d in documents if d.metadata.programme_key not in kept}
    return answerer.without(answerer.switched_off | outside)


def marked(answer: Answer, filters: Filters, whole: Answerer) -> Answer:
    """The answer with its filters; where they are why nothing was found, it says so first.

    A programme that the question names and that the filters leave out is not answered with another one.
    `whole` answers without filters.
    """
    if not filters:
        return answer
    answer = replace(answer, filters=filters)
    if named := _left_out(answer, filters, whole):
        subject = with_particle(f"「{named}」", "은/는")
        text = f"{subject} {filters_text(filters)} 자료가 아닙니다. 필터를 끄고 다시 물어 주세요."
        nothing = Answer(
            answer.answer_id, answer.question, answer.as_of, Status.NO_EVIDENCE, answer.generation
        )
        return replace(
            nothing,
            standalone_question=answer.standalone_question,
            alerts=answer.alerts,
            warnings=(Caution(CODE, text),),
            contacts=TURN_TO,
            filters=filters,
            timings_ms=answer.timings_ms,
        )
    if answer.status is not Status.NO_EVIDENCE:
        return answer
    caution = Caution(CODE, f"{filters_text(filters)} 자료에서만 찾았습니다. 필터를 끄면 나올 수 있습니다.")
    return replace(answer, warnings=(caution, *answer.warnings))


def filters_text(filters: Filters) -> str:
    """The filters that are on, in words."""
    return " · ".join(part for part in (filters.category, filters.region) if part)


def _kept(answerer: Answerer, filters: Filters) -> frozenset[str]:
    """The programmes of which a document meets the filters."""
    documents = answerer.index.documents.values()
    return frozenset(d.metadata.programme_key for d in documents if filters.admits(d.metadata))


def _left_out(answer: Answer, filters: Filters, whole: Answerer) -> str | None:
    """The programme that the question surely names and that only the filters leave out; no edition of it."""
    if answer.status in (Status.OUT_OF_SCOPE, Status.PERSONAL_RECORD):
        return None
    matches = whole.names.match(normalise(answer.standalone_question or answer.question))
    surely = [m for m in matches if m.certainty == 1.0 and len(m.name) >= 3]
    kept = _kept(whole, filters) if surely else frozenset()
    if not surely or any(kept.intersection(m.programmes) for m in surely):
        return None
    documents = whole.families[surely[0].programmes[0]].documents
    own = [d for d in documents if not d.metadata.amends] or documents
    return bare_title(own[-1].metadata.title)
