"""What comes out of documents as real programs write them; `benchmarks/renderings.py` has more."""

from __future__ import annotations

import sys
from itertools import combinations, product
from pathlib import Path

import pytest

from aligner import Alignment, Bead, Sentence, Span
from aligner.vectors import Encoder
from notes import ROOT

sys.path.append(str(ROOT / "benchmarks"))

from factory.design import Spec, covering, is_sensible
from factory.producers import PRODUCERS
from factory.score import judge, score
from factory.text import Block, Pair, Text, texts

SAMPLES = ROOT / "tests/samples/rendered"
TEXTS = texts()
# Pairs right, pairs wrong, pairs in the text, characters lost.
FOUND = {
    "Chromium_interview_pdf_chinese-first_3_italic_heads_A4_11.pdf": (22, 0, 22, 0),
    "Chromium_statement_pdf_by-paragraph_3_justified_heads_Letter_11.pdf": (25, 0, 25, 0),
    "LibreOffice-saved_statement_docx_by-paragraph_1_plain_heads_A4_11.docx": (25, 0, 25, 0),
    "LibreOffice-saved_interview_doc_chinese-first_1_italic_heads_A4_11.doc": (22, 0, 22, 0),
    "LibreOffice-saved_statement_rtf_two-column-table_1_plain_line-numbers_A4_11.rtf": (
        *(25, 0, 25, 0),
    ),
    "pandoc_statement_epub_chinese-first_1_plain_none_A4_11.epub": (25, 0, 25, 0),
    "LibreOffice_statement_pdf_by-paragraph_2_plain_line-numbers_A4-landscape_14.pdf": (
        *(25, 0, 25, 0),
    ),
    "Typst_interview_pdf_english-first_2_hyphenated_heads_A5_9.pdf": (22, 0, 22, 0),
    "WeasyPrint_interview_pdf_chinese-first_2_hyphenated_none_Letter_14.pdf": (21, 1, 22, 0),
    "pandoc_interview_md_two-column-table_1_plain_none_A4_11.md": (22, 0, 22, 0),
    "pandoc_interview_odt_chinese-first_1_plain_none_A4_11.odt": (22, 0, 22, 0),
    "reportlab_statement_pdf_chinese-first_3_plain_heads_A4-landscape_11.pdf": (25, 0, 25, 0),
    "web-page_resolution_html_two-column-table_1_justified_none_A4_11.html": (20, 0, 20, 0),
}


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*_*")), ids=lambda path: path.name)
def test_pairs_of_a_rendering(encoder: Encoder, path: Path) -> None:
    text = TEXTS[path.name.split("_")[1]]
    found = score(text, path, encoder, {})
    counts = (found.right, len(found.wrong), found.pairs, found.lost)
    assert counts == FOUND[path.name], (found.refused, found.wrong, found.missed)


def test_every_sample_is_there() -> None:
    assert {path.name for path in SAMPLES.glob("*_*")} == FOUND.keys()


@pytest.mark.parametrize("name", PRODUCERS)
def test_every_two_settings_meet(name: str) -> None:
    producer = PRODUCERS[name]
    specs = covering(producer, TEXTS)
    assert all(is_sensible(spec, TEXTS[spec.text]) for spec in specs)
    assert {spec.text for spec in specs} == TEXTS.keys()
    names, levels = list(producer.factors), list(producer.factors.values())
    met = {(a, b, getattr(s, a), getattr(s, b)) for s in specs for a, b in combinations(names, 2)}
    for (a, first), (b, second) in combinations(producer.factors.items(), 2):
        for x, y in product(first, second):
            if (a, b, x, y) not in met:
                every = (dict(zip(names, chosen, strict=True)) for chosen in product(*levels))
                able = (Spec(name, "interview", **{**chosen, a: x, b: y}) for chosen in every)
                assert not any(is_sensible(spec, TEXTS["interview"]) for spec in able)


def test_three_hundred_renderings() -> None:
    assert sum(len(covering(producer, TEXTS)) for producer in PRODUCERS.values()) >= 300


def aligned(*pairs: tuple[str, str]) -> Alignment:
    sides = [
        tuple(
            Sentence(text, language, Span(n, n + 1), n + 1, 1)
            for n, text in enumerate(pair[side] for pair in pairs)
        )
        for side, language in enumerate(("zh", "en"))
    ]
    beads = tuple(Bead((n,), (n,)) for n in range(len(pairs)))
    return Alignment(sides[0], sides[1], beads, "zh", "en")


MADE = Text(
    "made",
    (
        Block("title", (Pair("水", "Water"),)),
        Block("item", (Pair("河流很长。{1}", "The river is long.{1}"),), ("一、", "1.")),
        Block("table", rows=((Pair("长度", "Length"), Pair("97", "97")),)),
    ),
)
WATER, RIVER, LENGTH = ("水", "Water"), ("河流很长。", "The river is long."), ("长度", "Length")


@pytest.mark.parametrize(
    ("pairs", "right", "wrong", "lost"),
    [
        ([WATER, RIVER, LENGTH, ("97", "97")], 3, 1, 0),
        ([WATER, ("一、河流很长。1", "1. The river is long.[1]"), ("长度 97", "Length")], 2, 1, 0),
        ([WATER, ("河流很长。", "The river is lon")], 1, 1, 2 + 6 + 2 + 2),
        ([WATER, RIVER, LENGTH, LENGTH], 3, 1, 2),
    ],
)
def test_pairs_are_judged(pairs: list[tuple[str, str]], right: int, wrong: int, lost: int) -> None:
    found = judge(MADE, aligned(*pairs), {})
    assert (found.pairs, found.right, len(found.wrong)) == (3, right, wrong)
    assert found.lost == lost
    assert len(found.missed) == 3 - right
