"""Finding gold, and what belongs to it, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from aligner.align import Aligner
from aligner.align.settings import Settings
from aligner.document import Document
from aligner.errors import FormatError, ReadError, UsageError
from aligner.evaluation.gold.note import note_reference, read_note_gold
from aligner.evaluation.reference import Reference, ReferenceSide, claims_of_beads
from aligner.kinds import named_format
from aligner.memory import FORMATS, read_beads
from aligner.memory.store import is_memory
from aligner.printable import printable_name
from aligner.reading import LineFile, read_document
from aligner.types import Alignment

NOTE_GOLD = "jsonl"
BEAD_GOLD = "beads"


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document; `document` is the note that it aligns, if it is one."""

    path: Path
    reference: Reference
    document: Document | None = None

    def align(self, aligner: Aligner) -> Alignment:
        """Align the gold's text anew.

        A note is aligned from its raw text, other gold from its sentences. Raises UsageError
        where these aren't known, and like `Aligner.align`.
        """
        reference = self.reference
        if self.document is not None:
            own = aligner.with_languages(reference.source_lang, reference.target_lang)
            return own.align_document(self.document)
        if not reference.has_texts:
            raise UsageError(
                f"{self.path}: name a SYSTEM to evaluate, or the sentences to align "
                "with --source and --target"
            )
        return aligner.align_sentences(reference.source.texts, reference.target.texts)


def find_gold(place: str | Path) -> list[Path]:
    """The gold files of a folder, by name, or the one file given.

    Raises ReadError for a place that isn't there, and FormatError if a folder holds no gold.
    """
    path = Path(place)
    if not path.exists():
        raise ReadError(f"{path}: no such file or folder; check the path")
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.iterdir() if p.suffix[1:] in (NOTE_GOLD, BEAD_GOLD))
    if not found:
        raise FormatError(f"{path}: no gold files (*.jsonl or *.beads) in this folder")
    for one, other in pairwise(found):
        if one.stem == other.stem:
            raise FormatError(f"{path}: {one.name} and {other.name} are gold for the same document")
    return found


def read_gold(
    place: str | Path,
    settings: Settings = Settings(),
    texts: tuple[str | Path, str | Path] | None = None,
) -> list[Gold]:
    """Read a gold file or a folder of them.

    `texts` are the source and target sentences of bead files, one a line: two files, or two
    folders with files named after the gold's, with the language's code as ending. Without
    them they are looked for so beside the gold. Raises ReadError, FormatError, and UsageError
    for two files where there are several of gold.
    """
    paths = find_gold(place)
    if texts and len(paths) > 1 and not all(Path(text).is_dir() for text in texts):
        raise UsageError(f"{place}: has {len(paths)} files; name folders of sentences, not a file")
    return [_read(path, settings, texts) for path in paths]


def _read(path: Path, settings: Settings, texts: Sequence[str | Path] | None) -> Gold:
    form = named_format(path)
    if form == NOTE_GOLD:
        return _read_note(path, settings)
    if is_memory(path) or (form in FORMATS and form != BEAD_GOLD):
        raise FormatError(f"{path}: a memory is not gold; the order is GOLD SYSTEM")
    return _read_beads(path, settings, texts)


def _read_note(path: Path, settings: Settings) -> Gold:
    gold = read_note_gold(path)
    document = read_document(gold.document, settings.ocr_languages)
    return Gold(path, note_reference(gold, document.text), document)


def _read_beads(path: Path, settings: Settings, texts: Sequence[str | Path] | None) -> Gold:
    places = [
        Path(text) / f"{path.stem}.{language}" if Path(text).is_dir() else Path(text)
        for text, language in zip(texts or (path.parent,) * 2, settings.languages, strict=True)
    ]
    if texts or any(p.exists() for p in places):
        source, target = (
            ReferenceSide.of_texts([line.text for line in LineFile(p)[:]]) for p in places
        )
        beads = read_beads(path, (source.size, target.size))
    else:
        beads = read_beads(path)
        source, target = (
            ReferenceSide.of_size(1 + max((k for numbers in side for k in numbers), default=-1))
            for side in ([bead.source for bead in beads], [bead.target for bead in beads])
        )
    claims = claims_of_beads(beads, source, target)
    if not claims:
        raise FormatError(f"{path}: the gold has no beads")
    name = printable_name(path.stem)
    return Gold(path, Reference(name, source, target, claims, *settings.languages))
