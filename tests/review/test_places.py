"""Where sentences stand in their documents."""

from __future__ import annotations

from pathlib import Path

import pytest

import aligner
from aligner.document import Document, Span
from aligner.review.places import Places, beside, find_places
from aligner.review.rows import SIDES, rows_of
from aligner.types import Alignment, Sentence
from aligner.vectors import Encoder
from notes import NOTES, squeeze

pytestmark = pytest.mark.slow


def test_every_row_of_a_note_is_found(encoder: Encoder) -> None:
    for note in NOTES:
        alignment = aligner.align_note(note, encoder=encoder)
        places = find_places(alignment, beside(alignment, note.parent))
        for row in rows_of(alignment):
            for side in SIDES:
                excerpt = places.excerpt(side, row)
                assert excerpt is not None
                assert excerpt.document == note.name
                marked = squeeze("".join(text for text, inside in excerpt.pieces if inside))
                assert squeeze(row.text(side)) == marked
                text = "".join(text for text, _ in excerpt.pieces)
                assert text in note.read_text("utf-8")


def test_a_cut_sentence_knows_its_halves_places() -> None:
    text = "x 一二三\n\n- 4 -\n\n四五六。 y"
    sentence = Sentence("一二三四五六。", "zh", Span(2, 18), 1, 1)
    places = Places(Document("x.txt", text), None)
    first, second = places.cut("source", sentence, 3)
    assert (text[slice(*first.span)], text[slice(*second.span)]) == ("一二三", "四五六。")
    first, second = places.cut("source", sentence, 5)
    assert text[slice(*second.span)] == "六。"
    # Without the document, or for a text that was rewritten, as near as can be told.
    for unsure in (Places(), Places(Document("x.txt", "other text " * 9), None)):
        first, second = unsure.cut("source", sentence, 3)
        assert first.span.start == 2
        assert first.span.end == second.span.start
        assert second.span.end == 18


def alignment(document: str) -> Alignment:
    sentence = Sentence("secret", "en", Span(0, 6), 1, 1)
    return Alignment((sentence,), (sentence,), (), "zh", "en", document=document)


def test_only_files_beside_the_alignment_are_read(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in ("../secret.txt", str(tmp_path / "secret.txt"), "..", "", "none.txt"):
        assert beside(alignment(name), folder) == []
    found = beside(alignment("secret.txt + secret.txt"), tmp_path)
    assert found == [tmp_path / "secret.txt"]
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "folder").mkdir()
    for name in ("link.txt", "folder", "x" * 300, "a\0b", "secret.txt" + " + x" * 10**5):
        assert beside(alignment(name), folder) == []


def test_a_document_that_has_changed_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("another text")
    (tmp_path / "b.txt").write_bytes(b"")
    found = find_places(alignment("a.txt"), [tmp_path / "a.txt", tmp_path / "b.txt"])
    assert found == Places()


def test_an_excerpt_of_something_endless_is_short() -> None:
    text = "a" * 100_000
    sentence = Sentence(text, "en", Span(0, len(text)), 1, 1)
    row = rows_of(Alignment((sentence,), (sentence,), (aligner.Bead((0,), (0,)),), "zh", "en"))[0]
    excerpt = Places(Document("x.txt", text), None).excerpt("source", row)
    assert excerpt is not None
    assert sum(len(piece) for piece, _ in excerpt.pieces) < 10_000
