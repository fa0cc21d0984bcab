"""vectors -> beads."""

from aligner.matching.decode import MAX_BEAD
from aligner.matching.match import match
from aligner.matching.scorer import weights_hash

__all__ = ["MAX_BEAD", "match", "weights_hash"]
