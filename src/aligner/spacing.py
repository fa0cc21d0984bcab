"""White space and width of running text, which depend on how its script is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def is_wide(character: str) -> bool:
    """Whether a character is written without spaces about it: Han, kana, full-width marks."""
    return character > "\u2e7f" and unicodedata.east_asian_width(character) in "WF"


# Written where a line ended in a hyphen, after it, until it is known whose hyphen that is.
SOFT_HYPHEN = "\u00ad"


def has_wide(text: str) -> bool:
    """Whether a wide character is in a text."""
    return any(map(is_wide, text))


def join_text(parts: Iterable[str]) -> str:
    """Join pieces of running text: with a space, but none beside a wide character."""
    joined = ""
    for part in parts:
        spaced = joined.endswith(" ") or not joined or not part
        if not spaced and not (is_wide(joined[-1]) or is_wide(part[0])):
            joined += " "
        joined += part
    return joined


def display_width(text: str) -> int:
    """Columns that a text takes on a screen."""
    return len(text) + sum(map(is_wide, text))


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: white space, and characters that only form others."""
    return not text or all(c.isspace() or unicodedata.category(c) in ("Cf", "Cc") for c in text)


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())
