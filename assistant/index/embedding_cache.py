"""Embeddings that were computed once, in SQLite: a changed document costs only its own chunks."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Embeddings = NDArray[np.float32]

_BATCH = 500
# Encoded texts are written to the cache this often, so that a killed build loses little.
_SAVED_EVERY = 1024
_SCHEMA = """
CREATE TABLE IF NOT EXISTS embeddings (
    encoder TEXT NOT NULL, content BLOB NOT NULL, vector BLOB NOT NULL, PRIMARY KEY (encoder, content)
) WITHOUT ROWID
"""


class PassageEncoder(Protocol):
    """What the cache needs of an encoder: the real one, or a stand-in of the tests."""

    @property
    def id(self) -> str:
        """Stable identity."""

    @property
    def dimension(self) -> int:
        """Length of an embedding."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Embeddings:
        """Embed passages: shape (n, dimension)."""

    def encode_units(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Embeddings:
        """Embed sentences and rows as they are selected: shape (n, dimension)."""


class EmbeddingCache:
    """A SQLite file of (encoder id and space, sha256 of text) → float32 vector. Processes may share it."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30.0)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        with self._connection:
            self._connection.execute(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get_many(self, encoder_id: str, texts: Iterable[str]) -> dict[str, Embeddings]:
        """Return the embeddings that are known, by text."""
        by_key = {content_key(text): text for text in texts}
        keys = list(by_key)
        found: dict[str, Embeddings] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT content, vector FROM embeddings WHERE encoder = ? AND content IN ({marks})"
            with closing(self._connection.execute(query, (encoder_id, *batch))) as rows:
                for key, vector in rows:
                    found[by_key[key]] = np.frombuffer(vector, dtype="<f4")
        return found

    def put_many(self, encoder_id: str, embeddings: Mapping[str, Embeddings]) -> None:
        """Keep embeddings, by text."""
        rows = ((encoder_id, content_key(t), v.astype("<f4").tobytes()) for t, v in embeddings.items())
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)


def content_key(text: str) -> bytes:
    """Return the sha256 of a text."""
    return hashlib.sha256(text.encode("utf-8")).digest()


def cached_encode(
    encoder: PassageEncoder,
    cache: EmbeddingCache,
    texts: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
    *,
    as_units: bool = False,
) -> Embeddings:
    """Embed passages (`as_units`: sentences and rows), computing each distinct text that the cache does not
    know once: shape (n, dimension).

    `progress(done, total)` counts distinct unknown texts only.
    """
    encode = encoder.encode_units if as_units else encoder.encode_passages
    space = f"{encoder.id}#units" if as_units else encoder.id
    known = cache.get_many(space, texts)
    unknown = sorted({text for text in texts if text not in known}, key=lambda text: (-len(text), text))
    for start in range(0, len(unknown), _SAVED_EVERY):
        part = unknown[start : start + _SAVED_EVERY]
        vectors = encode(part, _shifted(progress, start, len(unknown)))
        fresh = dict(zip(part, vectors, strict=True))
        cache.put_many(space, fresh)
        known |= fresh
    if not texts:
        return np.zeros((0, encoder.dimension), dtype=np.float32)
    return np.stack([known[text] for text in texts])


def _shifted(
    progress: Callable[[int, int], None] | None, start: int, total: int
) -> Callable[[int, int], None] | None:
    if progress is None:
        return None
    return lambda done, _: progress(start + done, total)
