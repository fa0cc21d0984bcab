"""Settings of an alignment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.embedding import DEFAULT_MODEL
from aligner.errors import UsageError
from aligner.languages import base_language
from aligner.matching import MAX_BEAD

_CODE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of an alignment.

    `max_bead` is the largest bead, in sentences of source and target. `clauses` also splits
    sentences at semicolons; `ocr` reads images of text.
    """

    source_lang: str = "zh"
    target_lang: str = "en"
    model: str = DEFAULT_MODEL
    max_bead: tuple[int, int] = MAX_BEAD
    clauses: bool = False
    ocr: bool = False

    def __post_init__(self) -> None:
        for language in self.languages:
            if not _CODE.fullmatch(language):
                raise UsageError(f"{language}: not a language code such as zh, en or zh-TW")
        if base_language(self.source_lang) == base_language(self.target_lang):
            raise UsageError(f"source and target language are both {self.source_lang}")
        if min(self.max_bead) < 1:
            raise UsageError(
                "the largest bead must have at least one sentence on each side, such as 5-5"
            )

    @property
    def languages(self) -> tuple[str, str]:
        """Source and target."""
        return self.source_lang, self.target_lang

    @property
    def ocr_languages(self) -> tuple[str, ...]:
        """The languages in which pictures of text are read: none without `ocr`."""
        return self.languages if self.ocr else ()
