"""From gold, and what systems made of the same text, to an evaluation."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aligner import evaluation
from aligner.embedding import load_encoder
from aligner.errors import FormatError, ReadError, UsageError
from aligner.matching import weights_hash
from aligner.memory import read_beads, read_jsonl, read_tmx
from aligner.pipeline.gold import Gold, read_gold
from aligner.pipeline.settings import Progress, Settings, report
from aligner.printable import printable_name
from aligner.types import Bead
from aligner.vectors import Encoder, Vectors


def evaluate(
    gold: str | Path,
    systems: Sequence[str | Path] = (),
    settings: Settings = Settings(),
    *,
    texts: tuple[str | Path, str | Path] | None = None,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> evaluation.Evaluation:
    """Compare systems with gold, or, without any, what aligner makes of the gold's text.

    `gold` is a gold file or a folder of them: of notes (`.jsonl`), or beads (any other ending;
    `.beads` in a folder). `texts` are the sentences of bead files, as `read_gold` has them. A
    system is a bead file, an alignment in JSON lines or a TMX, or a folder that has one for
    each file of gold, named as that is. Raises UsageError, ReadError, FormatError, and
    ModelError where the text is aligned.
    """
    golds = read_gold(gold, settings, texts)
    references = [each.reference for each in golds]
    if systems:
        names = _names(systems)
        judged = [
            _read_system(name, place, golds, progress)
            for name, place in zip(names, systems, strict=True)
        ]
    else:
        judged = [_align(golds, settings, encoder, progress)]
    return evaluation.assess(printable_name(Path(os.path.realpath(gold)).name), references, judged)


def report_page(
    found: evaluation.Evaluation,
    settings: Settings = Settings(),
    *,
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> Iterator[str]:
    """An evaluation as a page that needs no other file, piece by piece.

    Its maps show the similarity of sentences by the settings' model, or by `encoder`. Raises
    ModelError.
    """
    from aligner.evaluation.page import report_page as page

    if not any(document.reference.has_texts for document in found.documents):
        return page(found)
    model = encoder or load_encoder(settings.model)

    def encode(sentences: Sequence[str]) -> Vectors:
        report(progress, "drawing")
        return model.encode(sentences).runs(1)

    return page(found, encode)


def _align(
    golds: Sequence[Gold], settings: Settings, encoder: Encoder | None, progress: Progress | None
) -> evaluation.System:
    encoder = encoder or load_encoder(settings.model)
    predictions = [
        evaluation.place_alignment(gold.reference, gold.align(settings, encoder, progress))
        for gold in golds
    ]
    return evaluation.System(f"aligner, {encoder.name}", tuple(predictions), weights_hash())


def _names(systems: Sequence[str | Path]) -> list[str]:
    """What systems are called: the last part of their paths if that tells them apart."""
    names = [Path(system).name for system in systems]
    if len(set(names)) < len(names):
        names = [str(system) for system in systems]
    return [printable_name(name) for name in names]


def _read_system(
    name: str, place: str | Path, golds: Sequence[Gold], progress: Progress | None
) -> evaluation.System:
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
        report(progress, "reading")
        read = _READERS.get(file.suffix.lower(), _read_bead_file)
        predictions.append(read(file, gold.reference))
    return evaluation.System(name, tuple(predictions))


def _file_for(gold: Gold, folder: Path) -> Path:
    for ending in _READERS:
        path = folder / (gold.path.stem + ending)
        if path.exists():
            return path
    raise ReadError(
        f"{folder}: lacks {gold.path.stem}, for which there is gold, as {' or '.join(_READERS)}"
    )


def _read_bead_file(path: Path, reference: evaluation.Reference) -> evaluation.Prediction:
    if reference.note:
        raise UsageError(
            f"{path}: sentence numbers tell nothing of a note; give its alignment as JSON lines"
        )
    sizes = (reference.source.size, reference.target.size) if reference.has_texts else None
    beads = read_beads(path, sizes)
    prediction = evaluation.place_beads(reference, beads)
    straight = _strict_f1(reference, prediction)
    if straight < _FITS:
        turned = evaluation.place_beads(reference, [Bead(b.target, b.source) for b in beads])
        if _strict_f1(reference, turned) > max(_FITS, 2 * straight):
            raise FormatError(
                f"{path}: source and target are swapped; the form is [source]:[target]"
            )
    return prediction


def _strict_f1(reference: evaluation.Reference, prediction: evaluation.Prediction) -> float:
    return evaluation.judge(reference.claims, prediction.claims).counts.strict.f1


def _read_alignment(path: Path, reference: evaluation.Reference) -> evaluation.Prediction:
    alignment = read_jsonl(path)
    sizes = len(alignment.source), len(alignment.target)
    if not reference.has_texts and sizes != (reference.source.size, reference.target.size):
        raise UsageError(
            f"{path}: has {sizes[0]} and {sizes[1]} sentences, but the gold "
            f"{reference.source.size} and {reference.target.size}; name the gold's with --source "
            "and --target"
        )
    return evaluation.place_alignment(reference, alignment)


def _read_memory(path: Path, reference: evaluation.Reference) -> evaluation.Prediction:
    if not reference.has_texts:
        raise UsageError(
            f"{path}: a memory is compared by its texts; name the gold's sentences with --source "
            "and --target"
        )
    return evaluation.place_units(reference, read_tmx(path))


_FITS = 0.5  # Strict F1 from which on an alignment is of this text, if not a good one.
_READERS: dict[str, Callable[[Path, evaluation.Reference], evaluation.Prediction]] = {
    ".beads": _read_bead_file,
    ".jsonl": _read_alignment,
    ".tmx": _read_memory,
}
