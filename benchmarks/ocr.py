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
import time
from collections.abc import Iterator
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
from aligner.reading.ocr.read import Engines, laid_out, read_page
from aligner.spacing import is_wide
from aligner.types import Alignment
from documents import pdf, rows
from notes import NOTES, found_pairs, gold_pairs

DPI = (150, 200, 300)
TURN = 0.4  # degrees
NOISE = 14.0  # standard deviation of grey levels, of 255
_READ_AT = 300  # dots an inch, as pages of PDF files are
ENGINES = {
    "tesseract": Engines(rapid=False, tesseract=True),
    "rapidocr": Engines(rapid=True, tesseract=False),
    "both": Engines(rapid=True, tesseract=True),
}


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


def read(pages: list[Any], name: str, engines: Engines) -> Document:
    """A scan as one engine or both read it."""
    read = [read_page(pixels, name, ("zh", "en"), engines) for pixels in pages]
    return laid_out(read).document(name)


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


def main() -> None:
    lines = []
    aligner = Aligner(encoder=load_encoder())
    total = sum(len(gold_pairs(note)) for note in NOTES)
    with tempfile.TemporaryDirectory() as name:
        typeset = []
        for note in NOTES:
            typeset.append(Path(name) / f"{note.stem}.pdf")
            typeset[-1].write_bytes(pdf(*rows(note, "by paragraph")))
        known = [read_document(path).text for path in typeset]
        for dpi in DPI:
            pages = [list(scans(path, dpi)) for path in typeset]
            for engine, engines in ENGINES.items():
                start = time.process_time()
                scanned = [
                    read(some, note.name, engines) for some, note in zip(pages, NOTES, strict=True)
                ]
                seconds = (time.process_time() - start) / sum(map(len, pages))
                errors = []
                for part in (_wide, _latin):
                    wrong = sum(
                        Levenshtein.distance(part(text), part(document.text))
                        for text, document in zip(known, scanned, strict=True)
                    )
                    errors.append(f"{wrong / sum(len(part(text)) for text in known):.2%}")
                pairs = [
                    near_pairs(note, aligner.align_document(document))
                    for note, document in zip(NOTES, scanned, strict=True)
                ]
                right, near = map(sum, zip(*pairs, strict=True))
                counts = [f"{count} of {total}" for count in (right, near)]
                lines.append([str(dpi), engine, *errors, *counts, f"{seconds:.1f}"])
    names = ["dpi", "engine", "Chinese wrong", "English wrong", "pairs right"]
    names += [f"within {NEAR:.0%}", "s a page in this process"]
    record("ocr.py", table(names, lines))


if __name__ == "__main__":
    main()
