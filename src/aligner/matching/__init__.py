"""vectors -> beads."""

from aligner.matching.match import MAX_BEAD, match

__all__ = ["MAX_BEAD", "match"]
