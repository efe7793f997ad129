"""The nouns of the project: frozen values without I/O. DESIGN words: programme, document, section, chunk,
evidence, answer."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Facet(StrEnum):
    """What a section is about, and what a question asks for."""

    TARGET = "target"
    CRITERIA = "criteria"
    BENEFIT = "benefit"
    APPLICATION = "application"
    PAPERWORK = "paperwork"
    PERIOD = "period"
    EXCLUSION = "exclusion"
    CONTACT = "contact"
    OTHER = "other"


class Term(StrEnum):
    """How a document's validity ends: replaced every year, by itself, when changed, or nobody knows."""

    ANNUAL = "annual"
    FIXED = "fixed"
    OPEN = "open"
    UNKNOWN = "unknown"


class State(StrEnum):
    """What a document (or one facet of it) is on a day."""

    CURRENT = "current"
    OUTDATED = "outdated"
    ENDED = "ended"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"
    UNDATED = "undated"


class Status(StrEnum):
    """The outcome of a question."""

    ANSWERED = "answered"
    CLARIFICATION_NEEDED = "clarification_needed"
    CONFLICTING = "conflicting"
    OUTDATED = "outdated"
    CLOSED = "closed"
    NO_EVIDENCE = "unanswerable_no_evidence"
    OUT_OF_SCOPE = "unanswerable_out_of_scope"
    PERSONAL_RECORD = "redirected_personal_record"


@dataclass(frozen=True, slots=True)
class Window:
    """A span of days in which something can be done: kind is apply, appeal, use or pay. Either end may be
    unknown."""

    kind: str
    start: date | None = None
    end: date | None = None
    channel: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """This document changes only `facets` of the document with id `document`."""

    document: str
    facets: tuple[Facet, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How this document's programme stands to another: type is implements, adds_to or excludes."""

    type: str
    programme: str
    quote: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A desk and its public phone number."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of eligibility, with the verbatim words that state it."""

    field: str
    op: str
    value: int | float | str | bool | tuple[str | int | float, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts about one document: its front matter or sidecar (DESIGN 3.3)."""

    id: str
    title: str
    programme: str | None = None
    round: str | None = None
    kind: str = "guideline"
    category: str | None = None
    publisher: str | None = None
    region: str | None = None
    published_on: date | None = None
    term: Term = Term.UNKNOWN
    effective_from: date | None = None
    effective_until: date | None = None
    windows: tuple[Window, ...] = ()
    basis: str = "as_of"
    supersedes: tuple[str, ...] = ()
    amends: tuple[Amendment, ...] = ()
    succeeded_by: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    aliases: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    source_urls: tuple[str, ...] = ()
    source_note: str | None = None
    reviewed_on: date | None = None
    review_by: date | None = None
    owner: str | None = None
    missing: tuple[Facet, ...] = ()
    eligibility: tuple[Condition, ...] = ()

    @property
    def programme_key(self) -> str:
        """What editions and rounds share: the programme's slug, or the document's own id where none is
        given."""
        return self.programme or self.id


@dataclass(frozen=True, slots=True)
class Filters:
    """What a counsellor narrows a question to: programmes of one category, of one region; None: of all."""

    category: str | None = None
    region: str | None = None

    def __bool__(self) -> bool:
        """Whether anything is narrowed."""
        return self.category is not None or self.region is not None

    def admits(self, metadata: Metadata) -> bool:
        """Whether a document is of the category and of the region."""
        return self.category in (None, metadata.category) and self.region in (None, metadata.region)


EVERYTHING = Filters()
"""No filter is on."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What a reader makes of a file: Markdown (`#` headings, pipe tables), NFC, LF; offsets at which pages
    1, 2 … start."""

    text: str
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """The text under one heading: `text[char_start:char_end]` of the document, its own heading line not
    included."""

    heading_path: tuple[str, ...]
    facet: Facet
    char_start: int
    char_end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One edition of one guideline or notice. `path` is relative to the corpus folder, with forward
    slashes."""

    metadata: Metadata
    path: str
    text: str
    sections: tuple[Section, ...]
    page_starts: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """The stable id of the document."""
        return self.metadata.id

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) that holds the code point at `offset`; None where the format has no pages."""
        page = sum(1 for start in self.page_starts if start <= offset)
        return page or None


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `[start:end)` of a document's text."""

    start: int
    end: int


class UnitKind(StrEnum):
    """What a unit is: a sentence of running text, an item of a list, or a row of a table."""

    SENTENCE = "sentence"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that can be said and cited. `text` is what is said: `span` without markup, led by
    `context`.

    `context` holds the spans that must be cited beside it: a row's table header, a bare item's lead-in line.
    `cells` are a row's (header, value) pairs; empty for other kinds.
    """

    kind: UnitKind
    text: str
    span: Span
    context: tuple[Span, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """What is indexed: a section or a part of one. `text` is what is searched (title, headings, rows with
    their headers)."""

    id: str
    document_id: str
    heading_path: tuple[str, ...]
    facet: Facet
    span: Span
    text: str
    units: tuple[Unit, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A document's best chunk for one question: its place in each ranking (from 1), and why it is left
    out, if it is."""

    chunk: Chunk
    title: str
    path: str
    score: float
    lexical_rank: int | None
    dense_rank: int | None
    state: State
    rejected: str | None = None
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A pointer to the verbatim words that support a statement."""

    marker: int
    chunk_id: str
    document_id: str
    title: str
    publisher: str | None
    region: str | None
    path: str
    heading_path: tuple[str, ...]
    page: int | None
    quote: str
    char_start: int
    char_end: int
    effective_from: date | None
    effective_until: date | None
    reviewed_on: date | None
    source_urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer; `citations` are markers."""

    text: str
    facet: Facet
    programme: str | None
    state: State
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AnswerWindow:
    """A window of the answered programme, in the answer."""

    programme: str
    kind: str
    start: date | None
    end: date | None
    citation: int | None = None
    channel: str | None = None
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A programme that fits a described situation: what matched, and what still has to be asked."""

    programme: str
    title: str
    matched: tuple[str, ...]
    unknown: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something the counsellor must know about the answer; `code` is stable, `text` Korean."""

    code: str
    text: str
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class AnswerContact:
    """Whom to call, with the citation that says so (None for the built-in hot-lines)."""

    name: str
    phone: str
    citation: int | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """Danger for the caller: shown above everything, hot-lines first."""

    code: str
    text: str
    contacts: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class Clarification:
    """The one question to put to the caller, with its possible answers."""

    asks: str
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProseSentence:
    """A sentence of a language model that passed every check; `citations` are markers of its answer."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What every channel renders (DESIGN 3.2). `summary` and `must_confirm` are indices into `statements`.

    `prose` is an optional second reading of the summary; `prose_refused` says why it was asked for and is not
    there.
    """

    answer_id: str
    question: str
    as_of: date
    status: Status
    generation: str
    event_date: date | None = None
    missing: tuple[Facet, ...] = ()
    alerts: tuple[Alert, ...] = ()
    statements: tuple[Statement, ...] = ()
    summary: tuple[int, ...] = ()
    must_confirm: tuple[int, ...] = ()
    citations: tuple[Citation, ...] = ()
    windows: tuple[AnswerWindow, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    warnings: tuple[Caution, ...] = ()
    contacts: tuple[AnswerContact, ...] = ()
    clarification: Clarification | None = None
    standalone_question: str | None = None
    prose: tuple[ProseSentence, ...] = ()
    prose_refused: str | None = None
    filters: Filters = EVERYTHING
    timings_ms: dict[str, float] = field(default_factory=dict)
