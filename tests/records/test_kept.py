"""Generations are kept by one rule: the live one, the newest, those of the last changes, and young ones."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.errors import RecordsError
from assistant.index.generations import GenerationStore
from assistant.records.kept import collect
from assistant.records.store import Records, stamp
from tests.index.test_generations import made

NOW = datetime(2021, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> GenerationStore:
    """Twenty generations, `g00` the oldest, an hour apart, the last built now; `g00` is live."""
    store = GenerationStore(tmp_path / "index")
    for number in range(20):
        made(store, f"g{number:02}", (NOW - timedelta(hours=19 - number)).isoformat(), live=number == 0)
    return store


def held(store: GenerationStore) -> list[str]:
    return [m.generation for m in store.list()]


def test_without_a_history_the_live_one_and_the_newest_five_stay(
    store: GenerationStore, tmp_path: Path
) -> None:
    records = tmp_path / "records.sqlite"
    assert collect(store, records, NOW) == tuple(f"g{n:02}" for n in range(1, 15))
    assert held(store) == ["g00", "g15", "g16", "g17", "g18", "g19"]
    assert collect(store, records, NOW) == ()
    assert not records.exists(), "reading a history makes none"


def test_what_the_last_five_changes_need_stays_and_a_switched_document_is_no_change(
    store: GenerationStore, tmp_path: Path
) -> None:
    records = Records(tmp_path / "records.sqlite")
    changes = [(f"g{n:02}", f"g{n + 1:02}") for n in range(1, 8)] + [("g12", "g12")]
    with records.writing() as db:
        for before, after in changes:
            db.execute(
                "INSERT INTO publications (at, user, kind, what, why, changes, drafts, generation_before,"
                " generation_after) VALUES (?, '김정책', 'publish', '', '', '[]', '[]', ?, ?)",
                (stamp(NOW), before, after),
            )
    collect(store, records.path, NOW)
    of_changes = [f"g{n:02}" for n in range(3, 9)]
    assert held(store) == ["g00", *of_changes, "g15", "g16", "g17", "g18", "g19"]
    records.close()


def test_the_young_stay_however_many_there_are(tmp_path: Path) -> None:
    store = GenerationStore(tmp_path / "index")
    for number in range(9):
        made(store, f"g{number}", (NOW - timedelta(minutes=14 * (9 - number))).isoformat())
    collect(store, tmp_path / "none", NOW)
    assert held(store) == [f"g{n}" for n in range(1, 9)], "g0 is 2 h 6 min old and not among the newest"


def test_nothing_is_removed_while_somebody_builds_or_where_the_history_cannot_be_read(
    store: GenerationStore, tmp_path: Path
) -> None:
    with store.building():
        assert collect(store, tmp_path / "none", NOW) == ()
    broken = tmp_path / "broken.sqlite"
    broken.write_text("이것은 데이터베이스가 아닙니다." * 100)
    with pytest.raises(RecordsError, match="지우지 않았습니다"):
        collect(store, broken, NOW)
    assert len(held(store)) == 20
