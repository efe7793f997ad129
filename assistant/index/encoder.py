"""The encoder: text to L2-normalised embeddings, always through sentence-transformers (DESIGN 4)."""

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingsError
from assistant.index import selecting
from assistant.index.bundled_model import ensure_bundled_model, preferred_precision
from assistant.index.selecting import SelectingLayers
from assistant.index.threads import limit_threads

Embeddings = NDArray[np.float32]

# Small batches of texts with nearly as many tokens: sixteen by token count took 0.74 of the time of
# sentence-transformers' own thirty-two by characters.
_BATCH = 16
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """A question as passages are ranked by it, and as sentences are selected by it: two spaces, each vector
    of shape (dimension,) and length 1."""

    ranking: Embeddings
    selecting: Embeddings


class Encoder:
    """A loaded sentence-transformers model.

    `id` is its stable identity (weights, prompts, precision): embeddings under one id may be mixed.
    `dimension` is the length of an embedding.
    """

    id: str
    dimension: int

    def __init__(
        self,
        name_or_path: str | None = None,
        *,
        threads: int | None = None,
        cache_dir: Path | None = None,
        precision: str | None = None,
        selecting_weights: Path = selecting.WEIGHTS,
    ) -> None:
        """Load a folder or hub name; None is the bundled model, `precision` None what suits the processor,
        `threads` None all processors; `selecting_weights`: what its selecting layers learned (any other model
        selects by the space in which it ranks).

        A folder and the bundled model never touch the network. Raises SettingsError where none can be loaded.
        """
        self._selecting: SelectingLayers | None = None
        if name_or_path is None:
            folder = ensure_bundled_model(cache_dir, precision=precision or preferred_precision())
            self.id = _bundled(folder, selecting_weights)
            self._load(str(folder))
            self._bert: Any = self._model[0].auto_model.requires_grad_(False)
            self._selecting = SelectingLayers(self._bert, selecting_weights)
        else:
            self.id = _identity(name_or_path)
            self._load(name_or_path)
        limit_threads(threads or os.cpu_count() or 1)
        # The first question after loading is slow (torch initialises lazily); it also tells the dimension.
        self.dimension = len(self.encode_question("준비"))

    def _load(self, name_or_path: str) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging as transformers_logging

        transformers_logging.set_verbosity_error()  # type: ignore[no-untyped-call]  # transformers has no types here
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # as above
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        try:
            self._model = SentenceTransformer(
                name_or_path, device="cpu", local_files_only=Path(name_or_path).is_dir()
            )
        except (OSError, ValueError) as error:
            raise SettingsError(
                f"인코더 '{name_or_path}'을(를) 열 수 없습니다. ASSISTANT_ENCODER가"
                " sentence-transformers 폴더나 모델 이름인지 확인하세요."
            ) from error

    def encode_question(self, text: str) -> Embeddings:
        """Embed one question, with the model's query prompt: shape (dimension,), length 1.

        One question per call: a batch would change the last bits (DESIGN rule 4).
        """
        embedding = self._model.encode_query(text, show_progress_bar=False)
        return _normalised(np.asarray(embedding, dtype=np.float32))

    def encode_asked(self, text: str) -> QuestionVectors:
        """Embed one question in both spaces; the lower layers read it once."""
        if self._selecting is None:
            vector = self.encode_question(text)
            return QuestionVectors(vector, vector)
        states = self._selecting.both(self._tokens([text], "query"))
        return QuestionVectors(*(pooled(hidden)[0] for hidden in states))

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Embeddings:
        """Embed passages, with the model's document prompt: shape (n, dimension), rows of length 1, in order.

        `progress(done, total)` is called after every batch.
        """

        def embed(batch: list[str]) -> Embeddings:
            found = self._model.encode_document(batch, batch_size=_BATCH, show_progress_bar=False)
            return _normalised(np.asarray(found, dtype=np.float32))

        return self._in_batches(embed, texts, progress)

    def encode_units(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Embeddings:
        """Embed sentences and rows in the space in which they are selected: like `encode_passages`."""
        layers = self._selecting
        if layers is None:
            return self.encode_passages(texts, progress)

        def embed(batch: list[str]) -> Embeddings:
            tokens = self._tokens(batch, "document")
            return pooled(layers.read(tokens), tokens["attention_mask"])

        return self._in_batches(embed, texts, progress)

    def _in_batches(
        self,
        embed: Callable[[list[str]], Embeddings],
        texts: Sequence[str],
        progress: Callable[[int, int], None] | None,
    ) -> Embeddings:
        embeddings = np.zeros((len(texts), self.dimension), dtype=np.float32)
        longest_first = np.argsort([-count for count in self._token_counts(texts)], kind="stable")
        for start in range(0, len(texts), _BATCH):
            rows = longest_first[start : start + _BATCH]
            embeddings[rows] = embed([texts[row] for row in rows])
            if progress is not None:
                progress(min(start + _BATCH, len(texts)), len(texts))
        return embeddings

    def _tokens(self, texts: Sequence[str], prompt: str) -> Any:
        """Token ids and mask as tensors, with a prompt of the model."""
        led = [f"{self._model.prompts[prompt]}{text}" for text in texts]
        return self._model.tokenizer(
            led, padding=True, truncation=True, max_length=self._model.max_seq_length, return_tensors="pt"
        )

    def _token_counts(self, texts: Sequence[str]) -> list[int]:
        """Count the tokens of each text, those beyond what the model reads among them."""
        if not texts:
            return []
        return [len(ids) for ids in self._model.tokenizer(list(texts), verbose=False)["input_ids"]]


def pooled(hidden: Any, mask: Any = None) -> Embeddings:
    """Mean over the tokens, scaled to length 1: (texts, tokens, d) → (texts, d)."""
    states = hidden.float()
    if mask is None:
        return _normalised(states.mean(1).numpy())
    there = mask[..., None].float()
    return _normalised(((states * there).sum(1) / there.sum(1)).numpy())


def _normalised(embeddings: Embeddings) -> Embeddings:
    """Scale to length 1 in float32: in bfloat16 the model's own normalisation is off by up to 0.4 %."""
    norms = np.linalg.norm(embeddings, axis=-1, keepdims=True)
    scaled: Embeddings = embeddings / np.maximum(norms, np.float32(1e-12))
    return scaled


def encoder_id(name_or_path: str | None, cache_dir: Path | None = None) -> str:
    """The id that an encoder would have, without loading it (SettingsError); the bundled one is unpacked."""
    if name_or_path is not None:
        return _identity(name_or_path)
    folder = ensure_bundled_model(cache_dir, precision=preferred_precision())
    return _bundled(folder, selecting.WEIGHTS)


def _bundled(folder: Path, selecting_weights: Path) -> str:
    return f"{folder.name}-{selecting.digest(selecting_weights)}"


def _identity(name_or_path: str) -> str:
    """Name a model: a folder by its name and a hash of its files' sizes and samples, else the hub name."""
    folder = Path(name_or_path)
    if not folder.is_dir():
        return name_or_path
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        with path.open("rb") as file:
            for offset in sorted({0, max(0, size // 2 - _SAMPLE // 2), max(0, size - _SAMPLE)}):
                file.seek(offset)
                digest.update(file.read(_SAMPLE))
    return f"{folder.resolve().name}-{digest.hexdigest()[:12]}"


def one_at_a_time(encode: Callable[[str], QuestionVectors]) -> Callable[[str], QuestionVectors]:
    """Vectors of questions, the last 4,096 kept: what is asked and searched at the same time is embedded
    once, and different questions do not share the cores."""
    kept, lock = lru_cache(maxsize=4096)(encode), threading.Lock()

    def encoded(text: str) -> QuestionVectors:
        with lock:
            return kept(text)

    return encoded
