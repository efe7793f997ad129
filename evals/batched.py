"""The encoder with questions embedded in batches beforehand: for fitting, where last bits do not matter."""

from collections.abc import Iterable, Mapping

from assistant.index.encoder import Encoder, QuestionVectors, pooled
from assistant.retrieval.query import normalise

BATCH = 64


class BatchedEncoder(Encoder):
    """The bundled encoder, which knows the embeddings of some questions already."""

    _known: Mapping[str, QuestionVectors] = {}

    def prepare(self, questions: Iterable[str]) -> None:
        """Embed questions, as the assistant would normalise them, in batches of like length."""
        assert self._selecting is not None
        texts = sorted({normalise(question) for question in questions}, key=len)
        known: dict[str, QuestionVectors] = {}
        for start in range(0, len(texts), BATCH):
            batch = texts[start : start + BATCH]
            tokens = self._tokens(batch, "query")
            mask = tokens["attention_mask"]
            ranking = pooled(self._bert(**tokens).last_hidden_state, mask)
            selecting = pooled(self._selecting.read(tokens), mask)
            known |= {
                text: QuestionVectors(r, s) for text, r, s in zip(batch, ranking, selecting, strict=True)
            }
        self._known = known

    def encode_asked(self, text: str) -> QuestionVectors:
        """The embeddings of a question, of a prepared one from memory."""
        return self._known.get(text) or super().encode_asked(text)
