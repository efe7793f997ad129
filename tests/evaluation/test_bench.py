"""Runs in the background, failures, rating sheets and collected topics, on the small hand-made corpus."""

import shutil
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from assistant.errors import EvaluationError
from assistant.evaluation.bench import BASELINE, LOGGED, Bench
from assistant.evaluation.collecting import drafted
from assistant.evaluation.failures import failing, failure_of
from assistant.evaluation.files import keep_baseline
from assistant.evaluation.ratings import agreements, rating
from assistant.evaluation.topic_files import read_topics
from assistant.index.builder import build
from assistant.records.store import Records
from assistant.service import Assistant
from assistant.settings import Settings
from tests import shelf
from tests.doubles import HashEncoder

TOPICS = """
defaults: {as_of: 2021-03-02}
topics:
  - id: couple
    question: 든든연금 부부가구 얼마
    kind: fact
    severity: 3
    gold: {programme: pension, document: pension-2021, section: benefit}
    facts: 480,000원
    wrong_facts: 407,600원
  - {id: moon, question: 달나라 이주 지원금 신청 방법, kind: out_of_world}
  - id: never
    question: 든든연금 단독가구 얼마
    kind: fact
    gold: {programme: pension, document: pension-2021, section: benefit}
    facts: 999,999원
"""
DAY = date(2021, 3, 2)
HELD_OUT = "topics:\n- {id: secret, question: 내일 날씨, as_of: 2021-03-02, kind: out_of_world}\n"
CONFLICT = """
in_force_together: [[pension-2020, pension-2021]]
topics:
  - id: two-sides
    question: 든든연금 단독가구 금액
    as_of: 2021-03-02
    kind: conflict
    gold:
      - {programme: pension, document: pension-2020}
      - {programme: pension, document: pension-2021}
    details: ["254,760원", "300,000원"]
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder, encoder = tmp_path_factory.mktemp("bench"), HashEncoder()
    settings = replace(
        Settings(), corpus_dir=shelf.write(folder / "corpus"), index_dir=folder / "index", threads=1
    )
    build(settings.corpus_dir, settings.index_dir, encoder)
    return Assistant(settings, encoder, Records(folder / "records.sqlite"))


@pytest.fixture
def bench(assistant: Assistant, tmp_path: Path) -> Bench:
    (tmp_path / "topics" / "heldout").mkdir(parents=True)
    (tmp_path / "topics" / "few.yaml").write_text(TOPICS, encoding="utf-8")
    (tmp_path / "topics" / "conflicts.yaml").write_text(CONFLICT, encoding="utf-8")
    (tmp_path / "topics" / "heldout" / "few.yaml").write_text(HELD_OUT, encoding="utf-8")
    (tmp_path / "gates.yaml").write_text("target:\n- {measure: right, min: 1.0}\nfloor:\n", encoding="utf-8")
    return Bench(assistant, tmp_path)


def ran(bench: Bench, *names: str) -> str:
    started = bench.start(names or bench.topics())
    while bench.going is not None and bench.going.running:
        time.sleep(0.02)
    assert bench.going is not None
    assert bench.going.error is None, bench.going
    return started.name


def test_a_run_goes_on_beside_and_logs_no_answer(bench: Bench) -> None:
    before = len(bench.logged())
    name = ran(bench)
    going = bench.going
    assert going is not None
    assert (going.done, going.total) == (4, 4)
    assert bench.runs() == (name,)
    assert len(bench.logged()) == before
    assert set(bench.run(name).answers) == {"couple", "moon", "never", "two-sides"}


def test_held_back_topics_are_not_offered(bench: Bench) -> None:
    assert bench.topics() == ("topics/conflicts.yaml", "topics/few.yaml")
    with pytest.raises(EvaluationError, match="하나 이상"):
        bench.start(["topics/heldout/few.yaml"])
    with pytest.raises(EvaluationError, match="하나 이상"):
        bench.start([])


def test_one_run_at_a_time_and_a_stopped_one_leaves_nothing(bench: Bench) -> None:
    (bench.folder / "topics" / "many.yaml").write_text(_many(400), encoding="utf-8")
    bench.start(["topics/many.yaml"])
    with pytest.raises(EvaluationError, match="돌고 있습니다"):
        bench.start(["topics/few.yaml"])
    bench.stop()
    while bench.going is not None and bench.going.running:
        time.sleep(0.02)
    assert bench.going is not None
    assert "멈췄습니다" in (bench.going.error or "")
    assert bench.going.done < 400
    assert bench.runs() == ()


def _many(count: int) -> str:
    entry = "  - {{id: q-{n}, question: 달나라 {n} 지원금, as_of: 2021-03-02, kind: out_of_world}}\n"
    return "topics:\n" + "".join(entry.format(n=n) for n in range(count))


def test_a_broken_topic_file_is_told_in_the_run(bench: Bench) -> None:
    (bench.folder / "topics" / "broken.yaml").write_text("topics: 3", encoding="utf-8")
    bench.start(["topics/broken.yaml"])
    while bench.going is not None and bench.going.running:
        time.sleep(0.02)
    assert bench.going is not None
    assert "목록이 없습니다" in (bench.going.error or "")


def test_editions_are_supposed_to_be_in_force_together_for_their_topics_only(bench: Bench) -> None:
    run = bench.run(ran(bench))
    cited = {
        topic: {citation["document_id"] for citation in answer["citations"]}
        for topic, answer in run.answers.items()
    }
    assert "pension-2020" not in cited["couple"]
    assert bench.assistant.generation_id == run.summary["version"]["generation"]


def test_failures_are_found_by_kind_severity_and_measure(bench: Bench) -> None:
    run = bench.run(ran(bench, "topics/few.yaml"))
    assert "never" in {failure.topic_id for failure in failing(run)}
    assert "never" not in {failure.topic_id for failure in failing(run, severity="3")}
    assert {f.topic_id for f in failing(run, kind="fact", measure="fact_recall")} >= {"never"}
    found = failure_of(run, "never")
    assert any("999,999원" in reason for reason in found.reasons)


def test_a_run_is_compared_with_the_baseline(bench: Bench) -> None:
    name = ran(bench, "topics/few.yaml")
    keep_baseline(bench.results / name, bench.folder / BASELINE)
    assert bench.runs() == (name, BASELINE)
    comparison = bench.compare(BASELINE, name)
    assert not comparison.failed
    assert comparison.unreached[0].startswith("목표 right ≥ 1.0")
    with pytest.raises(EvaluationError, match="그런 실행이 없습니다"):
        bench.compare(name, "../topics")


def test_two_people_rate_the_same_answers_blind(bench: Bench) -> None:
    one = ran(bench, "topics/few.yaml")
    shutil.copytree(bench.results / one, bench.results / "again")
    made = bench.new_sheet([one, "again"], 2)
    assert len(made.items) == 4
    assert all(one not in str(item) and "again" not in str(item) for item in made.items)
    for person in ("가", "나"):
        sheet = bench.sheet(made.folder.name)
        while (item := sheet.next_for(person)) is not None:
            score = 1 + (len(item.question) + int(item.item[-1])) % 5
            sheet.rate(rating(item.item, person, (score, score, 3)))
    found = agreements(sheet.ratings)
    assert [(a.raters, a.shared) for a in found] == [(("가", "나"), 4)]
    assert found[0].kappas["correctness"] == 1.0
    sheet.rate(rating(made.items[0].item, "가", (5, 5, 5)))
    assert len(sheet.ratings) == 8
    assert bench.rated_answer(made.folder.name, made.items[0].item)["question"] == made.items[0].question


def test_a_sheet_needs_answers_to_the_same_questions(bench: Bench) -> None:
    name = ran(bench, "topics/few.yaml")
    for sources, count in (([], 2), ([name], 0), ([name], 201)):
        with pytest.raises(EvaluationError, match="묶음을 만들 수 없습니다"):
            bench.new_sheet(sources, count)
    with pytest.raises(EvaluationError, match="이 묶음에 없는 답"):
        bench.new_sheet([name], 1).rate(rating("item-9999", "가", (1, 1, 1)))


def test_a_logged_answer_becomes_a_topic(bench: Bench, assistant: Assistant) -> None:
    assistant.ask("든든연금 부부가구 한 달 금액", as_of=DAY, channel="web")
    logged = bench.logged()[0]
    assert bench.new_sheet([LOGGED], 1).items[0].question in {one.question for one in bench.logged()}
    text = drafted(logged.answer, logged.context)
    entry = yaml.safe_load(text)
    assert entry["gold"][0]["document"] == "pension-2021"
    assert any("480,000원" in fact for fact in entry["facts"])
    topic = bench.collect("collected.yaml", text)
    stored = read_topics(bench.folder / "topics" / "collected.yaml")
    assert [one.id for one in stored] == [topic.id]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("480,000원", "481,000원", "어디에도 없습니다"),
        ("pension-2021", "pension-1999", "자료에 없습니다"),
        ("부부가구 한 달 금액", "부부가구 얼마", "같은 질문·날짜"),
        ("kind: fact", "kind: facts", "kind"),
        ("id: collected", "id: [", "YAML을 읽을 수 없습니다"),
    ],
)
def test_what_a_check_finds_is_not_written(
    bench: Bench, assistant: Assistant, old: str, new: str, told: str
) -> None:
    answer = assistant.ask("든든연금 부부가구 한 달 금액", as_of=DAY, channel="web")
    text = drafted(bench.logged_answer(answer.answer_id).answer)
    assert old in text
    before = (bench.folder / "topics" / "few.yaml").read_bytes()
    with pytest.raises(EvaluationError, match=told):
        bench.collect("few.yaml", text.replace(old, new))
    assert (bench.folder / "topics" / "few.yaml").read_bytes() == before


def test_a_topic_file_stays_in_its_folder(bench: Bench) -> None:
    with pytest.raises(EvaluationError, match="파일 이름"):
        bench.collect("../gates.yaml", "id: a")
