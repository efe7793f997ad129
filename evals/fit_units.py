"""Fit which unit of a document answers a question: the weights of `assistant/answering/units.npz`.

Development topics and training questions; a conditional logit over the units of the right document. Beside
the features a matrix of low rank is learned between the embeddings of question and unit, with much dropout,
so that it learns kinds of answers rather than questions by heart.
"""

import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.answering.features import FEATURES
from assistant.answering.units import WEIGHTS

RANK, DROPOUT, EPOCHS, BATCH = 64, 0.5, 12, 64
LEARNING_RATE, DECAY, MATRIX_DECAY = 0.008, 1e-3, 0.3
SCALE = 6.0
"""Embeddings, less their mean, are stretched so that a learning rate fits both parts."""
FOLDS, SEEDS = 4, 4
"""Folds by group; models that differ in their seed only, of which the mean is kept (one in each fold)."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question against the units of its document: features (units, features), embeddings (units, d), right
    ones (units,). Cases of one `group` stay in one fold."""

    group: str
    source: str
    features: NDArray[np.float32]
    units: NDArray[np.float32]
    question: NDArray[np.float32]
    right: NDArray[np.bool_]


class _Padded:
    """Cases as tensors of one shape, features standardised and embeddings centred."""

    def __init__(self, cases: Sequence[Case]) -> None:
        rows = np.concatenate([case.features for case in cases])
        self.mean, self.spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
        self.question_mean = np.mean([case.question for case in cases], axis=0)
        self.unit_mean = np.mean(np.concatenate([case.units for case in cases]), axis=0)
        most, count, width = max(len(c.right) for c in cases), len(cases), cases[0].units.shape[1]
        self.features = torch.zeros(count, most, len(FEATURES))
        self.units = torch.zeros(count, most, width)
        self.right = torch.zeros(count, most, dtype=torch.bool)
        self.there = torch.zeros(count, most, dtype=torch.bool)
        self.questions = torch.zeros(count, width)
        for i, case in enumerate(cases):
            size = len(case.right)
            self.features[i, :size] = torch.from_numpy((case.features - self.mean) / self.spread)
            self.units[i, :size] = torch.from_numpy((case.units - self.unit_mean) * SCALE)
            self.right[i, :size] = torch.from_numpy(case.right)
            self.there[i, :size] = True
            self.questions[i] = torch.from_numpy((case.question - self.question_mean) * SCALE)


class _Model:
    """weights · features + unit · left · rightᵀ · question; without embeddings the first part alone."""

    def __init__(self, width: int, embeddings: bool, seed: int) -> None:
        torch.manual_seed(seed)
        self.weights = torch.zeros(len(FEATURES), requires_grad=True)
        self.left = (torch.randn(width, RANK) * 0.05).requires_grad_(embeddings)
        self.right = (torch.randn(width, RANK) * 0.05).requires_grad_(embeddings)
        self.embeddings = embeddings

    def scores(self, data: _Padded, rows: torch.Tensor, training: bool = False) -> torch.Tensor:
        most = int(data.there[rows].sum(1).max())
        scores = data.features[rows, :most] @ self.weights
        if self.embeddings:
            drop = torch.nn.functional.dropout
            units = drop(data.units[rows, :most], DROPOUT, training)
            questions = drop(data.questions[rows], DROPOUT, training)
            scores = scores + ((units @ self.left) * (questions @ self.right)[:, None, :]).sum(-1)
        return scores.masked_fill(~data.there[rows, :most], -1e9)

    def fit(self, data: _Padded, rows: torch.Tensor) -> "_Model":
        groups = [{"params": [self.weights], "weight_decay": DECAY}]
        if self.embeddings:
            groups.append({"params": [self.left, self.right], "weight_decay": MATRIX_DECAY})
        optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE)
        steps = EPOCHS * -(-len(rows) // BATCH)
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimiser, [LEARNING_RATE] * len(groups), total_steps=steps
        )
        for _ in range(EPOCHS):
            order = rows[torch.randperm(len(rows))]
            for start in range(0, len(order), BATCH):
                batch = order[start : start + BATCH]
                scores = self.scores(data, batch, training=True)
                right = scores.masked_fill(~data.right[batch, : scores.shape[1]], -1e9)
                loss = (torch.logsumexp(scores, 1) - torch.logsumexp(right, 1)).mean()
                optimiser.zero_grad()
                loss.backward()
                optimiser.step()
                schedule.step()
        return self


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The mean of models from several seeds, in the terms of `assistant.answering.units`."""

    features: NDArray[np.float32]
    matrix: NDArray[np.float32]
    question_mean: NDArray[np.float32]
    unit_mean: NDArray[np.float32]

    def parts(self, case: Case) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """What features and meaning add to the scores of a case's units."""
        wanted = self.matrix @ (case.question - self.question_mean)
        return case.features @ self.features, (case.units - self.unit_mean) @ wanted


def _fitted(data: _Padded, rows: torch.Tensor, embeddings: bool, seeds: int = 1) -> _Fitted:
    width = data.questions.shape[1]
    models = [_Model(width, embeddings, seed).fit(data, rows) for seed in range(seeds)]
    weights = np.mean([model.weights.detach().numpy() for model in models], axis=0) / data.spread
    matrices = [(model.left @ model.right.T).detach().numpy() * SCALE * SCALE for model in models]
    matrix = np.mean(matrices, axis=0) if embeddings else np.zeros((width, width))
    return _Fitted(weights.astype(np.float32), matrix.astype(np.float32), data.question_mean, data.unit_mean)


def fit_units(cases: Sequence[Case], untaught: Sequence[Case], encoder: str) -> None:
    """Fit with embeddings, and without on cases in an `untaught` space (what another encoder has); print the
    cross-validated shares of right first units, write."""
    stored: dict[str, NDArray[np.generic]] = {"encoder": np.asarray(encoder)}
    for name, own, embeddings in (("features_alone", untaught, False), ("features", cases, True)):
        data = _Padded(own)
        _report(own, out_of_fold(own, embeddings), embeddings)
        fitted = _fitted(data, torch.arange(len(own)), embeddings, SEEDS if embeddings else 1)
        stored[name] = fitted.features
        if embeddings:
            stored |= {"matrix": fitted.matrix.astype(np.float16)}
            stored |= {"question_mean": data.question_mean, "unit_mean": data.unit_mean}
    np.savez(WEIGHTS, **stored)


def out_of_fold(
    cases: Sequence[Case], embeddings: bool = True
) -> list[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """Scores of the units of each case by models that never saw its group: the part of the features and the
    part of meaning. Cases without a right unit are scored only."""
    data = _Padded(cases)
    fold = torch.tensor([zlib.crc32(case.group.encode()) % FOLDS for case in cases])
    teaches = torch.tensor([bool(case.right.any()) and not case.right.all() for case in cases])
    found: list[tuple[NDArray[np.float32], NDArray[np.float32]]] = [(np.zeros(0), np.zeros(0))] * len(cases)
    for held in range(FOLDS):
        fitted = _fitted(data, torch.where((fold != held) & teaches)[0], embeddings)
        for i in torch.where(fold == held)[0].tolist():
            found[i] = fitted.parts(cases[i])
    return found


def _report(
    cases: Sequence[Case],
    parts: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]],
    embeddings: bool,
) -> None:
    hit = [bool(case.right[int(sum(p).argmax())]) for case, p in zip(cases, parts, strict=True)]
    by_source = [
        f"{source} {np.mean([h for h, case in zip(hit, cases, strict=True) if case.source == source]):.3f}"
        for source in sorted({case.source for case in cases})
    ]
    words = "with embeddings" if embeddings else "features alone"
    sys.stdout.write(
        f"unit: right one first, {words}: {np.mean(hit):.3f} of {len(cases)}: {', '.join(by_source)}\n"
    )
