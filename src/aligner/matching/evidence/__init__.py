"""Kinds of evidence for and against a bead, each a function from candidates to columns."""

from aligner.matching.evidence.basic import basic_evidence
from aligner.matching.evidence.borders import border_evidence
from aligner.matching.evidence.links import link_evidence
from aligner.matching.evidence.marks import mark_evidence
from aligner.matching.evidence.numbers import number_evidence
from aligner.matching.evidence.shares import share_evidence

__all__ = [
    "basic_evidence",
    "border_evidence",
    "link_evidence",
    "mark_evidence",
    "number_evidence",
    "share_evidence",
]
