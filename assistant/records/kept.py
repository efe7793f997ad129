"""Which generations of the index are kept: one rule, for builds and for publications.

Kept are the live one; the newest 5 others, to roll back to; those before and after the last 5 changes of
what is live that the history holds, so that undoing is a swap; and those younger than 2 hours, which a
preview that somebody looks at may need. Everything else is removed after each build and publication.
"""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.errors import RecordsError
from assistant.index.generations import GenerationStore

KEPT_NEWEST, KEPT_CHANGES, KEPT_HOURS = 5, 5, 2


def collect(store: GenerationStore, records_path: Path, now: datetime | None = None) -> tuple[str, ...]:
    """Remove the generations that the rule does not keep; their ids (RecordsError).

    Where somebody else is building none is removed: the next to finish does it.
    """
    young = ((now or datetime.now(UTC)) - timedelta(hours=KEPT_HOURS)).isoformat()
    live = store.current_id()
    others = [manifest for manifest in store.list() if manifest.generation != live]
    kept = {manifest.generation for manifest in others[-KEPT_NEWEST:]} | _named(records_path)
    return store.remove(m.generation for m in others if m.generation not in kept and m.built_at < young)


def _named(path: Path) -> frozenset[str]:
    """Generations before and after the last changes of what is live; the file is read, and never made."""
    if not path.is_file():
        return frozenset()
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10.0)) as db:
            if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'publications'").fetchone():
                return frozenset()
            rows = db.execute(
                "SELECT generation_before, generation_after FROM publications"
                " WHERE generation_before != generation_after ORDER BY id DESC LIMIT ?",
                (KEPT_CHANGES,),
            ).fetchall()
    except sqlite3.Error as error:
        raise RecordsError(
            f"{path}: 이력을 읽을 수 없어 옛 색인 세대를 지우지 않았습니다({error}). "
            "폴더 권한을 확인해 주세요."
        ) from error
    return frozenset(generation for row in rows for generation in row)
