"""Which gold pairs are found in which arrangement and format, and how fast pages are read?"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from results import record, table

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from aligner import align_note, load_encoder, segment_note
from aligner.vectors import Encoder
from documents import ARRANGEMENTS, FORMATS, Rows, rows
from notes import NOTES, gold_pairs, mistakes, parts
from variants import VARIANTS

Make = Callable[[Path], bytes]


def arranged(arrangement: str, form: str) -> Make:
    return lambda note: FORMATS[form](*rows(note, arrangement))


def varied(name: str) -> Make:
    return lambda note: VARIANTS[name](parts(note)).encode()


def score(encoder: Encoder, folder: Path, form: str, make: Make) -> str:
    """Gold pairs found and wrong pairs, over both notes."""
    found = wrong = gold = 0
    for note in NOTES:
        path = folder / f"note.{form}"
        path.write_bytes(make(note))
        missing, extra = mistakes(note, align_note(path, encoder=encoder))
        gold += len(gold_pairs(note))
        found += len(gold_pairs(note)) - len(missing)
        wrong += len(extra)
    return f"{found} of {gold}, {wrong} wrong"


def pages(folder: Path, form: str) -> list[str]:
    """Seconds to read, clean and split a document of many pages."""
    head, body = rows(NOTES[0], "by paragraph")
    # Numbered, lest what comes back be taken for running heads.
    copies: Rows = [(f"{n}. {line[0]}",) for n in range(1, 95) for line in body]
    path = folder / f"long.{form}"
    path.write_bytes(FORMATS[form](head, copies))
    start = time.perf_counter()
    segmented = segment_note(path)
    seconds = time.perf_counter() - start
    count = max(s.page for s in (*segmented.source, *segmented.target))
    sentences = len(segmented.source) + len(segmented.target)
    return [form, str(count) if count > 1 else "", str(sentences), f"{seconds:.2f}"]


def main() -> None:
    encoder = load_encoder()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        by_format = [
            [
                name,
                *(score(encoder, folder, form, arranged(name, form)) for form in FORMATS),
            ]
            for name in ARRANGEMENTS
        ]
        as_text = [[name, score(encoder, folder, "txt", varied(name))] for name in VARIANTS]
        long = [pages(folder, form) for form in ("pdf", "docx", "html")]
    record(
        "formats.py",
        "Gold pairs of both notes found, and wrong pairs, by arrangement and format:\n\n"
        + table(["arrangement", *FORMATS], by_format)
        + "\nPlain text in more arrangements:\n\n"
        + table(["arrangement", "pairs"], as_text)
        + "\nA long document read, cleaned and split, in this process:\n\n"
        + table(["format", "pages", "sentences", "seconds"], long),
    )


if __name__ == "__main__":
    main()
