"""Terms that were analysed once, in SQLite, by dictionary and content."""

import json
import sqlite3
import unicodedata
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from assistant.index.analyzer import Analyzer, normalised
from assistant.index.embedding_cache import content_key

_BATCH = 500
_SCHEMA = """
CREATE TABLE IF NOT EXISTS terms (
    dictionary TEXT NOT NULL, content BLOB NOT NULL, terms TEXT NOT NULL, PRIMARY KEY (dictionary, content)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dictionaries (
    dictionary TEXT PRIMARY KEY, rules TEXT NOT NULL, words TEXT NOT NULL, used INTEGER NOT NULL
) WITHOUT ROWID;
"""


class TermCache:
    """A SQLite file of (dictionary hash, sha256 of the text) → terms, and of the words of each dictionary."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, timeout=30.0)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=NORMAL")
        with self._connection:
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def get_many(self, dictionary_hash: str, texts: Sequence[str]) -> dict[str, list[str]]:
        """Return the terms that are known under a dictionary, by text."""
        by_key = {content_key(text): text for text in texts}
        keys = list(by_key)
        found: dict[str, list[str]] = {}
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT content, terms FROM terms WHERE dictionary = ? AND content IN ({marks})"
            with closing(self._connection.execute(query, (dictionary_hash, *batch))) as rows:
                for key, terms in rows:
                    found[by_key[key]] = json.loads(terms)
        return found

    def put_many(self, analyzer: Analyzer, terms: dict[str, list[str]]) -> None:
        """Keep terms, by text, under the analyzer's dictionary."""
        dictionary = analyzer.dictionary_hash
        rows = ((dictionary, content_key(t), json.dumps(v, ensure_ascii=False)) for t, v in terms.items())
        words = json.dumps(analyzer.user_words, ensure_ascii=False)
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO terms VALUES (?, ?, ?)", rows)
            self._connection.execute(
                "INSERT OR REPLACE INTO dictionaries"
                " VALUES (?, ?, ?, (SELECT coalesce(max(used), 0) + 1 FROM dictionaries))",
                (dictionary, analyzer.rules, words),
            )

    def latest_dictionary(self, rules: str) -> tuple[str, frozenset[str]] | None:
        """Return the hash and the words of the dictionary used last under the same rules, if there is one."""
        query = "SELECT dictionary, words FROM dictionaries WHERE rules = ? ORDER BY used DESC LIMIT 1"
        with closing(self._connection.execute(query, (rules,))) as rows:
            row = rows.fetchone()
        return None if row is None else (row[0], frozenset(json.loads(row[1])))


def cached_terms(
    analyzer: Analyzer,
    cache: TermCache,
    texts: Sequence[str],
    progress: Callable[[int, int], None] | None = None,
) -> list[list[str]]:
    """Analyse texts, in order, computing only what the cache does not know.

    When words come into the dictionary or leave it, only texts that contain one of them are analysed again.
    """
    known = cache.get_many(analyzer.dictionary_hash, texts)
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    carried = _carried_over(analyzer, cache, missing)
    unknown = [text for text in missing if text not in carried]
    fresh = dict(zip(unknown, analyzer.terms_many(unknown, progress), strict=True))
    if missing:
        cache.put_many(analyzer, carried | fresh)
    known |= carried | fresh
    return [known[text] for text in texts]


def _carried_over(analyzer: Analyzer, cache: TermCache, texts: Sequence[str]) -> dict[str, list[str]]:
    """Return terms under the last dictionary that still hold: of texts that no changed word occurs in."""
    latest = cache.latest_dictionary(analyzer.rules)
    if not texts or latest is None or latest[0] == analyzer.dictionary_hash:
        return {}
    dictionary, words = latest
    changed = [_comparable(word) for word in words.symmetric_difference(analyzer.user_words)]
    comparable = ((text, _comparable(text)) for text in texts)
    untouched = [text for text, form in comparable if not any(word in form for word in changed)]
    return cache.get_many(dictionary, untouched)


def _comparable(text: str) -> str:
    """Return a text's letters without spaces: Kiwi finds 아빠 in 아빤, and words spaced otherwise."""
    return unicodedata.normalize("NFD", "".join(normalised(text).split()))
