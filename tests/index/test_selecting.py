"""The second space of the bundled encoder, in which sentences are compared with a question."""

from pathlib import Path

import numpy as np
import pytest

from assistant.index.bundled_model import ensure_bundled_model
from assistant.index.encoder import Encoder
from assistant.index.selecting import PARTS, WEIGHTS, stored
from tests.index.sentences import KOREAN

SECTION = (
    "신청: 주소지 읍면동 행정복지센터를 방문해 신청합니다.",
    "지급: 매월 20일에 본인 계좌로 지급합니다.",
    "지원내용: 한 사람에 한 달 15만원을 지원합니다.",
    "구비서류: 신분증과 통장 사본을 가지고 갑니다.",
    "대상: 만 75세 이상이며 혼자 사는 어르신이 대상입니다.",
    "제외: 시설에 입소한 사람은 받지 못합니다.",
)
"""A document about nothing real: nobody learned its sentences."""
ASKED = (
    ("접수는 어디서 하노", 0),
    ("돈은 며칠날 들어와요", 1),
    ("다달이 얼마나 나오는데예", 2),
    ("갈 때 뭐 챙겨가야 됩니까", 3),
    ("몇 살부터 되나요", 4),
    ("요양원에 계시면 안 됩니까", 5),
)


def test_sentences_of_an_unseen_document_are_told_apart(encoder: Encoder) -> None:
    units = encoder.encode_units(SECTION)
    right = [int((units @ encoder.encode_asked(text).selecting).argmax()) == place for text, place in ASKED]
    assert sum(right) >= 5, right


def test_documents_are_ranked_as_before(encoder: Encoder) -> None:
    for text, _ in ASKED:
        assert encoder.encode_asked(text).ranking @ encoder.encode_question(text) > 0.99999


def test_both_vectors_come_to_the_same_bytes_every_time(encoder: Encoder) -> None:
    first = [encoder.encode_asked(text) for text in KOREAN[:5]]
    again = [encoder.encode_asked(text) for text in reversed(KOREAN[:5])][::-1]
    assert [v.selecting.tobytes() for v in first] == [v.selecting.tobytes() for v in again]
    assert [v.ranking.tobytes() for v in first] == [v.ranking.tobytes() for v in again]
    assert all(np.isclose(np.linalg.norm(v.selecting), 1.0, atol=1e-5) for v in first)


def test_a_unit_embeds_alone_as_among_longer_ones(encoder: Encoder) -> None:
    together = encoder.encode_units([*KOREAN, *SECTION])
    assert together.shape == (len(KOREAN) + len(SECTION), 384)
    assert together[3] @ encoder.encode_units([KOREAN[3]])[0] > 0.9999
    assert encoder.encode_units([]).shape == (0, 384)


def test_what_was_learned_is_part_of_the_identity(
    encoder: Encoder, model_cache: Path, tmp_path: Path
) -> None:
    with np.load(WEIGHTS) as learned:
        sizes = {part: learned[f"0.{part}.left"].shape[0] for part in PARTS}
        widths = {part: learned[f"0.{part}.right"].shape[1] for part in PARTS}
    nothing = [{p: (np.zeros((sizes[p], 1)), np.zeros((1, widths[p]))) for p in PARTS} for _ in range(6)]
    path = tmp_path / "nothing.npz"
    np.savez(path, **stored(nothing, 6))
    other = Encoder(cache_dir=model_cache, precision="fp32", threads=1, selecting_weights=path)
    assert other.id != encoder.id
    vectors = other.encode_asked("기초연금 얼마")
    assert vectors.selecting == pytest.approx(vectors.ranking, abs=1e-4)


def test_another_model_selects_by_the_space_in_which_it_ranks(model_cache: Path) -> None:
    other = Encoder(str(ensure_bundled_model(model_cache)), threads=1)
    vectors = other.encode_asked("월세를 못 내고 있어요")
    assert vectors.selecting.tobytes() == vectors.ranking.tobytes()
    assert other.encode_units(SECTION).tobytes() == other.encode_passages(SECTION).tobytes()
