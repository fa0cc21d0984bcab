"""From gold, and what systems made of the same text, to an evaluation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner.align import Aligner
from aligner.errors import FormatError, ReadError, UsageError
from aligner.evaluation.assess import assess
from aligner.evaluation.gold.files import Gold, read_gold
from aligner.evaluation.judging import judge
from aligner.evaluation.placing import (
    Prediction,
    System,
    place_alignment,
    place_beads,
    place_units,
)
from aligner.evaluation.reference import Reference
from aligner.evaluation.results import Evaluation
from aligner.kinds import named_format
from aligner.matching import weights_hash
from aligner.memory import read_beads, read_jsonl, read_tmx
from aligner.printable import printable_name
from aligner.progress import Progress
from aligner.types import Bead
from aligner.vectors import Vectors


def evaluate(
    gold: str | Path,
    systems: Sequence[str | Path] = (),
    aligner: Aligner | None = None,
    *,
    texts: tuple[str | Path, str | Path] | None = None,
) -> Evaluation:
    """Compare systems with gold; without systems, align the text of the gold and evaluate that.

    `gold` is a gold file or a folder of them: of notes (`.jsonl`), or beads (any other ending;
    `.beads` in a folder). `texts` are the sentences of bead files, as `read_gold` has them. A
    system is a bead file, an alignment in JSON lines or a TMX, or a folder with one file of the
    same name for each gold file. Raises UsageError, ReadError, FormatError, and ModelError if the
    text is aligned.
    """
    aligner = aligner or Aligner()
    golds = read_gold(gold, aligner.settings, texts)
    if systems:
        pairs = zip(_names(systems), systems, strict=True)
        judged = [_read_system(name, place, golds, aligner.progress) for name, place in pairs]
    else:
        judged = [_align(golds, aligner)]
    name = printable_name(Path(os.path.realpath(gold)).name)
    return assess(name, [each.reference for each in golds], judged)


def report_page(found: Evaluation, aligner: Aligner | None = None) -> Iterator[str]:
    """Yield an evaluation as a self-contained HTML page, in pieces.

    Its maps show the similarity of sentences according to the aligner's model. Raises ModelError.
    """
    from aligner.evaluation.page import report_page as page

    if not any(document.reference.has_texts for document in found.documents):
        return page(found)
    drawing = aligner or Aligner()

    def embed(sentences: Sequence[str]) -> Vectors:
        drawing.progress.stage("drawing")
        return drawing.embed(sentences)

    return page(found, embed)


def _align(golds: Sequence[Gold], aligner: Aligner) -> System:
    predictions = [place_alignment(gold.reference, gold.align(aligner)) for gold in golds]
    return System(f"aligner, {aligner.encoder.name}", tuple(predictions), weights_hash())


def _names(systems: Sequence[str | Path]) -> list[str]:
    """What systems are called: the last part of their paths if that tells them apart."""
    names = [Path(system).name for system in systems]
    if len(set(names)) < len(names):
        names = [str(system) for system in systems]
    return [printable_name(name) for name in names]


def _read_system(name: str, place: str | Path, golds: Sequence[Gold], progress: Progress) -> System:
    path = Path(place)
    if not path.exists():
        raise ReadError(f"{path}: no such file or folder; check the path")
    if not path.is_dir():
        if len(golds) > 1:
            raise UsageError(
                f"{path}: is one file, but the gold has {len(golds)}; give a folder with files "
                f"of the same names, such as {golds[0].path.stem}.beads"
            )
        files = [path]
    else:
        files = [_file_for(gold, path) for gold in golds]
    predictions = []
    for file, gold in zip(files, golds, strict=True):
        progress.stage("reading")
        read = _READERS.get(named_format(file), _read_bead_file)
        predictions.append(read(file, gold.reference))
    return System(name, tuple(predictions))


def _file_for(gold: Gold, folder: Path) -> Path:
    for form in _READERS:
        path = folder / f"{gold.path.stem}.{form}"
        if path.exists():
            return path
    expected = " or ".join(f".{form}" for form in _READERS)
    raise ReadError(f"{folder}: has no {gold.path.stem} to match the gold; expected {expected}")


def _read_bead_file(path: Path, reference: Reference) -> Prediction:
    if reference.note:
        raise UsageError(
            f"{path}: a note can't be evaluated by sentence numbers; "
            "give an alignment as JSON lines"
        )
    sizes = (reference.source.size, reference.target.size) if reference.has_texts else None
    beads = read_beads(path, sizes)
    prediction = place_beads(reference, beads)
    straight = _strict_f1(reference, prediction)
    if straight < _FITS:
        turned = place_beads(reference, [Bead(b.target, b.source) for b in beads])
        if _strict_f1(reference, turned) > max(_FITS, 2 * straight):
            raise FormatError(
                f"{path}: source and target are swapped; the form is [source]:[target]"
            )
    return prediction


def _strict_f1(reference: Reference, prediction: Prediction) -> float:
    return judge(reference.claims, prediction.claims).counts.strict.f1


def _read_alignment(path: Path, reference: Reference) -> Prediction:
    alignment = read_jsonl(path)
    sizes = len(alignment.source), len(alignment.target)
    if not reference.has_texts and sizes != (reference.source.size, reference.target.size):
        raise UsageError(
            f"{path}: has {sizes[0]} and {sizes[1]} sentences, but the gold "
            f"{reference.source.size} and {reference.target.size}; name the gold's with --source "
            "and --target"
        )
    return place_alignment(reference, alignment)


def _read_memory(path: Path, reference: Reference) -> Prediction:
    if not reference.has_texts:
        raise UsageError(
            f"{path}: a memory is compared by its texts; name the gold's sentences with --source "
            "and --target"
        )
    return place_units(reference, read_tmx(path))


_FITS = 0.5  # Strict F1 from which on an alignment is of this text, if not a good one.
_READERS: dict[str, Callable[[Path, Reference], Prediction]] = {
    "beads": _read_bead_file,
    "jsonl": _read_alignment,
    "tmx": _read_memory,
}
