"""Documents and chunks on disk: JSON written and checked by the shapes of the nouns themselves."""

from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from assistant.domain import Chunk, Document


@cache
def _documents() -> TypeAdapter[tuple[Document, ...]]:
    return TypeAdapter(tuple[Document, ...])


@cache
def _chunks() -> TypeAdapter[tuple[Chunk, ...]]:
    return TypeAdapter(tuple[Chunk, ...])


def save_documents(path: Path, documents: tuple[Document, ...]) -> None:
    """Write documents with their full text, so that a generation answers without the corpus folder."""
    path.write_bytes(_documents().dump_json(documents))


def load_documents(path: Path) -> tuple[Document, ...]:
    """Read what `save_documents` wrote."""
    return _documents().validate_json(path.read_bytes())


def save_chunks(path: Path, chunks: tuple[Chunk, ...]) -> None:
    """Write chunks in index order: the position of a chunk is its row in every ranking."""
    path.write_bytes(_chunks().dump_json(chunks))


def load_chunks(path: Path) -> tuple[Chunk, ...]:
    """Read what `save_chunks` wrote."""
    return _chunks().validate_json(path.read_bytes())
