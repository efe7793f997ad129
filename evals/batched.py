"""The encoder with questions embedded in batches beforehand: for fitting, where last bits do not matter."""

from collections.abc import Iterable, Mapping

import numpy as np

from assistant.index.encoder import Encoder, QuestionVectors, pooled
from assistant.retrieval.query import normalise

BATCH = 64


class BatchedEncoder(Encoder):
    """An encoder that knows the embeddings of some questions already."""

    _known: Mapping[str, QuestionVectors] = {}

    def prepare(self, questions: Iterable[str]) -> None:
        """Embed questions, as the assistant would normalise them, in batches of like length."""
        texts = sorted({normalise(question) for question in questions}, key=len)
        known: dict[str, QuestionVectors] = {}
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            known |= dict(zip(batch, self._together(batch), strict=True))
        self._known = known

    def _together(self, batch: list[str]) -> list[QuestionVectors]:
        if self._selecting is None:
            rows = np.asarray(self._model.encode_query(batch, show_progress_bar=False), dtype=np.float32)
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            return [QuestionVectors(row, row) for row in rows]
        tokens = self._tokens(batch, "query")
        mask = tokens["attention_mask"]
        ranking = pooled(self._bert(**tokens).last_hidden_state, mask)
        selecting = pooled(self._selecting.read(tokens), mask)
        return [QuestionVectors(r, s) for r, s in zip(ranking, selecting, strict=True)]

    def encode_asked(self, text: str) -> QuestionVectors:
        """The embeddings of a question, of a prepared one from memory."""
        return self._known.get(text) or super().encode_asked(text)
