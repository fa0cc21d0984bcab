"""Documents with a language in two forms, such as Chinese in simplified and in traditional."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from aligner.document import MARGINS, Document
from aligner.languages import base_language, language_form

_LEAST = 0.2  # share of its language's text that a form must have


def other_forms(document: Document, languages: Sequence[str]) -> frozenset[str]:
    """The codes that blocks state of forms of a language that are not the one to be read.

    That is the form of the language's own code, or else the one with most text.
    """
    aside: set[str] = set()
    for language in languages:
        stated: dict[str, set[str]] = {}
        sizes = Counter[str]()
        for block in document.blocks:
            form = language_form(block.language)
            if (
                form
                and block.kind not in MARGINS
                and base_language(form) == base_language(language)
            ):
                stated.setdefault(form, set()).add(block.language)
                sizes[form] += block.span.end - block.span.start
        if len(sizes) > 1 and min(sizes.values()) >= _LEAST * sizes.total():
            kept = language_form(language) or max(sizes, key=sizes.__getitem__)
            if kept in stated:
                aside |= set().union(*(codes for form, codes in stated.items() if form != kept))
    return frozenset(aside)
