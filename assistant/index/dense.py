"""The dense ranking: inner product of unit vectors (cosine) in FAISS."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import IndexDamaged
from assistant.index.threads import limit_blas_threads

FILE = "dense.faiss"

# A flat scan of 100,000 vectors costs 12 ms; beyond, half precision halves the memory to read (DESIGN 8).
FLAT_LIMIT = 100_000


class DenseIndex:
    """Embeddings of chunks, searched exhaustively; the ids are row numbers."""

    def __init__(self, index: Any, matrix: NDArray[np.float32] | None) -> None:
        """Hold a FAISS index; `matrix` is a view of its vectors where it keeps them as float32."""
        self._index = index
        self._matrix = matrix

    @classmethod
    def build(cls, embeddings: NDArray[np.float32], *, flat_limit: int = FLAT_LIMIT) -> "DenseIndex":
        """Index unit vectors, shape (n, dimension): exact up to `flat_limit`, fp16 beyond."""
        faiss = _faiss()
        count, dimension = embeddings.shape
        if count <= flat_limit:
            index: Any = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexScalarQuantizer(
                dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
            )
            index.train(embeddings[:1])
        index.add(np.ascontiguousarray(embeddings, dtype=np.float32))
        return cls(index, _flat_view(index))

    def save(self, directory: Path) -> None:
        """Write the index into a folder."""
        faiss = _faiss()
        faiss.write_index(self._index, str(directory / FILE))

    @classmethod
    def load(cls, directory: Path) -> "DenseIndex":
        """Open what `save` wrote; raises IndexDamaged where it is missing or not an index."""
        faiss = _faiss()
        path = directory / FILE
        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise IndexDamaged(
                f"{path}: 벡터 색인을 읽을 수 없습니다. 색인을 다시 만드세요: python -m assistant index build"
            ) from error
        return cls(index, _flat_view(index))

    def __len__(self) -> int:
        """Count the vectors."""
        return int(self._index.ntotal)

    def search(self, vector: NDArray[np.float32], k: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Return the ids and cosines of the (at most) k nearest vectors, nearest first."""
        k = min(k, len(self))
        if k <= 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        scores, ids = self._index.search(np.ascontiguousarray(vector, dtype=np.float32)[None, :], k)
        return ids[0], scores[0]

    def scores_for(
        self, vector: NDArray[np.float32], ids: Sequence[int] | NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the cosine of `vector` with each of the named vectors, in their order."""
        rows = np.asarray(ids, dtype=np.int64)
        if self._matrix is not None:
            vectors = self._matrix[rows]
        else:
            vectors = (
                self._index.reconstruct_batch(rows) if len(rows) else np.empty((0, self._index.d), np.float32)
            )
        scores: NDArray[np.float32] = vectors @ np.asarray(vector, dtype=np.float32)
        return scores


@cache
def _faiss() -> Any:
    """Import FAISS, whose own OpenBLAS must not fight torch."""
    import faiss

    limit_blas_threads()
    return faiss


def _flat_view(index: Any) -> NDArray[np.float32] | None:
    """Look into a flat index's own memory, without a copy."""
    faiss = _faiss()
    flat = faiss.downcast_index(index)
    if not isinstance(flat, faiss.IndexFlat) or not flat.ntotal:
        return None
    view = faiss.rev_swig_ptr(flat.get_xb(), flat.ntotal * flat.d).reshape(flat.ntotal, flat.d)
    return np.asarray(view)
