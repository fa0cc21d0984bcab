"""Where the beads of a system stand in the gold's text, whatever form they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligner.document import Span
from aligner.evaluation.reference import Claim, Reference, ReferenceSide, claims_of_beads
from aligner.evaluation.spans import SpanSet, merged
from aligner.languages import base_language
from aligner.memory.properties import MODEL, stated_confidence
from aligner.spacing import squeezed
from aligner.types import Alignment, Bead, Sentence, TranslationUnit

_UNKNOWN = -(10**9)  # Below it lie the places of texts that the gold doesn't have.


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a system says of one document, on the gold's axes.

    `own_sentences`: it has cut its sentences itself. `has_nulls`: it says which sentences have
    no counterpart, as a memory doesn't.
    """

    claims: tuple[Claim, ...]
    own_sentences: bool = False
    has_nulls: bool = True
    model: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """What is to be judged: a prediction for each document of the gold, in its order.

    `weights` is the hash of the trained scorer, where that is known.
    """

    name: str
    predictions: tuple[Prediction, ...]
    weights: str = ""

    @property
    def claims(self) -> Iterator[Claim]:
        """All that it says."""
        return (claim for prediction in self.predictions for claim in prediction.claims)

    @property
    def has_nulls(self) -> bool:
        """Whether it says everywhere what has no counterpart."""
        return all(prediction.has_nulls for prediction in self.predictions)

    @property
    def has_confidence(self) -> bool:
        """Whether it has confidences, from 0 to 1 and not all 1, as where none are given."""
        said = {claim.confidence for claim in self.claims}
        return bool(said - {1.0}) and all(0 <= confidence <= 1 for confidence in said)


def place_beads(reference: Reference, beads: Iterable[Bead]) -> Prediction:
    """Beads of the gold's own sentences."""
    return Prediction(claims_of_beads(beads, reference.source, reference.target))


def place_alignment(reference: Reference, alignment: Alignment) -> Prediction:
    """An alignment of the gold's sentences, or of other ones in the same text.

    Of a note, sentences stand where their spans say, if the text there begins and ends as
    theirs does; all others are looked for by text, one after the other.
    """
    sides = (reference.source, alignment.source), (reference.target, alignment.target)
    if not reference.note and all(_same_sentences(*side) for side in sides):
        claims = claims_of_beads(alignment.beads, reference.source, reference.target)
        return Prediction(claims, model=alignment.model)
    source, target = (_place_all(reference, *side) for side in sides)
    claims = tuple(
        Claim(
            merged(span for k in bead.source for span in source[k]),
            merged(span for k in bead.target for span in target[k]),
            bead.type,
            bead.confidence,
            tuple(alignment.source[k].text for k in bead.source),
            tuple(alignment.target[k].text for k in bead.target),
        )
        for bead in alignment.beads
    )
    return Prediction(claims, own_sentences=True, model=alignment.model)


def place_units(reference: Reference, units: Iterable[TranslationUnit]) -> Prediction:
    """The units of a memory of the same text.

    A memory holds each wording once: a unit that has the wording of several gold pairs stands
    for all of them. One that has no gold pair's wording is looked for, side by side. Units of
    the other direction are turned round.
    """
    wordings: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in reference.claims:
        wordings[_wording(claim)].append(claim)
    finders = _Finder(reference.source), _Finder(reference.target)
    claims = {}
    model = ""
    source_lang = base_language(reference.source_lang)
    for unit in units:
        model = unit.property(MODEL) or model
        turned = source_lang and base_language(unit.target_lang) == source_lang
        texts = (unit.target, unit.source) if turned else (unit.source, unit.target)
        places = [
            (claim.source, claim.target)
            for claim in wordings.get((squeezed(texts[0]), squeezed(texts[1])), ())
        ] or [(finders[0].find(texts[0]), finders[1].find(texts[1]))]
        for place in places:
            sizes = (
                len(side.touched(stretch)) or "?"
                for side, stretch in zip((reference.source, reference.target), place, strict=True)
            )
            claims[place] = Claim(
                *place,
                "{}-{}".format(*sizes),
                stated_confidence(unit),
                (texts[0],),
                (texts[1],),
            )
    found = tuple(claim for claim in claims.values() if not claim.is_null)
    return Prediction(found, own_sentences=True, has_nulls=False, model=model)


class _Finder:
    """Finds texts on a side, each after the one before if it stands there."""

    def __init__(self, side: ReferenceSide) -> None:
        self._characters = side.characters
        self._at = 0
        self._missing = _UNKNOWN

    def find(self, text: str) -> SpanSet:
        """What a text covers; places of its own if the side doesn't have it."""
        wanted = squeezed(text)
        start = self._characters.find(wanted, self._at)
        if start < 0:
            start = self._characters.find(wanted)
        if start < 0:
            self._missing -= len(wanted)
            start = self._missing
        else:
            self._at = start + len(wanted)
        return merged([Span(start, start + len(wanted))])


def _place_all(
    reference: Reference, side: ReferenceSide, sentences: Sequence[Sentence]
) -> list[SpanSet]:
    finder = _Finder(side)
    return [
        side.stretch_of_note(sentence.span, reference.note)
        if _stands_there(sentence, reference.note)
        else finder.find(sentence.text)
        for sentence in sentences
    ]


def _stands_there(sentence: Sentence, note: str) -> bool:
    start, end = sentence.span
    return bool(
        sentence.text
        and 0 <= start < end <= len(note)
        and note[start] == sentence.text[0]
        and note[end - 1] == sentence.text[-1]
    )


def _same_sentences(side: ReferenceSide, sentences: Sequence[Sentence]) -> bool:
    """Whether a system has the gold's sentences, as far as that can be known."""
    if not side.texts:
        return True
    ours = [squeezed(sentence.text) for sentence in sentences]
    return ours == [squeezed(text) for text in side.texts]


def _wording(claim: Claim) -> tuple[str, str]:
    return squeezed("".join(claim.source_texts)), squeezed("".join(claim.target_texts))
