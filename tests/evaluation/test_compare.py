import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.errors import EvaluationError
from assistant.evaluation import compare_runs, keep_baseline
from assistant.evaluation.compare import compare_stored, gate_failures, load_gates
from assistant.evaluation.files import StoredRun, read_run, write_run
from assistant.evaluation.runner import judge_run
from tests.evaluation import answers as made

PROJECT = Path(__file__).resolve().parents[2]


def run_in(folder: Path, answers: dict[str, dict[str, Any]]) -> Path:
    started = datetime(2021, 3, 2, tzinfo=UTC)
    replies = made.replies(answers)
    write_run(judge_run(made.TOPICS, replies, made.HELD, version=made.VERSION, started=started), folder)
    return folder


def worse() -> dict[str, dict[str, Any]]:
    answers = made.honest_answers()
    old = answers["pension-2021"]
    said = [made.pension("basic-pension-2020", made.IN_2020)]
    answers["pension-2021"] = made.answer(old["question"], old["as_of"], summary=said)
    return answers


def test_a_topic_of_severity_3_that_goes_wrong_stops_the_version(tmp_path: Path) -> None:
    comparison = compare_runs(run_in(tmp_path / "a", made.honest_answers()), run_in(tmp_path / "b", worse()))
    assert comparison.failed
    assert any("심각도 3 질문 pension-2021" in failure for failure in comparison.failures)
    flip = comparison.flips[0]
    assert (flip.topic_id, flip.was_right, flip.severity) == ("pension-2021", True, 3)
    assert "30만원" in flip.before
    assert "254,760원" in flip.after
    assert "다른 판(basic-pension-2020)" in flip.why
    assert any("맞음 → 틀림" in line for line in comparison.lines)


def test_a_baseline_is_small_and_compares_like_the_run_it_keeps(tmp_path: Path) -> None:
    before, after = run_in(tmp_path / "a", made.honest_answers()), run_in(tmp_path / "b", worse())
    keep_baseline(before, tmp_path / "baseline")
    assert compare_runs(tmp_path / "baseline", after) == compare_runs(before, after)
    assert (tmp_path / "baseline" / "answers.jsonl").stat().st_size * 3 < (
        before / "answers.jsonl"
    ).stat().st_size


def test_the_way_back_is_no_failure(tmp_path: Path) -> None:
    comparison = compare_runs(run_in(tmp_path / "a", worse()), run_in(tmp_path / "b", made.honest_answers()))
    assert not comparison.failed
    assert [flip.was_right for flip in comparison.flips] == [False]


def test_floors_stop_a_version_and_targets_are_named_only(tmp_path: Path) -> None:
    folder = run_in(tmp_path / "a", made.honest_answers())
    gates = tmp_path / "gates.yaml"
    gates.write_text(
        "floor:\n- {measure: fact_recall, min: 0.9}\n- {measure: right, min: 1.0, n: 99}\n"
        "target:\n- {measure: answered_wrong, max: 0.0, n: 98}\n",
        encoding="utf-8",
    )
    comparison = compare_runs(folder, folder, gates)
    assert len(comparison.failures) == 1
    assert comparison.failures[0].startswith("하한 right: 질문이 14개뿐")
    assert len(comparison.unreached) == 1
    assert any(line.startswith("목표 미달: 목표 answered_wrong") for line in comparison.lines)
    gates.write_text("target:\n- {measure: right, min: 1.0, n: 99}\n", encoding="utf-8")
    assert not compare_runs(folder, folder, gates).failed


def test_a_topic_that_another_encoder_turned_is_told_and_does_not_stop_the_version(tmp_path: Path) -> None:
    before, after = run_in(tmp_path / "a", made.honest_answers()), run_in(tmp_path / "b", worse())
    for folder, encoder in ((before, "e5-bf16"), (after, "e5-fp32")):
        path = folder / "summary.json"
        summary = json.loads(path.read_text(encoding="utf-8"))
        summary["version"]["encoder"] = encoder
        path.write_text(json.dumps(summary), encoding="utf-8")
    comparison = compare_runs(before, after)
    assert comparison.other_arithmetic
    assert [flip.topic_id for flip in comparison.flips] == ["pension-2021"]
    assert comparison.failures == ("as_of_pairs이(가) 1.000 → 0.000로 나빠짐",)
    assert any("정밀도가 달라" in line for line in comparison.lines)


def test_topics_left_out_are_noticed(tmp_path: Path) -> None:
    before = run_in(tmp_path / "a", made.honest_answers())
    after = run_in(tmp_path / "b", made.honest_answers())
    rows = (after / "per_topic.csv").read_text(encoding="utf-8").splitlines()
    (after / "per_topic.csv").write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")
    assert any("1개가 B에 없음: benign" in failure for failure in compare_runs(before, after).failures)


def test_two_runs_of_one_version_are_the_same_bytes(tmp_path: Path) -> None:
    one = run_in(tmp_path / "a", made.honest_answers())
    two = run_in(tmp_path / "b", made.honest_answers())
    for name in ("per_topic.csv", "per_group.csv", "answers.jsonl", "run.trec"):
        assert (one / name).read_bytes() == (two / name).read_bytes(), name


def test_a_run_reads_back_as_written(tmp_path: Path) -> None:
    stored = read_run(run_in(tmp_path / "a", made.honest_answers()))
    assert len(stored.about) == len(made.TOPICS)
    assert stored.scores["pension-2021"]["fact_recall"] == 1.0
    assert stored.groups["paraphrase_groups"] == {"relief": 1.0}
    assert stored.answers["outside"]["status"] == "unanswerable_no_evidence"


def test_trec_run_is_tab_separated_paths(tmp_path: Path) -> None:
    folder = run_in(tmp_path / "a", made.honest_answers())
    lines = (folder / "run.trec").read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == [
        "pension-2021",
        "Q0",
        "노인/basic-pension-2021.md",
        "1",
        "1.000000",
        "assistant",
    ]


def test_report_stands_alone_and_names_every_failure(tmp_path: Path) -> None:
    page = (run_in(tmp_path / "b", worse()) / "report.html").read_text(encoding="utf-8")
    assert "<svg" in page
    assert "http" not in page
    assert "다른 판(basic-pension-2020)" in page
    assert made.IN_2020 in page


def test_the_projects_gates_can_be_used() -> None:
    gates = load_gates(PROJECT / "evals" / "gates.yaml")
    for role in ("floor", "target"):
        measures = {gate.measure for gate in gates if gate.role == role}
        assert {"answered_wrong", "citation_precision", "crisis_recall"} <= measures


def test_the_committed_baseline_keeps_the_committed_floors() -> None:
    gates = load_gates(PROJECT / "evals" / "gates.yaml")
    assert gate_failures(read_run(PROJECT / "evals" / "baseline"), gates) == []


@pytest.mark.parametrize(
    "text",
    [
        "floor:\n- {measure: nonsense, min: 1}",
        "floor: 3",
        "target:\n- {measure: right, minimum: 1}",
        "gates:\n- {measure: right, min: 1}",
    ],
)
def test_unusable_gates_say_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"기준 파일|모르는 지표"):
        load_gates(path)


def test_a_folder_without_a_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="평가 결과를 읽을 수 없습니다"):
        read_run(tmp_path)


def test_a_drop_beyond_its_interval_counts_from_five_in_a_thousand(tmp_path: Path) -> None:
    """Ten of a thousand topics lose a fifth of a reciprocal rank (0.002), then half of it (0.005)."""
    for loss, failed in ((0.2, False), (0.5, True)):
        runs = []
        for name, lost in (("a", 0.0), ("b", loss)):
            scores = {f"t{i}": {"programme_rr_10": 1.0 - (lost if i < 10 else 0.0)} for i in range(1000)}
            about = {t: {"severity": "2", "question": "", "why": ""} for t in scores}
            runs.append(StoredRun(tmp_path / name, about, scores, {}, {}, {"measures": {}, "version": {}}))
        comparison = compare_stored(*runs)
        assert comparison.differences[0].high < 0
        assert comparison.failed is failed
