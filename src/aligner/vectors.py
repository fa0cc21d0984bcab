"""What embedding and matching both do with vectors."""

from __future__ import annotations

import numpy as np

from aligner.types import Vectors


def unit(vectors: Vectors) -> Vectors:
    """Vectors scaled to length 1, row by row; zero stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
