"""Stand-ins for what is heavy and need not understand Korean."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.index.encoder import QuestionVectors


class HashEncoder:
    """Character bigrams, hashed to a unit vector: texts that share them are near. Shaped like `Encoder`."""

    id = "hash-bigrams-1"
    dimension = 384

    def encode_question(self, text: str) -> NDArray[np.float32]:
        counts = np.zeros(self.dimension, dtype=np.float32)
        words = f" {' '.join(text.split())} "
        for first, second in pairwise(words):
            place = blake2b(f"{first}{second}".encode(), digest_size=4).digest()
            counts[int.from_bytes(place, "little") % self.dimension] += 1.0
        norm = np.linalg.norm(counts)
        return counts / norm if norm else counts

    def encode_asked(self, text: str) -> QuestionVectors:
        vector = self.encode_question(text)
        return QuestionVectors(vector, vector)

    def encode_units(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        return self.encode_passages(texts, progress)

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        rows = [self.encode_question(text) for text in texts]
        if progress is not None and rows:
            progress(len(rows), len(rows))
        return np.stack(rows) if rows else np.zeros((0, self.dimension), dtype=np.float32)
