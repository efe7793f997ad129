"""A situation that names no programme → up to five programmes that fit, each with what matched and what
must be asked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answering.citations import CitationBook
from assistant.answering.selection import SPEAKING, Day, Family
from assistant.answering.units import ScoredUnit, Scorer
from assistant.domain import Answer, Candidate, Clarification, Document, Facet, State, Status
from assistant.retrieval.query import Understood
from assistant.retrieval.retriever import Ranking

CLEAR_LEAD = 0.3
"""A lead of the best programme over the second from which it counts as if it were named."""
MOST = 5
SITUATION = 0.5
"""Probability from which a question counts as a situation, where it names no programme."""
HINTED_SITUATION = 0.2
"""Probability from which an answer has the candidates beside it."""
SURE_SITUATION = 0.75
"""Probability from which a situation gets candidates although the corpus seems to hold nothing for it."""
NAMED_SITUATION = 0.9
"""The same, where it names one."""
FAR_LEAD, FAR_SITUATION = 0.9, 0.8
"""The same, where the best programme leads by so much that it was as good as named."""
DIRECT_LEAD = 0.7
"""The lead from which a situation that ends in a question of amount, number, day or place is answered."""
_DIRECT = re.compile(r"얼마(?!\s?(?:안|못|전|간))|얼만|몇|언제|어디서")
_FITTING = (Facet.TARGET, Facet.CRITERIA, Facet.BENEFIT)
_TO_ASK: tuple[tuple[str, str, str], ...] = (
    ("소득", r"소득|중위|보험료", r"소득|월급|벌이|수급|차상위|중위"),
    ("재산", r"재산|금융", r"재산|통장|집이\s?있|적금"),
    ("나이", r"\d+\s?세", r"\d+\s?(?:세|살)|갓난|신생아|아기|돌\b|어르신|할머니|할아버지"),
    ("가구원 수", r"\d\s?인\s?가구|가구원", r"\d\s?인|식구|혼자|명"),
    ("거주지", r"주소|거주|진주시에", r"진주|살고|사는|동에|면에"),
    ("장애 등록", r"장애인\s?등록|등록\s?장애인|심한\s?장애", r"장애"),
)
"""What a document's conditions hang on, and the words that show that the question already told it."""


def names_surely(ranking: Ranking) -> bool:
    """Whether the question surely names a programme, and not only as what the caller already gets."""
    return any(m.certainty >= 0.9 and len(m.name) >= 3 and not m.condition for m in ranking.names)


def is_situation(understood: Understood, ranking: Ranking) -> bool:
    """Whether the question tells a situation and names no programme surely."""
    named, far = names_surely(ranking), _lead(ranking) > FAR_LEAD
    return understood.situation >= (NAMED_SITUATION if named else FAR_SITUATION if far else SITUATION)


def asks_directly(understood: Understood, ranking: Ranking) -> bool:
    """Whether a situation also asks how much, how many, when or where, and one programme fits it by far."""
    return bool(_DIRECT.search(understood.text)) and _lead(ranking) > DIRECT_LEAD


def hints_at_situation(understood: Understood) -> bool:
    """Whether the question may tell a situation: no programme stands alone then as if it were the answer."""
    return understood.situation >= HINTED_SITUATION


def _lead(ranking: Ranking) -> float:
    """By how much the best-ranked programme fits better than the second."""
    top = ranking.documents[0]
    second = next((d.score for d in ranking.documents if d.programme != top.programme), 0.0)
    return top.score - second


def candidates(
    blank: Answer,
    scorer: Scorer,
    families: Mapping[str, Family],
    ranking: Ranking,
    day: Day,
) -> Answer:
    """The best programmes that are not over, as candidates with the passages that fit; the choice is the
    caller's."""
    book, found = CitationBook(), list[Candidate]()
    seen: set[str] = set()
    for ranked in ranking.documents:
        if ranked.programme in seen or len(found) == MOST:
            continue
        seen.add(ranked.programme)
        candidate = _candidate(book, scorer, families[ranked.programme], dict(_scores(ranking)), day)
        if candidate is not None:
            found.append(candidate)
    titles = tuple(candidate.title for candidate in found)
    if len(titles) < 2:
        return blank
    return replace(
        blank,
        status=Status.CLARIFICATION_NEEDED,
        statements=tuple(book.statements),
        citations=tuple(book.citations),
        candidates=tuple(found),
        clarification=Clarification("어떤 지원을 먼저 확인할까요?", titles),
    )


def _scores(ranking: Ranking) -> list[tuple[str, float]]:
    return [(d.document_id, d.score) for d in ranking.documents]


def _candidate(
    book: CitationBook, scorer: Scorer, family: Family, scores: dict[str, float], day: Day
) -> Candidate | None:
    """A programme as a candidate: its best speaking document and the two sentences that fit best; None
    when it is over."""
    chosen = _speaking(family, scores, day)
    if chosen is None:
        return None
    document, current = chosen
    chunks = [c for c in family.chunks_of(document) if c.facet in _FITTING]
    units = [u for u in scorer.units(document, current, chunks) if len(u.unit.text) < 160]
    best = _best(units)
    markers: list[int] = []
    for unit in best:
        position = book.state(document, unit.chunk, unit.unit, unit.chunk.facet, current)
        markers += book.statements[position].citations
    conditions = " ".join(u.unit.text for u in units if u.chunk.facet is not Facet.BENEFIT)
    question = scorer.asked.understood.text
    unknown = tuple(
        name
        for name, condition, told in _TO_ASK
        if re.search(condition, conditions) and not re.search(told, question)
    )
    flat = document.text.replace(" ", "")
    matched = tuple(w.removesuffix("다") for w in scorer.asked.words if w.removesuffix("다") in flat)[:5]
    return Candidate(
        family.programme, document.metadata.title, matched, unknown, tuple(dict.fromkeys(markers))
    )


def _best(units: Sequence[ScoredUnit]) -> list[ScoredUnit]:
    """The best sentence on who it is for, and the best on what it gives."""
    chosen = []
    for facets in ((Facet.TARGET, Facet.CRITERIA), (Facet.BENEFIT,)):
        own = [u for u in units if u.chunk.facet in facets]
        if own:
            chosen.append(max(own, key=lambda u: u.score))
    return chosen


def _speaking(family: Family, scores: Mapping[str, float], day: Day) -> tuple[Document, State] | None:
    held = [(d, family.state_of(d, Facet.BENEFIT, day)) for d in family.documents if not d.metadata.amends]
    speaking = [(d, s) for d, s in held if s in SPEAKING and s is not State.ENDED]
    if not speaking:
        return None
    return min(speaking, key=lambda pair: (SPEAKING.index(pair[1]), -scores.get(pair[0].id, 0.0), pair[0].id))
