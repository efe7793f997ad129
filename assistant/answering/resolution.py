"""Which programme a question means, and which of its rounds, years and regions: before any sentence is
chosen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from assistant.answering.selection import SPEAKING, Day, Family, edition_year
from assistant.domain import Document, Facet, State, Term
from assistant.retrieval.names import names_of
from assistant.retrieval.query import Understood, names_home
from assistant.retrieval.retriever import RankedDocument, Ranking

PROVINCE_CITIES = frozenset(
    [
        "창원",
        "김해",
        "양산",
        "거제",
        "통영",
        "사천",
        "밀양",
        "함안",
        "거창",
        "합천",
        "하동",
        "산청",
        "남해",
        "함양",
        "창녕",
        "의령",
        "고성",
    ]
)


NEARLY = 0.25
"""How much worse a programme in force may fit than one that is over, and be meant all the same."""
CLEARLY = 0.25
"""By how much a round must fit better than the others to be meant without asking."""


class Mismatch(StrEnum):
    """How a question misses what the corpus holds of the programme."""

    REGION = "other_region"
    ROUND = "other_round"
    YEAR = "other_year"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The programme resolved: its family, the documents to choose from, and what does not fit. `called`:
    programmes that go by the round asked for, where the best-ranked one does not ("5차 재난지원금")."""

    family: Family
    lead: Document
    scores: Mapping[str, float]
    only: tuple[str, ...]
    mismatch: Mismatch | None = None
    rounds: tuple[str, ...] = field(default=())
    past_year: int | None = None
    called: tuple[str, ...] = ()


def resolve(
    ranking: Ranking,
    families: Mapping[str, Family],
    documents: Mapping[str, Document],
    understood: Understood,
    day: Day,
) -> Resolution:
    """Resolve the best-ranked programme. `rounds` is not empty when several rounds are equally meant."""
    top = _speaking_first(ranking, families, understood, day)
    family, scores = families[top.programme], {d.document_id: d.score for d in ranking.documents}
    lead = documents[top.document_id]
    only = tuple(d.id for d in family.documents)
    if _elsewhere(lead, understood):
        return Resolution(family, lead, scores, only, Mismatch.REGION)
    rounds = family.rounds()
    if understood.round is not None:
        chosen = tuple(d for d in family.documents if _round_number(d) == understood.round)
        if not chosen and (rounds or not _mentions_round(family, understood.round)):
            called = _called(understood, ranking, documents)
            if len(called) == 1 and called[0] != top.programme:
                return resolve(ranking.of(called), families, documents, understood, day)
            mismatch = None if called else Mismatch.ROUND
            return Resolution(family, lead, scores, only, mismatch, called=called)
        only = tuple(d.id for d in chosen) or only
        rounds = tuple(dict.fromkeys(d.metadata.round for d in chosen if d.metadata.round))
        if len(rounds) > 1:
            meant = _picked(rounds, understood.text) or _clearly_best(chosen, scores)
            if meant is None:
                return Resolution(family, lead, scores, only, rounds=rounds)
            only, rounds = tuple(d.id for d in chosen if d.metadata.round == meant), ()
    if understood.years and (past := _other_year(family, understood, day, only)) is not None:
        year, held = past
        if not held:
            return Resolution(family, lead, scores, only, Mismatch.YEAR)
        return Resolution(family.narrowed(held), held[0], scores, tuple(d.id for d in held), past_year=year)
    if len(rounds) > 1:
        only, rounds = _open_rounds(family, scores, day, understood)
    return Resolution(family, lead, scores, only, rounds=rounds if len(rounds) > 1 else ())


def _speaking_first(
    ranking: Ranking, families: Mapping[str, Family], understood: Understood, day: Day
) -> RankedDocument:
    """The best-ranked document; one of a programme that is in force instead, where the best is of one that
    is over or out of date, the other fits nearly as well, and no year or round is asked for."""
    top = ranking.documents[0]
    state = families[top.programme].overall_state(day)
    if state is State.CURRENT or understood.years or understood.round is not None:
        return top
    for ranked in ranking.documents[1:]:
        if top.score - ranked.score > NEARLY:
            break
        if families[ranked.programme].overall_state(day) is State.CURRENT:
            return ranked
    return top


def round_label(name: str) -> str:
    """A round as it is offered to choose from: "5" is "5차", "5-추가" is "5차 추가"."""
    return re.sub(r"^(\d+)(?:-|$)", r"\1차 ", name).rstrip()


def _picked(rounds: Sequence[str], question: str) -> str | None:
    """The round that was chosen from those offered: its label stands behind the question, and where it is
    a plain number, the question had that already."""
    for name in rounds:
        label = round_label(name)
        if question.endswith(label) and (label != f"{name}차" or question.count(label) > 1):
            return name
    return None


def _clearly_best(documents: Sequence[Document], scores: Mapping[str, float]) -> str | None:
    """The round whose document fits better than every other's by far ("5차 목욕장업" is not "5차 추가")."""
    best = max(documents, key=lambda document: scores.get(document.id, 0.0))
    rest = [scores.get(d.id, 0.0) for d in documents if d.metadata.round != best.metadata.round]
    clear = scores.get(best.id, 0.0) - max(rest, default=0.0) >= CLEARLY
    return best.metadata.round if clear else None


def _round_number(document: Document) -> str | None:
    found = re.search(r"(\d+)(?:차|-|$)", document.metadata.round or "")
    return found.group(1) if found else None


def _called(understood: Understood, ranking: Ranking, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The ranked programmes with a name that holds the round and what follows it in the question."""
    found = re.search(rf"(?<!\d){understood.round}\s?차\s?([가-힣]{{4}})", understood.text)
    if found is None:
        return ()
    wanted = f"{understood.round}차{found.group(1)}"
    called = [
        r.programme for r in ranking.documents if any(wanted in n for n in names_of(documents[r.document_id]))
    ]
    return tuple(dict.fromkeys(called))


def _mentions_round(family: Family, number: str) -> bool:
    """Whether a programme without rounds of its own is called by this one, or its documents speak of it."""
    pattern = re.compile(rf"(?<!\d){number}\s?차")
    return any(
        pattern.search(words)
        for d in family.documents
        for words in (d.metadata.title, *d.metadata.aliases, d.text)
    )


def _elsewhere(lead: Document, understood: Understood) -> bool:
    """Whether the question names another city and the programme belongs to this one."""
    if not understood.regions or names_home(understood.text):
        return False
    match lead.metadata.region:
        case "진주시":
            return True
        case "경상남도":
            return not PROVINCE_CITIES.issuperset(understood.regions)
    return False


def _other_year(
    family: Family, understood: Understood, day: Day, only: tuple[str, ...]
) -> tuple[int, tuple[Document, ...]] | None:
    """A year the question names that is not the edition speaking today, with the documents held for it;
    else None: also where what speaks today tells of that year ("2012년 7월 이전 등록")."""
    documents = [d for d in family.documents if d.id in only]
    year = understood.years[0]
    if any(d.metadata.basis != "as_of" for d in documents):
        starts = [edition_year(d) for d in documents]
        before = all(start is not None and year < start for start in starts)
        return (year, ()) if before else None
    states = {d.id: family.state_of(d, Facet.BENEFIT, day) for d in documents}
    speaking = [d for d in documents if states[d.id] in SPEAKING]
    if any(_covers(d, year, day) for d in speaking) or not any(edition_year(d) for d in documents):
        return None
    if year == day.as_of.year:
        gone = all(states[d.id] is State.ENDED for d in speaking) and str(year) in understood.text
        return (year, ()) if gone else None
    if year > day.as_of.year and any(
        family.state_of(d, Facet.BENEFIT, day) is State.CURRENT for d in speaking
    ):
        return year, ()
    held = tuple(d for d in documents if _covers(d, year, day))
    if not held and any(f"{year}년" in d.text for d in speaking):
        return None
    return year, held


def _takes(family: Family, round_name: str, day: Day) -> bool:
    """Whether a round takes applications on the day."""
    return any(
        window.kind == "apply"
        and window.start is not None
        and window.end is not None
        and window.start <= day.as_of <= window.end
        for document in family.documents
        if document.metadata.round == round_name
        for window in document.metadata.windows
    )


def _covers(document: Document, year: int, day: Day) -> bool:
    """Whether a document is the edition of a year; of a year to come only the one that begins in it."""
    metadata = document.metadata
    start = edition_year(document)
    if start is None:
        return False
    if year > day.as_of.year and metadata.term is not Term.OPEN:
        return start == year
    if metadata.effective_until:
        return start <= year <= metadata.effective_until.year
    return start <= year if metadata.term is Term.OPEN else start == year


def _open_rounds(
    family: Family, scores: Mapping[str, float], day: Day, understood: Understood
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The documents of the round meant, or all with the rounds to choose from: the one picked, the only one
    in force (where it is not asked what was), or clearly best."""
    if picked := _picked(family.rounds(), understood.text):
        return tuple(d.id for d in family.documents if d.metadata.round == picked), ()
    states: dict[str, State] = {}
    best: dict[str, float] = {}
    for document in family.documents:
        name = document.metadata.round
        if name is None:
            continue
        current = family.state_of(document, Facet.BENEFIT, day)
        if current in SPEAKING and (
            name not in states or SPEAKING.index(current) < SPEAKING.index(states[name])
        ):
            states[name] = current
        best[name] = max(best.get(name, 0.0), scores.get(document.id, 0.0))
    in_force = [name for name, s in states.items() if s is State.CURRENT]
    open_now = [name for name in in_force if understood.window == "apply" and _takes(family, name, day)]
    now = open_now if len(open_now) == 1 else in_force
    meant = list(states) if understood.looks_back or not now else now
    ranked = sorted(meant, key=lambda name: (-best.get(name, 0.0), name))
    if len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < CLEARLY:
        return tuple(d.id for d in family.documents), tuple(sorted(ranked, key=lambda r: (len(r), r)))
    chosen = ranked[0] if ranked else None
    return tuple(d.id for d in family.documents if d.metadata.round == chosen), ()
