"""The similarity of two texts' sentences as a picture."""

from __future__ import annotations

import base64
import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from aligner.evaluation.reference import ReferenceSide
from aligner.vectors import Vectors

MOST_PIXELS = 320
_LEVELS = 16
_DARKEST = 0.8  # Opacity of the most similar: the path over it must be seen.
# What most pairs of sentences reach is white, and the most similar thousandth is dark.
_WHITE, _DARK = 85.0, 99.9


def picture(
    source: ReferenceSide, target: ReferenceSide, source_vectors: Vectors, target_vectors: Vectors
) -> NDArray[np.uint8]:
    """Levels of similarity, (rows, columns), the source running down, the target across.

    The vectors are unit vectors of the sides' sentences, (sentences, dimension). A pixel shows
    the most similar of the pairs of sentences that it covers, so that in a long text the path
    stays visible; there are at most as many pixels as characters, and 320 a side.
    """
    rows, columns = _first_sentences(source), _first_sentences(target)
    ends = np.append(rows[1:], source.size)
    found = np.empty((len(rows), len(columns)), dtype=np.float32)
    for k, (first, end) in enumerate(zip(rows, np.maximum(ends, rows + 1), strict=True)):
        likeness = (source_vectors[first:end] @ target_vectors.T).max(axis=0)
        found[k] = np.maximum.reduceat(likeness, columns)
    low, high = np.percentile(found, [_WHITE, _DARK])
    # In a text of few sentences the path takes much of the picture.
    low = min(low, (found.min() + high) / 2)
    shade = np.clip((found - low) / max(float(high - low), 1e-6), 0, 1)
    return np.asarray(np.rint(shade * (_LEVELS - 1)), dtype=np.uint8)


def data_uri(levels: NDArray[np.uint8]) -> str:
    """The picture as a PNG in an address: black, the more similar the less transparent.

    Four bits a pixel with a palette (https://www.w3.org/TR/png-3/).
    """
    height, width = levels.shape
    padded = np.pad(levels, ((0, 0), (0, width % 2)))
    packed = padded[:, ::2] << 4 | padded[:, 1::2]
    lines = np.pad(packed, ((0, 0), (1, 0)))  # Each line begins with its filter: none.
    alphas = np.linspace(0, 255 * _DARKEST, _LEVELS).astype(np.uint8)
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(kind, content)
        for kind, content in (
            (b"IHDR", struct.pack(">IIBBBBB", width, height, 4, 3, 0, 0, 0)),
            (b"PLTE", bytes(3 * _LEVELS)),
            (b"tRNS", alphas.tobytes()),
            (b"IDAT", zlib.compress(lines.astype(np.uint8).tobytes(), 9)),
            (b"IEND", b""),
        )
    )
    return "data:image/png;base64," + base64.b64encode(png).decode()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + kind
        + content
        + struct.pack(">I", zlib.crc32(kind + content))
    )


def _first_sentences(side: ReferenceSide) -> NDArray[np.int64]:
    """For each pixel of a side the sentence in which it begins."""
    total = side.bounds[-1]
    starts = np.arange(min(MOST_PIXELS, total)) * total // min(MOST_PIXELS, total)
    return np.searchsorted(side.bounds, starts, side="right") - 1
