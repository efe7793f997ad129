"""Documents → chunks: by heading first; units are packed to about 350 characters; only an over-long unit
is split."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.corpus.units import clean, split_units
from assistant.domain import Chunk, Document, Section, Span, Unit, UnitKind

CHUNK_CHARACTERS = 350
"""About the length at which retrieval was best on 464 documents (DESIGN section 5)."""
UNIT_CHARACTERS = 500
"""A sentence longer than this is split inside; a table row never is."""


def chunk_document(document: Document) -> tuple[Chunk, ...]:
    """The chunks of a document in order. Ids are content-addressed: document id # headings # hash #
    ordinal."""
    chunks: list[Chunk] = []
    seen: dict[str, int] = {}
    for section in document.sections:
        units = split_units(document.text, section.char_start, section.char_end)
        for group in _packed(_bounded(document.text, units)):
            chunks.append(_chunk(document, section, group, seen))
    return tuple(chunks)


def _bounded(text: str, units: Iterable[Unit]) -> Iterator[Unit]:
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=UNIT_CHARACTERS,
        chunk_overlap=0,
        separators=["\n\n", "\n", ". ", ", ", " ", ""],
        add_start_index=True,
        strip_whitespace=True,
    )
    for unit in units:
        words = text[unit.span.start : unit.span.end]
        if unit.kind is UnitKind.ROW or len(words) <= UNIT_CHARACTERS:
            yield unit
            continue
        for part in splitter.create_documents([words]):
            start = unit.span.start + part.metadata["start_index"]
            spoken = clean(part.page_content)
            if spoken:
                yield replace(unit, text=spoken, span=Span(start, start + len(part.page_content)), context=())


def _packed(units: Iterable[Unit]) -> Iterator[tuple[Unit, ...]]:
    group: list[Unit] = []
    size = 0
    for unit in units:
        if group and size + len(unit.text) > CHUNK_CHARACTERS:
            yield tuple(group)
            group, size = [], 0
        group.append(unit)
        size += len(unit.text)
    if group:
        yield tuple(group)


def _chunk(document: Document, section: Section, units: tuple[Unit, ...], seen: dict[str, int]) -> Chunk:
    body = "\n".join(unit.text for unit in units)
    headings = " > ".join(section.heading_path)
    text = "\n".join(part for part in (document.metadata.title, headings, body) if part)
    stem = f"{document.id}#{'/'.join(section.heading_path)}#{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    seen[stem] = seen.get(stem, 0) + 1
    span = Span(min(u.span.start for u in units), max(u.span.end for u in units))
    return Chunk(
        id=f"{stem}#{seen[stem]}",
        document_id=document.id,
        heading_path=section.heading_path,
        facet=section.facet,
        span=span,
        text=text,
        units=units,
        page=document.page_at(span.start),
    )
