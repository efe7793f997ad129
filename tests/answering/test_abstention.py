"""The abstention model by hand, the file that is shipped, and what becomes of a broken one."""

import json
from math import exp, log

import numpy as np
import pytest

from assistant.answering.abstention import CALIBRATION, SIGNALS, Abstention, telling_nouns
from assistant.errors import IndexDamaged

NOWHERE = np.zeros(4, dtype=np.float32)
BY_HAND = Abstention(
    intercept=0.5,
    coefficients={"dense": 2.0, "missing": -1.0},
    means={"dense": 0.8, "missing": 1.0},
    scales={"dense": 0.1, "missing": 2.0},
    direction=None,
    threshold=0.5,
    threshold_named=0.2,
)


def test_the_probability_is_the_logistic_of_the_standardised_sum() -> None:
    # 0.5 + 2 (0.9 - 0.8) / 0.1 - (3 - 1) / 2 = 1.5
    found = BY_HAND.probability({"dense": 0.9, "missing": 3.0}, NOWHERE)
    assert found == pytest.approx(1 / (1 + exp(-1.5)))


def test_below_the_threshold_it_abstains_and_at_it_not() -> None:
    # 0.5 + 2 (0.775 - 0.8) / 0.1 - 0 = 0: probability one half
    unnamed = {"missing": 1.0, "name_match": 0.0, "foreign": 0.0}
    assert not BY_HAND.abstains({"dense": 0.8, **unnamed}, NOWHERE)
    assert BY_HAND.abstains({"dense": 0.77, **unnamed}, NOWHERE)


def test_a_programme_that_is_named_is_refused_at_a_point_of_its_own() -> None:
    # 0.5 + 2 (0.75 - 0.8) / 0.1 = -0.5: 0.38; with 0.70: -1.5: 0.18
    named = {"missing": 1.0, "name_match": 1.0, "foreign": 1.0}
    assert not BY_HAND.abstains({"dense": 0.75, **named}, NOWHERE)
    assert BY_HAND.abstains({"dense": 0.70, **named}, NOWHERE)


def test_a_programme_that_is_named_with_nothing_foreign_is_never_refused() -> None:
    assert not BY_HAND.abstains({"dense": 0.1, "missing": 1.0, "name_match": 1.0, "foreign": 0.0}, NOWHERE)


def test_meaning_counts_along_its_direction() -> None:
    direction = np.array([log(3.0) / 40.0, 0, 0, 0], dtype=np.float32)
    model = Abstention(0.0, {}, {}, {}, direction, 0.5, 0.5)
    # 40 · log(3)/40 = log 3: three to one
    assert model.probability({}, np.array([1, 0, 0, 0], dtype=np.float32)) == pytest.approx(0.75)
    assert model.probability({}, NOWHERE) == 0.5


def test_extreme_signals_do_not_overflow() -> None:
    assert BY_HAND.probability({"dense": -1e9, "missing": 0.0}, NOWHERE) == pytest.approx(0.0, abs=1e-9)
    assert BY_HAND.probability({"dense": 1e9, "missing": 0.0}, NOWHERE) == pytest.approx(1.0)


@pytest.mark.parametrize("encoder", ["multilingual-e5-small-q4-bf16-v1", "hash-bigrams-1"])
def test_the_shipped_file_serves_its_own_encoder_and_others(encoder: str) -> None:
    model = Abstention.from_json(CALIBRATION.read_bytes(), encoder)
    assert set(model.coefficients) <= set(SIGNALS)
    assert model.coefficients.keys() <= model.means.keys() & model.scales.keys()
    assert all(scale > 0 for scale in model.scales.values())
    assert 0 < model.threshold < 1
    assert 0 < model.threshold_named < 1


def test_only_its_own_encoders_meaning_is_used() -> None:
    raw = CALIBRATION.read_bytes()
    assert Abstention.from_json(raw, "multilingual-e5-small-q4-bf16-v1").direction is not None
    assert Abstention.from_json(raw, "hash-bigrams-1").direction is None


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"{}", json.dumps({"encoder": "x"}).encode()])
def test_a_broken_file_is_damage(raw: bytes) -> None:
    with pytest.raises(IndexDamaged, match="calibration"):
        Abstention.from_json(raw, "x")


def test_telling_nouns_are_said_once_without_everyday_words() -> None:
    assert telling_nouns(["기초연금", "신청", "어머니", "기초연금", "돈", "집"]) == ("기초연금", "어머니")
