"""Cutting text into words; Chinese through jieba, which is loaded only then."""

from __future__ import annotations

import logging
import re
from functools import lru_cache
from typing import Any

from aligner.folders import cache_folder

_WORD = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


def cut_words(text: str, language: str) -> list[str]:
    """The words and marks of a text, without white space."""
    if language.lower().startswith("zh"):
        return [word for word in _jieba().cut(text) if not word.isspace()]
    return _WORD.findall(text)


@lru_cache(maxsize=1)
def _jieba() -> Any:
    import jieba

    # By default jieba keeps its unpacked dictionary where any user of the machine can put one.
    tokenizer = jieba.Tokenizer()
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tokenizer.tmp_dir = str(folder)
    except OSError:
        pass
    jieba.setLogLevel(logging.WARNING)
    return tokenizer
