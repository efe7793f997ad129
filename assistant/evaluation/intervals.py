"""Intervals and paired differences: Wilson (1927) for shares, percentile bootstrap (Efron 1979) for means."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
Z_95 = 1.959963984540054


def wilson(successes: float, trials: int, z: float = Z_95) -> tuple[float, float]:
    """The Wilson score interval of a share; (0, 1) without trials."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    centre = share + z * z / (2 * trials)
    margin = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    scale = 1 + z * z / trials
    return max(0.0, (centre - margin) / scale), min(1.0, (centre + margin) / scale)


def bootstrap(values: Sequence[float], weights: Sequence[float] | None = None) -> tuple[float, float]:
    """The 95 % percentile interval of a (weighted) mean over units; the same numbers give the same
    interval.
    """
    if not values:
        return 0.0, 1.0
    means = _resampled(np.asarray(values), np.ones(len(values)) if weights is None else np.asarray(weights))
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


def paired_difference(
    before: Sequence[float], after: Sequence[float], weights: Sequence[float] | None = None
) -> tuple[float, float, float]:
    """Mean of `after - before` over the same units, with its paired bootstrap interval (low, high)."""
    if not before:
        return 0.0, 0.0, 0.0
    gaps = np.asarray(after, dtype=float) - np.asarray(before, dtype=float)
    weight = np.ones(len(gaps)) if weights is None else np.asarray(weights, dtype=float)
    low, high = bootstrap(gaps.tolist(), weight.tolist())
    return float(np.average(gaps, weights=weight)), low, high


def _resampled(values: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    random = np.random.default_rng(20200302)
    picks = random.integers(0, len(values), size=(RESAMPLES, len(values)))
    return np.asarray((values * weights)[picks].sum(axis=1) / weights[picks].sum(axis=1))
