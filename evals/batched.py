"""The encoder with questions embedded in batches beforehand: for fitting, where last bits do not matter."""

from collections.abc import Iterable, Mapping

import numpy as np

from assistant.index.encoder import Embeddings, Encoder
from assistant.retrieval.query import normalise

BATCH = 64


class BatchedEncoder(Encoder):
    """An encoder that knows the embeddings of some questions already."""

    _known: Mapping[str, Embeddings] = {}

    def prepare(self, questions: Iterable[str]) -> None:
        """Embed questions, as the assistant would normalise them, in batches of like length."""
        texts = sorted({normalise(question) for question in questions}, key=len)
        known: dict[str, Embeddings] = {}
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            rows = np.asarray(self._model.encode_query(batch, show_progress_bar=False), dtype=np.float32)
            known.update(zip(batch, rows / np.linalg.norm(rows, axis=1, keepdims=True), strict=True))
        self._known = known

    def encode_question(self, text: str) -> Embeddings:
        """The embedding of a question, of a prepared one from memory."""
        found = self._known.get(text)
        return super().encode_question(text) if found is None else found
