"""Confidence: the estimated probability that a pair is right, read, judged and shown in one way."""

from __future__ import annotations

import math
from typing import Literal

# Below the one, a pair is to be looked at; below the other, it is more likely wrong than right.
DOUBTFUL, BAD = 0.9, 0.5
# Below this one pairs stay out of what is used unread, unless they are asked for: the highest at
# which four in five of them are wrong, by `benchmarks/threshold.py`.
LEAST_CONFIDENCE = 0.2

Band = Literal["sure", "doubtful", "bad"]

# Twice what a product with a power of ten may lack: 0.29 * 100 is 28.999999999999996.
_SLIGHT = 1e-9


def parse_confidence(text: str) -> float:
    """The confidence that a property or a cell of a table says, from 0 to 1.

    Nothing said is 1: a person made the pair. What is no number from 0 to 1 (`nan`, `-0.3`,
    `1.5`, `high`) is 0, for then nothing is known, and the pair is looked at before it is
    trusted.
    """
    if not text.strip():
        return 1.0
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if 0 <= value <= 1 else 0.0


def format_confidence(value: float, digits: int = 2) -> str:
    """A confidence in decimals, rounded down: only certainty is 1.00, and 0.899 stays below 0.90.

    People are shown two decimals; files that programs read have three.
    """
    scale = 10**digits
    return f"{math.floor(value * scale + _SLIGHT) / scale:.{digits}f}"


def band(value: float) -> Band:
    """Whether a pair of this confidence is `sure`, `doubtful` or `bad`."""
    return "bad" if value < BAD else "doubtful" if value < DOUBTFUL else "sure"
