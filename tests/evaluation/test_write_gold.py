"""A reviewed note as gold."""

from __future__ import annotations

import json
from pathlib import Path

from aligner.document import Document, Span
from aligner.evaluation.gold import gold_chunks
from aligner.review.places import find_places
from aligner.types import Alignment, Bead, LeftOut, Paragraph, Piece, Role, Sentence

TEXT = "電話：123\n你好。\n\nHello.\nTel.: 123\n"


def test_what_was_left_out_stays_on_its_side() -> None:
    source = Sentence("你好。", "zh-TW", Span(7, 10), 2, 1)
    target = Sentence("Hello.", "en", Span(12, 18), 3, 1)
    left_out = tuple(
        LeftOut(Paragraph(text, (Piece(0, TEXT.index(text)),), language, 1, 1), "contact line")
        for text, language in (("電話：123", "zh-TW"), ("Tel.: 123", "en"))
    )
    beads = (Bead((0,), (0,)),)
    alignment = Alignment((source,), (target,), beads, "zh-TW", "en-US", left_out=left_out)
    lines = [json.loads(line) for line in gold_chunks(Document("note.txt", TEXT), alignment)]
    assert [lines[0]["source_lang"], lines[0]["target_lang"]] == ["zh", "en"]
    sides = [
        ["".join(item["text"] for item in row[side]) for side in ("source", "target")]
        for row in lines[1:]
    ]
    assert sides == [["你好。", "Hello."], ["電話：123", ""], ["", "Tel.: 123"]]


CUT = "我们将及时商定\n- 1 -\n费用的分摊办法。\n\nWe will agree on the costs in time.\n"


def test_a_page_number_within_a_sentence(tmp_path: Path) -> None:
    source = Sentence("我们将及时商定费用的分摊办法。", "zh", Span(0, 22), 1, 1)
    target = Sentence("We will agree on the costs in time.", "en", Span(24, 59), 2, 1)
    number = Paragraph("- 1 -", (Piece(0, 8),), "zh", 3, 1, Role.PAGE_NUMBER)
    left_out = (LeftOut(number, "page number"),)
    beads = (Bead((0,), (0,)),)
    alignment = Alignment((source,), (target,), beads, "zh-CN", "en-US", left_out=left_out)
    lines = [json.loads(line) for line in gold_chunks(Document("note.txt", CUT), alignment)]
    assert [line["kind"] for line in lines[1:]] == ["pair"]
    path = tmp_path / "note.txt"
    path.write_text(CUT, "utf-8")
    assert find_places(alignment, [path]).one_document
    path.write_text(CUT.replace("办法", "日期").replace("in time", "in full"), "utf-8")
    assert find_places(alignment, [path]).one_document is None
