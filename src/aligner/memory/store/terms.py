"""What the full-text index holds of a text, and the expressions that find it again.

Chinese goes in twice. Every two neighbouring characters are a term, so that any piece of a
text is found, wherever words are thought to begin and end: as a phrase of pairs. And the words
that jieba cuts are terms with a mark before them, with their beginnings and ends, so that 人权
is found first where it is a word, as in 保障人权, and then in 个人权利. Everything else is
left to SQLite's own tokenizer and stemmer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from aligner.memory.units import clean_text
from aligner.scripts import UNSPACED

Cutter = Callable[[str, str], Iterable[str]]
"""Cuts a text of a language into words."""

_RUN = re.compile(f"[{UNSPACED}]+")
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_WORD = "w"  # before a word of jieba's
_MAX_TERM = 16  # characters of a part of a word that is a term: none is longer but by mischief
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|[^\w\s]")
_SPAN = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_LETTER = re.compile(rf"[{UNSPACED}]|[^\W_]")
_TRAILING = re.compile(rf"(?:[^\w{UNSPACED}]|_)+\Z")
_PIECE = re.compile(r'"([^"]*)"?|([^\s"]+)')
APART = "\x01"  # no text of a unit has it


def fold(text: str) -> str:
    """A text with its full-width letters, digits and marks as ordinary ones, as long as before."""
    return text.translate(_FULL_WIDTH)


def index_terms(text: str, language: str, cut: Cutter) -> str:
    """The terms of a unit's text, for the index."""
    folded = fold(text)
    terms = _RUN.sub(lambda run: f" {_pairs(run[0])} ", folded)
    if language.lower().startswith("zh") and terms != folded:
        words = (word for word in cut(folded, language) if _RUN.fullmatch(word))
        terms += " " + " ".join(_WORD + part for word in words for part in _edges(word))
    return terms


def characters_apart(text: str) -> str:
    """A text whose Chinese characters are terms of their own, for marking what was found."""
    return _RUN.sub(lambda run: APART + APART.join(run[0]) + APART, fold(text))


def tokens(text: str) -> list[str]:
    """The units in which texts are compared, without case: a Chinese character, a word, a mark."""
    return [token.casefold() for token in _TOKEN.findall(fold(text))]


def token_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where the tokens of a text stand in it."""
    return (match.span() for match in _TOKEN.finditer(fold(text)))


def pieces(query: str) -> list[str]:
    """The parts of a query, each of which must be found: words, and phrases in quotation marks.

    Empty where there is no letter or digit to search for.
    """
    straight = fold(clean_text(query)).translate({ord(mark): '"' for mark in "“”„«»"})
    found = (quoted or word for quoted, word in _PIECE.findall(straight))
    return [piece for piece in found if _LETTER.search(piece)]


def substring_expression(parts: Iterable[str]) -> str:
    """What finds all the parts, Chinese anywhere in a word."""
    return " AND ".join(map(_phrase, parts))


def word_expression(parts: Iterable[str]) -> str | None:
    """What finds all the parts, Chinese only as whole words; None if there is no Chinese."""
    wanted = list(parts)
    if not any(_RUN.fullmatch(part) for part in wanted):
        return None
    return " AND ".join(
        f'"{_WORD}{part}"' if _RUN.fullmatch(part) else _phrase(part) for part in wanted
    )


def marking_expression(parts: Iterable[str]) -> str:
    """What finds any of the parts where the characters stand apart."""
    return " OR ".join(f'"{characters_apart(part)}"{_star(part)}' for part in parts)


def retrieval_terms(text: str) -> list[str]:
    """The terms of a text, each once, in text order, as expressions of one term."""
    found: dict[str, None] = {}
    for token in _SPAN.findall(fold(text)):
        if _RUN.match(token) and len(token) > 1:
            found.update((f'"{token[k : k + 2]}"', None) for k in range(len(token) - 1))
        else:
            found[_phrase(token)] = None
    return list(found)


def _edges(word: str) -> Iterator[str]:
    """A word, and its beginnings and ends of two characters or more, up to a length."""
    yield word
    for size in range(2, min(len(word), _MAX_TERM)):
        yield word[:size]
        yield word[-size:]


def _pairs(run: str) -> str:
    """A run's pairs of characters; its last one alone, so that each one begins a term."""
    return " ".join(run[k : k + 2] for k in range(len(run)))


def _phrase(part: str) -> str:
    """One part as a phrase of index terms; its end may be the beginning of a term."""
    core = _TRAILING.sub("", part)
    spaced = _RUN.sub(lambda run: f" {_pairs(run[0])} ", core).strip()
    if not _RUN.match(core[-1]):
        return f'"{spaced}"' + _star(part)
    if _RUN.fullmatch(core[-2:]) and len(core) > 1:
        return f'"{spaced[:-2]}"'  # the last character alone need not end a run
    return f'"{spaced}" *'


def _star(part: str) -> str:
    return " *" if part.endswith("*") else ""
