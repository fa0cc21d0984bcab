"""What does each kind of evidence gain?

    python benchmarks/ablation.py DEV_LITERARY

Leave-one-chapter-out with all evidence and without each kind in turn, the fine scorer trained
anew each time; and the coarse scorer alone. What gains nothing here the trained fine scorer
leaves out: the neighbours and growth.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from aligner.embedding import load_encoder
from aligner.matching.decode import best_beads
from aligner.matching.evidence import BASIC, BORDERS, LENGTH, LINKS, MARKS, NEIGHBOURS, SIMILARITY
from aligner.matching.scorer import Scorer
from aligner.memory import read_beads
from aligner.threads import single_threaded
from aligner.types import Bead
from results import record, table
from training.corpus import read_chapters
from training.cross_validation import Fold, judge, summary
from training.fitting import FINE, GIVEN, PENALTY, Form, all_forms, fine_case, fit, fit_coarse

KINDS = {
    "similarity of the bead": SIMILARITY,
    "neighbours and growth": NEIGHBOURS,
    "length": LENGTH,
    "links of words": LINKS,
    "borders": BORDERS,
    "closing quote": MARKS,
}
_ALL = (*FINE, *NEIGHBOURS)
VARIANTS: dict[str, tuple[str, ...]] = {
    "all": _ALL,
    **{f"without {k}": tuple(n for n in _ALL if n not in names) for k, names in KINDS.items()},
    "without the share of larger beads": _ALL,
    "coarse alone": BASIC,
}
WITHOUT_SHARE = list(VARIANTS)[-2:]

_forms: list[Form] = []


def best(form: Form, coarse: Scorer, scorer: Scorer) -> list[Bead]:
    """The alignment of a form's candidates by a scorer."""
    case = fine_case(form.document, form.comparison, coarse, 1.0)
    return best_beads(case.edges, scorer.score(case.columns), case.lattice)


def run_fold(number: int, gold: tuple[Bead, ...]) -> dict[str, Fold]:
    """All variants, trained without one chapter and judged on it."""
    chosen = [form for form in _forms if number not in form.chapters]
    chapter = next(f for f in _forms if f.weight == 1.0 and number in f.chapters)
    with single_threaded():
        coarse, cases = fit_coarse(chosen)
        folds = {}
        for name, columns in VARIANTS.items():
            fitted = coarse if columns is BASIC else fit(cases, columns, PENALTY["fine"])
            if name not in WITHOUT_SHARE:
                fitted = Scorer({**fitted.weights, **GIVEN})
            folds[name] = judge(gold, best(chapter, coarse, fitted))
    print(f"chapter {number + 1} done", file=sys.stderr, flush=True)
    return folds


def main() -> None:
    folder = Path(sys.argv[1])
    golds = [read_beads(path) for path in sorted(folder.glob("*.beads"))]
    with single_threaded():
        _forms.extend(all_forms(read_chapters(folder), load_encoder()))
    # Forked processes share what has been made above.
    with ProcessPoolExecutor(2, mp_context=get_context("fork")) as pool:
        results = list(pool.map(run_fold, range(len(golds)), golds))
    rows = []
    base = summary([fold["all"] for fold in results])["strict F1"]
    for name in VARIANTS:
        figures = summary([fold[name] for fold in results])
        rows.append(
            [
                name,
                f"{figures['strict F1']:.4f}",
                f"{figures['strict F1'] - base:+.4f}",
                f"{figures['lax F1']:.4f}",
                f"{figures['calibration error']:.4f}",
                f"{figures['AUROC']:.3f}",
            ]
        )
    names = ["evidence", "strict F1", "change", "lax F1", "calibration error", "AUROC"]
    record("ablation.py", table(names, rows))


if __name__ == "__main__":
    main()
