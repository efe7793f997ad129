"""Scores of different rankings on one scale: min–max over a common pool (better than ranks:
docs/decisions.md)."""

import numpy as np
from numpy.typing import NDArray


def normalised(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scores stretched to 0–1 over the pool; zeros where all are equal."""
    low, high = float(scores.min(initial=np.inf)), float(scores.max(initial=-np.inf))
    if not high > low:
        return np.zeros_like(scores)
    return ((scores - low) / (high - low)).astype(np.float32)
