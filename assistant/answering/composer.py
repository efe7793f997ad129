"""Choosing what is said: for each facet asked the units that answer it, a summary to read aloud, what must
be confirmed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.answering.citations import CitationBook
from assistant.answering.selection import Day, Family, Speaker
from assistant.answering.units import ScoredUnit, Scorer
from assistant.corpus.units import clean
from assistant.domain import Document, Facet, Span, State, UnitKind

SUMMARY_STATEMENTS = 3
SUMMARY_SYLLABLES = 90
"""About 15 seconds aloud (DESIGN rule 6)."""
LONGEST_STATEMENT = 120
"""A single unit longer than this many syllables is read out only up to a clause end."""
DETAILS = 14
NEAR = 0.5
"""How much worse (in the scorer's log-odds) a further sentence may be and still be read out."""
FACET_NEAR = 2.0
"""How much worse the best unit of a second facet may be and still be read out."""
CONFIRMATIONS = 6

RELATED: dict[Facet, tuple[Facet, ...]] = {
    Facet.TARGET: (Facet.CRITERIA,),
    Facet.CRITERIA: (Facet.TARGET, Facet.BENEFIT),
    Facet.BENEFIT: (Facet.CRITERIA,),
}
"""Where a document has no section of the facet asked, the section in which its writers put the same thing."""

TRACES: dict[Facet, str] = {
    Facet.PAPERWORK: r"서류|신분증|통장|신청서|증명서|확인서|사본|진단서",
    Facet.CONTACT: r"\d{2,4}-\d{3,4}|(?<![\d,.])1\d{2,3}(?!\d|[,.]\d|\s?[만천억원%세명개회년월일급㎡])"
    r"|누리집|홈페이지|www\.|콜센터",
    Facet.PERIOD: r"\d{1,2}월|\d{4}년|기간|까지|매월|매년|개월|이내|수시|연중|상시",
    Facet.EXCLUSION: r"제외|중복|않습니다|없습니다|불가|못\s",
    Facet.BENEFIT: r"\d[\d,.]*\s?(?:만|천)?\s?(?:원|%|회|시간)|지원|감면|할인|제공|지급",
    Facet.TARGET: r"대상|세\s?(?:이상|이하|미만)|사람|가구|어르신|시민|장애인|아동",
    Facet.CRITERIA: r"소득|재산|중위",
    Facet.APPLICATION: r"신청|방문|접수|전화|누리집",
}
"""What a sentence outside a facet's section must show to count as about that facet."""


@dataclass(frozen=True, slots=True)
class FacetAnswer:
    """What was found for one facet: the units in reading order with their scores, and the state they stand
    in."""

    facet: Facet
    state: State
    units: tuple[ScoredUnit, ...]

    @property
    def best(self) -> ScoredUnit:
        """The unit that answers best, never one about somebody else's row; the first of equals."""
        return max(self.fitting, key=lambda u: u.score)

    @property
    def fitting(self) -> tuple[ScoredUnit, ...]:
        """The units that do not speak of another row or household than the caller's; all where none is
        left."""
        return tuple(u for u in self.units if not u.another) or self.units


def find_facet(
    scorer: Scorer,
    family: Family,
    facet: Facet,
    day: Day,
    scores: dict[str, float],
    only: Sequence[str],
) -> FacetAnswer | None:
    """Units for a facet from the best speaking documents, those that only speak of another household last;
    None where the corpus does not hold it."""
    other_rows: FacetAnswer | None = None
    for candidate in (facet, *RELATED.get(facet, ())):
        speakers = family.speakers(candidate, day, scores, only)
        if speakers:
            units = tuple(_units(scorer, _leading(speakers)))
            found = FacetAnswer(facet, speakers[0].state, units)
            if not all(unit.another for unit in units):
                return found
            other_rows = other_rows or found
    return other_rows or _traces(scorer, family, facet, day, scores, only)


def _leading(speakers: Sequence[Speaker]) -> Sequence[Speaker]:
    """The first speaker, and with an amendment the others that amend in the same state."""
    first = speakers[0]
    if not first.document.metadata.amends:
        return [first]
    changed = {amendment.document for amendment in first.document.metadata.amends}
    beside = [
        s
        for s in speakers[1:]
        if s.state is first.state and changed & {a.document for a in s.document.metadata.amends}
    ]
    return [first, *beside[:1]]


def _units(scorer: Scorer, speakers: Iterable[Speaker]) -> list[ScoredUnit]:
    return [unit for s in speakers for unit in scorer.units(s.document, s.state, s.chunks)]


def _traces(
    scorer: Scorer,
    family: Family,
    facet: Facet,
    day: Day,
    scores: dict[str, float],
    only: Sequence[str],
) -> FacetAnswer | None:
    """Sentences about a facet in a document that has no section for it, unless it says itself that it
    lacks it."""
    pattern = TRACES.get(facet)
    for document in sorted(family.documents, key=lambda d: (-scores.get(d.id, 0.0), d.id)):
        if document.id not in only or facet in document.metadata.missing or not pattern:
            continue
        found = [
            unit
            for chunk in family.chunks_of(document)
            if (current := family.state_of(document, chunk.facet, day))
            in (State.CURRENT, State.UNDATED, State.OUTDATED)
            for unit in scorer.units(document, current, [chunk])
            if re.search(pattern, unit.unit.text)
        ]
        if found:
            ranked = sorted(found, key=lambda u: -u.score)[:4]
            kept = tuple(u for u in found if u in ranked)
            return FacetAnswer(facet, max(kept, key=lambda u: u.score).state, kept)
    return None


def find_everything(
    scorer: Scorer,
    family: Family,
    day: Day,
    scores: dict[str, float],
    only: Sequence[str],
) -> dict[Facet, FacetAnswer]:
    """What the programme's documents say of each facet, from sections of that facet only."""
    found = {}
    for facet in Facet:
        speakers = family.speakers(facet, day, scores, only)
        units = tuple(_units(scorer, _leading(speakers))) if speakers else ()
        if units:
            found[facet] = FacetAnswer(facet, speakers[0].state, units)
    return found


def choose_summary(
    answers: Sequence[FacetAnswer], limit: int = SUMMARY_STATEMENTS, several: bool = True
) -> list[tuple[Facet, ScoredUnit]]:
    """What is read aloud: of each facet its best unit, then near equals, in reading order, within 90
    syllables. A question that does not ask for `several` things gets a second facet only if it fits nearly
    as well."""
    chosen: list[tuple[Facet, ScoredUnit]] = []
    room = SUMMARY_SYLLABLES
    best = max((answer.best.score for answer in answers), default=0.0)
    answers = [*answers[:1], *(a for a in answers[1:] if several or a.best.score >= best - FACET_NEAR)]
    for answer in answers:
        if len(chosen) < limit:
            unit = _speakable(answer)
            if not chosen or syllables(unit.unit.text) <= room:
                chosen.append((answer.facet, unit))
                room -= syllables(unit.unit.text)
    for answer in answers:
        lead = answer.best
        has_own = any(u.own_row for u in answer.units)
        for unit in sorted(answer.fitting, key=lambda u: -u.score):
            is_row = unit.unit.kind is UnitKind.ROW
            if is_row and (unit.own_row is not has_own or unit.unit.context[:1] != lead.unit.context[:1]):
                continue
            fits = syllables(unit.unit.text) <= room and len(chosen) < limit
            near = unit.score >= lead.score - NEAR and (not lead.own_row or unit.own_row)
            if fits and near and all(unit.unit.span != u.unit.span for _, u in chosen):
                chosen.append((answer.facet, unit))
                room -= syllables(unit.unit.text)
    order = {id(u): position for position, u in enumerate(u for a in answers for u in a.units)}
    return sorted(chosen, key=lambda pair: order.get(id(pair[1]), 0))


def _speakable(answer: FacetAnswer) -> ScoredUnit:
    """The best unit that is short enough to be read out; a long one is cut at a clause end when there is
    no other."""
    best = answer.best
    if syllables(best.unit.text) <= LONGEST_STATEMENT:
        return best
    short = [
        u for u in answer.units if syllables(u.unit.text) <= LONGEST_STATEMENT and u.score >= best.score - 0.5
    ]
    return max(short, key=lambda u: u.score) if short else shortened(best)


def shortened(scored: ScoredUnit) -> ScoredUnit:
    """A long unit up to the last clause end that can be read out: still verbatim, still in the document."""
    span, text = scored.unit.span, scored.document.text
    words = text[span.start : span.end]
    ends = [m.end() for m in re.finditer(r"[,;]\s|\s(?=[①-⑳※•])|<br>|\s", words)]
    fitting = [end for end in ends if syllables(words[:end]) <= SUMMARY_SYLLABLES]
    end = fitting[-1] if fitting else len(words)
    part = words[:end].rstrip(" ,;")
    if scored.unit.kind is UnitKind.ROW:
        part = part.rstrip("| ")
    unit = replace(
        scored.unit,
        text=clean(part.replace("|", " ")),
        span=Span(span.start, span.start + len(part)),
        context=(),
    )
    return replace(scored, unit=unit)


def add_statements(
    book: CitationBook, answers: Sequence[FacetAnswer], chosen: Sequence[tuple[Facet, ScoredUnit]]
) -> list[int]:
    """State the summary first, then the details of each facet in reading order; indices of the summary's
    statements."""
    summary = [_add(book, facet, unit) for facet, unit in chosen]
    for answer in answers:
        ranked = sorted(answer.units, key=lambda u: -u.score)[:DETAILS]
        for unit in (u for u in answer.units if u in ranked):
            _add(book, answer.facet, unit)
    return list(dict.fromkeys(summary))


def add_confirmations(
    book: CitationBook,
    scorer: Scorer,
    family: Family,
    day: Day,
    scores: dict[str, float],
    only: Sequence[str],
    facets: Sequence[Facet],
) -> tuple[list[int], bool]:
    """Exclusions, and conditions beside an amount, as statements; their indices, and whether there was an
    exclusion."""
    found: list[int] = []
    exclusions = find_section(scorer, family, Facet.EXCLUSION, day, scores, only)
    for unit in exclusions[:CONFIRMATIONS]:
        found.append(_add(book, Facet.EXCLUSION, unit))
    conditions = (
        [f for f in (Facet.TARGET, Facet.CRITERIA) if f not in facets] if Facet.BENEFIT in facets else []
    )
    for facet in conditions:
        units = [
            u
            for u in find_section(scorer, family, facet, day, scores, only)
            if u.unit.kind is not UnitKind.ROW
        ]
        for unit in units[:2]:
            found.append(_add(book, facet, unit))
    return list(dict.fromkeys(found)), bool(exclusions)


def find_section(
    scorer: Scorer,
    family: Family,
    facet: Facet,
    day: Day,
    scores: dict[str, float],
    only: Sequence[str],
) -> list[ScoredUnit]:
    """Units of a facet's own sections in reading order; empty where there is none."""
    speakers = family.speakers(facet, day, scores, only)
    return _units(scorer, _leading(speakers)) if speakers else []


def introduction(scorer: Scorer, family: Family, document: Document, day: Day) -> FacetAnswer | None:
    """What the programme is: the sentences before its first heading."""
    chunks = [c for c in family.chunks_of(document) if not c.heading_path][:1]
    current = family.state_of(document, Facet.OTHER, day)
    units = scorer.units(document, current, chunks)
    return FacetAnswer(Facet.OTHER, current, tuple(units[:1])) if units else None


def _add(book: CitationBook, facet: Facet, unit: ScoredUnit) -> int:
    return book.state(unit.document, unit.chunk, unit.unit, facet, unit.state)


def syllables(text: str) -> int:
    """Hangul syllables: the length of a text that is read aloud (about six a second)."""
    return len(re.findall(r"[가-힣]", text))
