"""From gold, and documents or bead files, to scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from aligner import evaluation
from aligner.embedding import load_encoder
from aligner.errors import FormatError, UsageError
from aligner.memory import read_beads
from aligner.pipeline.align import align_note
from aligner.pipeline.settings import Progress, Settings
from aligner.reading import read_document
from aligner.types import Encoder


def find_gold(place: str | Path) -> list[Path]:
    """The gold files of a folder, by name, or the one file given.

    Raises FormatError where a folder holds none.
    """
    path = Path(place)
    if not path.is_dir():
        return [path]
    found = sorted((*path.glob("*.jsonl"), *path.glob("*.beads")))
    if not found:
        raise FormatError(f"{path}: no gold files (*.jsonl or *.beads) in this folder")
    return found


def evaluate_notes(
    gold: Sequence[str | Path],
    settings: Settings = Settings(),
    encoder: Encoder | None = None,
    progress: Progress | None = None,
) -> list[evaluation.Result]:
    """Align the notes of gold files from their raw text and count what is right.

    The languages are those of the gold file. Raises FormatError, and like `align_note`.
    """
    results = []
    encoder = encoder or load_encoder(settings.model)
    for path in gold:
        header = evaluation.read_gold_header(path)
        own = replace(settings, source_lang=header.source_lang, target_lang=header.target_lang)
        note_gold = evaluation.read_note_gold(path, read_document(header.document).text)
        alignment = align_note(header.document, own, encoder, progress)
        counts = evaluation.count_note(note_gold, alignment)
        results.append(evaluation.Result(header.document.name, counts))
    return results


def evaluate_beads(
    gold: Sequence[str | Path], system: Sequence[str | Path]
) -> list[evaluation.Result]:
    """Compare bead files with gold bead files, in the same order.

    Raises UsageError where their numbers differ, ReadError and FormatError.
    """
    if len(gold) != len(system):
        raise UsageError(f"{len(gold)} gold files but {len(system)} of the system; give as many")
    return [
        evaluation.Result(
            Path(ours).name, evaluation.count_beads(read_beads(theirs), read_beads(ours))
        )
        for theirs, ours in zip(gold, system, strict=True)
    ]
