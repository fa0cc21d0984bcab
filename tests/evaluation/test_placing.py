"""Where the beads of alignments and memories stand in the gold's text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made import beads, reference

from aligner.document import Span
from aligner.evaluation import Prediction, judge, place_alignment, place_beads, place_units
from aligner.evaluation.metrics import Counts
from aligner.evaluation.reference import Reference
from aligner.types import Alignment, Sentence, TranslationUnit

ZH = ["你好。", "是的。", "", "再见，朋友。", "是的。"]
EN = ["Hello.", "Yes.", "Goodbye,", "my friend.", "Yes."]
GOLD = reference("0-0 1-1 2- 3-2,3 4-4", ZH, EN)


def judged(prediction: Prediction, gold: Reference = GOLD) -> Counts:
    return judge(gold.claims, prediction.claims, prediction.own_sentences).counts


def alignment(source: list[str], target: list[str], made: str) -> Alignment:
    sides = [
        tuple(Sentence(text, language, Span(0, 1), 1, 1) for text in texts)
        for texts, language in ((source, "zh"), (target, "en"))
    ]
    return Alignment(sides[0], sides[1], tuple(beads(made)), "zh-CN", "en-US")


def units(*texts: tuple[str, str], **properties: str) -> list[TranslationUnit]:
    named = tuple((f"x-{name}", value) for name, value in properties.items())
    return [TranslationUnit(s, t, "zh-CN", "en-US", properties=named) for s, t in texts]


def test_an_alignment_of_the_golds_sentences_is_judged_by_their_numbers() -> None:
    prediction = place_alignment(GOLD, alignment(ZH, EN, "0-0 1-1 2- 3-2,3 4-4"))
    assert prediction == place_beads(GOLD, beads("0-0 1-1 2- 3-2,3 4-4"))
    assert judged(prediction).strict.f1 == 1.0


def test_an_alignment_of_other_sentences_is_judged_by_its_text() -> None:
    english = ["Hello.", "Yes.", "Goodbye, my friend.", "Yes."]
    chinese = [text for text in ZH if text]
    counts = judged(place_alignment(GOLD, alignment(chinese, english, "0-0 1-1 2-2 3-3")))
    assert counts.strict.f1 == counts.pairs.f1 == counts.characters.f1 == 1.0
    cut = ["Hello.", "Yes.", "Goodbye, my", "friend.", "Yes."]
    counts = judged(place_alignment(GOLD, alignment(chinese, cut, "0-0 1-1 2-2 -3 3-4")))
    assert (counts.pairs.right, counts.pairs.predicted, counts.pairs.found) == (3, 4, 3)


def test_what_the_gold_lacks_has_places_of_its_own() -> None:
    prediction = place_alignment(GOLD, alignment(["别的。", "别的。"], ["Yes."], "0-0 1-"))
    assert [claim.source[0].start < 0 for claim in prediction.claims] == [True, True]
    assert prediction.claims[0].source != prediction.claims[1].source
    assert judged(prediction).characters.right == 0


def test_a_memory_holds_each_wording_once() -> None:
    counts = judged(
        place_units(
            GOLD,
            units(
                ("你好。", "Hello."), ("是的。", "Yes."), ("再见，朋友。", "Goodbye, my friend.")
            ),
        )
    )
    assert counts.pairs.numbers == (4, 4, 4, 4)
    assert counts.characters.f1 == 1.0


def test_the_same_unit_twice_counts_once() -> None:
    prediction = place_units(GOLD, units(*[("你好。", "Hello.")] * 3))
    assert len(prediction.claims) == 1


@pytest.mark.parametrize(
    ("source", "target", "type_", "links"),
    [
        ("再见，朋友。", "Goodbye,", "1-1", 6 * 8),
        ("朋友。", "my friend.", "1-1", 3 * 9),
        ("是的。再见，朋友。", "Yes. Goodbye, my friend.", "?-3", 0),
        ("没有。", "Hello.", "?-1", 0),
    ],
)
def test_units_that_are_no_gold_pairs(source: str, target: str, type_: str, links: int) -> None:
    # The blank line between the second and the fourth sentence is a place of its own.
    prediction = place_units(GOLD, units((source, target)))
    assert [claim.type for claim in prediction.claims] == [type_]
    assert judged(prediction).characters.right == links


def test_a_memory_of_the_other_direction_is_turned() -> None:
    turned = [
        replace(unit, source=unit.target, target=unit.source, source_lang="en", target_lang="zh")
        for unit in units(("你好。", "Hello."))
    ]
    assert judged(place_units(GOLD, turned)).pairs.right == 1


def test_a_memory_tells_its_model_and_confidences() -> None:
    made = units(("你好。", "Hello."), confidence="0.5", model="m")
    prediction = place_units(GOLD, [*made, *units(("是的。", "Yes."), confidence="?")])
    assert (prediction.model, prediction.has_nulls) == ("m", False)
    assert [claim.confidence for claim in prediction.claims] == [0.5, 0.0, 0.0]
