"""Fit what learns, on the development topics only: the reading of a question and the abstention model.

    python evals/fit_models.py [--index DIR]

With the bundled encoder after `evals/fit_selecting.py`, and an index built with what that wrote. Writes
`assistant/retrieval/reading.npz`, `assistant/answering/units.npz` (module `fit_units`),
`assistant/answering/held.npz` (module `fit_held`) and `assistant/answering/calibration.json` and prints
cross-validated figures; paraphrases of one question, and both sides of an as-of pair, stay in one fold.
Near-misses (right programme, other city, year or round) are decided by rules, not learned here.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from batched import BatchedEncoder
from fit_held import Question, fit_held
from fit_selecting import FOLDS, TRIED, fold_of, fold_path
from fit_units import Case, fit_units
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from training_data import (
    ABSENT,
    CALLERS_QUESTIONS,
    SITUATION,
    TrainingQuestion,
    outside_questions,
    training_questions,
)

from assistant.answering.abstention import CALIBRATION, MEANING_SCALE, NAMED, SIGNALS
from assistant.answering.answerer import Read
from assistant.answering.asked import Asked
from assistant.answering.features import Place
from assistant.answering.units import Scorer
from assistant.corpus.library import SITUATIONS, load_situations
from assistant.domain import Document, Facet, UnitKind
from assistant.evaluation.canonical import contains
from assistant.evaluation.topic_files import load_topics
from assistant.evaluation.topics import Topic
from assistant.index.builder import unit_passage
from assistant.index.opened import OpenedIndex
from assistant.retrieval.dialect import written
from assistant.retrieval.query import asked_facets
from assistant.retrieval.reading import FACETS, WEIGHTS, encoder_family, features
from assistant.service import Assistant
from assistant.settings import PROJECT, Settings

ANSWERABLE = {"fact", "table", "multi", "closed", "outdated", "ambiguous_round", "situation", "partial"}
FALSE_REFUSAL = (0.06, 0.002)
"""Shares of answerable questions that may be refused: of those that name no programme, and of the others."""
EVERYDAY = 20
"""Programmes about which a noun is said that says nothing of what a question is about."""
TEMPLATES = PROJECT / "assistant" / "retrieval" / "facet_templates.yaml"
REGULARISATION = 1.0


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question with the facets that hold its answer; `group` stays in one fold."""

    key: str
    group: str
    read: Read
    facets: frozenset[Facet]
    situation: bool = False


@dataclass(frozen=True, slots=True)
class Answerable:
    """A question and whether the corpus can answer it; `group` stays in one fold."""

    read: Read
    answerable: bool
    group: str


def main() -> None:
    """Read every question once, fit the models, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=Settings().index_dir)
    settings = replace(Settings.from_environment(), index_dir=parser.parse_args().index)
    topics = [
        t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.context and t.kind != "conflict"
    ]
    trained = training_questions()
    encoder = BatchedEncoder(settings.encoder, threads=settings.threads, cache_dir=settings.cache_dir)
    encoder.prepare([written(q) for q in (*(t.question for t in [*topics, *trained]), *outside_questions())])
    assistant = Assistant(settings, encoder, logs=False)
    reads = [assistant.read(t.question, as_of=t.as_of) for t in topics]
    trained = [t for t in trained if t.document in assistant.index.documents]
    folds = [fold_of(assistant.index.documents[t.document].metadata.programme_key) for t in trained]
    strangers = dict.fromkeys(range(FOLDS), assistant)
    if settings.encoder is None:
        strangers = {fold: _stranger(assistant, settings, trained, fold) for fold in TRIED}
    trained_reads = [
        strangers.get(fold, assistant).read(t.question) for t, fold in zip(trained, folds, strict=True)
    ]
    labelled = _labelled_topics(topics, reads) + _labelled_training(trained, trained_reads, assistant.index)
    facets = fit_reading(labelled, reads, assistant)
    cases = topic_cases(topics, reads, facets, assistant.index)
    unseen = [
        (t, read, strangers[fold].index)
        for t, read, fold in zip(trained, trained_reads, folds, strict=True)
        if fold in strangers
    ]
    cases += training_cases(unseen, facets)
    plain = replace(assistant.index, units=encoder.encode_passages(_passages(assistant.index)))
    untaught = topic_cases(topics, [_untaught(read) for read in reads], facets, plain)
    untaught += training_cases([(t, _untaught(read), plain) for t, read, _ in unseen], facets)
    fit_units(cases, untaught, encoder_family(assistant.encoder_id))
    fit_held(held_questions(unseen, facets), encoder_family(assistant.encoder_id))
    everyday = everyday_nouns(trained, trained_reads, assistant.index)
    naive = {fold: one.over(_without_callers_questions(one)) for fold, one in strangers.items()}
    answerable = [(t, fold) for t, fold in zip(trained, folds, strict=True) if t.units and fold in naive]
    unknown = [naive[fold].read(t.question) for t, fold in answerable]
    outside = [naive[TRIED[0]].read(text) for text in outside_questions()]
    fit_abstention(
        abstention_cases(topics, reads, [t for t, _ in answerable], unknown, outside, assistant.index),
        assistant.encoder_id,
        everyday,
    )


def _stranger(
    assistant: Assistant, settings: Settings, trained: Sequence[TrainingQuestion], fold: int
) -> Assistant:
    """The assistant with selecting layers that never saw a fold's programmes; its questions are prepared."""
    encoder = BatchedEncoder(
        threads=settings.threads, cache_dir=settings.cache_dir, selecting_weights=fold_path(fold)
    )
    index = assistant.index
    encoder.id = assistant.encoder_id
    own = [t for t in trained if fold_of(index.documents[t.document].metadata.programme_key) == fold]
    encoder.prepare([written(q) for q in (*(t.question for t in own), *outside_questions())])
    units = encoder.encode_units(_passages(index)).astype(np.float16)
    return Assistant(settings, encoder, logs=False).over(replace(index, units=units))


def _passages(index: OpenedIndex) -> list[str]:
    return [unit_passage(chunk, i) for chunk in index.chunks for i in range(len(chunk.units))]


def _untaught(read: Read) -> Read:
    """The question as an encoder reads it that selects by the space in which it ranks."""
    return replace(read, asked=replace(read.asked, selecting=read.asked.vector))


def _labelled_topics(topics: Sequence[Topic], reads: Sequence[Read]) -> list[Labelled]:
    return [
        Labelled(t.id, t.group or t.pair or t.id, r, frozenset(_sections(t)), t.kind == "situation")
        for t, r in zip(topics, reads, strict=True)
        if t.kind in ANSWERABLE | {"near_miss"}
    ]


def _labelled_training(
    trained: Sequence[TrainingQuestion], reads: Sequence[Read], index: OpenedIndex
) -> list[Labelled]:
    found = []
    for question, read in zip(trained, reads, strict=True):
        chunks = [index.chunks[row] for row in index.rows_of_document[question.document]]
        facets = {c.facet for c in chunks for unit in c.units if unit.text in question.units}
        group = index.documents[question.document].metadata.programme_key
        told = question.style == SITUATION
        found.append(Labelled(question.question, group, read, frozenset(facets), told))
    return found


def fit_reading(
    labelled: Sequence[Labelled], topic_reads: Sequence[Read], assistant: Assistant
) -> dict[str, dict[Facet, float]]:
    """Facets and situations, one-vs-rest; the probabilities of the facets by key of the question, by models
    that never saw it."""
    reads = [question.read for question in labelled]
    x = np.stack([features(r.asked.vector, asked_facets(r.question), bool(r.ranking.names)) for r in reads])
    groups = np.asarray([question.group for question in labelled])
    rows = np.asarray([bool(question.facets) and not question.situation for question in labelled])
    made, made_facets = _from_templates(assistant)
    weights, intercepts = [], []
    predicted = np.zeros((len(labelled), len(FACETS)))
    for place, facet in enumerate(FACETS):
        y = np.asarray([facet in question.facets for question in labelled])
        also = np.asarray([facet is f for f in made_facets])
        predicted[rows, place] = _held_out(x[rows], y[rows], groups[rows], (made, also))
        w, b = _fitted(np.vstack([x[rows], made]), np.concatenate([y[rows], also]))
        predicted[~rows, place] = 1 / (1 + np.exp(-(x[~rows] @ w + b)))
        weights.append(w)
        intercepts.append(b)
    _report_facets(labelled, predicted, rows)
    y = np.asarray([question.situation for question in labelled])
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
        centre=np.stack([r.asked.vector for r in topic_reads]).mean(axis=0).astype(np.float32),
        encoder=np.asarray(encoder_family(assistant.encoder_id)),
    )
    return {
        question.key: dict(zip(FACETS, map(float, row), strict=True))
        for question, row in zip(labelled, predicted, strict=True)
    }


def _report_facets(
    labelled: Sequence[Labelled], predicted: NDArray[np.float64], rows: NDArray[np.bool_]
) -> None:
    for label, topics in (("topics", True), ("training", False)):
        kept = [i for i in np.flatnonzero(rows) if (labelled[i].key != labelled[i].read.question) is topics]
        best = [FACETS[predicted[i].argmax()] in labelled[i].facets for i in kept]
        cue = [next(iter(asked_facets(labelled[i].read.question)), None) in labelled[i].facets for i in kept]
        _say(f"facet, {label}: learned {np.mean(best):.3f}, first cue {np.mean(cue):.3f} of {len(kept)}")


def topic_cases(
    topics: Sequence[Topic],
    reads: Sequence[Read],
    facets: Mapping[str, Mapping[Facet, float]],
    index: OpenedIndex,
) -> list[Case]:
    """Development topics with a fact against the units of their documents."""
    cases = list[Case]()
    for topic, read in zip(topics, reads, strict=True):
        if topic.kind not in {"fact", "table", "multi", "partial"} or not topic.facts:
            continue
        asked = replace(read.asked, facets=facets.get(topic.id, {}))
        parts = [part for fact in topic.facts for spelling in fact.split("|") for part in spelling.split("&")]
        held = [index.documents[d] for d in _gold_documents(topic) if d in index.documents]
        group = topic.group or topic.pair or topic.id
        cases += _case(index, held, asked, group, "topic", lambda p, t=topic, f=parts: _is_right(p, t, f))
    return cases


def training_cases(
    trained: Sequence[tuple[TrainingQuestion, Read, OpenedIndex]],
    facets: Mapping[str, Mapping[Facet, float]],
) -> list[Case]:
    """Training questions against the units of their document."""
    cases = list[Case]()
    for question, read, index in trained:
        asked = replace(read.asked, facets=facets.get(question.question, read.asked.facets))
        held = [index.documents[question.document]]
        group, texts = held[0].metadata.programme_key, frozenset(question.units)
        cases += _case(index, held, asked, group, question.style, lambda p, t=texts: p.unit.text in t)
    return cases


def held_questions(
    trained: Sequence[tuple[TrainingQuestion, Read, OpenedIndex]],
    facets: Mapping[str, Mapping[Facet, float]],
) -> list[Question]:
    """Training questions that name or describe their programme, each against its document."""
    found = []
    for question, read, index in trained:
        asked = replace(read.asked, facets=facets.get(question.question, read.asked.facets))
        document = index.documents[question.document]
        places, features, vectors = Scorer(index, asked).features(document)
        right = np.asarray([place.unit.text in question.units for place in places], dtype=bool)
        if not places or question.style == SITUATION or bool(right.any()) is (question.style == ABSENT):
            continue
        group = document.metadata.programme_key
        case = Case(group, question.style, features, vectors, asked.selecting, right)
        found.append(Question(asked, places, case))
    return found


def _case(
    index: OpenedIndex,
    documents: Sequence[Document],
    asked: Asked,
    group: str,
    source: str,
    is_right: Callable[[Place], bool],
) -> list[Case]:
    """The case of a question, where some units of its documents are right and others are not."""
    parts = [Scorer(index, asked).features(document) for document in documents]
    right = np.asarray([is_right(place) for places, _, _ in parts for place in places], dtype=bool)
    if not right.any() or right.all():
        return []
    features, vectors = (np.concatenate([part[i] for part in parts]) for i in (1, 2))
    return [Case(group, source, features, vectors, asked.selecting, right)]


def _gold_documents(topic: Topic) -> list[str]:
    return [document for gold in topic.required_gold for document in gold.documents]


def _is_right(place: Place, topic: Topic, parts: Sequence[str]) -> bool:
    """The unit states a fact of the topic, in the gold section and row, and no wrong one."""
    sections = {name for gold in topic.required_gold for name in gold.sections}
    rows = [gold.row for gold in topic.required_gold if gold.row]
    text = place.unit.text
    fits = (not sections or place.chunk.facet.value in sections) and any(
        contains(text, part) for part in parts
    )
    if place.unit.kind is UnitKind.ROW and rows:
        fits = fits and any(contains(text, row) for row in rows)
    return fits and not any(contains(text, wrong) for wrong in topic.wrong_facts)


def abstention_cases(
    topics: Sequence[Topic],
    reads: Sequence[Read],
    trained: Sequence[TrainingQuestion],
    trained_reads: Sequence[Read],
    outside: Sequence[Read],
    index: OpenedIndex,
) -> list[Answerable]:
    """Topics and training questions that can be answered, and questions of another world.

    Training questions are read by an index that does not hold them among its callers' questions.
    """
    named = ANSWERABLE - {"situation"}
    cases = [
        Answerable(r, t.kind != "out_of_world", t.group or t.pair or t.id)
        for t, r in zip(topics, reads, strict=True)
        if t.kind in named | {"out_of_world"}
    ]
    for question, read in zip(trained, trained_reads, strict=True):
        cases.append(Answerable(read, True, index.documents[question.document].metadata.programme_key))
    return cases + [Answerable(read, False, read.question) for read in outside]


def _without_callers_questions(assistant: Assistant) -> OpenedIndex:
    index, folder = assistant.index, assistant.settings.corpus_dir
    pairs, _ = load_situations(folder / SITUATIONS)
    held = {document.metadata.programme_key for document in index.documents.values()}
    asked = yaml.safe_load((folder / CALLERS_QUESTIONS).read_text(encoding="utf-8"))
    named = {(programme, str(text)) for programme, texts in asked.items() for text in texts}
    kept = np.asarray([pair not in named for pair in pairs if pair[0] in held])
    programmes = tuple(p for p, k in zip(index.situation_programmes, kept, strict=True) if k)
    return replace(index, situation_vectors=index.situation_vectors[kept], situation_programmes=programmes)


def everyday_nouns(
    trained: Sequence[TrainingQuestion], reads: Sequence[Read], index: OpenedIndex
) -> list[str]:
    """Nouns that are said in questions about at least `EVERYDAY` programmes."""
    said: dict[str, set[str]] = {}
    for question, read in zip(trained, reads, strict=True):
        for noun in read.asked.nouns:
            said.setdefault(noun, set()).add(index.documents[question.document].metadata.programme_key)
    return sorted(noun for noun, programmes in said.items() if len(programmes) >= EVERYDAY)


def fit_abstention(cases: Sequence[Answerable], encoder_id: str, everyday: Sequence[str]) -> None:
    """Whether the corpus holds an answer at all, with the question's meaning and without."""
    y = np.asarray([case.answerable for case in cases])
    told = np.asarray([[case.read.signals[name] for name in SIGNALS] for case in cases])
    named = told[:, SIGNALS.index("name_match")] >= NAMED
    means, scales = told.mean(axis=0), told.std(axis=0) + 1e-9
    signals = (told - means) / scales
    meaning = np.stack([case.read.asked.vector for case in cases]) * MEANING_SCALE
    groups = np.asarray([case.group for case in cases])
    stored: dict[str, Any] = {"encoder": encoder_family(encoder_id), "everyday": list(everyday)}
    for label, x, c in (("signals", signals, 1.0), ("meaning", np.hstack([signals, meaning]), 0.03)):
        model = LogisticRegression(C=c, class_weight="balanced", max_iter=3000)
        held = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
        points = [
            float(np.quantile(held[y & part], FALSE_REFUSAL[i])) for i, part in enumerate((~named, named))
        ]
        refused = held < np.where(named, points[1], points[0])
        for part, words in ((~named, "not named"), (named, "named"), (named | ~named, "all")):
            recall, false = refused[~y & part].mean(), refused[y & part].mean()
            counts = f"answerable {(y & part).sum()}, outside {(~y & part).sum()}"
            _say(f"abstention by {label}, {words}, {counts}: recall {recall:.3f}, false {false:.3f}")
        model.fit(x, y)
        weights = model.coef_[0]
        stored[label] = {
            "intercept": round(float(model.intercept_[0]), 5),
            "coefficients": _named(weights[: len(SIGNALS)]),
            "means": _named(means),
            "scales": _named(scales),
            "threshold": round(points[0], 4),
            "threshold_named": round(points[1], 4),
        }
        if label == "meaning":
            stored[label]["direction"] = [round(float(w), 5) for w in weights[len(SIGNALS) :]]
    CALIBRATION.write_text(json.dumps(stored, ensure_ascii=False) + "\n", encoding="utf-8")


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
