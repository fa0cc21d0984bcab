"""A reviewed note as gold."""

from __future__ import annotations

import json

from aligner.review.gold import gold_chunks
from aligner.types import Alignment, Bead, Document, LeftOut, Paragraph, Piece, Sentence, Span

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
