"""A proposal for the metadata of an uploaded document, from its text and its kin; a person decides."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from assistant.corpus.library import load_document
from assistant.domain import Amendment, Document, Facet, Metadata, Term
from assistant.publishing.editions import AMENDING, ROUND, held_edition, round_of
from assistant.publishing.office import Office
from assistant.publishing.stated import Stated, stated
from assistant.retrieval.names import names_of

KIN = 85
"""Likeness of names (0–100) from which a document is taken to be of the same programme."""

Step = tuple[Metadata, list[str]]
"""The metadata after a step of the proposal, and what the step has to say."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Metadata as far as the text gives them, for a document of its own, and why.

    `kin`: documents of the same programme; `replaces`: the held document that this seems a new text of.
    """

    metadata: Metadata
    document: Document
    kin: tuple[str, ...]
    reasons: tuple[str, ...]
    replaces: str | None = None


def propose(office: Office, file: Path, today: date | None = None) -> Proposal:
    """Read an uploaded file and propose its metadata (SourceError where it cannot be read)."""
    document = load_document(file, file.name)
    day = today or office.assistant.today()
    own = document.metadata
    if own.id != file.name:
        return Proposal(own, document, (), ("파일에 적힌 머리말을 그대로 씁니다.",))
    title, text = own.title, document.text
    held = office.assistant.documents()
    kin = _kin(title, held)
    same = held_edition(title, held, kin)
    year = re.search(r"20\d\d", title)
    found = stated(title, text)
    metadata = Metadata(
        id=_identity(title, kin, year.group() if year else str(day.year)),
        title=title,
        kind="notice" if re.search(r"공고|고시|모집", title) else "guideline",
        windows=found.windows,
        contacts=found.contacts,
        published_on=found.published_on,
        region="진주시" if "진주" in text[:600] else None,
    )
    reasons = _told(found)
    if kin:
        metadata, why = _related(metadata, kin[0], text)
        reasons += why if same is None else []
    for step in (_of_year, _in_force, _categorised, _reviewed):
        metadata, why = step(metadata, found, office, day)
        reasons += why
    return Proposal(metadata, document, tuple(d.id for d in kin), tuple(reasons), same)


def _told(found: Stated) -> list[str]:
    """What the text gave, as it is told, and what it left open."""
    counted = (("연락처", len(found.contacts), "곳"), ("기간", len(found.windows), "건"))
    told = [f"{name} {count}{unit}" for name, count, unit in counted if count]
    told += [f"게시일 {found.published_on}"] if found.published_on else []
    reasons = [
        f"본문에서 {', '.join(told)}을 찾았습니다."
        if told
        else "본문에서 연락처나 기간을 찾지 못했습니다. 있으면 적어 주세요."
    ]
    return reasons + [f"‘{words}’: 몇 년인지 적혀 있지 않아 비워 두었습니다." for words in found.unclear]


def _of_year(metadata: Metadata, found: Stated, office: Office, day: date) -> Step:
    """An edition of the year that its title names."""
    year = re.search(r"20\d\d", metadata.title)
    if year is None or metadata.term not in (Term.ANNUAL, Term.UNKNOWN) or metadata.amends:
        return metadata, []
    y = int(year.group())
    metadata = replace(
        metadata, term=Term.ANNUAL, effective_from=date(y, 1, 1), effective_until=date(y, 12, 31)
    )
    return metadata, [f"제목의 {y}년을 효력 기간으로 보았습니다."]


def _in_force(metadata: Metadata, found: Stated, office: Office, day: date) -> Step:
    """In force from, and until, the days that the text states."""
    if found.effective_from is None:
        return metadata, []
    until = found.effective_until or metadata.effective_until
    if until is not None and until < found.effective_from:
        until = None
    why = f"본문의 시행일 {found.effective_from}을 효력의 시작으로 보았습니다."
    return replace(metadata, effective_from=found.effective_from, effective_until=until), [why]


def _categorised(metadata: Metadata, found: Stated, office: Office, day: date) -> Step:
    """The category of the nearest document, where no kin gave one."""
    if metadata.category is not None:
        return metadata, []
    documents = {d.id: d.metadata for d in office.assistant.documents()}
    for hit in office.assistant.search(metadata.title, as_of=day, everything=True):
        near = documents[hit.chunk.document_id]
        if near.category is not None:
            why = f"분류는 가장 가까운 자료 「{near.title}」의 것입니다. 맞는지 확인하세요."
            return replace(metadata, category=near.category), [why]
    return metadata, []


def _reviewed(metadata: Metadata, found: Stated, office: Office, day: date) -> Step:
    """To be looked at again when it ends, else after a year."""
    due, why = metadata.effective_until, "효력이 끝나는 날"
    if due is None:
        due, why = a_year_after(metadata.effective_from or metadata.published_on or day), "한 해 뒤"
    return replace(metadata, review_by=due), [f"검토 기한은 {why}({due})로 적었습니다."]


def a_year_after(day: date) -> date:
    """The same day of the next year; the last of February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _kin(title: str, documents: tuple[Document, ...]) -> list[Document]:
    """Documents of the programme that the title names best, the newest first."""
    bare = AMENDING.sub(" ", ROUND.sub(" ", title))
    probe = names_of(Document(Metadata("?", bare), "?", "", ()))
    owner = {name: d.metadata.programme_key for d in documents for name in names_of(d)}
    names = list(owner)
    found = (process.extractOne(n, names, scorer=fuzz.ratio, score_cutoff=KIN) for n in probe)
    best = [match for match in found if match]
    if not best:
        return []
    programme = owner[max(best, key=lambda m: m[1])[0]]
    family = [d for d in documents if d.metadata.programme_key == programme and not d.metadata.amends]
    return sorted(family, key=lambda d: d.metadata.effective_from or date.min, reverse=True)


def _related(metadata: Metadata, latest: Document, text: str) -> tuple[Metadata, list[str]]:
    """What its kin make of a new document: an amendment, a new round or the next edition."""
    m, said = latest.metadata, metadata.contacts
    metadata = replace(
        metadata,
        programme=m.programme_key,
        category=m.category,
        publisher=m.publisher,
        region=m.region,
        owner=m.owner,
        term=m.term,
        basis=m.basis,
        aliases=m.aliases,
        contacts=said or m.contacts,
    )
    shared = f"담당, 분류, 낸 곳, 다른 이름{'' if said else ', 연락처'}: 「{m.title}」에 적힌 대로입니다."
    number = ROUND.search(metadata.title)
    if number and number.group(1) != round_of(m.round, m.title):
        why = f"{number.group(1)}차로 보았습니다: {m.title}과 다른 차수."
        return replace(metadata, round=number.group(1)), [why, shared]
    if AMENDING.search(metadata.title):
        amends = (Amendment(m.id, tuple(dict.fromkeys(_facets(text))) or (Facet.PERIOD,)),)
        why = f"변경 공고로 보았습니다: {m.title}."
        return replace(metadata, amends=amends, round=m.round), [why, shared]
    return replace(metadata, supersedes=(m.id,), round=m.round), [
        f"다음 판으로 보았습니다: {m.title}.",
        shared,
    ]


def _facets(text: str) -> list[Facet]:
    from assistant.corpus.sections import split_sections

    return [section.facet for section in split_sections(text) if section.facet is not Facet.OTHER]


def _identity(title: str, kin: list[Document], year: str) -> str:
    stem = (
        kin[0].metadata.programme_key if kin else re.sub(r"[^0-9A-Za-z가-힣]+", "-", title).strip("-").lower()
    )
    taken = {d.id for d in kin}
    wanted = [f"{stem}-{year}", *(f"{stem}-{year}-{n}" for n in range(2, 100))]
    return next(name for name in wanted if name not in taken)
