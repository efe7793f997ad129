"""The answer from a resolved programme: facets found, dated, summarised, confirmed, with windows and
contacts."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering import arithmetic, conflicts, dating
from assistant.answering.citations import CitationBook
from assistant.answering.composer import (
    FacetAnswer,
    add_confirmations,
    add_statements,
    choose_summary,
    introduction,
)
from assistant.answering.differences import differences
from assistant.answering.households import row_warning, which_household
from assistant.answering.outcomes import TURN_TO
from assistant.answering.scene import Scene, facets_asked, lacking, with_better_facet
from assistant.answering.selection import starts_on
from assistant.answering.units import ScoredUnit
from assistant.answering.windows import governing_windows
from assistant.domain import (
    Answer,
    AnswerContact,
    AnswerWindow,
    Caution,
    Facet,
    State,
    Status,
)
from assistant.retrieval.query import asks_several

FACET_WORDS = {
    Facet.TARGET: "지원대상",
    Facet.CRITERIA: "선정기준",
    Facet.BENEFIT: "지원내용",
    Facet.APPLICATION: "신청방법",
    Facet.PAPERWORK: "구비서류",
    Facet.PERIOD: "신청·이용 기간",
    Facet.EXCLUSION: "제외·중복 조건",
    Facet.CONTACT: "문의처",
    Facet.OTHER: "그 밖의 안내",
}
OWN_NUMBER = "055-754-1001"
"""The call centre's own number: of use to citizens, not to a counsellor who has them on the line."""
ELIGIBILITY = frozenset({Facet.BENEFIT, Facet.TARGET, Facet.CRITERIA})
"""Facets that must not be told without the exclusions."""


def assemble(blank: Answer, scene: Scene) -> Answer:
    """Answered, outdated or closed from what the programme's documents say; no evidence where no facet
    asked is held."""
    understood = scene.asked.understood
    facets = facets_asked(scene)
    found = {facet: answer for facet in facets if (answer := scene.find(facet))}
    missing = tuple(facet for facet in facets if facet not in found)
    found = with_better_facet(scene, facets, found)
    if not understood.facets:
        missing = ()
        intro = introduction(scene.scorer, scene.resolution.family, scene.resolution.lead, scene.day)
        found = {Facet.OTHER: intro, **found} if intro else found
    windows = governing_windows(dating.speaking(scene.resolution, scene.day))
    if not found or lacking(found, scene):
        period = scene.find(Facet.PERIOD)
        if period is None or not dating.asks_of_closed_window(windows, facets, understood, scene.day.as_of):
            return _facet_not_held(blank, scene, missing or tuple(f for f in found if f is not Facet.OTHER))
        found = {Facet.PERIOD: period}
    status, cautions = dating.judge(scene.resolution, found, windows, understood, scene.day)
    answers = list(found.values())
    if status is Status.CLOSED and Facet.PERIOD not in found and (period := scene.find(Facet.PERIOD)):
        answers.insert(0, period)
    told = [answer.best.unit.text for answer in answers]
    cautions += differences(scene.resolution, scene.asked, scene.asked.nouns, scene.searched, told)
    blank = replace(blank, status=status, warnings=cautions, missing=missing, event_date=scene.day.event_date)
    return _stated(blank, scene, answers, windows)


def _facet_not_held(blank: Answer, scene: Scene, missing: tuple[Facet, ...]) -> Answer:
    """The programme is known, what was asked of it is not: said so, with whom to ask."""
    speaking = dating.speaking(scene.resolution, scene.day)
    metadata = max(speaking, key=starts_on, default=scene.resolution.lead).metadata
    words = "·".join(FACET_WORDS[facet] for facet in missing)
    text = f"「{metadata.title}」 자료에 {words} 내용이 없습니다(자료 미확보). 담당 부서에 확인해 주세요."
    contacts = tuple(AnswerContact(c.name, c.phone) for c in metadata.contacts) or TURN_TO
    return replace(
        blank,
        status=Status.NO_EVIDENCE,
        missing=missing,
        warnings=(Caution("facet_missing", text),),
        contacts=contacts,
    )


def _stated(blank: Answer, scene: Scene, answers: Sequence[FacetAnswer], windows: dating.Windows) -> Answer:
    book, resolution = CitationBook(), scene.resolution
    spoken = [a for a in answers if a.state in (State.CURRENT, State.UNDATED)]
    if blank.status is Status.CLOSED and scene.asked.understood.looks_back:
        spoken = list(answers)
    elif blank.status is Status.CLOSED:
        spoken = [a for a in answers if a.facet is Facet.PERIOD] or list(answers)
    chosen = choose_summary(spoken, several=asks_several(scene.asked.understood.text))
    if blank.status is Status.ANSWERED:
        blank, chosen = _with_other_side(blank, scene, chosen)
    summary = add_statements(book, answers, chosen)
    if blank.status is Status.OUTDATED and not summary and (contact := scene.find(Facet.CONTACT)):
        summary = add_statements(book, [contact], choose_summary([contact], 1))
    asked = {answer.facet for answer in answers}
    confirmed: list[int] = []
    missing = list(blank.missing)
    if asked & ELIGIBILITY and blank.status in (
        Status.ANSWERED,
        Status.OUTDATED,
        Status.CLOSED,
        Status.CONFLICTING,
    ):
        confirmed, excluded = add_confirmations(
            book,
            scene.scorer,
            resolution.family,
            scene.day,
            dict(resolution.scores),
            resolution.only,
            tuple(asked),
        )
        if not excluded and Facet.EXCLUSION not in missing:
            missing.append(Facet.EXCLUSION)
    household, answered = scene.asked.understood.household, blank.status is Status.ANSWERED
    clarification = which_household(household, answers) if answered else None
    calculated = _calculated(book, scene, spoken) if answered else []
    return replace(
        blank,
        missing=tuple(missing),
        statements=tuple(book.statements),
        summary=tuple(summary),
        must_confirm=tuple(i for i in confirmed if i not in summary),
        citations=tuple(book.citations),
        windows=_windows(scene, windows),
        contacts=_contacts(scene, book),
        clarification=clarification,
        warnings=(
            *calculated,
            *blank.warnings,
            *(row_warning(household, answers) if not calculated else ()),
        ),
    )


def _calculated(book: CitationBook, scene: Scene, answers: Sequence[FacetAnswer]) -> list[Caution]:
    """The caller's income line as a formula, its inputs stated and cited."""
    found = arithmetic.income_line(scene.scorer, scene.median_income, answers, scene.day)
    if found is None:
        return []
    for unit in (found.share, found.base):
        if unit is not None:
            book.state(unit.document, unit.chunk, unit.unit, Facet.CRITERIA, unit.state)
    row = found.base
    return [Caution("calculated", found.text, book.cite(row.document, row.chunk, row.unit.span))]


def _with_other_side(
    blank: Answer, scene: Scene, chosen: list[tuple[Facet, ScoredUnit]]
) -> tuple[Answer, list[tuple[Facet, ScoredUnit]]]:
    """Where another document in force says otherwise: conflicting, with the first sentence that is opposed
    and what stands against it; else unchanged."""
    r = scene.resolution
    for facet, unit in chosen:
        against = conflicts.opposed(scene.scorer, r.family, scene.day, r.only, unit)
        if against:
            told = conflicts.caution([unit, *against])
            conflicting = replace(blank, status=Status.CONFLICTING, warnings=(told, *blank.warnings))
            return conflicting, [(facet, side) for side in (unit, *against)]
    return blank, chosen


def _windows(scene: Scene, windows: dating.Windows) -> tuple[AnswerWindow, ...]:
    return tuple(
        AnswerWindow(d.metadata.programme_key, w.kind, w.start, w.end, None, w.channel, w.group)
        for d, w in windows
    )


def _contacts(scene: Scene, book: CitationBook) -> tuple[AnswerContact, ...]:
    """The desks of the documents that were quoted, with the passage that names them where one does."""
    found: dict[tuple[str, str], AnswerContact] = {}
    documents = dict.fromkeys(c.document_id for c in book.citations)
    for document_id in [*documents, scene.resolution.lead.id]:
        document = scene.index.documents[document_id]
        for contact in document.metadata.contacts:
            found.setdefault((contact.name, contact.phone), AnswerContact(contact.name, contact.phone))
    others = tuple(c for c in found.values() if c.phone != OWN_NUMBER)
    return others or tuple(found.values()) or TURN_TO
