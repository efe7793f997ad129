"""Commands of the evaluators that only read runs: what they print and how they end."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli_eval import eval_app
from assistant.evaluation.ratings import rating, write_ratings
from tests.evaluation import answers as made
from tests.evaluation.test_compare import run_in, worse

GATES = "target:\n- {measure: right, min: 1.0}\nfloor:\n- {measure: has_answer, min: 1.0}\n"


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    run_in(tmp_path / "a", made.honest_answers())
    run_in(tmp_path / "b", worse())
    (tmp_path / "gates.yaml").write_text(GATES, encoding="utf-8")
    return tmp_path


def ran(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(eval_app, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_compare_ends_with_1_where_a_version_must_not_go_out(runs: Path) -> None:
    gates = ("--gates", runs / "gates.yaml")
    status, told = ran("compare", runs / "a", runs / "a", *gates)
    assert (status, told.splitlines()[-1]) == (0, "통과: 지켜야 할 기준을 지켰습니다.")
    status, told = ran("compare", runs / "a", runs / "b", *gates)
    assert status == 1
    assert "목표 미달: 목표 right ≥ 1.0" in told
    assert "실패: 심각도 3 질문 pension-2021" in told
    assert ran("compare", runs / "b", runs / "a", *gates)[0] == 0


def test_same_ends_with_1_where_runs_differ(runs: Path) -> None:
    run_in(runs / "again", made.honest_answers())
    assert ran("same", runs / "a", runs / "again") == (0, "같습니다(id와 시간 제외).\n")
    status, told = ran("same", runs / "a", runs / "b")
    assert status == 1
    assert "answers.jsonl:1" in told


def test_the_report_is_written(runs: Path) -> None:
    assert ran("report", runs / "b", runs / "evaluation.md")[0] == 0
    assert (runs / "evaluation.md").read_text(encoding="utf-8").startswith("# 평가 결과")


def test_the_agreement_of_two_people_is_printed(tmp_path: Path) -> None:
    ratings = [rating(f"item-{n}", person, (n, n, 6 - n)) for person in ("가", "나") for n in (1, 3, 5)]
    write_ratings(tmp_path / "ratings.csv", ratings)
    told = "가 · 나 (함께 매긴 답 3개): 정확성 1.00, 완전성 1.00, 표현 1.00\n"
    assert ran("agreement", tmp_path / "ratings.csv") == (0, told)
