"""The answer from a resolved programme: facets found, dated, summarised, confirmed, with windows and
contacts."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.answering import arithmetic, conflicts, dating
from assistant.answering.asked import Asked
from assistant.answering.citations import CitationBook
from assistant.answering.composer import (
    FacetAnswer,
    add_confirmations,
    add_statements,
    choose_summary,
    find_everything,
    find_facet,
    introduction,
)
from assistant.answering.differences import differences
from assistant.answering.features import ANSWER_TYPES, STRICT_TYPES
from assistant.answering.held import HeldModel
from assistant.answering.measures import household_sizes
from assistant.answering.outcomes import TURN_TO
from assistant.answering.resolution import Resolution
from assistant.answering.selection import Day, Family, starts_on
from assistant.answering.units import ScoredUnit, Scorer
from assistant.answering.windows import governing_windows
from assistant.domain import (
    Answer,
    AnswerContact,
    AnswerWindow,
    Caution,
    Clarification,
    Facet,
    State,
    Status,
    UnitKind,
)
from assistant.index.opened import OpenedIndex
from assistant.retrieval.query import asks_several
from assistant.retrieval.retriever import Ranking

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
ALSO_ASKED = 0.45
"""Probability from which a facet may stand in for one that is not held."""
HELD, HELD_WITHOUT_FIGURE, SURELY_HELD = 0.3, 0.5, 0.5
"""Probabilities that a document answers: below the first it does not; below the second where a figure is
asked for and none is found; from the third it does, though it has no section of the facet asked."""
BETTER = 0.0
"""How much better (in the scorer's log-odds) a sentence of another facet must be to come first."""
MUCH_BETTER = 0.3
"""The same, where the words of the question say outright which facet is asked."""
ELIGIBILITY = frozenset({Facet.BENEFIT, Facet.TARGET, Facet.CRITERIA})
"""Facets that must not be told without the exclusions."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What an answer is assembled from."""

    index: OpenedIndex
    resolution: Resolution
    day: Day
    scorer: Scorer
    ranking: Ranking
    searched: str = ""
    median_income: Family | None = None
    held_model: HeldModel | None = None

    @property
    def asked(self) -> Asked:
        """The question."""
        return self.scorer.asked

    def find(self, facet: Facet) -> FacetAnswer | None:
        """Units for a facet from the documents resolved."""
        r = self.resolution
        return find_facet(self.scorer, r.family, facet, self.day, dict(r.scores), r.only)

    def held(self, answers: Iterable[FacetAnswer]) -> float | None:
        """How probably the document of the best unit found answers the question; None where nothing is
        known."""
        best = max(answers, key=lambda answer: answer.best.score, default=None)
        if best is None or self.held_model is None:
            return None
        return self.held_model.probability(self.scorer.weighed(best.best.document), self.asked)


def assemble(blank: Answer, scene: Scene) -> Answer:
    """Answered, outdated or closed from what the programme's documents say; no evidence where no facet
    asked is held."""
    understood = scene.asked.understood
    facets = _facets(scene)
    found = {facet: answer for facet in facets if (answer := scene.find(facet))}
    missing = tuple(facet for facet in facets if facet not in found)
    found = _with_better_facet(scene, facets, found)
    if not understood.facets:
        missing = ()
        intro = introduction(scene.scorer, scene.resolution.family, scene.resolution.lead, scene.day)
        found = {Facet.OTHER: intro, **found} if intro else found
    windows = governing_windows(dating.speaking(scene.resolution, scene.day))
    if not found or _lacking(found, scene):
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


def _facets(scene: Scene) -> tuple[Facet, ...]:
    """The facets asked; without a cue the one whose passage fits best, or what it gives and to whom."""
    if scene.asked.understood.facets:
        return scene.asked.understood.facets
    if not scene.ranking.names:
        chunks, lead = scene.index.chunks, scene.resolution.lead.id
        rows = [row for row in scene.ranking.chunk_scores if chunks[row].document_id == lead]
        best = max(rows, key=lambda row: scene.ranking.chunk_scores[row], default=None)
        if best is not None and chunks[best].facet is not Facet.OTHER:
            return (chunks[best].facet,)
    return (Facet.BENEFIT, Facet.TARGET)


def _lacking(found: Mapping[Facet, FacetAnswer], scene: Scene) -> bool:
    """Whether the documents do not say what is asked, whatever is nearest to it."""
    held = scene.held(found.values())
    if held is None:
        return _figure_missing(found, scene)
    return held < (HELD_WITHOUT_FIGURE if _figure_missing(found, scene) else HELD)


def _figure_missing(found: Mapping[Facet, FacetAnswer], scene: Scene) -> bool:
    """Whether the question asks for a figure (how much, which number, what hours) and no sentence found
    has one."""
    text = scene.asked.understood.text
    if not any(re.search(asks, text) for asks in STRICT_TYPES):
        return False
    answers = [answer for asks, answer in ANSWER_TYPES if re.search(asks, text)]
    units = [unit.unit.text for answer in found.values() for unit in answer.units]
    return not any(re.search(answer, unit) for answer in answers for unit in units)


def _with_better_facet(
    scene: Scene, facets: tuple[Facet, ...], found: dict[Facet, FacetAnswer]
) -> dict[Facet, FacetAnswer]:
    """The facets found, with another whose best sentence answers better than all of theirs: in front, unless
    the words of the question say outright which facet is asked.

    Where the facet asked is not held, another one counts only if the question may as well have asked for it.
    """
    r = scene.resolution
    everything = find_everything(scene.scorer, r.family, scene.day, dict(r.scores), r.only)
    others = [a for f, a in everything.items() if f not in found]
    if not others:
        return found
    best = max(others, key=lambda answer: answer.best.score)
    if not found:
        likely = scene.asked.facets.get(best.facet, 0.0) >= ALSO_ASKED and bool(facets)
        held = scene.held([best])
        return {best.facet: best} if likely or (held is not None and held >= SURELY_HELD) else found
    sure = scene.asked.cues[:1] == facets[:1]
    lead = max(a.best.score for a in found.values()) + (MUCH_BETTER if sure else BETTER)
    if best.best.score <= lead:
        return found
    return {**found, best.facet: best} if sure else {best.facet: best, **found}


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
    if blank.status is Status.CLOSED:
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
    clarification = _which_household(scene, answers) if blank.status is Status.ANSWERED else None
    calculated = _calculated(book, scene, spoken) if blank.status is Status.ANSWERED else []
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
            *(_row_warning(scene, answers) if not calculated else ()),
            *_missing_warning(blank.missing),
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


def _which_household(scene: Scene, answers: Sequence[FacetAnswer]) -> Clarification | None:
    """Amounts that depend on the household's size, and a question that does not name it: what to ask the
    caller."""
    if scene.asked.understood.household is not None:
        return None
    for answer in answers:
        if any(unit.own_row for unit in answer.units):
            return None
        rows = [u.unit.cells[0][1] for u in answer.units if u.unit.kind is UnitKind.ROW and u.unit.cells]
        sizes = [key for key in dict.fromkeys(rows) if household_sizes(key)]
        if answer.facet in (Facet.BENEFIT, Facet.CRITERIA) and len(sizes) > 1:
            return Clarification("가구원이 몇 명인가요?", tuple(sizes))
    return None


def _other_sizes(answer: FacetAnswer, size: int) -> bool:
    """Whether sentences or rows of an answer name household sizes, and none of them is the caller's."""
    spans = [s for u in answer.units for s in [household_sizes(u.unit.text)] if s is not None]
    return bool(spans) and not any(low <= size <= high for low, high in spans)


def _row_warning(scene: Scene, answers: Sequence[FacetAnswer]) -> list[Caution]:
    """The caller's household has no row of its own: said so, never interpolated."""
    size = scene.asked.understood.household
    if size is None:
        return []
    for answer in answers:
        if _other_sizes(answer, size) and not any(u.own_row for u in answer.units):
            return [
                Caution(
                    "row_missing",
                    f"{size}인 가구 금액은 자료에 없습니다. 표에 있는 가구원 수만 안내할 수 있습니다.",
                )
            ]
    return []


def _missing_warning(missing: Sequence[Facet]) -> list[Caution]:
    if not missing:
        return []
    return [Caution("facet_missing", "자료 미확보: " + "·".join(FACET_WORDS[facet] for facet in missing))]


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
