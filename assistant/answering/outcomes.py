"""Outcomes without statements: redirected, no evidence, withheld, another city or year, which round."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.resolution import Mismatch, Resolution, round_label
from assistant.answering.routing import Rule
from assistant.answering.selection import Day
from assistant.domain import (
    Answer,
    AnswerContact,
    Caution,
    Clarification,
    Document,
    Facet,
    State,
    Status,
)
from assistant.retrieval.query import Understood
from assistant.retrieval.retriever import Ranking
from assistant.validity import state

MOST_CHOICES = 5
MOST_NEAREST = 3
OVER = "종료"
"""What is written behind a choice of which nothing is to be had any more."""
TURN_TO = (AnswerContact("보건복지상담센터", "129"),)
"""Where a counsellor can turn when the corpus has nothing: never the call centre's own number."""


def redirected(blank: Answer, rule: Rule) -> Answer:
    """A question that belongs elsewhere, with whom to call."""
    assert rule.status is not None  # every redirect rule carries one; the router built it so
    return replace(
        blank,
        status=rule.status,
        warnings=(Caution(rule.code, rule.text),),
        contacts=tuple(AnswerContact(c.name, c.phone) for c in rule.contacts),
    )


def no_evidence(blank: Answer, ranking: Ranking, documents: Mapping[str, Document]) -> Answer:
    """Nothing in the corpus: said so, with the nearest document of each programme and where to turn."""
    best = {ranked.programme: ranked.document_id for ranked in reversed(ranking.documents)}
    nearest = [documents[best[programme]].metadata.title for programme in reversed(best)][:MOST_NEAREST]
    warnings = [
        Caution("no_evidence", "자료에 없습니다. 담당 부서나 주소지 읍면동 행정복지센터에 확인해 주세요.")
    ]
    if nearest:
        warnings.append(Caution("nearest", "가까운 자료: " + " / ".join(nearest)))
    return replace(blank, status=Status.NO_EVIDENCE, warnings=tuple(warnings), contacts=TURN_TO)


def not_yet(blank: Answer, ranking: Ranking, documents: Mapping[str, Document]) -> Answer:
    """Of the programme named only documents of a later time are held: said so, with what was there."""
    answer = no_evidence(blank, ranking, documents)
    caution = Caution("not_yet", f"이 사업은 {blank.as_of.isoformat()}보다 나중에 나온 자료만 있습니다.")
    return replace(answer, warnings=(caution, *answer.warnings))


def no_question(blank: Answer) -> Answer:
    """What was typed only tells the machine what to do: nothing is left to ask."""
    caution = Caution("no_question", "복지 제도에 관한 질문이 없습니다. 민원인이 물은 내용을 적어 주세요.")
    return replace(blank, status=Status.OUT_OF_SCOPE, warnings=(caution,), contacts=TURN_TO)


def withheld(answer: Answer, broken: Sequence[str]) -> Answer:
    """An answer that broke a rule is not shown; what broke is recorded in the warning."""
    text = "답변이 근거 검사를 통과하지 못해 보이지 않습니다. 자료 원문을 확인해 주세요."
    blank = Answer(answer.answer_id, answer.question, answer.as_of, Status.NO_EVIDENCE, answer.generation)
    caution = Caution("check_failed", f"{text} ({broken[0]})")
    return replace(blank, alerts=answer.alerts, warnings=(caution,), contacts=TURN_TO)


def mismatched(blank: Answer, resolution: Resolution, understood: Understood) -> Answer:
    """The right programme, but another city, round or year than the corpus holds: the difference is named."""
    title = resolution.lead.metadata.title
    held = _held(resolution)
    match resolution.mismatch:
        case Mismatch.REGION:
            where = "·".join(understood.regions)
            text = (
                f"{where} 자료는 없습니다. 「{title}」: {resolution.lead.metadata.region} 사업입니다. "
                "해당 지역 시군구청에 확인해 주세요."
            )
        case Mismatch.ROUND:
            text = f"{understood.round}차 자료는 없습니다. 가지고 있는 자료: {held}."
        case _:
            text = f"{understood.years[0]}년 자료는 없습니다. 가지고 있는 자료: {held}."
    caution = Caution(str(resolution.mismatch), text)
    return replace(blank, status=Status.NO_EVIDENCE, warnings=(caution,), contacts=TURN_TO)


def _held(resolution: Resolution) -> str:
    titles = [d.metadata.title for d in resolution.family.documents if not d.metadata.amends]
    return " / ".join(titles[:5]) + (f" 외 {len(titles) - 5}건" if len(titles) > 5 else "")


def which_round(blank: Answer, resolution: Resolution) -> Answer:
    """Several rounds are equally meant: one question to put to the caller."""
    family, day = resolution.family, Day(blank.as_of, blank.event_date)
    own: dict[str, list[Document]] = {name: [] for name in resolution.rounds}
    for document in family.documents:
        if not document.metadata.amends and document.metadata.round in own:
            own[document.metadata.round].append(document)
    choices = tuple(
        _choice(
            [round_label(name), *(d.metadata.title for d in documents[-1:])],
            [family.state_of(d, Facet.BENEFIT, day) for d in documents],
        )
        for name, documents in own.items()
    )
    return replace(
        blank,
        status=Status.CLARIFICATION_NEEDED,
        clarification=Clarification("몇 차를 말씀하시나요?", choices),
    )


def which_programme(blank: Answer, ranking: Ranking, documents: Mapping[str, Document]) -> Answer:
    """Several programmes go by the name asked for: which is meant is one question to put to the caller."""
    best = {ranked.programme: ranked.document_id for ranked in reversed(ranking.documents)}
    held = [documents[best[programme]].metadata for programme in reversed(best)]
    choices = tuple(
        _choice([m.title], [state(m, Facet.BENEFIT, blank.as_of, blank.event_date)]) for m in held
    )
    return replace(
        blank,
        status=Status.CLARIFICATION_NEEDED,
        clarification=Clarification("어느 지원금을 말씀하시나요?", choices[:MOST_CHOICES]),
    )


def _choice(words: Sequence[str], states: Sequence[State]) -> str:
    """A choice as it is offered; where all that still speaks of it is over, it says so."""
    speaking = [s for s in states if s is not State.SUPERSEDED]
    over = bool(speaking) and all(s is State.ENDED for s in speaking)
    return " · ".join([*words, OVER] if over else words)
