"""Retention: a service that runs for months drops what is past its days, once on each day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.records.retention import Retention
from assistant.records.store import Records
from tests.records.test_store import DOCUMENT, answered


def held(records: Records) -> list[str]:
    return [row["answer_id"] for row in records.rows("SELECT answer_id FROM answers ORDER BY answer_id")]


def test_each_day_drops_what_is_past_its_days_by_then(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    retention, now = Retention(records, 30), datetime.now(UTC)
    records.log(answered(1), {"bp": DOCUMENT})
    assert [retention.keep(now + timedelta(days=days)) for days in (0, 29, 30)] == [0, 0, 0]
    assert held(records) == ["a1"]
    assert retention.keep(now + timedelta(days=31)) == 1
    assert held(records) == []


def test_on_one_day_the_records_are_gone_through_once(tmp_path: Path) -> None:
    records = Records(tmp_path / "records.sqlite")
    retention, later = Retention(records, 30), datetime.now(UTC) + timedelta(days=31)
    assert retention.keep(later) == 0
    records.log(answered(1), {"bp": DOCUMENT})
    assert retention.keep(later) == 0
    assert held(records) == ["a1"]
