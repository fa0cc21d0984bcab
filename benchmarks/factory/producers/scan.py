"""Scans: printed pages as pictures, turned a little and with noise, in a PDF without text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

from factory.design import Job, Producer
from factory.flow import ARRANGEMENTS
from factory.producers import browser
from factory.settings import missing

_TURN = 0.5  # degrees, at most
_NOISE = 14.0  # standard deviation of grey levels, of 255


def _scanned(picture: Any, chance: random.Random) -> Any:
    """A page as a scanner sees it."""
    import numpy as np
    from PIL import Image

    angle = chance.uniform(-_TURN, _TURN)
    turned = picture.convert("L").rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    grey = np.asarray(turned, np.float32)
    noise = np.random.default_rng(chance.getrandbits(32)).normal(0, _NOISE, grey.shape)
    return Image.fromarray(np.clip(grey * 0.92 + noise, 0, 255).astype(np.uint8))


def _make(jobs: Sequence[Job]) -> None:
    import pypdfium2

    browser.PRINTED.make(jobs)
    for job in jobs:
        chance = random.Random(job.spec.name)
        dpi = int(job.spec.dpi)
        document = pypdfium2.PdfDocument(job.path.read_bytes())
        pages = [_scanned(page.render(scale=dpi / 72).to_pil(), chance) for page in document]
        pages[0].save(
            job.path, "PDF", save_all=True, append_images=pages[1:], resolution=dpi, quality=80
        )


def _missing() -> str:
    absent = missing([], ["pypdfium2", "PIL", "rapidocr"])()
    return ", ".join(filter(None, [browser.PRINTED.missing(), absent]))


PRODUCER = Producer(
    "scan",
    {
        "arrangement": tuple(ARRANGEMENTS),
        "dpi": ("150", "200", "300"),
        "furniture": ("none", "heads"),
        "columns": ("1", "2"),
    },
    _missing,
    _make,
)
