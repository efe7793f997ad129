"""A proposal for the metadata of an uploaded document, from its text and its kin; a person decides."""

import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from assistant.corpus.library import load_document
from assistant.domain import Amendment, Contact, Document, Facet, Metadata, Term, Window
from assistant.publishing.office import Office
from assistant.retrieval.names import names_of

KIN = 85
"""Likeness of names (0–100) from which a document is taken to be of the same programme."""
_DAY = r"(20\d\d)\s*[.년\-/]\s*(\d{1,2})\s*[.월\-/]\s*(\d{1,2})\s*[.일]?"
_SPAN = re.compile(
    rf"{_DAY}[^\n~∼〜-]{{0,12}}?[~∼〜-]\s*(?:(20\d\d)\s*[.년\-/]\s*)?(\d{{1,2}})\s*[.월\-/]\s*(\d{{1,2}})"
)
_PHONE = re.compile(
    r"(?<!\d)(?:0\d{1,2}-\d{3,4}-\d{4}|1[568]\d\d-\d{4}|(?<=\D)1\d{2,3}(?=\s*(?:[)번]|$)))(?!\d)"
)
_DESK = re.compile(
    r"([가-힣·()\s]{2,24}?(?:과|팀|센터|공단|공사|청|구청|시청|콜센터|재단|본부|지사))[^\n가-힣]{0,6}$"
)
_WINDOW_KINDS = (("appeal", "이의"), ("use", "사용"), ("pay", "지급"), ("apply", "신청|접수|모집"))
_AMENDING = re.compile(r"변경|정정|일부\s?개정|연장")
_ROUND = re.compile(r"(?:제\s?)?(\d{1,2})차")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Metadata as far as the text gives them, and why; `kin`: documents of the same programme."""

    metadata: Metadata
    document: Document
    kin: tuple[str, ...]
    reasons: tuple[str, ...]


def propose(office: Office, file: Path, today: date | None = None) -> Proposal:
    """Read an uploaded file and propose its metadata (SourceError where it cannot be read)."""
    document = load_document(file, file.name)
    day = today or office.assistant.today()
    own = document.metadata
    if own.id != file.name:
        return Proposal(own, document, (), ("파일에 적힌 머리말을 그대로 씁니다.",))
    title, text = own.title, document.text
    kin = _kin(title, office.assistant.documents())
    year = re.search(r"20\d\d", title)
    metadata = Metadata(
        id=_identity(title, kin, year.group() if year else str(day.year)),
        title=title,
        kind="notice" if re.search(r"공고|고시|모집", title) else "guideline",
        windows=tuple(_windows(text)),
        contacts=tuple(_contacts(text)),
        region="진주시" if "진주" in text[:600] else None,
    )
    reasons = [_found(metadata)]
    if kin:
        metadata, why = _related(metadata, kin[0], text)
        reasons += why
    if year and metadata.term in (Term.ANNUAL, Term.UNKNOWN) and not metadata.amends:
        y = int(year.group())
        metadata = replace(
            metadata, term=Term.ANNUAL, effective_from=date(y, 1, 1), effective_until=date(y, 12, 31)
        )
        reasons.append(f"제목의 {y}년을 효력 기간으로 보았습니다.")
    return Proposal(metadata, document, tuple(d.id for d in kin), tuple(reasons))


def _found(metadata: Metadata) -> str:
    """What the text gave, as it is told."""
    counted = (("연락처", len(metadata.contacts), "곳"), ("기간", len(metadata.windows), "건"))
    told = [f"{name} {count}{unit}" for name, count, unit in counted if count]
    if not told:
        return "본문에서 연락처나 기간을 찾지 못했습니다. 있으면 적어 주세요."
    return f"본문에서 {', '.join(told)}을 찾았습니다."


def _kin(title: str, documents: tuple[Document, ...]) -> list[Document]:
    """Documents of the programme that the title names best, the newest first."""
    bare = _AMENDING.sub(" ", _ROUND.sub(" ", title))
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
    m = latest.metadata
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
        contacts=metadata.contacts or m.contacts,
    )
    number = _ROUND.search(metadata.title)
    if number and number.group(1) != m.round:
        return replace(metadata, round=number.group(1)), [
            f"{number.group(1)}차로 보았습니다: {m.title}과 다른 차수."
        ]
    if _AMENDING.search(metadata.title):
        facets = tuple(dict.fromkeys(f for f in _facets(text)))
        return replace(metadata, amends=(Amendment(m.id, facets or (Facet.PERIOD,)),), round=m.round), [
            f"변경 공고로 보았습니다: {m.title}."
        ]
    return replace(metadata, supersedes=(m.id,), round=m.round), [f"다음 판으로 보았습니다: {m.title}."]


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


def _windows(text: str) -> list[Window]:
    found = []
    for line in text.splitlines():
        for match in _SPAN.finditer(line):
            y, m, d, until_year, until_month, until_day = match.groups()
            try:
                start = date(int(y), int(m), int(d))
                end = date(int(until_year or y), int(until_month), int(until_day))
            except ValueError:
                continue
            kind = next((k for k, words in _WINDOW_KINDS if re.search(words, line)), None)
            if kind and start <= end:
                found.append(Window(kind, start, end))
    return list(dict.fromkeys(found))


def _contacts(text: str) -> list[Contact]:
    found: dict[str, Contact] = {}
    for line in text.splitlines():
        for match in _PHONE.finditer(line):
            desk = _DESK.search(re.sub(r"[*|☎]", " ", line[: match.start()]))
            if desk:
                found.setdefault(match.group(), Contact(" ".join(desk.group(1).split()), match.group()))
    return list(found.values())
