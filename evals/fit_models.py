"""Fit what learns, on the development topics only: the reading of a question and the abstention model.

    python evals/fit_models.py [--index DIR]

Writes `assistant/retrieval/reading.npz` and `assistant/answering/calibration.json` and prints ten-fold
cross-validated figures; paraphrases of one question, and both sides of an as-of pair, stay in one fold.
Near-misses (right programme, other city, year or round) are decided by rules, not learned here.
"""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.answering.abstention import CALIBRATION, MEANING_SCALE, SIGNALS
from assistant.answering.answerer import Read
from assistant.answering.units import FEATURES, Asked, ScoredUnit, score_units
from assistant.answering.units import WEIGHTS as UNIT_WEIGHTS
from assistant.domain import Facet, State, UnitKind
from assistant.evaluation.canonical import contains
from assistant.evaluation.topic_files import load_topics
from assistant.evaluation.topics import Topic
from assistant.index.opened import OpenedIndex
from assistant.retrieval.query import asked_facets
from assistant.retrieval.reading import FACETS, WEIGHTS, encoder_family, features
from assistant.service import Assistant
from assistant.settings import PROJECT, Settings

ANSWERABLE = {"fact", "table", "multi", "closed", "outdated", "ambiguous_round", "situation", "partial"}
FALSE_REFUSAL = 0.03
"""The share of answerable development questions that may be refused."""
TEMPLATES = PROJECT / "assistant" / "retrieval" / "facet_templates.yaml"
REGULARISATION = 1.0


def main() -> None:
    """Read every topic once, fit both models, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=Settings().index_dir)
    assistant = Assistant.open(replace(Settings.from_environment(), index_dir=parser.parse_args().index))
    topics = [t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.context]
    reads = [assistant.read(t.question, as_of=t.as_of) for t in topics]
    facets = fit_reading(topics, reads, assistant)
    fit_units(topics, reads, facets, assistant)
    fit_abstention(topics, reads, assistant.encoder_id)


def fit_reading(
    topics: Sequence[Topic], reads: Sequence[Read], assistant: Assistant
) -> dict[str, dict[Facet, float]]:
    """Facets and situations, one-vs-rest; the held-out probabilities of the facets by topic."""
    kept = [(t, r) for t, r in zip(topics, reads, strict=True) if t.kind in ANSWERABLE | {"near_miss"}]
    x = np.stack([features(r.asked.vector, asked_facets(r.question), bool(r.ranking.names)) for _, r in kept])
    groups = _groups([t for t, _ in kept])
    labelled = [_sections(t) for t, _ in kept]
    rows = np.asarray(
        [bool(found) and t.kind != "situation" for (t, _), found in zip(kept, labelled, strict=True)]
    )
    made, made_facets = _from_templates(assistant)
    weights, intercepts = [], []
    predicted = np.zeros((len(kept), len(FACETS)))
    for place, facet in enumerate(FACETS):
        y = np.asarray([facet in found for found in labelled])
        also = np.asarray([facet is f for f in made_facets])
        predicted[rows, place] = _held_out(x[rows], y[rows], groups[rows], (made, also))
        w, b = _fitted(np.vstack([x[rows], made]), np.concatenate([y[rows], also]))
        weights.append(w)
        intercepts.append(b)
    best = [FACETS[i] for i in predicted.argmax(axis=1)]
    right = np.asarray([b in found for b, found in zip(best, labelled, strict=True)])
    first_cue = [next(iter(asked_facets(r.question)), None) for _, r in kept]
    cue = np.asarray([c in found for c, found in zip(first_cue, labelled, strict=True)])
    _say(f"facet: learned {right[rows].mean():.3f}, first cue alone {cue[rows].mean():.3f} of {rows.sum()}")
    y = np.asarray([t.kind == "situation" for t, _ in kept])
    held = _held_out(x, y, groups)
    w, b = _fitted(x, y)
    weights.append(w)
    intercepts.append(b)
    for cut in (0.3, 0.4, 0.5, 0.6):
        _say(
            f"situation at {cut}: recall {(held[y] >= cut).mean():.3f}, false {(held[~y] >= cut).mean():.3f}"
        )
    np.savez(
        WEIGHTS,
        weights=np.asarray(weights, dtype=np.float32),
        intercepts=np.asarray(intercepts, dtype=np.float32),
        centre=np.stack([r.asked.vector for r in reads]).mean(axis=0).astype(np.float32),
        encoder=np.asarray(encoder_family(assistant.encoder_id)),
    )
    return {
        t.id: dict(zip(FACETS, map(float, row), strict=True))
        for (t, _), row in zip(kept, predicted, strict=True)
    }


def fit_units(
    topics: Sequence[Topic],
    reads: Sequence[Read],
    facets: dict[str, dict[Facet, float]],
    assistant: Assistant,
) -> None:
    """Which unit of the right document answers: a conditional logit over its units."""
    index = assistant.index
    cases: list[tuple[NDArray[np.float32], NDArray[np.bool_], str]] = []
    for topic, read in zip(topics, reads, strict=True):
        if topic.kind not in {"fact", "table", "multi"} or not topic.facts:
            continue
        asked = replace(read.asked, facets=facets.get(topic.id, {}))
        units = [
            u for d in _gold_documents(topic) if d in index.documents for u in _units_of(index, d, asked)
        ]
        parts = [part for fact in topic.facts for spelling in fact.split("|") for part in spelling.split("&")]
        right = np.asarray([_is_right(u, topic, parts) for u in units], dtype=bool)
        if right.any() and not right.all():
            cases.append(
                (np.stack([_features_of(u) for u in units]), right, topic.group or topic.pair or topic.id)
            )
    groups = np.asarray([g for _, _, g in cases])
    hits = np.zeros(len(cases), dtype=bool)
    for train, test in GroupKFold(8).split(groups, groups=groups):
        weights = _logit([cases[i][:2] for i in train])
        for i in test:
            x, right, _ = cases[i]
            hits[i] = right[int(np.argmax(x @ weights))]
    weights = _logit([c[:2] for c in cases])
    _say(f"unit: right one first {hits.mean():.3f} of {len(cases)} (cross-validated)")
    stored = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    UNIT_WEIGHTS.write_text(json.dumps({"weights": stored}, indent=1) + "\n", encoding="utf-8")
    _say(json.dumps(stored))


def _gold_documents(topic: Topic) -> list[str]:
    return [document for gold in topic.required_gold for document in gold.documents]


def _units_of(index: OpenedIndex, document_id: str, asked: Asked) -> list[ScoredUnit]:
    document = index.documents[document_id]
    chunks = [index.chunks[row] for row in index.rows_of_document[document_id]]
    return score_units(index, document, State.CURRENT, chunks, asked)


def _features_of(unit: ScoredUnit) -> NDArray[np.float32]:
    assert unit.features is not None  # score_units always keeps them
    return unit.features


def _is_right(unit: ScoredUnit, topic: Topic, parts: Sequence[str]) -> bool:
    """The unit states a fact of the topic, in the gold section and row, and no wrong one."""
    sections = {name for gold in topic.required_gold for name in gold.sections}
    rows = [gold.row for gold in topic.required_gold if gold.row]
    text = unit.unit.text
    fits = (not sections or unit.chunk.facet.value in sections) and any(
        contains(text, part) for part in parts
    )
    if unit.unit.kind is UnitKind.ROW and rows:
        fits = fits and any(contains(text, row) for row in rows)
    return fits and not any(contains(text, wrong) for wrong in topic.wrong_facts)


def _logit(cases: Sequence[tuple[NDArray[np.float32], NDArray[np.bool_]]]) -> NDArray[np.float64]:
    """Weights that make a right unit the likeliest of its document (softmax over units, L2)."""

    def loss(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.02 * len(cases) * float(w @ w) / 10, 0.04 * len(cases) * w / 10
        for x, right in cases:
            scores = x @ w
            everything = np.exp(scores - scores.max())
            everything /= everything.sum()
            correct = everything * right
            share = max(correct.sum(), 1e-12)
            total -= float(np.log(share))
            gradient += x.T @ everything - x.T @ (correct / share)
        return total, gradient

    return np.asarray(minimize(loss, np.zeros(len(FEATURES)), jac=True, method="L-BFGS-B").x)


def fit_abstention(topics: Sequence[Topic], reads: Sequence[Read], encoder_id: str) -> None:
    """Whether the corpus holds an answer at all, with the question's meaning and without."""
    named = ANSWERABLE - {"situation"}
    kept = [(t, r) for t, r in zip(topics, reads, strict=True) if t.kind in named | {"out_of_world"}]
    y = np.asarray([t.kind != "out_of_world" for t, _ in kept])
    told = np.asarray([[r.signals[name] for name in SIGNALS] for _, r in kept])
    means, scales = told.mean(axis=0), told.std(axis=0) + 1e-9
    signals = (told - means) / scales
    meaning = np.stack([r.asked.vector for _, r in kept]) * MEANING_SCALE
    groups = _groups([t for t, _ in kept])
    stored: dict[str, Any] = {"encoder": encoder_family(encoder_id)}
    for label, x, c in (("signals", signals, 1.0), ("meaning", np.hstack([signals, meaning]), 0.03)):
        model = LogisticRegression(C=c, class_weight="balanced", max_iter=3000)
        held = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
        threshold = float(np.quantile(held[y], FALSE_REFUSAL))
        refused = held < threshold
        _say(
            f"abstention by {label}: answerable {y.sum()}, outside {(~y).sum()}: "
            f"refusal recall {refused[~y].mean():.3f}, false refusal {refused[y].mean():.3f}"
        )
        model.fit(x, y)
        weights = model.coef_[0]
        stored[label] = {
            "intercept": round(float(model.intercept_[0]), 5),
            "coefficients": _named(weights[: len(SIGNALS)]),
            "means": _named(means),
            "scales": _named(scales),
            "threshold": round(threshold, 4),
        }
        if label == "meaning":
            stored[label]["direction"] = [round(float(w), 5) for w in weights[len(SIGNALS) :]]
    CALIBRATION.write_text(json.dumps(stored) + "\n", encoding="utf-8")
    for probability, (topic, _) in sorted(zip(held, kept, strict=True), key=lambda pair: pair[0]):
        if (probability < threshold) == (topic.kind != "out_of_world"):
            _say(f"{probability:.2f} {topic.kind:14} {topic.question}")


def _from_templates(assistant: Assistant) -> tuple[NDArray[np.float32], list[Facet]]:
    """Features and facets of the templates, each filled with four names of the corpus (always the same
    ones)."""
    templates = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    names = sorted({compact_title(d.metadata.title) for d in assistant.documents()})
    rows, facets = [], []
    for facet, forms in templates.items():
        for number, form in enumerate(forms):
            for turn in range(4):
                name = names[(37 * (number + 11 * turn) + 101 * len(facet)) % len(names)]
                read = assistant.read(form.format(name))
                rows.append(features(read.asked.vector, asked_facets(read.question), True))
                facets.append(Facet(facet))
    return np.stack(rows), facets


def compact_title(title: str) -> str:
    """A title as people say it: without its year and brackets."""
    return re.sub(r"\s*\([^)]*\)|사업안내|안내$", "", title).strip()


def _sections(topic: Topic) -> set[Facet]:
    return {Facet(name) for gold in topic.required_gold for name in gold.sections}


def _groups(topics: Sequence[Topic]) -> NDArray[np.str_]:
    return np.asarray([t.group or t.pair or t.id for t in topics])


def _model() -> LogisticRegression:
    return LogisticRegression(C=REGULARISATION, class_weight="balanced", max_iter=2000)


def _held_out(
    x: NDArray[np.float32],
    y: NDArray[np.bool_],
    groups: NDArray[np.str_],
    also: tuple[NDArray[np.float32], NDArray[np.bool_]] | None = None,
) -> NDArray[np.float64]:
    """Probabilities of questions by models that never saw their group; `also` is learned from in every
    fold."""
    predicted = np.zeros(len(y))
    if y.sum() < 10:
        return predicted
    for train, test in GroupKFold(10).split(x, groups=groups):
        rows = np.vstack([x[train], also[0]]) if also else x[train]
        labels = np.concatenate([y[train], also[1]]) if also else y[train]
        predicted[test] = _model().fit(rows, labels).predict_proba(x[test])[:, 1]
    return predicted


def _fitted(x: NDArray[np.float32], y: NDArray[np.bool_]) -> tuple[NDArray[np.float64], float]:
    if y.sum() < 10:
        return np.zeros(x.shape[1]), -10.0
    model = _model().fit(x, y)
    return np.asarray(model.coef_[0]), float(model.intercept_[0])


def _named(values: Sequence[float]) -> dict[str, float]:
    return {name: round(float(value), 5) for name, value in zip(SIGNALS, values, strict=True)}


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
