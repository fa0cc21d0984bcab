"""Train the scorer's weights and measure them on chapters that they have not seen.

    python benchmarks/train_scorer.py DEV_LITERARY             leave-one-chapter-out figures
    python benchmarks/train_scorer.py DEV_LITERARY --write     ... and write the weights

DEV_LITERARY is a folder of NNN.zh, NNN.en (one sentence a line) and NNN.beads (gold).

The model is a conditional random field over all alignments of a document: the likelihood of the
gold is exact, and convex in the weights. So that nulls are learned, of which novels have few,
each chapter also comes in made-up forms, with a lower weight: with runs of sentences taken out
on one side, as short pieces, and with unrelated sentences of another chapter before it.

Novels have hardly a number that a translator must keep, so that the weights of numbers alone are
fitted, with all others as they are, on formal texts that `formal.py` makes.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import formal
from aligner._version import __version__
from aligner.document import Span
from aligner.embedding import load_encoder
from aligner.evaluation import Counts, Score, count_beads
from aligner.evaluation.calibration import calibration
from aligner.matching.comparison import Comparison, Side
from aligner.matching.decode import MAX_BEAD, candidates, closer_evidence
from aligner.matching.evidence import basic_evidence
from aligner.matching.lattice import (
    BEAD,
    FOLLOWING,
    KINDS,
    OPENING,
    SIZES,
    TYPES,
    Edges,
    Lattice,
)
from aligner.matching.match import match
from aligner.matching.scorer import Scorer, Scorers
from aligner.memory import read_beads
from aligner.threads import single_threaded
from aligner.types import Bead, Sentence
from aligner.vectors import Encoder, Vectors
from results import record, table

WEIGHTS = Path(__file__).parent.parent / "src/aligner/matching/scorer.json"

_SIZES = (
    *(f"size {s}" for s in ("1-1", "1-2", "1-3", "1-4", "1-5", "2-2", "2-3", "2-4", "3-3")),
    "null opening",
    "null following",
)
_BASIC = (
    *("similarity", "similarity by size", "length ratio", "length difference"),
    "null length",
)
COARSE = (*_SIZES, *_BASIC, "neighbours", "growth", "null gain", "null near")
FINE = (
    *(*_SIZES, *_BASIC, "leak", "worst leak", "null links", "closing quote"),
    *("narrow inside", "narrow margin", "wide sum", "wide margin"),
)
NUMBERS = ("numbers apart", "numbers alone", "null numbers apart", "null numbers alone")
# A log ratio of odds, which is added as it is when all else is trained: novels, in which it gains
# little, would fit a weight of 0, formal texts one of 2.
SHARE = {"larger here": 1.0}
PENALTY = {"coarse": 1e-3, "fine": 3e-3, "numbers": 1e-3}
MADE_UP_WEIGHT = 0.3


@dataclass(frozen=True)
class Document:
    """Two texts and their gold beads, in text order."""

    source: list[str]
    target: list[str]
    beads: list[Bead]


@dataclass(frozen=True)
class Case:
    """A document's candidates, their evidence, and which of them are gold."""

    edges: Edges
    columns: dict[str, Vectors]
    gold: NDArray[np.bool_]
    lattice: Lattice
    weight: float


def read_chapters(folder: Path) -> list[Document]:
    """The chapters of a folder, nulls of the gold put in their place."""
    chapters = []
    for gold in sorted(folder.glob("*.beads")):
        source, target = (
            gold.with_suffix(end).read_text("utf-8").splitlines() for end in (".zh", ".en")
        )
        beads = in_order(read_beads(gold), len(source), len(target))
        chapters.append(Document(source, target, beads))
    return chapters


def in_order(beads: Iterable[Bead], rows: int, columns: int) -> list[Bead]:
    """Beads that cover both texts once, in order: nulls one by one, crossing beads joined."""
    spans: list[tuple[int, int, int, int]] = []
    pairs = [b for b in beads if not b.is_null]
    for pair in sorted(pairs, key=lambda b: (min(b.source), min(b.target))):
        span = min(pair.source), max(pair.source) + 1, min(pair.target), max(pair.target) + 1
        while spans and (span[0] < spans[-1][1] or span[2] < spans[-1][3]):
            last = spans.pop()
            span = (
                min(last[0], span[0]),
                max(last[1], span[1]),
                min(last[2], span[2]),
                max(last[3], span[3]),
            )
        spans.append(span)
    done: list[Bead] = []
    i = j = 0
    for start, stop, first, last_one in [*spans, (rows, rows, columns, columns)]:
        done += [Bead((k,), ()) for k in range(i, start)]
        done += [Bead((), (k,)) for k in range(j, first)]
        if start < stop:
            done.append(Bead(tuple(range(start, stop)), tuple(range(first, last_one))))
        i, j = stop, last_one
    return done


def rebuild(document: Document, beads: Sequence[Bead]) -> Document:
    """The document of some of its beads, sentences numbered anew, nulls put in their place."""
    source = [k for bead in beads for k in bead.source]
    target = [k for bead in beads for k in bead.target]
    ours = {k: place for place, k in enumerate(source)}
    theirs = {k: place for place, k in enumerate(target)}
    new = (
        Bead(tuple(ours[k] for k in b.source), tuple(theirs[k] for k in b.target)) for b in beads
    )
    return Document(
        [document.source[k] for k in source],
        [document.target[k] for k in target],
        in_order(new, len(source), len(target)),
    )


def without_runs(
    document: Document, random: np.random.Generator, runs: int, longest: int
) -> Document:
    """Runs of beads lose one side."""
    count = len(document.beads)
    lost: dict[int, int] = {}
    for _ in range(runs):
        length = int(random.integers(1, longest + 1))
        first = int(random.integers(0, max(1, count - length)))
        side = int(random.integers(2))
        if not any(k in lost for k in range(first - 2, first + length + 2)):
            lost |= dict.fromkeys(range(first, min(count, first + length)), side)
    beads: list[Bead] = []
    for number, bead in enumerate(document.beads):
        if number not in lost:
            beads.append(bead)
        elif lost[number] == 0:
            beads += [Bead((), (k,)) for k in bead.target]
        else:
            beads += [Bead((k,), ()) for k in bead.source]
    return rebuild(document, beads)


def with_foreign(document: Document, lines: Sequence[str], on_target: bool, place: int) -> Document:
    """Unrelated lines in one text, before the bead of number `place`."""
    done = document.beads[:place]
    at = sum(len(b.target if on_target else b.source) for b in done)
    new = [Bead((), (at + k,)) if on_target else Bead((at + k,), ()) for k in range(len(lines))]
    rest = [
        Bead(b.source, tuple(k + len(lines) for k in b.target))
        if on_target
        else Bead(tuple(k + len(lines) for k in b.source), b.target)
        for b in document.beads[place:]
    ]
    source, target = list(document.source), list(document.target)
    (target if on_target else source)[at:at] = lines
    return Document(source, target, in_order([*done, *new, *rest], len(source), len(target)))


def fragment(sentence: str, random: np.random.Generator) -> str:
    """A few words of a sentence, as letterheads and addresses have them."""
    count = int(random.integers(1, 7))
    words = sentence.split()
    return " ".join(words[:count]) if len(words) > 1 else sentence[: 2 * count]


def made_up(
    chapters: Sequence[Document], number: int, seed: int = 1
) -> list[tuple[Document, set[int]]]:
    """Forms of a chapter with omissions, short pieces, and foreign text in them.

    Each comes with the numbers of the chapters that it has text of.
    """
    random = np.random.default_rng(seed * 1000 + number)
    chapter = chapters[number]
    made = [
        (without_runs(chapter, random, int(random.integers(2, 6)), 8), {number}) for _ in range(2)
    ]
    for turn in range(9):
        length = int(random.integers(6, 30))
        first = int(random.integers(0, len(chapter.beads) - length))
        piece = rebuild(chapter, chapter.beads[first : first + length])
        used = {number}
        if turn % 2 or turn >= 6:
            other = (number + int(random.integers(1, len(chapters)))) % len(chapters)
            used.add(other)
            on_target = bool(random.integers(2))
            text = chapters[other].target if on_target else chapters[other].source
            start = int(random.integers(0, 100))
            lines = text[start : start + int(random.integers(1, 6))]
            if turn >= 6:
                lines = [fragment(line, random) for line in lines]
            inside = turn >= 6 and random.random() < 0.6
            place = int(random.integers(len(piece.beads) + 1)) if inside else 0
            piece = with_foreign(piece, lines, on_target, place)
        if turn in (2, 5):
            piece = without_runs(piece, random, 1, 4)
        made.append((piece, used))
    return made


def compare(document: Document, encoder: Encoder) -> Comparison:
    sides = (
        Side(texts, encoder.encode(texts), np.zeros(len(texts) + 1), np.arange(len(texts)))
        for texts in (document.source, document.target)
    )
    return Comparison(*sides)


def gold_rows(document: Document, edges: Edges) -> NDArray[np.bool_]:
    """Which candidates are gold; a null's kind depends on the nulls before it."""
    types = {(m, n, k): t for t, ((m, n), k) in enumerate(zip(SIZES.tolist(), KINDS, strict=True))}
    gold = np.zeros((TYPES, edges.band.size + 1), dtype=bool)
    i = j = 0
    before: set[bool] = set()  # the sides of the nulls since the last bead
    for bead in document.beads:
        m, n = len(bead.source), len(bead.target)
        kind = BEAD if m and n else FOLLOWING if bool(m) in before else OPENING
        found = types.get((m, n, kind))
        if found is not None:
            gold[found, edges.band.nodes(np.array([i]), np.array([j]))] = True
        before = set() if m and n else {*before, bool(m)}
        i, j = i + m, j + n
    return np.asarray(edges.pick(gold[:, :-1]), dtype=bool)


def coarse_case(document: Document, comparison: Comparison, weight: float) -> Case:
    lattice = Lattice(comparison.band)
    edges = Edges.chosen(comparison.band, lattice.edges(MAX_BEAD))
    columns = _picked(edges, basic_evidence(comparison))
    return Case(edges, columns, gold_rows(document, edges), lattice, weight)


def fine_case(document: Document, comparison: Comparison, coarse: Scorer, weight: float) -> Case:
    lattice = Lattice(comparison.band)
    basic = basic_evidence(comparison)
    edges, expected = candidates(comparison, basic, coarse, lattice)
    columns = _picked(edges, basic) | closer_evidence(comparison, edges, expected)
    return Case(edges, columns, gold_rows(document, edges), lattice, weight)


def _picked(edges: Edges, evidence: Mapping[str, Vectors]) -> dict[str, Vectors]:
    return {name: edges.pick(values) for name, values in evidence.items()}


def fit(
    cases: Sequence[Case],
    names: Sequence[str],
    penalty: float,
    rounds: int = 60,
    given: Scorer | None = None,
) -> Scorer:
    """Weights that make the gold most likely, with a penalty on their squares.

    They come on top of those that are given.
    """
    bases = [given.score(case.columns) if given else 0.0 for case in cases]
    matrices = [np.stack([case.columns[name] for name in names], axis=1) for case in cases]
    spread = np.concatenate(matrices).std(axis=0) + 1e-3
    matrices = [matrix / spread for matrix in matrices]
    beads = sum(case.gold.sum() * case.weight for case in cases)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(len(names))
        for case, matrix, base in zip(cases, matrices, bases, strict=True):
            scores = np.asarray(matrix @ weights, dtype=np.float64) + base
            log_sum, all_posteriors = case.lattice.posteriors(case.edges.spread(scores))
            posterior = case.edges.pick(all_posteriors)
            total += case.weight * (log_sum - scores[case.gold].sum()) / beads
            gradient += case.weight * (matrix.T @ (posterior - case.gold)) / beads
        return total + penalty * float(weights @ weights), gradient + 2 * penalty * weights

    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": rounds}
    )
    weights = dict(zip(names, (found.x / spread).tolist(), strict=True))
    return Scorer({**(given.weights if given else {}), **weights})


@dataclass(frozen=True)
class Form:
    """A chapter or a made-up form of one, compared once for all folds.

    `chapters` are the numbers of those that it has text of.
    """

    chapters: set[int]
    document: Document
    comparison: Comparison
    coarse: Case
    weight: float


def all_forms(chapters: Sequence[Document], encoder: Encoder) -> list[Form]:
    """The chapters and their made-up forms."""
    forms = []
    for number, chapter in enumerate(chapters):
        variants = [(chapter, {number}), *made_up(chapters, number)]
        for turn, (document, used) in enumerate(variants):
            weight = MADE_UP_WEIGHT if turn else 1.0
            comparison = compare(document, encoder)
            case = coarse_case(document, comparison, weight)
            forms.append(Form(used, document, comparison, case, weight))
    return forms


def train(
    forms: Sequence[Form],
    without: int | None,
    formal: Sequence[tuple[Document, Comparison]],
    fine: Sequence[str] = FINE,
) -> Scorers:
    """Both scorers from all chapters but one, and from formal texts."""
    chosen = [form for form in forms if without not in form.chapters]
    coarse = fit([form.coarse for form in chosen], COARSE, PENALTY["coarse"], 50)
    cases = [fine_case(f.document, f.comparison, coarse, f.weight) for f in chosen]
    fitted = fit(cases, fine, PENALTY["fine"])
    return Scorers(coarse, with_numbers(coarse, Scorer({**fitted.weights, **SHARE}), formal))


def formal_documents(
    encoder: Encoder, seeds: Iterable[int], kinds: Iterable[str] = formal.KINDS
) -> list[tuple[Document, Comparison]]:
    """Formal texts that were made, and their comparisons."""
    texts = (Document(*formal.formal_text(kind, seed)) for kind in kinds for seed in seeds)
    return [(document, compare(document, encoder)) for document in texts]


def with_numbers(
    coarse: Scorer, fine: Scorer, documents: Sequence[tuple[Document, Comparison]]
) -> Scorer:
    """The fine scorer with weights of numbers, from formal texts, added to it."""
    cases = [fine_case(*document, coarse, 1.0) for document in documents]
    return fit(cases, NUMBERS, PENALTY["numbers"], given=fine)


def sentences(texts: Sequence[str], language: str) -> list[Sentence]:
    return [Sentence(t, language, Span(0, len(t)), k, 1) for k, t in enumerate(texts, 1)]


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
    formal: Sequence[tuple[Document, Comparison]],
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
            trained.coarse, Scorer(plain), formal_documents(encoder, range(4), others)
        )
        row = [kind]
        for fine in (Scorer(plain), fitted):
            scorers = Scorers(trained.coarse, fine)
            counts = Counts()
            for document, _ in formal_documents(encoder, range(100, 104), [kind]):
                counts += count_beads(document.beads, align(document, encoder, scorers))
            nulls = [counts.types.get(key, Score()) for key in ("1-0", "0-1", "0-2")]
            found, gold = (sum(getattr(s, what) for s in nulls) for what in ("found", "gold"))
            row += [f"{counts.strict.f1:.3f}", f"{found} of {gold}"]
        rows.append(row)
    names = ["kind", "strict F1 without", "omissions found", "with numbers", "omissions found"]
    return table(names, rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights of all chapters")
    arguments = parser.parse_args()
    encoder = load_encoder()
    with single_threaded():
        forms = all_forms(read_chapters(arguments.folder), encoder)
        made = formal_documents(encoder, range(4))
        folds = cross_validate(arguments.folder, forms, made, encoder)
        trained = train(forms, None, made)
        numbers = number_table(trained, encoder)
    figures = summary(folds)
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
    record("train_scorer.py", text)
    if arguments.write:
        content = {
            "provenance": {
                "command": "python benchmarks/train_scorer.py DEV_LITERARY --write",
                "data": "MAC-Dev by Lei Liu and Min Zhu: six chapters of Chinese novels with "
                "published English translations, hand-aligned; for numbers formal texts made by "
                "benchmarks/formal.py",
                "date": date.today().isoformat(),
                "encoder": f"{encoder.name}, aligner {__version__}",
                "leave_one_chapter_out": {k: round(v, 4) for k, v in figures.items()},
            },
            "coarse": dict(trained.coarse.weights),
            "fine": dict(trained.fine.weights),
        }
        WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
