"""Marks that a translator keeps."""

from __future__ import annotations

import re

import numpy as np

from aligner.matching.lattice import Edges
from aligner.matching.similarity import SimilarityModel
from aligner.vectors import Vectors

MARKS = ("closing quote",)

_CLOSING = re.compile(r"""["“”„」』»«'’]\W*$""")


def mark_evidence(comparison: SimilarityModel, edges: Edges) -> dict[str, Vectors]:
    """Column `closing quote`: 1 where one side of a bead alone ends in a quotation mark.

    Less than 1 as far as the two texts use such marks unequally often.
    """
    texts = comparison.source.texts, comparison.target.texts
    closing = [np.array([_CLOSING.search(text) is not None for text in side]) for side in texts]
    found = np.zeros(len(edges), dtype=np.float32)
    rows = np.flatnonzero(edges.is_bead)
    i, j, m, n = (column[rows] for column in edges.columns)
    shares = [ends.mean() for ends in closing]
    trust = min(shares) / max(*shares, 1e-9)
    found[rows] = trust * (closing[0][i + m - 1] != closing[1][j + n - 1])
    return dict.fromkeys(MARKS, found)
