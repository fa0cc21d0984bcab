"""Cutting text into words; Chinese through jieba, which is loaded only then."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from aligner.scripts import HAN

# What jieba looks at in one piece, in time that grows with the square; it cuts at all else.
_LONGEST = 1000  # characters
_BLOCK = rf"{HAN}a-zA-Z0-9+#&._%-"
_RUN = re.compile(rf"[{_BLOCK}]{{1,{_LONGEST}}}|[^{_BLOCK}]+")
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def cut_words(text: str, language: str) -> list[str]:
    """The words and marks of a text, without white space."""
    if language.lower().startswith("zh"):
        cut = _jieba().cut
        runs = [text] if len(text) <= _LONGEST else _RUN.findall(text)
        return [word for run in runs for word in cut(run) if not word.isspace()]
    return _WORD.findall(text)


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    tokenizer = jieba.Tokenizer()
    # Left to itself, jieba unmarshals its dictionary from a file that any user of the machine
    # can have put where it looks; to read the dictionary itself takes no longer.
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    jieba.setLogLevel(logging.WARNING)
    return tokenizer
