"""Cutting text into words; Chinese through jieba, which is loaded only then."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def cut_words(text: str, language: str) -> list[str]:
    """The words and marks of a text, without white space."""
    if language.lower().startswith("zh"):
        return [word for word in _jieba().cut(text) if not word.isspace()]
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
