"""Kinds of evidence for and against a bead, each a function from candidates to columns.

Each kind exports the names of its columns, which the scorer's weights go by. `BASIC` are the
columns of basic evidence, of which `SIZE`, `SIMILARITY`, `LENGTH` and so on are parts.
"""

from aligner.matching.evidence.basic import (
    BASIC,
    LENGTH,
    NEIGHBOURS,
    NULL_NEAR,
    SIMILARITY,
    SIZE,
    basic_evidence,
)
from aligner.matching.evidence.borders import BORDERS, border_evidence
from aligner.matching.evidence.links import LINKS, link_evidence
from aligner.matching.evidence.marks import MARKS, mark_evidence
from aligner.matching.evidence.numbers import NUMBERS, number_evidence
from aligner.matching.evidence.shares import SHARE, share_evidence

__all__ = [
    "BASIC",
    "BORDERS",
    "LENGTH",
    "LINKS",
    "MARKS",
    "NEIGHBOURS",
    "NULL_NEAR",
    "NUMBERS",
    "SHARE",
    "SIMILARITY",
    "SIZE",
    "basic_evidence",
    "border_evidence",
    "link_evidence",
    "mark_evidence",
    "number_evidence",
    "share_evidence",
]
