"""Texts as token numbers, with what a transformer expects before and after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.vectors import Positions

_PUNCTUATION = re.compile(r"[^\w\s\ufffd]+")
_MARKS = re.compile(r"^##(?=.)|▁")  # of the middle of a word, and of its beginning


@dataclass(frozen=True, slots=True)
class Frame:
    """Tokens about each text: what the model begins with, the prompt, what it ends with."""

    begin: list[int]
    prompt: list[int]
    end: list[int]

    @property
    def opening(self) -> list[int]:
        """All that stands before the text."""
        return self.begin + self.prompt

    def __len__(self) -> int:
        return len(self.begin) + len(self.prompt) + len(self.end)


class Tokens:
    """A tokenizer of the transformers library, asked for the tokens of the text alone.

    Raises ValueError where it changes a text's tokens by putting others about them.
    """

    def __init__(self, tokenizer: Any, prompt: str) -> None:
        self._tokenizer = tokenizer
        self._prompt = prompt
        self.padding = int(getattr(tokenizer, "pad_token_id", None) or 0)
        self.frame = self._find_frame()

    def encode(self, texts: Sequence[str]) -> list[list[int]]:
        """The tokens of each text, one unknown token for a blank one."""
        prompt = self.frame.prompt
        found = self._ids([self._prompt + text for text in texts])
        for number, ids in enumerate(found):
            if ids[: len(prompt)] != prompt:
                # The prompt's end and the text's beginning make one token.
                ids = prompt + self._ids([texts[number]])[0]
            found[number] = ids[len(prompt) :] or [self._unknown()]
        return found

    def is_punctuation(self, ids: Positions) -> NDArray[np.bool_]:
        """Which tokens have no letter and no digit."""
        kinds, where = np.unique(ids, return_inverse=True)
        texts = self._tokenizer.batch_decode(
            [[kind] for kind in kinds.tolist()], clean_up_tokenization_spaces=False
        )
        bare = [_MARKS.sub("", text.strip()) for text in texts]
        found = [_PUNCTUATION.fullmatch(text) is not None for text in bare]
        return np.array(found, dtype=bool)[where]

    def _ids(self, texts: list[str], special: bool = False) -> list[list[int]]:
        if not texts:
            return []
        found = self._tokenizer(texts, add_special_tokens=special, verbose=False)
        return [list(map(int, ids)) for ids in found["input_ids"]]

    def _find_frame(self) -> Frame:
        (bare,), (framed,) = self._ids(["a"]), self._ids(["a"], special=True)
        (prompt,) = self._ids([self._prompt.rstrip()])
        for at in range(len(framed) - len(bare) + 1):
            if bare and framed[at : at + len(bare)] == bare:
                return Frame(framed[:at], prompt, framed[at + len(bare) :])
        raise ValueError("its tokenizer can't be understood")

    def _unknown(self) -> int:
        for name in ("unk_token_id", "pad_token_id", "eos_token_id"):
            number = getattr(self._tokenizer, name, None)
            if number is not None:
                return int(number)
        return 0
