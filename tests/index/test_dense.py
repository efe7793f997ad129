from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.dense import DenseIndex

FLAT, HALF = 1000, 10


def vectors(count: int = 200) -> NDArray[np.float32]:
    rows = np.random.default_rng(7).normal(size=(count, 384)).astype(np.float32)
    unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


@pytest.mark.parametrize(("flat_limit", "tolerance"), [(FLAT, 1e-6), (HALF, 1e-3)])
def test_saved_and_loaded_it_finds_what_numpy_finds(
    tmp_path: Path, flat_limit: int, tolerance: float
) -> None:
    rows = vectors()
    DenseIndex.build(rows, flat_limit=flat_limit).save(tmp_path)
    index = DenseIndex.load(tmp_path)
    cosines = rows @ rows[3]
    ids, scores = index.search(rows[3], 5)
    assert len(index) == 200
    assert ids[0] == 3
    assert ids.tolist() == np.argsort(-cosines)[:5].tolist()
    assert scores == pytest.approx(cosines[ids], abs=tolerance)
    wanted = [7, 3, 7, 199]
    assert index.scores_for(rows[3], wanted) == pytest.approx(cosines[wanted], abs=tolerance)
    assert index.scores_for(rows[3], []).shape == (0,)


def test_half_precision_takes_half_the_space(tmp_path: Path) -> None:
    sizes = []
    for name, flat_limit in (("flat", FLAT), ("half", HALF)):
        (tmp_path / name).mkdir()
        DenseIndex.build(vectors(), flat_limit=flat_limit).save(tmp_path / name)
        sizes.append(sum(path.stat().st_size for path in (tmp_path / name).iterdir()))
    assert sizes[1] / sizes[0] == pytest.approx(0.5, abs=0.02)


def test_more_than_there_is_gives_all_there_is(tmp_path: Path) -> None:
    index = DenseIndex.build(vectors(3))
    assert len(index.search(vectors(3)[0], 50)[0]) == 3
    empty = DenseIndex.build(vectors(3)[:0])
    empty.save(tmp_path)
    assert DenseIndex.load(tmp_path).search(vectors(3)[0], 5)[0].tolist() == []


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(IndexDamaged, match="index build"):
        DenseIndex.load(tmp_path)
    (tmp_path / "dense.faiss").write_bytes(b"nonsense")
    with pytest.raises(IndexDamaged, match="index build"):
        DenseIndex.load(tmp_path)
