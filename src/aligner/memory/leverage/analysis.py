"""Analysis of how much of a new document a memory covers, as in CAT tools."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aligner.languages import matches_language
from aligner.memory.store import Hit
from aligner.memory.words import count_words
from aligner.types import Sentence, TranslationUnit

BANDS = (("95-99%", 0.95), ("85-94%", 0.85), ("75-84%", 0.75), ("50-74%", 0.5))
LEAST = BANDS[-1][1]
EXACT, REPETITION, NEAR, NEW = "100%", "repetition", "near in meaning", "new"
KINDS = (EXACT, REPETITION, *(name for name, _ in BANDS), NEAR, NEW)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence of a new document and its closest match in the memory, if any.

    `repeated`: the sentence occurred earlier in the documents. `near`: the match is only similar
    in meaning, and its score is a cosine. `target_langs` are the languages that it may be
    translated into: those requested, or else those of the memory.
    """

    document: str
    sentence: Sentence
    hit: Hit | None = None
    repeated: bool = False
    near: bool = False
    target_langs: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Where an analysis counts it: one of `KINDS`."""
        if self.hit and not self.near and self.hit.score == 1:
            return EXACT
        if self.repeated:
            return REPETITION
        if self.hit is None:
            return NEW
        if self.near:
            return NEAR
        return next(name for name, least in BANDS if self.hit.score >= least)

    @property
    def words(self) -> int:
        """Its words, as CAT tools count."""
        return count_words(self.sentence.text)

    @property
    def characters(self) -> int:
        """Its characters without white space."""
        return sum(not character.isspace() for character in self.sentence.text)

    @property
    def match(self) -> TranslationUnit | None:
        """What the memory holds, in the sentence's language first; without its properties."""
        return turned(self.hit.unit, self.sentence.language) if self.hit else None


def turned(unit: TranslationUnit, language: str) -> TranslationUnit:
    """The texts of a unit, that in this language as the source."""
    source = unit.source, unit.source_lang
    target = unit.target, unit.target_lang
    if not matches_language(unit.source_lang, language):
        source, target = target, source
    return TranslationUnit(source[0], target[0], source[1], target[1], created=unit.created)


def target_languages(
    pairs: Iterable[tuple[str, str]], language: str, wanted: str
) -> tuple[str, ...]:
    """The languages into which pairs lead out of a language, as they write them.

    Where several, or none, are of the language that is `wanted`, it is the only one.
    """
    both = [way for one, other in pairs for way in ((one, other), (other, one))]
    found = [
        to for out, to in both if matches_language(out, language) and matches_language(to, wanted)
    ]
    distinct = tuple(dict.fromkeys(found))
    return (wanted,) if wanted and len(distinct) != 1 else distinct


def best(hits: Iterable[Hit], language: str, target_lang: str) -> Hit | None:
    """The first hit with a translation out of a language into the other, any if that is ""."""
    into = (
        hit for hit in hits if matches_language(turned(hit.unit, language).target_lang, target_lang)
    )
    return next(into, None)


@dataclass(frozen=True, slots=True)
class MatchCounts:
    """The counts of one kind of match; `share` is the share of words, from 0 to 1."""

    kind: str
    segments: int
    words: int
    characters: int
    share: float


def analysis(segments: Sequence[Segment]) -> list[MatchCounts]:
    """Return a row for each of `KINDS`, and one for the total."""
    whole = sum(segment.words for segment in segments)

    def row(kind: str, chosen: Sequence[Segment]) -> MatchCounts:
        words = sum(segment.words for segment in chosen)
        characters = sum(segment.characters for segment in chosen)
        return MatchCounts(kind, len(chosen), words, characters, words / whole if whole else 0.0)

    rows = [row(kind, [s for s in segments if s.kind == kind]) for kind in KINDS]
    return [*rows, row("all", segments)]


def percent(score: float) -> int:
    """Return a score from 0 to 1 in per cent, rounded down, so that 100 means identical."""
    return int(score * 100 + 1e-9)
