"""Numbered migrations of the records file. One that was released is never edited: add the next number."""

import sqlite3

from assistant.errors import RecordsError

MIGRATIONS: tuple[str, ...] = (
    # 1: what was asked and answered
    """
    CREATE TABLE answers (
        answer_id TEXT PRIMARY KEY, at TEXT NOT NULL, channel TEXT NOT NULL, user TEXT, call TEXT,
        question TEXT NOT NULL, context TEXT NOT NULL, as_of TEXT NOT NULL, status TEXT NOT NULL,
        generation TEXT NOT NULL, total_ms REAL NOT NULL, answer TEXT NOT NULL, evidence TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX answers_at ON answers (at);
    CREATE TABLE passages (
        hash TEXT PRIMARY KEY, heading_path TEXT NOT NULL, text TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE citations (
        answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, marker INTEGER NOT NULL,
        document_id TEXT NOT NULL, document_hash TEXT NOT NULL, chunk_id TEXT NOT NULL,
        passage TEXT NOT NULL REFERENCES passages, quote_start INTEGER NOT NULL, quote_end INTEGER NOT NULL,
        quote TEXT NOT NULL, PRIMARY KEY (answer_id, marker)
    ) WITHOUT ROWID;
    CREATE INDEX citations_document ON citations (document_id);
    CREATE INDEX citations_passage ON citations (passage);
    CREATE TABLE ratings (
        id INTEGER PRIMARY KEY, answer_id TEXT NOT NULL REFERENCES answers ON DELETE CASCADE,
        at TEXT NOT NULL, user TEXT, verdict TEXT NOT NULL, note TEXT NOT NULL
    );
    CREATE INDEX ratings_answer ON ratings (answer_id);
    """,
    # 2: what staff did and decided
    """
    CREATE TABLE revisions (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO revisions VALUES ('desk', 0);
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT, action TEXT NOT NULL, allowed INTEGER NOT NULL,
        detail TEXT NOT NULL
    );
    CREATE TABLE bulletins (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, programme TEXT NOT NULL,
        text TEXT NOT NULL, starts TEXT NOT NULL, ends TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT
    );
    CREATE TABLE curated (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, approver TEXT, approved_at TEXT,
        valid_from TEXT NOT NULL, valid_until TEXT NOT NULL, questions TEXT NOT NULL, note TEXT NOT NULL,
        answer TEXT NOT NULL, withdrawn_at TEXT, withdrawn_by TEXT
    );
    CREATE TABLE drafts (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, action TEXT NOT NULL,
        document_id TEXT NOT NULL, why TEXT NOT NULL, changes TEXT NOT NULL, closed_at TEXT, outcome TEXT
    );
    CREATE TABLE publications (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, user TEXT NOT NULL, kind TEXT NOT NULL, what TEXT NOT NULL,
        why TEXT NOT NULL, changes TEXT NOT NULL, drafts TEXT NOT NULL, undoes INTEGER,
        generation_before TEXT NOT NULL, generation_after TEXT NOT NULL, override TEXT
    );
    CREATE TABLE publication_ends (
        publication INTEGER PRIMARY KEY REFERENCES publications, at TEXT NOT NULL, outcome TEXT NOT NULL
    );
    CREATE TABLE callbacks (
        answer_id TEXT NOT NULL, correction INTEGER NOT NULL, at TEXT NOT NULL, user TEXT NOT NULL,
        note TEXT NOT NULL, PRIMARY KEY (answer_id, correction)
    ) WITHOUT ROWID;
    CREATE TABLE corrections (
        id INTEGER PRIMARY KEY, at TEXT NOT NULL, author TEXT NOT NULL, document_id TEXT NOT NULL,
        words TEXT NOT NULL, why TEXT NOT NULL
    );
    CREATE TRIGGER audit_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER publications_kept BEFORE DELETE ON publications
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER publications_fixed BEFORE UPDATE ON publications
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER publication_ends_kept BEFORE DELETE ON publication_ends
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    CREATE TRIGGER publication_ends_fixed BEFORE UPDATE ON publication_ends
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    """,
    # 3: what the watched folder held at the last look; a file that is gone has no hash
    """
    CREATE TABLE watched (
        folder TEXT NOT NULL, path TEXT NOT NULL, hash TEXT, PRIMARY KEY (folder, path)
    ) WITHOUT ROWID;
    """,
    # 4: the newest answers of an outcome, without reading all of them
    """
    CREATE INDEX answers_status ON answers (status, at);
    """,
    # 5: what of the watched folder waits for a person (or is gone: no hash, no reason), and what was drafted
    """
    ALTER TABLE watched ADD COLUMN document_id TEXT;
    CREATE TABLE watched_open (
        folder TEXT NOT NULL, path TEXT NOT NULL, at TEXT NOT NULL, hash TEXT, why TEXT,
        PRIMARY KEY (folder, path)
    ) WITHOUT ROWID;
    """,
    # 6: answers that were rated badly or disagreed, and that somebody dealt with
    """
    CREATE TABLE settled (
        answer_id TEXT PRIMARY KEY REFERENCES answers ON DELETE CASCADE, at TEXT NOT NULL, user TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)


def migrate(connection: sqlite3.Connection, upto: int = len(MIGRATIONS)) -> int:
    """Bring a file to migration `upto`, each step whole or not at all; the number of steps taken.

    Raises RecordsError where the file was written by a newer version of the program.
    """
    taken = 0
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > len(MIGRATIONS):
                raise RecordsError(
                    f"기록 파일이 더 새 판({version})입니다. 프로그램을 새 판으로 바꾼 뒤 다시 실행해 주세요."
                )
            if version >= upto:
                connection.execute("ROLLBACK")
                return taken
            for statement in _statements(MIGRATIONS[version]):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
            taken += 1
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _statements(script: str) -> list[str]:
    """The statements of a script: a trigger holds semicolons of its own."""
    statements, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if pending.strip() and sqlite3.complete_statement(pending):
            statements.append(pending)
            pending = ""
    return statements
