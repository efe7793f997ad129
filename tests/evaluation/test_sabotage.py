"""Twelve versions that lie, each in its own way, fall on the measure made for them; the honest one falls on
none.
"""

import copy
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.evaluation.compare import Gate, compare_stored
from assistant.evaluation.files import read_run, write_run
from assistant.evaluation.measures import MEASURES
from assistant.evaluation.runner import Run, judge_run
from tests.evaluation import answers as made

Answers = dict[str, dict[str, Any]]
Lie = Callable[[Answers], None]


def run_of(answers: Answers) -> Run:
    started = datetime(2021, 3, 2, tzinfo=UTC)
    return judge_run(made.TOPICS, made.replies(answers), made.HELD, version=made.VERSION, started=started)


def drops_every_second_citation(answers: Answers) -> None:
    kept = 0
    for answer in answers.values():
        for statement in answer["statements"]:
            for marker in tuple(statement["citations"]):
                kept += 1
                if kept % 2 == 0:
                    statement["citations"].remove(marker)


def swaps_two_amounts(answers: Answers) -> None:
    for answer in answers.values():
        for statement in answer["statements"]:
            text = statement["text"].replace("30만원", "⊗").replace("254,760원", "30만원")
            statement["text"] = text.replace("⊗", "254,760원")


def cites_the_wrong_row(answers: Answers) -> None:
    old = answers["relief-two"]
    answers["relief-two"] = made.answer(old["question"], old["as_of"], summary=[made.row("1인", "400,000")])


def always_answers(answers: Answers) -> None:
    said = [made.pension("basic-pension-2021", made.IN_2021)]
    for name in ("outside", "near"):
        answers[name] = made.answer(answers[name]["question"], "2021-03-02", summary=said)


def never_answers(answers: Answers) -> None:
    for name, old in answers.items():
        alerts = old["alerts"]
        answers[name] = made.answer(old["question"], old["as_of"], "unanswerable_no_evidence") | {
            "alerts": alerts
        }


def dumps_the_whole_section(answers: Answers) -> None:
    rows = [("1인", "400,000"), ("2인", "600,000"), ("3인", "800,000"), ("4인 이상", "1,000,000")]
    for name, old in tuple(answers.items()):
        if name.startswith("relief"):
            answers[name] = made.answer(old["question"], old["as_of"], summary=[made.row(*r) for r in rows])


def shows_a_crisis_banner_always(answers: Answers) -> None:
    for answer in answers.values():
        answer["alerts"] = [made.alarm()]


def has_no_date_filter(answers: Answers) -> None:
    old = answers["pension-2020"]
    said = [made.pension("basic-pension-2021", made.IN_2021)]
    answers["pension-2020"] = made.answer(
        old["question"], old["as_of"], summary=said, confirm=[made.excluded("basic-pension-2021")]
    )


def takes_the_questions_date_as_as_of(answers: Answers) -> None:
    said = [made.pension("basic-pension-2020", made.IN_2020)]
    answers["dated"] = made.answer(answers["dated"]["question"], "2020-06-10", summary=said)


def answers_paraphrases_at_random(answers: Answers) -> None:
    chance = random.Random(1)
    rows = [("2인", "600,000"), ("4인 이상", "1,000,000")]
    for name, old in tuple(answers.items()):
        if name.startswith("relief."):
            said = [made.row(*chance.choice(rows))]
            answers[name] = made.answer(old["question"], old["as_of"], summary=said)


def mixes_region_rows(answers: Answers) -> None:
    said = [made.area("대도시", "1억 8,800만원")]
    answers["area"] = made.answer(answers["area"]["question"], "2020-05-20", summary=said)


def drops_must_confirm(answers: Answers) -> None:
    for answer in answers.values():
        answer["must_confirm"] = []


LIES: list[tuple[Lie, str]] = [
    (drops_every_second_citation, "citation_recall"),
    (swaps_two_amounts, "numbers_in_span"),
    (cites_the_wrong_row, "citation_precision"),
    (always_answers, "refusal_recall"),
    (never_answers, "false_refusal"),
    (dumps_the_whole_section, "read_aloud"),
    (shows_a_crisis_banner_always, "false_alarms"),
    (has_no_date_filter, "as_of_pairs"),
    (takes_the_questions_date_as_as_of, "as_of_kept"),
    (answers_paraphrases_at_random, "paraphrase_groups"),
    (mixes_region_rows, "citation_precision"),
    (drops_must_confirm, "must_confirm_recall"),
]


def test_honest_run_is_right_in_everything() -> None:
    run = run_of(made.honest_answers())
    assert [(j.topic.id, j.reasons) for j in run.judgements if not j.right] == []
    for name, figure in run.summary.measures.items():
        if not name.startswith("section_") and not name.startswith("programme_"):
            assert figure.value == (1.0 if MEASURES[name].higher_is_better else 0.0), name


@pytest.mark.parametrize(("lie", "measure"), LIES, ids=[lie.__name__ for lie, _ in LIES])
def test_lie_falls_on_its_measure_and_is_stopped(lie: Lie, measure: str, tmp_path: Path) -> None:
    honest = made.honest_answers()
    lying = copy.deepcopy(honest)
    lie(lying)
    for name, answers in (("honest", honest), ("lying", lying)):
        write_run(run_of(answers), tmp_path / name)
    before, after = read_run(tmp_path / "honest"), read_run(tmp_path / "lying")
    old, new = before.summary["measures"][measure]["value"], after.summary["measures"][measure]["value"]
    better = MEASURES[measure].higher_is_better
    assert (new < old) if better else (new > old)
    gate = Gate(measure=measure, **({"min": old} if better else {"max": old}))
    stopped = compare_stored(before, after, [gate]).failures
    assert any(measure in failure for failure in stopped)
    assert not compare_stored(before, before, [gate]).failed


def test_wrong_row_is_answered_and_wrong() -> None:
    lying = made.honest_answers()
    cites_the_wrong_row(lying)
    wrong = {j.topic.id: j.wrongs for j in run_of(lying).judgements if j.wrongs}
    assert list(wrong) == ["relief-two"]
    assert any("다른 행" in reason for reason in wrong["relief-two"])


def test_refusing_everything_is_never_wrong_but_never_right() -> None:
    lying = made.honest_answers()
    never_answers(lying)
    measures = run_of(lying).summary.measures
    assert measures["answered_wrong"].value == 0
    assert measures["fact_recall"].value == 0
    assert measures["citation_recall"].value == 0
    assert measures["refusal_precision"].value == pytest.approx(2 / 12, abs=1e-6)


def test_topic_without_an_answer_counts_as_nothing_right() -> None:
    answers = made.honest_answers()
    del answers["pension-2021"]
    run = run_of(answers)
    assert run.scores["pension-2021"]["fact_recall"] == 0
    assert run.summary.measures["has_answer"].value == pytest.approx(13 / 14, abs=1e-6)
    assert run.groups["as_of_pairs"] == {"pension": 0.0}
