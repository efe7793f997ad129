import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import SettingsError
from assistant.index.bundled_model import ensure_bundled_model
from assistant.index.encoder import Encoder, QuestionVectors, one_at_a_time
from tests.index.sentences import KOREAN


def test_a_question_encodes_to_the_same_bytes_every_time(encoder: Encoder, model_cache: Path) -> None:
    first = [encoder.encode_question(text).tobytes() for text in KOREAN[:10]]
    assert [encoder.encode_question(text).tobytes() for text in reversed(KOREAN[:10])] == first[::-1]
    again = Encoder(cache_dir=model_cache, precision="fp32", threads=1)
    assert [again.encode_question(text).tobytes() for text in KOREAN[:10]] == first


def test_embeddings_are_float32_unit_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    told: list[tuple[int, int]] = []
    passages = encoder.encode_passages(KOREAN, lambda done, total: told.append((done, total)))
    assert passages.shape == (50, encoder.dimension) == (50, 384)
    assert passages.dtype == np.float32
    assert np.allclose(np.linalg.norm(passages, axis=1), 1.0, atol=1e-5)
    alone = encoder.encode_passages([KOREAN[7]])[0]
    assert passages[7] @ alone > 0.9999
    assert told[-1] == (50, 50)


def test_no_passages_make_an_empty_matrix(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, 384)


def test_meaning_is_near(encoder: Encoder) -> None:
    question = encoder.encode_question("월세를 못 내고 있어요")
    near, far = encoder.encode_passages(["임차료의 일부를 대신 내 주는 주거급여", "예방접종 이상반응 신고"])
    assert question @ near > question @ far


def test_a_question_longer_than_the_model_reads_is_cut(encoder: Encoder) -> None:
    assert encoder.encode_question("가나다 " * 5000).shape == (384,)


def test_bfloat16_is_near_float32_and_of_unit_length(encoder: Encoder, model_cache: Path) -> None:
    small = Encoder(cache_dir=model_cache, precision="bf16", threads=1)
    full, half = encoder.encode_passages(KOREAN), small.encode_passages(KOREAN)
    assert np.allclose(np.linalg.norm(half, axis=1), 1.0, atol=1e-5)
    assert (full * half).sum(axis=1).min() > 0.999
    assert small.id != encoder.id


def test_a_folder_is_known_by_its_content(model_cache: Path, tmp_path: Path) -> None:
    folder = ensure_bundled_model(model_cache)
    by_path = Encoder(str(folder), threads=1)
    other = tmp_path / folder.name
    other.mkdir()
    for path in folder.rglob("*"):
        if path.is_file():
            target = other / path.relative_to(folder)
            target.parent.mkdir(exist_ok=True)
            target.symlink_to(path)
    assert Encoder(str(other), threads=1).id == by_path.id
    prompts = other / "config_sentence_transformers.json"
    changed = prompts.read_text(encoding="utf-8").replace("passage: ", "document: ")
    prompts.unlink()
    prompts.write_text(changed, encoding="utf-8")
    assert Encoder(str(other), threads=1).id != by_path.id


def test_a_folder_that_is_no_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="ASSISTANT_ENCODER"):
        Encoder(str(tmp_path))


def test_a_question_that_is_asked_and_searched_at_once_is_embedded_once() -> None:
    embedded: list[str] = []
    busy: list[int] = []

    def slow(text: str) -> QuestionVectors:
        busy.append(1)
        assert len(busy) == 1, "two are embedded at the same time"
        embedded.append(text)
        time.sleep(0.02)
        busy.clear()
        return QuestionVectors(np.zeros(3, dtype=np.float32), np.zeros(3, dtype=np.float32))

    encode = one_at_a_time(slow)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(encode, ["기초연금", "생계급여"] * 8))
    assert sorted(embedded) == ["기초연금", "생계급여"]
