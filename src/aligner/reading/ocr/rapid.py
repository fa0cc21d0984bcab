"""Lines and words on a picture as the models of rapidocr read them, in this process."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aligner.reading.ocr.ink import fitted
from aligner.reading.ocr.words import Line, Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LANGUAGES = {"zh", "ja", "en", "fr", "es", "de", "it", "pt", "nl", "pl", "tr", "cs", "da", "fi",
              "hu", "id", "no", "nb", "ro", "sk", "sl", "sq", "sv", "hr", "ms", "la"}  # fmt: skip
_KINDS = ("det", "rec")  # of models: one finds lines, the other reads them

# Pixels: text is looked for on a picture so long at most, which is faster, and read on the whole.
_SIDE, _LONG_SIDE = 1600, 2400
_LONG = 3600  # the long side of a page in A4 at 300 dots an inch, and some more
_EM = 0.78  # the size of type as a share of the height of the box that the models draw


def is_there() -> bool:
    """Whether rapidocr, its models and what runs them are installed."""
    return find_spec("onnxruntime") is not None and len(_models()) == len(_KINDS)


def unread(languages: Sequence[str]) -> str:
    """The first of some languages that the models in the package can't read, or nothing."""
    codes = ((code, code.lower().replace("_", "-").partition("-")[0]) for code in languages)
    return next((code for code, base in codes if base not in _LANGUAGES), "")


def read(pixels: NDArray[np.uint8]) -> list[Line]:
    """The lines of a grey picture."""
    import numpy as np

    engine = _engine(_LONG_SIDE if max(pixels.shape) > _LONG else _SIDE)
    found = engine(np.stack([pixels] * 3, axis=-1), use_cls=False, return_word_box=True)
    if not found.txts:
        return []
    lines = []
    for box, text, words in zip(found.boxes, found.txts, found.word_results, strict=True):
        height = float(np.linalg.norm(box[3] - box[0]))
        placed = _from_edge_to_edge(list(_words(text, words)), box)
        if placed:
            lines.append(fitted(Line(placed, _EM * height), height, pixels))
    return lines


def _models() -> dict[str, str]:
    """The settings that name the models of the package.

    Without them it would look for others, and download what it doesn't find.
    """
    found = find_spec("rapidocr")
    folders = found.submodule_search_locations if found else None
    models: dict[str, str] = {}
    for kind in _KINDS:
        paths = [
            path
            for folder in folders or ()
            for path in sorted(Path(folder, "models").glob(f"*_{kind}_*.onnx"))
        ]
        models |= {f"{kind.title()}.model_path": str(path) for path in paths[-1:]}
    return models


@cache
def _engine(side: int) -> Any:
    # Importing it sets up its log, so it is quieted afterwards.
    from rapidocr import RapidOCR

    threads = {f"{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    engine = RapidOCR(
        params={
            "Global.log_level": "critical",
            **_models(),
            "Global.max_side_len": 1 << 20,  # the picture is of the size that is wanted
            "Det.limit_type": "max",
            "Det.limit_side_len": side,
            **{f"EngineConfig.onnxruntime.{key}": value for key, value in threads.items()},
        }
    )
    logging.getLogger("RapidOCR").disabled = True
    return engine


def _words(text: str, parts: Sequence[tuple[str, float, Any]]) -> Iterator[Word]:
    """The words of a line with their places; `text` says where spaces are."""
    place = 0
    for part, sure, box in parts:
        start = text.find(part, place)
        left, right = float(box[0][0] + box[3][0]) / 2, float(box[1][0] + box[2][0]) / 2
        middle = float(sum(point[1] for point in box)) / 4
        yield Word(part, left, right, middle, float(sure), start > place > 0)
        place = max(start, place) + len(part)


def _from_edge_to_edge(words: list[Word], box: Any) -> tuple[Word, ...]:
    """Words of a line that reaches from one end of its box to the other.

    The places of words within it are rough, those of its ends are not.
    """
    if words:
        words[0] = replace(words[0], left=float(box[0][0] + box[3][0]) / 2)
        words[-1] = replace(words[-1], right=float(box[1][0] + box[2][0]) / 2)
    return tuple(words)
