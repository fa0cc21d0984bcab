"""How near is the encoder to the bare matrix products that it consists of?

    python benchmarks/encode.py DEV_LITERARY

Both are timed in one run, by turns: encoding a chapter's two sides from text, and numpy's
products of matrices of the same shapes, one after the other with as many threads as numpy
takes by itself, without any of what lies between them.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

import numpy as np

from aligner.embedding import load_encoder
from results import record, table
from training.corpus import read_chapters

_TURNS = 7
_BLOCK = 768


def bare_products(tokens: int) -> float:
    """Seconds for the products that so many tokens need, in blocks that fit the cache."""
    random = np.random.default_rng(0)

    def matrix(rows: int, columns: int) -> np.ndarray:
        return random.standard_normal((rows, columns)).astype(np.float32)

    projection, output = matrix(512, 768), matrix(1280, 512)
    layers = [matrix(order * 256, 256) for order in (2, 3, 5) for _ in range(2)]
    embedded, features = matrix(_BLOCK, 512), matrix(_BLOCK, 1280)
    windows = [matrix(_BLOCK, len(layer)) for layer in layers]
    start = time.perf_counter()
    for _ in range(-(-tokens // _BLOCK)):
        _ = embedded @ projection
        for window, layer in zip(windows, layers, strict=True):
            _ = window @ layer
        _ = features @ output
    return time.perf_counter() - start


def main() -> None:
    chapter = read_chapters(Path(sys.argv[1]))[0]
    encoder = load_encoder()
    tokens = 0
    took: list[tuple[float, float]] = []
    for _ in range(_TURNS):
        start = time.perf_counter()
        encoded = [encoder.encode(side) for side in (chapter.source, chapter.target)]
        encoding = time.perf_counter() - start
        # Begin and end tokens go through the network too.
        tokens = sum(int(text.borders[-1]) + 2 * (len(text.borders) - 1) for text in encoded)
        took.append((encoding, bare_products(tokens)))
    encoding, bare = (statistics.median(column) for column in zip(*took, strict=True))
    ratio = statistics.median(a / b for a, b in took)
    record(
        "encode.py",
        table(
            ["tokens", "encoding", "bare products", "ratio", "tokens a second"],
            [
                [
                    f"{tokens:,}",
                    f"{encoding:.3f} s",
                    f"{bare:.3f} s",
                    f"{ratio:.2f}",
                    f"{tokens / encoding:,.0f}",
                ]
            ],
        ),
    )


if __name__ == "__main__":
    main()
