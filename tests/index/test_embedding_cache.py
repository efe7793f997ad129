from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.index.embedding_cache import EmbeddingCache, cached_encode
from tests.doubles import HashEncoder


class CountingEncoder(HashEncoder):
    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> NDArray[np.float32]:
        self.encoded.extend(texts)
        return super().encode_passages(texts, progress)


def test_only_what_is_new_is_encoded(tmp_path: Path) -> None:
    encoder, cache = CountingEncoder(), EmbeddingCache(tmp_path / "cache" / "embeddings.sqlite")
    texts = ["기초연금", "행복지원금", "기초연금"]
    first = cached_encode(encoder, cache, texts)
    assert sorted(encoder.encoded) == ["기초연금", "행복지원금"]
    assert first.tobytes() == HashEncoder().encode_passages(texts).tobytes()
    cache.close()
    encoder.encoded.clear()
    told: list[tuple[int, int]] = []
    cache = EmbeddingCache(tmp_path / "cache" / "embeddings.sqlite")
    again = cached_encode(encoder, cache, [*texts, "마스크"], lambda done, total: told.append((done, total)))
    assert encoder.encoded == ["마스크"]
    assert told == [(1, 1)]
    assert again[:3].tobytes() == first.tobytes()
    cache.close()


def test_another_encoder_shares_nothing(tmp_path: Path) -> None:
    encoder, cache = CountingEncoder(), EmbeddingCache(tmp_path / "embeddings.sqlite")
    cached_encode(encoder, cache, ["기초연금"])
    encoder.id = "another"
    cached_encode(encoder, cache, ["기초연금"])
    assert encoder.encoded == ["기초연금", "기초연금"]
    cache.close()


def test_many_and_no_texts(tmp_path: Path) -> None:
    cache = EmbeddingCache(tmp_path / "embeddings.sqlite")
    texts = [f"문서 {number}" for number in range(1500)]
    told: list[tuple[int, int]] = []
    embeddings = cached_encode(HashEncoder(), cache, texts, lambda done, total: told.append((done, total)))
    assert embeddings.tobytes() == HashEncoder().encode_passages(texts).tobytes()
    assert told[-1] == (1500, 1500)
    assert len(cache.get_many(HashEncoder.id, texts)) == 1500
    assert cached_encode(HashEncoder(), cache, []).shape == (0, 384)
    cache.close()
