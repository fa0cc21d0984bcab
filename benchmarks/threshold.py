"""Which pairs are kept out of memories, and which texts are no translations of each other?

    python benchmarks/threshold.py DEV_LITERARY

Chapters are aligned with weights trained on the others, as they are and with single sentences or
runs of them left out on one side; the notes as the tests arrange them. A pair is right if the
gold has it as it stands.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

import formal
from results import record, table
from training.augmentation import without_runs
from training.corpus import Document, formal_texts, read_chapters, rebuild, sentences
from training.cross_validation import align
from training.fitting import all_forms, compared, train

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from aligner import Alignment, align_note, load_encoder
from aligner.align.coverage import LEAST_COVERAGE, coverage
from aligner.confidence import LEAST_CONFIDENCE
from aligner.matching.scorer import Scorers, trained_scorers
from aligner.threads import single_threaded
from aligner.types import Bead
from aligner.vectors import Encoder
from notes import NOTES, found_pairs, gold_pairs, parts, squeeze
from variants import VARIANTS

THRESHOLDS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
PIECES = (3, 5, 10, 30)  # gold beads of which short texts are made
_DRAWN = 60  # of them, for each size

_TURNS = 8  # in which other sentences are left out of short texts

Judged = list[tuple[float, bool]]  # confidence of pairs, and whether they are right


def judged(gold: Sequence[Bead], beads: Sequence[Bead]) -> Judged:
    known = {(b.source, b.target) for b in gold}
    return [(b.confidence, (b.source, b.target) in known) for b in beads if not b.is_null]


def without_singles(document: Document, random: np.random.Generator) -> Document:
    """One bead in twenty loses one side."""
    beads: list[Bead] = []
    for bead in document.beads:
        lost = random.random() < 0.05 and bead.type == "1-1"
        side = int(random.integers(2))
        halves = Bead((), bead.target), Bead(bead.source, ())
        beads.append(halves[side] if lost else bead)
    return rebuild(document, beads)


def omission_row(
    name: str, documents: Sequence[tuple[Document, Scorers]], encoder: Encoder
) -> list[str]:
    """Of the sentences that one side lacks, how many are found; and of the pairs."""
    found = {True: 0, False: 0}
    gold = {True: 0, False: 0}
    for document, scorers in documents:
        beads = {(b.source, b.target) for b in align(document, encoder, scorers)}
        for bead in document.beads:
            gold[bead.is_null] += 1
            found[bead.is_null] += (bead.source, bead.target) in beads
    shares = (f"{found[null]} of {gold[null]}" for null in (True, False))
    return [name, *shares, f"{found[False] / gold[False]:.4f}"]


def omission_rows(
    chapters: Sequence[Document], encoder: Encoder, scorers: Sequence[Scorers]
) -> list[list[str]]:
    """... in novels by weights that were trained on others, in formal texts by those of all."""
    trained = trained_scorers()
    written = [Document(*text) for text in formal.written_texts().values()]
    texts = {
        "novels": [*zip(chapters, scorers, strict=True)],
        "notes and report": [(document, trained) for document in written],
    }
    random = np.random.default_rng(0)
    less = {
        f"{name}, single sentences left out": [
            (without_singles(document, random), chosen)
            for document, chosen in documents
            for _ in range(_TURNS)
        ]
        for name, documents in texts.items()
    }
    made = [(document, trained) for document in formal_texts(range(100, 104))]
    groups = {**texts, **less, "made formal texts, sentences left out": made}
    return [omission_row(name, group, encoder) for name, group in groups.items()]


def curve(name: str, found: Judged, gold: int) -> list[list[str]]:
    """A row a threshold: what is kept, how much of it is right, what of the gold is kept."""
    rows = []
    for least in THRESHOLDS:
        kept = [right for sure, right in found if sure >= least]
        held = [right for sure, right in found if sure < least]
        wrong = f"{1 - sum(held) / len(held):.2f}" if held else ""
        rows.append(
            [
                *(name, f"{least:.2f}", f"{sum(kept) / len(kept):.4f}"),
                *(f"{sum(kept) / gold:.4f}", str(len(held)), wrong),
            ]
        )
    return rows


def arranged_notes(encoder: Encoder, folder: Path) -> tuple[Judged, int]:
    """Pairs of all arrangements of the notes; pairs that the gold leaves open are not judged."""
    found: Judged = []
    count = 0
    for note in NOTES:
        gold, optional = gold_pairs(note), gold_pairs(note, "optional")
        for arrange in VARIANTS.values():
            path = folder / "note.txt"
            path.write_text(arrange(parts(note)), "utf-8")
            alignment = align_note(path, encoder=encoder)
            count += len(gold & found_pairs(alignment))
            for bead in alignment.pairs:
                texts = (
                    squeeze(alignment.source_text(bead)),
                    squeeze(alignment.target_text(bead)),
                )
                if texts not in optional:
                    found.append((bead.confidence, texts in gold))
    return found, count


def aligned(document: Document, encoder: Encoder, scorers: Scorers) -> Alignment:
    beads = align(document, encoder, scorers)
    sides = sentences(document.source, "zh"), sentences(document.target, "en")
    return Alignment(tuple(sides[0]), tuple(sides[1]), beads, "zh", "en")


def pieces(chapters: Sequence[Document], size: int, same: bool) -> Iterator[Document]:
    """Short texts of so many beads: translations, or a chapter's source and another's target."""
    random = np.random.default_rng(size)

    def piece(number: int) -> Document:
        chapter = chapters[number]
        first = int(random.integers(len(chapter.beads) - size))
        return rebuild(chapter, chapter.beads[first : first + size])

    for _ in range(_DRAWN):
        number = int(random.integers(len(chapters)))
        other = (number + int(random.integers(1, len(chapters)))) % len(chapters)
        one = piece(number)
        target = one.target if same else piece(other).target
        if one.source and target:
            yield Document(one.source, target, [])


def coverage_rows(
    chapters: Sequence[Document], encoder: Encoder, scorers: Sequence[Scorers]
) -> list[list[str]]:
    book = [line for chapter in chapters for line in chapter.target]
    cases = {
        "a chapter and its translation": [(k, c) for k, c in enumerate(chapters)],
        "a chapter and the book": [
            (k, Document(c.source, book, [])) for k, c in enumerate(chapters)
        ],
        "a chapter and another": [
            (k, Document(c.source, o.target, []))
            for k, c in enumerate(chapters)
            for o in chapters
            if o is not c
        ],
    }
    for size in PIECES:
        for same, name in ((True, "and their translation"), (False, "and others")):
            cases[f"{size} beads {name}"] = [(0, p) for p in pieces(chapters, size, same)]
    rows = []
    for name, documents in cases.items():
        shares = sorted(coverage(aligned(d, encoder, scorers[k])).share for k, d in documents)
        refused = sum(share < LEAST_COVERAGE for share in shares)
        middle = shares[len(shares) // 2]
        rows.append(
            [
                *(name, str(len(shares))),
                *(f"{share:.2f}" for share in (shares[0], middle, shares[-1])),
                str(refused),
            ]
        )
    return rows


def main() -> None:
    encoder = load_encoder()
    chapters = read_chapters(Path(sys.argv[1]))
    with single_threaded():
        forms = all_forms(chapters, encoder)
        made = compared(formal_texts(range(4)), encoder)
        scorers = [train(forms, number, made) for number in range(len(chapters))]
        groups: dict[str, tuple[Judged, int]] = {}
        for name, change in (
            ("novels", lambda chapter, _: chapter),
            ("novels, single sentences left out", without_singles),
            ("novels, runs left out", lambda chapter, random: without_runs(chapter, random, 4, 8)),
        ):
            found: Judged = []
            gold = 0
            for number, chapter in enumerate(chapters):
                document = change(chapter, np.random.default_rng(number))
                found += judged(document.beads, align(document, encoder, scorers[number]))
                gold += sum(not bead.is_null for bead in document.beads)
            groups[name] = found, gold
        rows = coverage_rows(chapters, encoder, scorers)
        omissions = omission_rows(chapters, encoder, scorers)
    with tempfile.TemporaryDirectory() as folder:
        groups["notes, all arrangements"] = arranged_notes(encoder, Path(folder))
    curves = [row for name, group in groups.items() for row in curve(name, *group)]
    record(
        "threshold.py",
        "Pairs kept from a confidence on: the share of them that is right, the share of the gold's "
        f"pairs that is kept; pairs held back, and the share of them that is wrong. The default is "
        f"{LEAST_CONFIDENCE}.\n\n"
        + table(["texts", "from", "right", "kept", "held back", "wrong of these"], curves)
        + "\nSentences that one side lacks and that are found to, and pairs that are found.\n\n"
        + table(["texts", "omissions", "pairs", "share"], omissions)
        + "\nShare of the better covered side that lies in pairs, by their probability; below "
        f"{LEAST_COVERAGE} two texts are refused.\n\n"
        + table(["texts", "cases", "least", "median", "most", "refused"], rows),
    )


if __name__ == "__main__":
    main()
