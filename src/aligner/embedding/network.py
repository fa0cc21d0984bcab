"""The network of Google's multilingual Universal Sentence Encoder v3, in plain numpy.

Token embeddings, convolutions of order 2, 3 and 5 over them, summed over the tokens, then a
residual network. Yang et al. (2020), Multilingual Universal Sentence Encoder for Semantic
Retrieval, https://aclanthology.org/2020.acl-demos.12/.

All that depends on a token alone, which is more than half of the work, is done once for each
distinct token of a text: its embedding, what each tap of the first convolutions makes of it,
and its part in the last layer, which is linear but for the normalization before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.threads import side_by_side
from aligner.vectors import Positions, Vectors

CHUNKS = 17  # the embedding table is quantized in interleaved chunks of rows
WIDTH = 512
BRANCHES = ((2, 0), (3, 1), (5, 2))  # n-gram order, tokens of left context
NONE = -1  # the place of no token
REACH = 2  # how far one convolution sees to either side
HALO = 2 * REACH  # ... and two of them, one on the other
_BRANCH = 256
_JOINED = _BRANCH * len(BRANCHES)
_BLOCK = 768  # tokens that go through the network together: they fit the processor's cache
_HEADS = 256  # vectors that go through the head together

Layers = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class _Tokens:
    """Distinct tokens, a row each, and what the layers make of each by itself.

    `taps` has, for each branch, the products with the taps of its first convolution, side by
    side; `output` is the embedding's part in the last layer, `sums` and `squares` its part in
    the normalization before that.
    """

    projected: Vectors
    taps: list[Vectors]
    output: Vectors
    sums: NDArray[np.float64]
    squares: NDArray[np.float64]
    nothing: NDArray[np.bool_]


class Network:
    """From token numbers to the features that are summed up, and from sums to vectors."""

    def __init__(self, table: NDArray[np.uint8], layers: Layers) -> None:
        self._table = table
        self._layers = layers
        self._epsilon = np.float32(layers["eps"])
        # One square block of weights a tap, side by side.
        self._first = [
            np.concatenate(np.split(layers[f"w1_{order}"], order), axis=1) for order, _ in BRANCHES
        ]
        # The last layer with the gain of the normalization before it, and its bias.
        scaled = layers["ln_g"][:, None] * layers["cnn_W"]
        self._embedded_out, self._branches_out = scaled[:WIDTH], scaled[WIDTH:]
        self._mean_out = scaled.sum(axis=0)
        self._bias_out = layers["ln_b"] @ layers["cnn_W"] + layers["cnn_b"]

    def features(self, sequence: Positions) -> Vectors:
        """Features of a sequence of tokens but for the `HALO` at either end: what is summed up."""
        distinct, rows = np.unique(sequence, return_inverse=True)
        tokens = self._look_up(distinct)
        features = np.empty((len(sequence) - 2 * HALO, WIDTH), dtype=np.float32)

        def fill(low: int) -> None:
            stretch = rows[low : low + _BLOCK + 2 * HALO]
            features[low : low + _BLOCK] = self._block(tokens, stretch)

        side_by_side(fill, range(0, len(features), _BLOCK))
        return features

    def head(self, total: Vectors, count: Positions) -> Vectors:
        """Vectors of sums of token features over `count` tokens."""
        layers = self._layers
        vectors = np.empty((len(total), WIDTH), dtype=np.float32)

        def fill(first: int) -> None:
            rows = slice(first, first + _HEADS)
            mean = total[rows] / np.sqrt(count[rows], dtype=np.float32)[:, None]
            y0 = np.maximum(mean @ layers["d0"], 0)
            y1 = np.maximum(mean @ layers["p1"] + y0 @ layers["d1"], 0)
            y2 = np.maximum(y1 @ layers["d2"], 0)
            np.tanh(y1 @ layers["p3"] + y2 @ layers["d3"], out=vectors[rows])

        side_by_side(fill, range(0, len(total), _HEADS))
        return vectors

    def _look_up(self, ids: Positions) -> _Tokens:
        """The rows of distinct tokens."""
        layers = self._layers
        count = len(ids)
        projected = np.empty((count, _JOINED), dtype=np.float32)
        taps = [np.empty((count, weights.shape[1]), dtype=np.float32) for weights in self._first]
        output = np.empty((count, WIDTH), dtype=np.float32)
        sums, squares = np.empty((2, count))
        nothing = ids == NONE

        def fill(first: int) -> None:
            rows = slice(first, first + _BLOCK)
            chunk = ids[rows] % CHUNKS
            embedded = self._table[ids[rows]].astype(np.float32)
            embedded *= layers["scale"][chunk, None]
            embedded += layers["lo"][chunk, None]
            sums[rows] = embedded.sum(axis=1)
            squares[rows] = np.einsum("ij,ij->i", embedded, embedded)
            output[rows] = embedded @ self._embedded_out
            x = embedded @ layers["proj"]
            x += layers["proj_b"]
            self._normalize(x)
            x[nothing[rows]] = 0.0
            projected[rows] = x
            for number, weights in enumerate(self._first):
                branch = x[:, number * _BRANCH : (number + 1) * _BRANCH]
                taps[number][rows] = branch @ weights

        side_by_side(fill, range(0, count, _BLOCK))
        return _Tokens(projected, taps, output, sums, squares, nothing)

    def _block(self, tokens: _Tokens, rows: Positions) -> Vectors:
        """Features of a stretch, whose rows are given with the halo at its ends."""
        layers = self._layers
        inner = rows[HALO:-HALO]
        middle = rows[REACH:-REACH]
        residual = tokens.projected[middle]
        nothing = tokens.nothing[middle]
        joined = np.empty((len(inner), _JOINED), dtype=np.float32)
        for number, (order, left) in enumerate(BRANCHES):
            branch = slice(number * _BRANCH, (number + 1) * _BRANCH)
            hidden = np.empty((len(middle), _BRANCH), dtype=np.float32)
            hidden[:] = layers[f"b1_{order}"]
            for tap in range(order):
                first = REACH - left + tap
                place = rows[first : first + len(middle)]
                hidden += tokens.taps[number][place, tap * _BRANCH : (tap + 1) * _BRANCH]
            np.maximum(hidden, 0, out=hidden)
            hidden += residual[:, branch]
            hidden[nothing] = 0.0
            joined[:, branch] = _convolve(
                hidden, layers[f"w2_{order}"], layers[f"b2_{order}"], left
            )
        count = WIDTH + _JOINED
        mean = (tokens.sums[inner] + joined.sum(axis=1, dtype=np.float64)) / count
        squares = tokens.squares[inner] + np.einsum("ij,ij->i", joined, joined)
        scale = 1 / np.sqrt(squares / count - mean * mean + self._epsilon)
        features = joined @ self._branches_out
        features += tokens.output[inner]
        features -= mean.astype(np.float32)[:, None] * self._mean_out
        features *= scale.astype(np.float32)[:, None]
        features += self._bias_out
        return features

    def _normalize(self, x: Vectors) -> None:
        """Layer normalization of all branches as one, in place."""
        x -= x.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1])
        x *= (1 / np.sqrt(variance + self._epsilon))[:, None]
        x *= self._layers["ln_g_proj"]
        x += self._layers["ln_b_proj"]


def _convolve(x: Vectors, weights: Vectors, bias: Vectors, left: int) -> Vectors:
    """Residual convolution over rows; the result lacks `REACH` rows at either end.

    `weights` is (order * channels, channels): one square block a tap, so that each tap is
    a matrix product on rows where they lie.
    """
    order = len(weights) // x.shape[1]
    rows = len(x) - 2 * REACH
    y = np.empty((rows, weights.shape[1]), dtype=np.float32)
    y[:] = bias
    for tap in range(order):
        first = REACH - left + tap
        block = weights[tap * x.shape[1] : (tap + 1) * x.shape[1]]
        y += x[first : first + rows] @ block
    np.maximum(y, 0, out=y)
    y += x[REACH : REACH + rows]
    return y
