"""The records file: SQLite with a write-ahead log; one connection that threads share; numbers masked."""

import hashlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from assistant.answering.serialise import answer_to_dict
from assistant.domain import Answer, Document
from assistant.errors import RecordsError
from assistant.records.logged import Logged, LoggedPassage, Verdict, section_around
from assistant.records.migrations import migrate
from assistant.records.privacy import Masker

MASKED_FIELDS = ("question", "standalone_question")
"""Fields of an answer that repeat what the caller said; the others come from documents, which are public."""


class Records:
    """Everything that was asked, answered and rated. Safe to share between threads and processes."""

    def __init__(self, path: Path, masker: Masker | None = None) -> None:
        """Open or create the file and bring it to the newest migration (RecordsError)."""
        self.path = path
        self.masker = masker or Masker()
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=10.0, check_same_thread=False, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            migrate(self._db)
        except (OSError, sqlite3.Error) as error:
            raise _unusable(path, error) from error

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    @contextmanager
    def writing(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction, whole or not at all; `durable` waits until it is on the disk (RecordsError)."""
        with self._lock:
            try:
                if durable:
                    self._db.execute("PRAGMA synchronous=FULL")
                self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                self._db.execute("COMMIT")
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                if durable:
                    self._db.execute("PRAGMA synchronous=NORMAL")

    def rows(self, query: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
        """Rows of a query (RecordsError)."""
        with self._lock:
            try:
                return self._db.execute(query, tuple(values)).fetchall()
            except sqlite3.Error as error:
                raise _unusable(self.path, error) from error

    def log(
        self,
        answer: Answer,
        documents: Mapping[str, Document],
        *,
        context: Sequence[str] = (),
        channel: str = "service",
        user: str | None = None,
        call: str | None = None,
        evidence: Sequence[Mapping[str, object]] = (),
    ) -> None:
        """Write one answer with its evidence, quotes and sections; `documents`: those of its generation."""
        plain = answer_to_dict(answer)
        for field in MASKED_FIELDS:
            if plain.get(field):
                plain[field] = self.masker.mask(plain[field])
        row = (
            answer.answer_id,
            stamp(),
            channel,
            user,
            self.masker.mask(call) if call else None,
            plain["question"],
            _json(self.masker.mask_all(context)),
            plain["as_of"],
            plain["status"],
            answer.generation,
            answer.timings_ms.get("total", 0.0),
            _json(plain),
            _json(list(evidence)),
        )
        passages = [
            section_around(c, documents[c.document_id])
            for c in answer.citations
            if c.document_id in documents
        ]
        with self.writing() as db:
            db.execute(f"INSERT OR IGNORE INTO answers VALUES ({','.join('?' * 13)})", row)
            for citation, section, headings, start in passages:
                key = _hash(section)
                db.execute("INSERT OR IGNORE INTO passages VALUES (?,?,?)", (key, _json(headings), section))
                db.execute(
                    "INSERT OR IGNORE INTO citations VALUES (?,?,?,?,?,?,?,?,?)",
                    (
                        answer.answer_id,
                        citation.marker,
                        citation.document_id,
                        _hash(documents[citation.document_id].text),
                        citation.chunk_id,
                        key,
                        start,
                        start + len(citation.quote),
                        citation.quote,
                    ),
                )

    def log_prose(self, answer: Answer) -> None:
        """Write a language model's prose, or the reason why there is none, to an answer logged before."""
        plain = answer_to_dict(answer)
        with self.writing() as db:
            db.execute(
                "UPDATE answers SET answer = json_set(answer, '$.prose', json(?), '$.prose_refused', ?)"
                " WHERE answer_id = ?",
                (_json(plain["prose"]), plain["prose_refused"], answer.answer_id),
            )

    def rate(self, answer_id: str, verdict: Verdict | str, note: str = "", user: str | None = None) -> None:
        """Keep a verdict on a logged answer, with a line of text (RecordsError: no such answer, verdict)."""
        try:
            verdict = Verdict(verdict)
        except ValueError as error:
            known = " · ".join(Verdict)
            raise RecordsError(f"평가 {verdict!r}은(는) 없습니다. {known} 가운데 골라 주세요.") from error
        self._must_exist(answer_id)
        with self.writing() as db:
            db.execute(
                "INSERT INTO ratings (answer_id, at, user, verdict, note) VALUES (?,?,?,?,?)",
                (answer_id, stamp(), user, verdict, self.masker.mask(note)[:1000]),
            )

    def opened(self, answer_id: str) -> Logged:
        """An old answer as it was, with its ratings (RecordsError)."""
        self._must_exist(answer_id)
        return self.logged("answer_id = ?", (answer_id,))[0]

    def logged(
        self, where: str = "1", values: Sequence[object] = (), limit: int = 1000
    ) -> tuple[Logged, ...]:
        """Answers that meet a condition of SQL over the columns of `answers`, newest first."""
        rows = self.rows(f"SELECT * FROM answers WHERE {where} ORDER BY at DESC LIMIT ?", (*values, limit))
        return tuple(self._logged(row) for row in rows)

    def passages(self, answer_id: str) -> tuple[LoggedPassage, ...]:
        """The sections that the citations of an old answer stood in."""
        rows = self.rows(
            "SELECT c.*, p.heading_path, p.text FROM citations c JOIN passages p ON p.hash = c.passage"
            " WHERE c.answer_id = ? ORDER BY c.marker",
            (answer_id,),
        )
        return tuple(
            LoggedPassage(
                r["marker"],
                r["document_id"],
                r["document_hash"],
                r["passage"],
                r["quote"],
                tuple(json.loads(r["heading_path"])),
                r["text"],
                r["quote_start"],
                r["quote_end"],
            )
            for r in rows
        )

    def purge(self, keep_days: int, now: datetime | None = None) -> int:
        """Remove answers older than `keep_days` with their ratings and uncited sections; how many answers."""
        if keep_days < 1:
            raise RecordsError(f"보관 기간 {keep_days}일은 쓸 수 없습니다. 1일 이상으로 정해 주세요.")
        before = ((now or datetime.now(UTC)) - timedelta(days=keep_days)).isoformat(timespec="milliseconds")
        with self.writing() as db:
            gone = db.execute("DELETE FROM answers WHERE at < ?", (before,)).rowcount
            db.execute("DELETE FROM passages WHERE hash NOT IN (SELECT passage FROM citations)")
            db.execute("DELETE FROM callbacks WHERE answer_id NOT IN (SELECT answer_id FROM answers)")
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return int(gone)

    def _must_exist(self, answer_id: str) -> None:
        if not self.rows("SELECT 1 FROM answers WHERE answer_id = ?", (answer_id,)):
            raise RecordsError(f"{answer_id}: 기록에 없는 답입니다. 보관 기간이 지났는지 확인해 주세요.")

    def _logged(self, row: sqlite3.Row) -> Logged:
        found = self.rows(
            "SELECT at, user, verdict, note FROM ratings WHERE answer_id = ? ORDER BY id", (row["answer_id"],)
        )
        fields = {name: row[name] for name in Logged.__dataclass_fields__ if name != "ratings"}
        fields |= {name: json.loads(row[name]) for name in ("context", "answer", "evidence")}
        fields |= {name: tuple(fields[name]) for name in ("context", "evidence")}
        return Logged(**fields, ratings=tuple(dict(r) for r in found))


def stamp(moment: datetime | None = None) -> str:
    """A moment (default: now) in UTC as it is stored."""
    return (moment or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="milliseconds")


@lru_cache(maxsize=4096)
def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _unusable(path: Path, error: Exception) -> RecordsError:
    return RecordsError(
        f"{path}: 기록 파일을 쓸 수 없습니다({error}). 폴더 권한과 남은 용량을 확인해 주세요."
    )
