"""Train the scorer's weights and measure them on chapters that they have not seen.

    python benchmarks/train_scorer.py DEV_LITERARY             leave-one-chapter-out figures
    python benchmarks/train_scorer.py DEV_LITERARY --write     ... and write the weights

DEV_LITERARY is a folder of NNN.zh, NNN.en (one sentence a line) and NNN.beads (gold). The package
`training` says what is trained, and how.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from aligner.embedding import load_encoder
from aligner.threads import single_threaded
from results import record, table
from training.corpus import formal_texts, read_chapters
from training.cross_validation import Fold, cross_validate, number_table, summary
from training.fitting import all_forms, compared, train
from training.weights import WEIGHTS, weights_file


def report(folds: Sequence[Fold], figures: Mapping[str, float], numbers: str) -> str:
    types: dict[str, tuple[int, int]] = {}
    for fold in folds:
        for kind, (right, total) in fold.by_type.items():
            before = types.get(kind, (0, 0))
            types[kind] = before[0] + right, before[1] + total
    text = "Leave-one-chapter-out on six chapters of novels.\n\n"
    text += table(["figure", "value"], [[k, f"{v:.4f}"] for k, v in figures.items()])
    text += "\n" + table(
        ["chapter", "strict F1", "lax F1"],
        [
            [str(k), f"{f.counts.strict.f1:.3f}", f"{f.counts.lax.f1:.3f}"]
            for k, f in enumerate(folds, 1)
        ],
    )
    text += "\n" + table(
        ["gold bead", "right", "of"],
        [[kind, str(r), str(n)] for kind, (r, n) in sorted(types.items(), key=lambda t: -t[1][1])],
    )
    text += f"\nFormal texts of kinds that the weights of numbers were not fitted on.\n\n{numbers}"
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights of all chapters")
    arguments = parser.parse_args()
    encoder = load_encoder()
    with single_threaded():
        forms = all_forms(read_chapters(arguments.folder), encoder)
        made = compared(formal_texts(range(4)), encoder)
        folds = cross_validate(arguments.folder, forms, made, encoder)
        trained = train(forms, None, made)
        numbers = number_table(trained, encoder)
    figures = summary(folds)
    record("train_scorer.py", report(folds, figures, numbers))
    if arguments.write:
        WEIGHTS.write_text(weights_file(trained, figures, encoder.name), "utf-8")


if __name__ == "__main__":
    main()
