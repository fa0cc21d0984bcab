"""The file of trained weights, with where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from aligner._version import __version__
from aligner.matching.scorer import Scorers

WEIGHTS = Path(__file__).parents[2] / "src/aligner/matching/scorer.json"


def provenance() -> dict[str, Any]:
    """What the file says of where its weights come from, and how they did in training."""
    found: dict[str, Any] = json.loads(WEIGHTS.read_text("utf-8"))["provenance"]
    return found


def weights_file(trained: Scorers, figures: Mapping[str, float], encoder: str) -> str:
    """The weights as JSON, with where they come from."""
    content = {
        "provenance": {
            "command": "python benchmarks/train_scorer.py DEV_LITERARY --write",
            "data": "MAC-Dev by Lei Liu and Min Zhu: six chapters of Chinese novels with "
            "published English translations, hand-aligned; for numbers formal texts made by "
            "benchmarks/formal.py",
            "date": date.today().isoformat(),
            "encoder": f"{encoder}, aligner {__version__}",
            "leave_one_chapter_out": {k: round(v, 4) for k, v in figures.items()},
        },
        "coarse": dict(trained.coarse.weights),
        "fine": dict(trained.fine.weights),
    }
    return json.dumps(content, indent=1) + "\n"
