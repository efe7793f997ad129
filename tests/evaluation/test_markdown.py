"""The report in Markdown, from a small run and from the committed topics."""

from pathlib import Path

from assistant.evaluation.markdown import WANTED, report_markdown, topic_counts
from assistant.evaluation.topic_files import load_topics
from assistant.settings import PROJECT
from tests.evaluation import answers as made
from tests.evaluation.test_compare import run_in, worse
from tests.evaluation.test_floors import GATES

HEAD = "started_at,commit,generation,topics,held_out,right,status_accuracy,answered_wrong_weighted"
LOG = f"""{HEAD},fact_recall
2021-03-02T00:00:00+00:00,abc,g-1,4,1,0.7500,0.8000,0.1000,0.9000
"""


def test_the_report_names_what_falls_short(tmp_path: Path) -> None:
    topics = tmp_path / "topics"
    topics.mkdir()
    (topics / "few.yaml").write_text(
        "topics:\n- {id: a, question: 날씨, as_of: 2021-03-02, kind: out_of_world}\n", encoding="utf-8"
    )
    (tmp_path / "heldout-runs.csv").write_text(LOG, encoding="utf-8")
    gates = tmp_path / "gates.yaml"
    gates.write_text(GATES.replace(", n: 300", ""), encoding="utf-8")
    text = report_markdown(run_in(tmp_path / "run", worse()), [topics], gates)
    assert "- answered_wrong ≤ 0.02: 0." in text
    assert "- 말하면 안 되는 것: 1건" in text
    assert "| 2021-03-02T00:00:00+00:00 | `abc` | 1/4 | 0.7500 | 0.8000 | 0.1000 | 0.9000 |" in text
    assert "| 표에서 찾기 (table) | 60 | 0 | 0 |" in text


def test_a_run_that_reaches_everything_says_so(tmp_path: Path) -> None:
    gates = tmp_path / "gates.yaml"
    gates.write_text("target:\n- {measure: has_answer, min: 1.0}\nfloor:\n", encoding="utf-8")
    run = run_in(tmp_path / "run", made.honest_answers())
    assert "- 모든 목표에 이르렀습니다." in report_markdown(run, [PROJECT / "evals" / "topics"], gates)


def test_the_project_has_the_topics_it_asked_itself_for() -> None:
    paths = (PROJECT / "evals" / "topics", PROJECT / "evals" / "crisis.yaml")
    topics = load_topics(paths, held_out=True)
    counts = topic_counts(topics)
    assert {name: count for name, (count, _) in counts.items() if count < WANTED[name]} == {}
    assert len(topics) >= 600
    assert sum(topic.held_out for topic in topics) * 100 // len(topics) in range(28, 40)
