from pathlib import Path

import pytest

from assistant.errors import EvaluationError
from assistant.evaluation.ratings import (
    JUDGE,
    Rating,
    agreement,
    agreements,
    append_topic,
    blind_items,
    cohen_kappa,
    read_ratings,
    topic_entry,
    write_ratings,
)
from assistant.evaluation.topic_files import read_topics
from tests.evaluation import answers as made


def test_kappa_of_the_textbook() -> None:
    # 20 both yes, 5 and 10 split, 15 both no: observed 0.7, expected 0.5, kappa 0.4.
    one = [1] * 20 + [1] * 5 + [2] * 10 + [2] * 15
    two = [1] * 20 + [2] * 5 + [1] * 10 + [2] * 15
    assert cohen_kappa(one, two, weighted=False) == pytest.approx(0.4)
    assert cohen_kappa(one, two) == pytest.approx(0.4)


def test_quadratic_weights_forgive_neighbours() -> None:
    one, two = [1, 2, 3, 4, 5], [2, 3, 4, 5, 5]
    assert cohen_kappa(one, two) > cohen_kappa(one, two, weighted=False)
    assert cohen_kappa([5, 5], [5, 5]) == 1.0


def test_kappa_without_shared_items_is_refused() -> None:
    with pytest.raises(EvaluationError, match="함께 매긴 답이 없습니다"):
        cohen_kappa([], [])


def test_ratings_survive_the_file(tmp_path: Path) -> None:
    ratings = [Rating("item-0001", "가", 5, 4, 3, "짧고, 좋음"), Rating("item-0001", "나", 5, 3, 3)]
    write_ratings(tmp_path / "ratings.csv", ratings)
    assert list(read_ratings(tmp_path / "ratings.csv")) == ratings


def test_agreement_needs_two_raters() -> None:
    ratings = [Rating(f"item-{n}", rater, n, n, 3) for rater in ("가", "나") for n in (1, 3, 5)]
    assert agreement(ratings) == {"correctness": 1.0, "completeness": 1.0, "wording": 1.0}
    with pytest.raises(EvaluationError, match="평가자가 1명"):
        agreement(ratings[:3])


def test_the_agreement_of_the_judge_with_each_person_is_reported() -> None:
    scores = {"가": (1, 3, 5, 4), "나": (1, 3, 5, 4), JUDGE: (5, 3, 1, 2)}
    ratings = [
        Rating(f"item-{i}", rater, score, score, 3)
        for rater, given in scores.items()
        for i, score in enumerate(given)
    ]
    found = {agreement.raters: agreement for agreement in agreements(ratings)}
    assert set(found) == {("가", "나"), ("가", JUDGE), ("나", JUDGE)}
    assert found["가", "나"].kappas["correctness"] == 1.0
    # Mirrored scores 1 3 5 4 and 5 3 1 2: observed cost (16+0+16+4)/4, expected (21+9+29+15)/16.
    assert found["가", JUDGE].kappas["correctness"] == pytest.approx(1 - 9 / 4.625)
    assert found["가", JUDGE].line.startswith("가 · 심사 모델 (함께 매긴 답 4개): 정확성 -0.95")


def test_a_score_of_six_is_refused() -> None:
    with pytest.raises(EvaluationError, match="1에서 5까지"):
        Rating("item-0001", "가", 6, 1, 1)


def test_blind_items_do_not_tell_the_run() -> None:
    answers = made.honest_answers()
    items, key = blind_items({"new": answers, "old": answers}, seed=7)
    assert len(items) == 2 * len(answers)
    assert set(key.values()) == {f"{run}/{topic}" for run in ("new", "old") for topic in answers}
    assert [key[item.item] for item in items] != sorted(key.values())
    assert blind_items({"new": answers, "old": answers}, seed=7) == (items, key)


def test_a_rated_answer_becomes_a_topic(tmp_path: Path) -> None:
    path = tmp_path / "from-ratings.yaml"
    first = topic_entry(made.honest_answers()["pension-2021"], "rated-1", facts=["30만원"])
    second = topic_entry(made.honest_answers()["outside"], "rated-2", facts=[])
    append_topic(path, first)
    append_topic(path, second)
    topics = read_topics(path)
    assert [topic.id for topic in topics] == ["rated-1", "rated-2"]
    assert topics[0].gold[0].document == "basic-pension-2021"
    assert topics[0].facts == ("30만원",)
    assert topics[1].kind == "out_of_world"
