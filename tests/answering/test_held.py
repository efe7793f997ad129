"""Whether a document holds the answer: the weights fit the features, and speak for their encoder only."""

import json
from datetime import date

import numpy as np
import pytest

from assistant.answering.answerer import Answerer
from assistant.answering.features import FEATURES
from assistant.answering.held import SUMMARY, WEIGHTS, HeldModel, held_features
from assistant.answering.units import Scorer, Weighed
from assistant.service import Assistant
from assistant.settings import PROJECT


def weighed(answerer: Answerer, question: str, document: str) -> tuple[Weighed, Scorer]:
    scorer = Scorer(answerer.index, answerer.read(question, date(2021, 3, 2)).asked)
    return scorer.weighed(answerer.index.documents[document]), scorer


def test_features_are_as_many_as_weights(small: Answerer) -> None:
    found, scorer = weighed(small, "든든연금 얼마예요", "pension-2021")
    features = held_features(found, scorer.asked)
    assert features.shape == (len(SUMMARY) + 2 * len(FEATURES),)
    assert np.isfinite(features).all()
    with np.load(WEIGHTS) as stored:
        assert stored["weights"].shape == features.shape


def test_with_another_encoder_it_knows_nothing(small: Answerer) -> None:
    found, scorer = weighed(small, "든든연금 얼마예요", "pension-2021")
    assert HeldModel(small.index.manifest.encoder).probability(found, scorer.asked) is None


@pytest.mark.slow
def test_questions_that_a_document_answers_are_mostly_likelier(city: Assistant) -> None:
    """On questions it was fitted on: far above chance; how well it tells new ones is in docs/decisions.md."""
    lines = (PROJECT / "evals" / "training_questions.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line) for line in lines]
    answerer, model = city._loaded.answerer, HeldModel(city.encoder_id)
    chances: dict[bool, list[float]] = {True: [], False: []}
    for question in questions[::40]:
        if question["style"] != "situation" and question["document"] in answerer.index.documents:
            found, scorer = weighed(answerer, question["question"], question["document"])
            chance = model.probability(found, scorer.asked)
            assert chance is not None
            chances[question["style"] != "absent"].append(chance)
    above = [held > lacking for held in chances[True] for lacking in chances[False]]
    assert len(chances[False]) >= 10
    assert np.mean(above) >= 0.75
