"""How weights do on chapters and kinds of text that they have not seen."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

import formal
from aligner.evaluation import Counts, Score, count_beads
from aligner.evaluation.calibration import calibration
from aligner.matching.evidence import NUMBERS
from aligner.matching.match import match
from aligner.matching.scorer import Scorer, Scorers
from aligner.matching.similarity import SimilarityModel
from aligner.memory import read_beads
from aligner.types import Bead
from aligner.vectors import Encoder
from results import table
from training.augmentation import without_runs
from training.corpus import Document, formal_texts, sentences
from training.fitting import Form, compared, train, with_numbers


def align(document: Document, encoder: Encoder, scorers: Scorers) -> tuple[Bead, ...]:
    source, target = sentences(document.source, "zh"), sentences(document.target, "en")
    return tuple(match(source, target, encoder.encode, scorers=scorers))


@dataclass(frozen=True)
class Fold:
    """What came out for a chapter that was not trained on."""

    counts: Counts
    confidences: list[float]
    right: list[bool]
    by_type: dict[str, tuple[int, int]]
    omissions: Counts = field(default_factory=Counts)


def judge(gold: Sequence[Bead], beads: Sequence[Bead]) -> Fold:
    known = {(b.source, b.target) for b in gold}
    found = {(b.source, b.target) for b in beads}
    types: dict[str, tuple[int, int]] = {}
    for b in gold:
        right, total = types.get(b.type, (0, 0))
        types[b.type] = right + ((b.source, b.target) in found), total + 1
    return Fold(
        count_beads(gold, beads),
        [b.confidence for b in beads],
        [(b.source, b.target) in known for b in beads],
        types,
    )


def cross_validate(
    folder: Path,
    forms: Sequence[Form],
    formal: Sequence[tuple[Document, SimilarityModel]],
    encoder: Encoder,
) -> list[Fold]:
    """Align each chapter with weights trained on the others; compare with its gold."""
    chapters = [form.document for form in forms if form.weight == 1.0]
    golds = [read_beads(path) for path in sorted(folder.glob("*.beads"))]
    folds = []
    for number, (chapter, gold) in enumerate(zip(chapters, golds, strict=True)):
        scorers = train(forms, number, formal)
        fold = judge(gold, align(chapter, encoder, scorers))
        for seed in range(3):
            form = without_runs(chapter, np.random.default_rng(100 + 10 * number + seed), 4, 8)
            counts = count_beads(form.beads, align(form, encoder, scorers))
            fold = replace(fold, omissions=fold.omissions + counts)
        folds.append(fold)
        strict = folds[-1].counts.strict.f1
        print(f"chapter {number + 1}: strict F1 {strict:.4f}", file=sys.stderr, flush=True)
    return folds


def summary(folds: Sequence[Fold]) -> dict[str, float]:
    counts = sum((fold.counts for fold in folds), Counts())
    calibrated = calibration(
        [c for fold in folds for c in fold.confidences], [r for fold in folds for r in fold.right]
    )
    return {
        "strict precision": counts.strict.precision,
        "strict recall": counts.strict.recall,
        "strict F1": counts.strict.f1,
        "lax F1": counts.lax.f1,
        "calibration error": calibrated.error,
        "AUROC": calibrated.auroc or float("nan"),
        "strict F1 with runs of 1 to 8 beads left out on one side": sum(
            (fold.omissions for fold in folds), Counts()
        ).strict.f1,
    }


def number_table(trained: Scorers, encoder: Encoder) -> str:
    """How formal texts come out without and with weights of numbers from other kinds of text."""
    plain = {k: w for k, w in trained.fine.weights.items() if k not in NUMBERS}
    rows = []
    for kind in formal.KINDS:
        others = [other for other in formal.KINDS if other != kind]
        fitted = with_numbers(
            trained.coarse, Scorer(plain), compared(formal_texts(range(4), others), encoder)
        )
        row = [kind]
        for fine in (Scorer(plain), fitted):
            scorers = Scorers(trained.coarse, fine)
            counts = Counts()
            for document in formal_texts(range(100, 104), [kind]):
                counts += count_beads(document.beads, align(document, encoder, scorers))
            nulls = [counts.types.get(key, Score()) for key in ("1-0", "0-1", "0-2")]
            found, gold = (sum(getattr(s, what) for s in nulls) for what in ("found", "gold"))
            row += [f"{counts.strict.f1:.3f}", f"{found} of {gold}"]
        rows.append(row)
    names = ["kind", "strict F1 without", "omissions found", "with numbers", "omissions found"]
    return table(names, rows)
