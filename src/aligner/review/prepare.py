"""From the named file to the file in which the review is stored."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path

from aligner.align import Aligner
from aligner.errors import OutputError, UsageError
from aligner.memory import check_place, is_alignment, read_jsonl, save_alignment
from aligner.printable import printable_name


def place_for(document: Path) -> Path:
    """Return the default file for the review of a document."""
    return document.with_name(f"{document.stem}.review.jsonl")


def prepare(documents: Sequence[Path], place: Path, aligner: Aligner) -> bool:
    """Align one or two documents into `place`, unless it already contains their review.

    Returns whether it does. Raises like `Aligner.align`, OutputError, and UsageError if `place`
    is something else.
    """
    if "-" in map(str, documents):
        raise UsageError("a review needs a file; save the text first")
    if not is_alignment(place):
        raise UsageError(f"{place}: the review of a document is stored in a file ending in .jsonl")
    check_place(place)
    if place.is_symlink() and not place.exists():
        raise OutputError(f"{place}: is a link to a file that is not there; name another with -o")
    if not place.exists():
        save_alignment(aligner.align(*documents), place, "jsonl")
        return False
    found = read_jsonl(place).document
    orders = permutations(printable_name(document.name) for document in documents)
    if found not in {" + ".join(names) for names in orders}:
        raise UsageError(
            f"{place}: already exists, for {found or 'something else'}; name another with -o"
        )
    return True
