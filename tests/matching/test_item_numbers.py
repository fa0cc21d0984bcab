"""The numbers of items count where two texts number alike, and mislead where one begins again."""

from __future__ import annotations

from aligner import align_sentences
from aligner.vectors import Encoder

# Proverbs, whose words have little to do with each other: what else they have weighs all the more.
CHINESE = (
    "百闻不如一见。", "入乡随俗。", "三个和尚没水喝。", "亡羊补牢，未为晚也。", "情人眼里出西施。",
    "塞翁失马，焉知非福。", "一箭双雕。", "说曹操，曹操到。",
)  # fmt: skip
ENGLISH = (
    "Seeing is believing.", "When in Rome, do as the Romans do.", "Too many cooks spoil the broth.",
    "Better late than never.", "Beauty is in the eye of the beholder.",
    "A blessing in disguise.", "Kill two birds with one stone.", "Speak of the devil.",
)  # fmt: skip


def test_items_that_are_numbered_otherwise(encoder: Encoder) -> None:
    source = [f"{1 + number % 4}. {text}" for number, text in enumerate(CHINESE)]
    target = [f"{11 + number}. {text}" for number, text in enumerate(ENGLISH)]
    beads = align_sentences(source, target, encoder=encoder).beads
    assert [(bead.source, bead.target) for bead in beads] == [((k,), (k,)) for k in range(8)]


def test_items_that_only_their_numbers_tell_apart(encoder: Encoder) -> None:
    source = [f"{number}. 同上。" for number in range(1, 9)]
    target = [f"{number}. The same." for number in (1, 2, 3, 5, 6, 7, 8)]
    beads = align_sentences(source, target, encoder=encoder).beads
    assert ((3,), ()) in [(bead.source, bead.target) for bead in beads]
