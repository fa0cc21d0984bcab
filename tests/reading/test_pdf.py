"""PDF files: every character of the text layer, turned text apart, the file's order."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from aligner.document import MARGINS, BlockKind, Cell, Document
from aligner.reading.characters import clean
from aligner.reading.pdf import extract
from documents import ARRANGEMENTS, pdf, rows
from notes import NOTES, ROOT, squeeze

SAMPLES = sorted((ROOT / "tests/samples/pdf").glob("*.pdf"))
TEXT = ("The government has taken a series of", "measures to protect minors.")


def read(data: bytes, name: str) -> Document:
    return extract(data, name).document(name)


def margins(document: Document) -> list[str]:
    spans = [block.span for block in document.blocks if block.kind in MARGINS]
    return [document.text[slice(*span)] for span in spans]


def drawn(draw: Callable[[Canvas], None]) -> Document:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    draw(canvas)
    canvas.save()
    return read(buffer.getvalue(), "x.pdf")


def write(canvas: Canvas, left: float = 50, top: float = 700) -> None:
    for number, line in enumerate(TEXT):
        canvas.drawString(left, top - 14 * number, line)


def in_layer(data: bytes) -> Counter[str]:
    """The characters of a file's text layer, as PDFium counts them; hyphens at line ends too."""
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    return counted(clean("".join(texts).replace("\x02", "-").replace("\ufffe", "-")))


def counted(text: str) -> Counter[str]:
    return Counter(squeeze(text.replace("\u00ad", "")))


def files() -> Iterator[tuple[str, bytes]]:
    for path in SAMPLES:
        yield path.name, path.read_bytes()
    for arrangement in ARRANGEMENTS:
        yield arrangement, pdf(*rows(NOTES[0], arrangement))


FILES = dict(files())


@pytest.mark.parametrize("name", FILES)
def test_every_character_of_the_text_layer_is_there(name: str) -> None:
    assert counted(read(FILES[name], name).text) == in_layer(FILES[name])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_words_of_real_programs_are_apart(path: Path) -> None:
    text = " ".join(read(path.read_bytes(), path.name).text.split())
    assert "The Permanent Mission of the People's Republic of China to the United" in text
    assert max(len(word) for word in text.split() if word.isascii()) < 30


def test_turned_text_stands_apart_and_is_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 700, TEXT[0])
        canvas.saveState()
        canvas.translate(60, 690)
        canvas.rotate(40)
        canvas.drawString(0, 0, "Draft only")
        canvas.restoreState()
        canvas.drawString(50, 686, TEXT[1])

    found = drawn(draw)
    assert found.text == f"{' '.join(TEXT)}\n\nDraft only"
    assert margins(found) == ["Draft only"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("by_page", [False, True])
def test_a_page_may_lie_on_any_side(turn: int, by_page: bool) -> None:
    def draw(canvas: Canvas) -> None:
        if by_page:
            canvas.setPageRotation(turn)
        canvas.translate(300, 400)
        canvas.rotate(turn)
        write(canvas, -200, 100)

    assert drawn(draw).text == " ".join(TEXT)


def test_slanted_type_is_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.transform(1, 0, 0.25, 1, 0, 0)
        write(canvas, -100)

    assert drawn(draw).text == " ".join(TEXT)


def test_marks_of_notes_come_last_on_their_page() -> None:
    def draw(canvas: Canvas) -> None:
        line = canvas.beginText(50, 700)
        line.textOut("These are the deeds")
        line.setFont("Helvetica", 6)
        line.setRise(4)
        line.textOut("12")
        line.setFont("Helvetica", 12)
        line.setRise(0)
        line.textOut(" that were done.")
        canvas.drawText(line)

    found = drawn(draw)
    assert found.text == "These are the deeds that were done.\n\n12"
    assert margins(found) == ["12"]


def test_a_number_on_a_page_that_is_a_picture_is_kept(tmp_path: Path) -> None:
    from PIL import Image

    picture = tmp_path / "page.png"
    Image.new("L", (50, 50), 200).save(picture)

    def draw(canvas: Canvas) -> None:
        write(canvas)
        canvas.showPage()
        canvas.drawImage(str(picture), 0, 0, 500, 700)
        canvas.drawString(50, 20, "No. 7")

    found = drawn(draw)
    assert found.text == f"{' '.join(TEXT)}\fNo. 7"
    assert found.remarks == ("page 2: a picture without text; --ocr reads it",)


def test_the_head_of_an_only_page_has_its_title() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(50, 800, "12 May 2021")
        canvas.drawString(300, 800, "Protection of minors on the Internet")
        canvas.setFont("Helvetica", 18)
        canvas.drawString(50, 740, "Protection of minors")
        canvas.drawString(50, 718, "on the Internet")
        canvas.setFont("Helvetica", 12)
        write(canvas, top=680)

    found = drawn(draw)
    assert margins(found) == ["12 May 2021    Protection of minors on the Internet"]


def test_lines_are_numbered_in_the_margin() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(1, 6):
            canvas.drawRightString(40, 714 - 14 * number, str(number))
            canvas.drawString(
                50,
                714 - 14 * number,
                f"the {['first', 'second', 'third', 'fourth', 'last'][number - 1]} line",
            )

    found = drawn(draw)
    assert margins(found) == ["1 2 3 4 5"]
    assert "1" not in found.text.split("\n\n")[0]


def test_cells_with_lines_about_them() -> None:
    """A cell's lines belong together, whatever stands beside them."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([50, 150, 250], [640, 680, 720])
        for left, top, lines in (
            (55, 705, ("Time",)), (155, 705, ("Place of", "meeting")),
            (55, 665, ("Nine", "o'clock")), (155, 665, ("Great Hall",)),
        ):  # fmt: skip
            for number, line in enumerate(lines):
                canvas.drawString(left, top - 14 * number, line)

    found = drawn(draw)
    cells = {found.text[slice(*block.span)]: block.cell for block in found.blocks}
    assert cells == {
        "Time": Cell(1, 1, 1),
        "Place of meeting": Cell(1, 1, 2),
        "Nine o'clock": Cell(1, 2, 1),
        "Great Hall": Cell(1, 2, 2),
    }


def test_a_sentence_is_cut_by_a_page_and_its_notes() -> None:
    first = ("The experts have asked for a reply on", "the rights of minors, on questions of")
    rest = ("privacy, and on what has been done to", "protect all of them from harm.")

    def draw(canvas: Canvas) -> None:
        for page in (first, rest):
            for number, line in enumerate(page):
                canvas.drawString(50, 200 - 14 * number, line)
            canvas.setFont("Helvetica", 8)
            canvas.drawString(50, 120, "1 See there." if page is first else "2 And here.")
            canvas.showPage()
            canvas.setFont("Helvetica", 12)

    cut, note, after, _ = drawn(draw).blocks
    assert (cut.is_cut, note.kind, after.is_open) == (True, BlockKind.NOTE, True)
