"""Vectors of texts: what an encoder promises, and what is done with its vectors everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, Self, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"
Positions: TypeAlias = "NDArray[np.int64]"

# A difference from the mean that is a smaller share of its vector counts as none. Between sums in
# single precision, which each processor rounds in its own way, lie some 1e-6; the least share in
# real texts is 0.6, and 0.02 is what a long text of one repeated line has at its ends.
_LEAST_SHARE = 0.03


class EncodedText(Protocol):
    """Sentences as one stream of tokens, any run of which has a vector."""

    @property
    def borders(self) -> Positions:
        """Positions among the tokens at which the sentences begin, and the end."""

    @property
    def clause_ends(self) -> Positions:
        """Positions after each token of punctuation alone."""

    @property
    def token_mean(self) -> Vectors:
        """Mean of all tokens' features."""

    def runs(self, length: int) -> Vectors:
        """Unit vectors of all runs of `length` sentences: (size - length + 1, dimension)."""

    def sums(self, starts: Positions, stops: Positions) -> Vectors:
        """Sums of the features of the tokens from each start up to its stop."""

    def take(self, numbers: Positions) -> Self:
        """The text of some of the sentences, in the order given."""

    def joined(self, others: Sequence[Self]) -> Self:
        """The text with other ones, by the same encoder, after it."""


class Encoder(Protocol):
    """Turns sentences into vectors in one space for all of its languages."""

    @property
    def name(self) -> str:
        """What `--model` calls it."""

    def encode(self, sentences: Sequence[str]) -> EncodedText:
        """Encode sentences of one language, in text order."""


def unit(vectors: Vectors) -> Vectors:
    """Vectors scaled to length 1, row by row; zero stays zero."""
    # Here, so that who only names an encoder loads no numpy.
    import numpy as np

    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def centred(vectors: Vectors, mean: Vectors) -> Vectors:
    """Unit vectors of what vectors have beyond a mean, row by row.

    Zero where that is too little to be more than rounding, which must not be scaled up.
    """
    import numpy as np

    beyond = np.asarray(vectors - mean, dtype=np.float32)
    squares = (np.einsum("ij,ij->i", each, each) for each in (beyond, vectors))
    own, whole = map(np.sqrt, squares)
    beyond[own < _LEAST_SHARE * whole] = 0.0
    return unit(beyond)
