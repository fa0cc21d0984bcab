"""From the file that was named to the one that the review is kept in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations
from pathlib import Path

from aligner.embedding import load_encoder
from aligner.errors import OutputError, UsageError
from aligner.memory import check_place, read_jsonl, save_alignment
from aligner.pipeline import Progress, Settings, align_again, align_note, align_pair
from aligner.printable import printable_name
from aligner.review.realign import Align


def place_for(document: Path) -> Path:
    """Where the review of a document is kept unless another place is named."""
    return document.with_name(f"{document.stem}.review.jsonl")


def prepare(
    documents: Sequence[Path], place: Path, settings: Settings, progress: Progress | None
) -> bool:
    """Align a document, or two, into `place`, unless their review is there already.

    Tells whether it was. Raises like `align_note`, OutputError, and UsageError where `place` is
    something else.
    """
    if "-" in map(str, documents):
        raise UsageError("a review needs a file, to which it can go back; save the text first")
    if place.suffix.lower() != ".jsonl":
        raise UsageError(f"{place}: the review of a document is kept in a file ending in .jsonl")
    check_place(place)
    if place.is_symlink() and not place.exists():
        raise OutputError(f"{place}: is a link to a file that is not there; name another with -o")
    if not place.exists():
        encoder = load_encoder(settings.model)
        if len(documents) == 1:
            alignment = align_note(documents[0], settings, encoder, progress)
        else:
            alignment = align_pair(documents[0], documents[1], settings, encoder, progress)
        save_alignment(alignment, place, "jsonl")
        return False
    found = read_jsonl(place).document
    orders = permutations(printable_name(document.name) for document in documents)
    if found not in {" + ".join(names) for names in orders}:
        raise UsageError(
            f"{place}: is there already, about {found or 'something else'}; name another with -o"
        )
    return True


def aligner_of(settings: Settings) -> Align:
    """What aligns rows anew; the model is loaded when it is first used."""
    encoder = cache(lambda: load_encoder(settings.model))
    return lambda source, target: align_again(source, target, settings, encoder())
