"""What the encoder gets of sentences that are all in capitals."""

from __future__ import annotations

from collections.abc import Sequence

from aligner import align_sentences
from aligner.vectors import EncodedText, Encoder

CLAUSES = (
    ("本软件按原样提供。", "THE SOFTWARE IS PROVIDED AS IS."),
    ("我们不作任何形式的保证。", "WE GIVE NO WARRANTY OF ANY KIND."),
    ("作者对任何损失概不负责。", "THE AUTHORS ARE NOT LIABLE FOR ANY LOSS."),
    ("你不得把本作品用于军事目的。", "YOU MUST NOT USE THE WORK FOR MILITARY PURPOSES."),
    ("任何争端均应通过仲裁解决。", "ANY DISPUTE SHALL BE SETTLED BY ARBITRATION."),
)


def test_they_are_aligned_as_others(encoder: Encoder) -> None:
    source, target = ([pair[side] for pair in CLAUSES] for side in (0, 1))
    del source[3]
    shouted = align_sentences(source, target, encoder=encoder)
    assert (
        shouted.beads == align_sentences(source, [*map(str.lower, target)], encoder=encoder).beads
    )
    assert [sentence.text for sentence in shouted.target] == target
    pairs = {(shouted.source_text(b), shouted.target_text(b)) for b in shouted.pairs}
    assert pairs == {*CLAUSES[:3], CLAUSES[4]}


def test_they_alone_are_lowered(encoder: Encoder) -> None:
    seen: list[str] = []

    class Listening:
        name = encoder.name

        def encode(self, sentences: Sequence[str]) -> EncodedText:
            seen.extend(sentences)
            return encoder.encode(sentences)

    lowered = ["RESTRICTIONS", "5. FORCE MAJEURE", "ARTICLE 12", "ОБЩИЕ ПОЛОЖЕНИЯ"]
    kept = ["UN", "UNESCO", "COVID-19", "The WHO and UNICEF met.", "12/34", "U.N. 2030"]
    mixed = ["联合国教科文组织（UNESCO）和UNICEF。"]
    align_sentences(mixed, lowered + kept, encoder=Listening())
    assert set(seen) == {*mixed, *map(str.lower, lowered), *kept}
