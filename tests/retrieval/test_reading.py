"""The learned reading: its features by hand, and that it is silent with an encoder it was not fitted on."""

import numpy as np
import pytest

from assistant.domain import Facet
from assistant.retrieval.reading import FACETS, WEIGHTS, Reader, encoder_family, features


def test_the_family_of_an_encoder_leaves_precision_and_version_out() -> None:
    assert encoder_family("multilingual-e5-small-q4-bf16-v1") == "multilingual-e5-small"
    assert encoder_family("multilingual-e5-small-q4-fp32-v1") == "multilingual-e5-small"
    assert encoder_family("hash-bigrams-1") != "multilingual-e5-small"


def test_features_are_the_vector_then_a_place_for_each_cue() -> None:
    made = features(np.array([0.5, -0.25], dtype=np.float32), (Facet.PERIOD, Facet.BENEFIT), named=True)
    places = made[2:]
    assert made[:2].tolist() == [2.0, -1.0]
    assert len(places) == len(FACETS) + 2
    assert places[FACETS.index(Facet.PERIOD)] == 1.0
    assert places[FACETS.index(Facet.BENEFIT)] == np.float32(0.6)
    assert places[-2:].tolist() == [0.0, 1.0]
    assert features(np.zeros(2, dtype=np.float32), (), named=False)[2:].tolist() == [0.0] * 9 + [1.0, 0.0]


def test_another_encoder_or_no_file_reads_nothing() -> None:
    vector = np.zeros(384, dtype=np.float32)
    assert Reader("hash-bigrams-1").read(vector, (), named=False) is None
    missing = WEIGHTS.with_name("none.npz")
    assert Reader("multilingual-e5-small-q4-bf16-v1", missing).read(vector, (), named=False) is None


@pytest.mark.parametrize("cues", [(), (Facet.BENEFIT,), (Facet.PAPERWORK, Facet.PERIOD)])
def test_the_shipped_weights_give_probabilities(cues: tuple[Facet, ...]) -> None:
    reading = Reader("multilingual-e5-small-q4-bf16-v1").read(
        np.zeros(384, dtype=np.float32), cues, named=True
    )
    assert reading is not None
    assert list(reading.facets) == list(FACETS)
    assert all(0.0 <= p <= 1.0 for p in (*reading.facets.values(), reading.situation))
    if cues:
        assert reading.facets[cues[0]] > reading.facets[Facet.CONTACT]
