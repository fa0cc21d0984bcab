"""vectors -> beads."""

from aligner.matching.decode import MAX_BEAD
from aligner.matching.match import match

__all__ = ["MAX_BEAD", "match"]
