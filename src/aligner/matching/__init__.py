"""vectors -> beads."""

from aligner.matching.match import match

__all__ = ["match"]
