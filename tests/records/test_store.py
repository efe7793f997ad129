"""Records: answers open as they were, threads share them, migrations are numbered, old ones are purged."""

import sqlite3
import threading
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.corpus.sections import split_sections
from assistant.domain import Answer, Citation, Document, Facet, Metadata, State, Statement, Status
from assistant.errors import RecordsError
from assistant.records.migrations import MIGRATIONS, migrate
from assistant.records.privacy import Masker
from assistant.records.store import Records

TEXT = "# 기초연금\n\n## 지원내용\n\n월 최대 30만원을 드립니다.\n\n## 문의\n\n국번 없이 1355\n"
QUOTE = "월 최대 30만원을 드립니다."
DOCUMENT = Document(
    Metadata("bp", "기초연금", programme="basic-pension"), "bp.md", TEXT, split_sections(TEXT)
)


def answered(number: int, question: str = "기초연금 얼마예요?") -> Answer:
    start = TEXT.index(QUOTE)
    end = start + len(QUOTE)
    citation = Citation(
        1,
        "bp#지원내용#1",
        "bp",
        "기초연금",
        None,
        None,
        "bp.md",
        ("지원내용",),
        None,
        QUOTE,
        start,
        end,
        None,
        None,
        None,
        (),
    )
    statement = Statement(QUOTE, Facet.BENEFIT, "basic-pension", State.CURRENT, (1,))
    return Answer(
        f"a{number}", question, date(2021, 3, 2), Status.ANSWERED, "g1",
        statements=(statement,), summary=(0,), citations=(citation,), timings_ms={"total": 12.5},
    )  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> Records:
    return Records(tmp_path / "var" / "records.sqlite", Masker(["1355"]))


def test_an_old_answer_opens_as_it_was_although_its_document_changed(records: Records) -> None:
    records.log(answered(1), {"bp": DOCUMENT}, channel="page", user="김상담", call="3번 통화")
    records.log(answered(2), {"bp": replace(DOCUMENT, text=TEXT.replace("30만원", "40만원"))})
    opened = records.opened("a1")
    assert opened.answer["statements"][0]["text"] == QUOTE
    assert (opened.channel, opened.user, opened.call, opened.total_ms) == ("page", "김상담", "3번 통화", 12.5)
    (passage,) = records.passages("a1")
    assert passage.text[passage.quote_start : passage.quote_end] == QUOTE
    assert passage.heading_path == ("지원내용",)


def test_what_a_caller_said_is_masked_before_it_is_written(records: Records) -> None:
    asked = answered(1, "제 번호 010-1234-5678로 기초연금 알려줘요, 1355는 안 받아요")
    records.log(
        asked, {"bp": DOCUMENT}, context=["주민번호 900101-1234567인데요"], call="010 1234 5678 재통화"
    )
    records.rate("a1", "부정확", "02-345-6789로 다시 전화")
    records.close()
    raw = b"".join(path.read_bytes() for path in records.path.parent.iterdir())
    for secret in ("1234-5678", "900101", "1234567", "345-6789"):
        assert secret.encode() not in raw
    again = Records(records.path)
    assert again.opened("a1").question == "제 번호 [전화번호]로 기초연금 알려줘요, 1355는 안 받아요"
    assert again.opened("a1").ratings[0]["note"] == "[전화번호]로 다시 전화"


def test_ratings_are_tied_to_an_answer(records: Records) -> None:
    records.log(answered(1), {"bp": DOCUMENT})
    records.rate("a1", "오래됨", "작년 금액", user="김상담")
    (rating,) = records.opened("a1").ratings
    assert (rating["verdict"], rating["note"], rating["user"]) == ("오래됨", "작년 금액", "김상담")
    with pytest.raises(RecordsError, match="기록에 없는 답"):
        records.rate("nothing", "정확")
    with pytest.raises(RecordsError, match="정확 · 부정확"):
        records.rate("a1", "좋음")


def test_answers_past_their_days_are_purged_with_all_that_hangs_on_them(records: Records) -> None:
    records.log(answered(1), {"bp": DOCUMENT})
    records.rate("a1", "정확")
    now = datetime.now(UTC)
    assert records.purge(30, now + timedelta(days=29)) == 0
    assert records.purge(30, now + timedelta(days=31)) == 1
    for table in ("answers", "citations", "passages", "ratings"):
        assert records.rows(f"SELECT count(*) FROM {table}")[0][0] == 0
    with pytest.raises(RecordsError, match="1일 이상"):
        records.purge(0)


def test_ten_threads_and_a_second_process_write_without_loss(records: Records) -> None:
    other = Records(records.path)

    def work(writer: Records, first: int) -> None:
        for number in range(first, first + 20):
            writer.log(answered(number), {"bp": DOCUMENT})

    threads = [threading.Thread(target=work, args=(other if n % 2 else records, n * 20)) for n in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert records.rows("SELECT count(*) FROM answers")[0][0] == 200
    assert records.rows("SELECT count(*) FROM passages")[0][0] == 1


def test_a_record_costs_three_milliseconds_at_the_median(records: Records) -> None:
    records.log(answered(0), {"bp": DOCUMENT})
    spent = []
    for number in range(1, 102):
        begun = time.perf_counter()
        records.log(answered(number), {"bp": DOCUMENT})
        spent.append(time.perf_counter() - begun)
    assert sorted(spent)[50] <= 0.003


def test_migrations_run_once_in_order_and_keep_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    old = sqlite3.connect(path, isolation_level=None)
    assert migrate(old, 1) == 1
    old.execute(
        "INSERT INTO answers VALUES "
        "('a','2021','page',NULL,NULL,'q','[]','2021-03-02','answered','g',1,'{}','[]')"
    )
    old.close()
    records = Records(path)
    assert records.rows("PRAGMA user_version")[0][0] == len(MIGRATIONS)
    assert records.opened("a").question == "q"
    records.close()
    newer = sqlite3.connect(path, isolation_level=None)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(RecordsError, match="더 새 판"):
        Records(path)


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "broken.sqlite").write_bytes(b"not a database, certainly" * 100)
    with pytest.raises(RecordsError, match=r"broken\.sqlite"):
        Records(tmp_path / "broken.sqlite")


def test_history_and_audit_can_only_grow(records: Records) -> None:
    with records.writing() as db:
        db.execute(
            "INSERT INTO audit (at, user, action, allowed, detail) VALUES ('2021','김','publish',1,'')"
        )
    for query in ("DELETE FROM audit", "UPDATE audit SET user = '이'"):
        with pytest.raises(RecordsError, match="append-only"), records.writing() as db:
            db.execute(query)
