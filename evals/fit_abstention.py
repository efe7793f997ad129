"""Fit the abstention model on the development topics and write `assistant/answering/calibration.json`.

    python evals/fit_abstention.py [--index DIR]

Positive: questions that the corpus can answer, in callers' and counsellors' words. Negative: questions outside its
world. Near-misses (right programme, other city, year or round) are decided by rules, not here. The printed figures are
of ten-fold cross-validation; paraphrases of one question stay in one fold.
"""

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering.abstention import CALIBRATION, SIGNALS
from assistant.evaluation.topic_files import load_topics
from assistant.service import Assistant
from assistant.settings import PROJECT, Settings

ANSWERABLE = {"fact", "table", "multi", "closed", "outdated", "ambiguous_round", "situation", "partial"}
FALSE_REFUSAL = 0.03
"""The share of answerable development questions that may be refused."""


def main() -> None:
    """Read the signals of every topic, fit, report, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--index", type=Path, default=Settings().index_dir)
    assistant = Assistant.open(replace(Settings(), index_dir=parser.parse_args().index))
    topics = [t for t in load_topics([PROJECT / "evals" / "topics"]) if not t.context]
    topics = [t for t in topics if t.kind in ANSWERABLE or t.kind == "out_of_world"]
    rows = [assistant.read(t.question, as_of=t.as_of).signals for t in topics]
    x = np.asarray([[row[name] for name in SIGNALS] for row in rows])
    y = np.asarray([t.kind != "out_of_world" for t in topics])
    groups = [t.group or t.id for t in topics]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=1.0, class_weight="balanced", max_iter=1000))
    held_out = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(10), method="predict_proba")[:, 1]
    threshold = float(np.quantile(held_out[y], FALSE_REFUSAL))
    refused = held_out < threshold
    sys.stdout.write(
        f"answerable {y.sum()}, outside {(~y).sum()}: refusal recall {refused[~y].mean():.3f}, "
        f"false refusal {refused[y].mean():.3f}, threshold {threshold:.3f}\n"
    )
    model.fit(x, y)
    scaler, regression = model[0], model[1]
    named = lambda values: {n: round(float(v), 5) for n, v in zip(SIGNALS, values, strict=True)}  # noqa: E731 - used thrice
    values = {
        "intercept": round(float(regression.intercept_[0]), 5),
        "coefficients": named(regression.coef_[0]),
        "means": named(scaler.mean_),
        "scales": named(scaler.scale_),
        "threshold": round(threshold, 4),
    }
    sys.stdout.write(json.dumps(values["coefficients"]) + "\n")
    CALIBRATION.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    for probability, topic in sorted(zip(held_out, topics, strict=True), key=lambda pair: pair[0]):
        if (probability < threshold) == (topic.kind != "out_of_world"):
            sys.stdout.write(f"{probability:.2f} {topic.kind:14} {topic.question}\n")


if __name__ == "__main__":
    main()
