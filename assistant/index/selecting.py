"""Which sentence answers a question: the upper half of the bundled encoder, taught to tell.

An encoder ranks passages by what they are about, and all sentences of a document are about the same. So
sentences are compared with a question in a second space: lower layers are shared, the upper ones are copies
with changes of low rank that `evals/fit_selecting.py` learned from the training questions of this repository
(after LoRA, Hu et al. 2021). What ranks documents stays as the model's makers left it.
"""

import copy
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WEIGHTS = Path(__file__).with_name("selecting.npz")
PARTS = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear maps of a layer that are changed, by their names in the model."""


class SelectingLayers:
    """Copies of a BERT's upper layers, changed by what was learned. Tensors in, tensors out."""

    def __init__(self, bert: Any, weights: Path) -> None:
        """Copy the layers from the `first` on that the file names, and add its `left · right` to each map."""
        with np.load(weights, allow_pickle=False) as learned:
            layers, first = bert.encoder.layer, int(learned["first"])
            self._embeddings, self._lower, self._upper = bert.embeddings, layers[:first], layers[first:]
            self._layers = [copy.deepcopy(layer) for layer in self._upper]
            for number, layer in enumerate(self._layers):
                for part in PARTS:
                    left, right = (learned[f"{number}.{part}.{side}"] for side in ("left", "right"))
                    weight = layer.get_submodule(part).weight.data
                    change = (left.astype(np.float32) @ right.astype(np.float32)).T
                    weight.add_(weight.new_tensor(change))

    def both(self, tokens: Any) -> tuple[Any, Any]:
        """Token ids of one text → hidden states of the last layer as the model has it, and as it was changed;
        each of shape (1, tokens, d)."""
        hidden = through(self._lower, self._embeddings(input_ids=tokens["input_ids"]))
        return through(self._upper, hidden), through(self._layers, hidden)

    def read(self, tokens: Any) -> Any:
        """Token ids and mask of texts → hidden states of the last changed layer, shape (texts, tokens, d)."""
        hidden = self._embeddings(input_ids=tokens["input_ids"])
        return through([*self._lower, *self._layers], hidden, tokens["attention_mask"])


def through(layers: Iterable[Any], hidden: Any, mask: Any = None) -> Any:
    """Hidden states after some layers, shape (texts, tokens, d); `mask` is 1 where a token is and 0 where a
    text is padded, None where none is."""
    unseen = None if mask is None else (1 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
    for layer in layers:
        out = layer(hidden, attention_mask=unseen)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


@cache
def digest(weights: Path = WEIGHTS) -> str:
    """The start of the file's sha256: part of the encoder's identity."""
    return hashlib.sha256(weights.read_bytes()).hexdigest()[:8]


def stored(
    changes: Sequence[dict[str, tuple[NDArray[np.float32], NDArray[np.float32]]]], first: int
) -> dict[str, NDArray[Any]]:
    """What `SelectingLayers` reads, of the changes by layer and part: to be written by `numpy.savez`."""
    arrays: dict[str, NDArray[Any]] = {"first": np.asarray(first)}
    for number, parts in enumerate(changes):
        for part, (left, right) in parts.items():
            arrays[f"{number}.{part}.left"] = left.astype(np.float16)
            arrays[f"{number}.{part}.right"] = right.astype(np.float16)
    return arrays
