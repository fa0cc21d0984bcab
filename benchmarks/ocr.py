"""How well are scans read: by tesseract, by rapidocr, by both?

    python benchmarks/ocr.py

Both sample notes are printed, scanned at three resolutions, turned by 0.4 degrees and with
noise. What is read is compared with the text layer of the printed pages, and the pairs with gold.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from factory.score import NEAR
from factory.text import ROOT
from results import record, table

sys.path.append(str(ROOT / "tests"))

from aligner import Aligner, load_encoder
from aligner.document import Document
from aligner.reading import read_document
from aligner.reading.ocr import rapid, tesseract
from aligner.reading.ocr.choose import chosen
from aligner.reading.ocr.picture import packed
from aligner.reading.ocr.read import laid_out, placed
from aligner.reading.ocr.zones import Placed
from aligner.spacing import is_wide
from aligner.types import Alignment
from documents import pdf, rows
from notes import NOTES, found_pairs, gold_pairs

DPI = (150, 200, 300)
TURN = 0.4  # degrees
NOISE = 14.0  # standard deviation of grey levels, of 255
_READ_AT = 300  # dots an inch, as pages of PDF files are


def scans(path: Path, dpi: int) -> Iterator[Any]:
    """The pages of a PDF file as a scanner sees them."""
    import numpy as np
    import pypdfium2
    from PIL import Image

    chance = np.random.default_rng(random.Random(f"{path.stem} {dpi}").getrandbits(32))
    for page in pypdfium2.PdfDocument(path.read_bytes()):
        picture = page.render(scale=dpi / 72).to_pil().convert("L")
        turned = picture.rotate(TURN, Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(turned, np.float32) * 0.92
        noisy = np.clip(grey + chance.normal(0, NOISE, grey.shape), 0, 255).astype(np.uint8)
        size = (round(picture.width * _READ_AT / dpi), round(picture.height * _READ_AT / dpi))
        yield np.asarray(Image.fromarray(noisy).resize(size, Image.Resampling.BICUBIC))


def read(pages: Iterable[Any], name: str) -> dict[str, Document]:
    """A scan as each engine reads it, and as both do."""
    found: dict[str, list[list[Placed]]] = {}
    for pixels in pages:
        models = rapid.read(pixels)
        (program,) = tesseract.read(packed(pixels), name, ("zh", "en"))
        ways = {"tesseract": program, "rapidocr": models, "both": chosen(models, program)}
        for engine, lines in ways.items():
            found.setdefault(engine, []).append(placed(lines))
    return {engine: laid_out(read).document(name) for engine, read in found.items()}


def _wide(text: str) -> str:
    return "".join(filter(is_wide, text))


def _latin(text: str) -> str:
    return " ".join(re.sub(r"\s+|.", lambda m: " " if is_wide(m[0]) else m[0], text).split())


def near_pairs(note: Path, alignment: Alignment) -> tuple[int, int]:
    """How many gold pairs come right, and how many within 2% of their characters."""
    found, gold = found_pairs(alignment), gold_pairs(note)
    near = sum(
        any(
            all(
                Levenshtein.normalized_distance(a, b) <= NEAR
                for a, b in zip(pair, other, strict=True)
            )
            for other in found
        )
        for pair in gold
    )
    return len(found & gold), near


def row(known: Sequence[str], scanned: Sequence[Document], aligner: Aligner) -> list[str]:
    """A line of the table: what is wrong with the notes' scans."""
    cells = []
    for part in (_wide, _latin):
        wrong = sum(
            Levenshtein.distance(part(text), part(document.text))
            for text, document in zip(known, scanned, strict=True)
        )
        cells.append(f"{wrong / sum(len(part(text)) for text in known):.2%}")
    pairs = [
        near_pairs(note, aligner.align_document(document))
        for note, document in zip(NOTES, scanned, strict=True)
    ]
    total = sum(len(gold_pairs(note)) for note in NOTES)
    return cells + [f"{sum(counts)} of {total}" for counts in zip(*pairs, strict=True)]


def main() -> None:
    lines = []
    aligner = Aligner(encoder=load_encoder())
    with tempfile.TemporaryDirectory() as name:
        typeset = [Path(name) / f"{note.stem}.pdf" for note in NOTES]
        for path, note in zip(typeset, NOTES, strict=True):
            path.write_bytes(pdf(*rows(note, "by paragraph")))
        known = [read_document(path).text for path in typeset]
        for dpi in DPI:
            scanned = [read(scans(path, dpi), path.stem) for path in typeset]
            for engine in scanned[0]:
                documents = [readings[engine] for readings in scanned]
                lines.append([str(dpi), engine, *row(known, documents, aligner)])
    names = ["dpi", "engine", "Chinese wrong", "English wrong", "pairs right"]
    record("ocr.py", table([*names, f"within {NEAR:.0%}"], lines))


if __name__ == "__main__":
    main()
