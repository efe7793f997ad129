"""Texts that were read once, in SQLite, by content and by the readers' own code: a PDF or HWPX costs a
child process."""

import hashlib
import json
import sqlite3
from functools import cache
from pathlib import Path

import assistant.corpus.readers as readers
from assistant.domain import SourceText

_SCHEMA = "CREATE TABLE IF NOT EXISTS sources (key TEXT PRIMARY KEY, source TEXT NOT NULL) WITHOUT ROWID"


class SourceCache:
    """A SQLite file of (hash of file and readers) → text with page starts. Only what was read without
    error is kept."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30.0)
        self._connection.execute("PRAGMA journal_mode=WAL")
        with self._connection:
            self._connection.execute(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def read(self, path: Path) -> SourceText:
        """The text of a file, from the cache or from its reader (SourceError)."""
        try:
            key = hashlib.sha256(_readers_hash() + path.suffix.encode() + path.read_bytes()).hexdigest()
        except OSError:
            return readers.read_source(path)
        row = self._connection.execute("SELECT source FROM sources WHERE key = ?", (key,)).fetchone()
        if row is not None:
            text, page_starts = json.loads(row[0])
            return SourceText(text, tuple(page_starts))
        source = readers.read_source(path)
        with self._connection:
            stored = json.dumps([source.text, source.page_starts], ensure_ascii=False)
            self._connection.execute("INSERT OR REPLACE INTO sources VALUES (?, ?)", (key, stored))
        return source


@cache
def _readers_hash() -> bytes:
    """A hash of the readers' code: a changed reader reads everything anew."""
    digest = hashlib.sha256()
    for module in sorted(Path(readers.__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    return digest.digest()
