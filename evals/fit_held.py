"""Fit whether a document holds the answer at all: the weights of `assistant/answering/held.npz`.

Training questions that their document answers, and such that it does not. Each is scored by a scorer that
never saw its programme, as in the world a question is new.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from fit_units import Case, out_of_fold
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant.answering.asked import Asked
from assistant.answering.features import Place
from assistant.answering.held import WEIGHTS, held_features
from assistant.answering.units import Weighed

REGULARISATION = 0.05


@dataclass(frozen=True, slots=True)
class Question:
    """A question against its document; the case has no right unit where the document does not answer."""

    asked: Asked
    places: tuple[Place, ...]
    case: Case


def fit_held(questions: Sequence[Question], encoder: str) -> None:
    """Fit, print what cross-validation by programme finds, write."""
    scored = out_of_fold([question.case for question in questions])
    x = np.stack([_features(q, *parts) for q, parts in zip(questions, scored, strict=True)])
    y = np.asarray([bool(question.case.right.any()) for question in questions])
    groups = np.asarray([question.case.group for question in questions])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, max_iter=3000))
    p = cross_val_predict(model, x, y, groups=groups, cv=GroupKFold(5), method="predict_proba")[:, 1]
    said = [
        f"at {cut}: absent found {(p[~y] < cut).mean():.3f}, false {(p[y] < cut).mean():.3f}"
        for cut in (0.4, 0.5)
    ]
    sys.stdout.write(
        f"held: AUC {roc_auc_score(y, p):.3f} of {len(y)} ({(~y).sum()} absent); {'; '.join(said)}\n"
    )
    scaler, logistic = (step for _, step in model.fit(x, y).steps)
    weights = logistic.coef_[0] / scaler.scale_
    np.savez(
        WEIGHTS,
        weights=weights.astype(np.float32),
        intercept=np.float32(logistic.intercept_[0] - weights @ scaler.mean_),
        encoder=np.asarray(encoder),
    )


def _features(
    question: Question, by_features: NDArray[np.float32], meaning: NDArray[np.float32]
) -> NDArray[np.float32]:
    case = question.case
    weighed = Weighed(
        question.places, case.features, by_features + meaning, meaning, case.units @ case.question
    )
    return held_features(weighed, question.asked)
