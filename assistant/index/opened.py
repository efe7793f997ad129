"""An opened generation: everything that searching and composing read, in memory or mapped from disk."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Chunk, Document
from assistant.errors import IndexDamaged, IndexMismatch
from assistant.index.dense import DenseIndex
from assistant.index.generations import GenerationStore, Manifest
from assistant.index.lexical import LexicalIndex
from assistant.index.store import load_chunks, load_documents


@dataclass(frozen=True)
class OpenedIndex:
    """One generation, open for reading. Row i of every ranking is `chunks[i]`; its units start at
    `unit_starts[i]`.

    `names` ranks documents by title and aliases; `document_vectors` holds, for each document in order, the
    embeddings
    of its names and of its opening: shape (2, documents, dimension); `situation_vectors` those of situations
    in callers' words, each belonging to the programme in `situation_programmes`.
    """

    manifest: Manifest
    documents: Mapping[str, Document]
    chunks: tuple[Chunk, ...]
    lexical: LexicalIndex
    dense: DenseIndex
    names: LexicalIndex
    units: NDArray[np.float16]
    document_vectors: NDArray[np.float32]
    situation_vectors: NDArray[np.float32]
    situation_programmes: tuple[str, ...]
    calibration: bytes

    @cached_property
    def unit_starts(self) -> NDArray[np.int64]:
        """Row in `units` of each chunk's first unit, and the total as a last entry."""
        return np.concatenate([[0], np.cumsum([len(chunk.units) for chunk in self.chunks])]).astype(np.int64)

    @cached_property
    def document_of_row(self) -> NDArray[np.int64]:
        """Position in `documents` of each chunk's document."""
        position = {document: i for i, document in enumerate(self.documents)}
        return np.asarray([position[chunk.document_id] for chunk in self.chunks], dtype=np.int64)

    @cached_property
    def row_of(self) -> Mapping[str, int]:
        """Row of each chunk by its id."""
        return {chunk.id: row for row, chunk in enumerate(self.chunks)}

    @cached_property
    def rows_of_document(self) -> Mapping[str, tuple[int, ...]]:
        """Rows of each document's chunks, in reading order."""
        rows: dict[str, list[int]] = {document: [] for document in self.documents}
        for row, chunk in enumerate(self.chunks):
            rows[chunk.document_id].append(row)
        return {document: tuple(found) for document, found in rows.items()}

    def unit_vectors(self, row: int) -> NDArray[np.float32]:
        """Unit vectors of the chunk in `row`, shape (units, dimension)."""
        start, end = self.unit_starts[row], self.unit_starts[row + 1]
        return self.units[start:end].astype(np.float32)


def must_be_of(manifest: Manifest, encoder_id: str, folder: Path) -> None:
    """Refuse a generation that another encoder made, or the same with other taught layers (IndexMismatch)."""
    if manifest.encoder != encoder_id:
        raise IndexMismatch(
            f"{folder}: 색인은 {manifest.encoder}로 만들었는데 지금 인코더는 {encoder_id}입니다. "
            f"`index build`로 다시 만들어 주세요."
        )


def open_index(index_dir: Path, encoder_id: str, generation: str | None = None) -> OpenedIndex:
    """Open the live generation, or the one named (IndexNotBuilt, IndexMismatch, IndexDamaged)."""
    store = GenerationStore(index_dir)
    generation = generation or store.current_id()
    folder, manifest = store.path(generation), store.manifest(generation)
    must_be_of(manifest, encoder_id, folder)
    try:
        documents = load_documents(folder / "documents.json")
        return OpenedIndex(
            manifest,
            {document.id: document for document in documents},
            load_chunks(folder / "chunks.json"),
            LexicalIndex.load(folder / "lexical"),
            DenseIndex.load(folder / "dense"),
            LexicalIndex.load(folder / "names"),
            np.load(folder / "units.npy", mmap_mode="r"),
            np.load(folder / "documents.npy"),
            np.load(folder / "situations.npy"),
            tuple(json.loads((folder / "situations.json").read_text(encoding="utf-8"))),
            (folder / "calibration.json").read_bytes(),
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise IndexDamaged(
            f"{folder}: 색인을 열 수 없습니다. `index verify`로 확인하고 `index rollback` 또는 `index "
            f"build`를 실행해 주세요."
        ) from error
