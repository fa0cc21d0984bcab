"""Word documents: every visible letter once, in a block of its kind."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from aligner.document import MARGINS, Cell
from aligner.reading.docx import extract
from aligner.reading.extract import TextBlock
from notes import ROOT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
STYLES = {
    "H1": '<w:name w:val="heading 1"/>',
    "Mine": '<w:name w:val="我的标题"/><w:basedOn w:val="H1"/>',
    "Level": '<w:name w:val="Level"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>',
    "Caption": '<w:name w:val="caption"/>',
    "Quote": '<w:name w:val="Quote"/>',
    "List": '<w:name w:val="List Number"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
    "Code": '<w:name w:val="Source Code"/>',
    "Ref": '<w:name w:val="reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
}
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PARTS = ("document.main", "styles", "footnotes", "endnotes", "header", "footer")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inner: str, style: str = "", properties: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = "".join(part if part.startswith("<") else run(part) for part in inner)
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{runs}</w:p>"


def word_file(body: str, **parts: str) -> bytes:
    """A Word document of some paragraphs, and further parts by their names."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}">{inner}</w:style>'
        for key, inner in STYLES.items()
    )
    contents = {"document": f"<w:body>{body}</w:body>", "styles": styles, **parts}
    overrides = "".join(
        f'<Override PartName="/word/{kind.split(".")[0]}.xml" ContentType="{KIND}{kind}+xml"/>'
        for kind in PARTS
        if kind.split(".")[0] in contents
    )
    spaced = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", f"<Types {spaced}>{overrides}</Types>")
        for name, content in contents.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {SPACES}>{content}</w:{name}>")
    return buffer.getvalue()


def read(body: str, **parts: str) -> tuple[TextBlock, ...]:
    return extract(word_file(body, **parts), "x.docx").blocks


BOX = f"<w:txbxContent>{par('In a box.')}</w:txbxContent>"
CHOICE = f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>'
FALLBACK = f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback>"
EMPTY = '<mc:Choice Requires="wps"><w:drawing/></mc:Choice>'


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (par("As ", "<w:ins>" + run("now ") + "</w:ins>", "it is."), "As now it is."),
        (par("<w:del><w:r><w:delText>Not</w:delText></w:r></w:del>", "Text."), "Text."),
        (par("<w:moveFrom>" + run("Gone") + "</w:moveFrom>", "<w:moveTo>" + run("Here")
             + "</w:moveTo>"), "Here"),
        (par('<w:fldSimple w:instr="REF x">' + run("Table 1") + "</w:fldSimple>"), "Table 1"),
        (par("<w:r><w:instrText>PAGEREF</w:instrText></w:r>", "5"), "5"),
        (par("<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"), "x=1"),
        (par("<w:r><w:ruby><w:rt>" + run("zì") + "</w:rt><w:rubyBase>" + run("字")
             + "</w:rubyBase></w:ruby></w:r>"), "字"),
        (par('<w:bdo w:val="ltr">' + run("One") + "</w:bdo>", '<w:dir w:val="rtl">' + run(" two")
             + "</w:dir>"), "One two"),
        (par("Seen", run("unseen", "<w:vanish/>"), run(" too", '<w:vanish w:val="0"/>')),
         "Seen too"),
        (par("a", "<w:r><w:tab/></w:r>", "b", "<w:r><w:cr/></w:r>", "c"), "a\tb\nc"),
        (par("one", "<w:r><w:br/><w:br/></w:r>", "two"), "one | two"),
        (par("a", '<w:r><w:br w:type="page"/></w:r>', "b"), "a | b"),
        (f"<w:sdt><w:sdtContent>{par('Chosen.')}</w:sdtContent></w:sdt>", "Chosen."),
        (par('<w:hyperlink>' + run("A law") + "</w:hyperlink>"), "A law"),
        (par("First half, ", properties="<w:rPr><w:del/></w:rPr>") + par("second."),
         "First half, second."),
        (par("Text.") + par("Last.", properties="<w:rPr><w:del/></w:rPr>"), "Text. | Last."),
        (par("Law.", run("1", '<w:rStyle w:val="Ref"/>'), " It holds."), "Law. It holds."),
        (par("法。", run("12", '<w:vertAlign w:val="superscript"/>'), "此外"), "法。此外"),
        (par("5 km", run("2", '<w:vertAlign w:val="superscript"/>')), "5 km2"),
        (par("平方米即米", run("2", '<w:vertAlign w:val="superscript"/>')), "平方米即米2"),
        (par("on the 3", run("rd", '<w:vertAlign w:val="superscript"/>')), "on the 3rd"),
        *[(par(f"<w:r><mc:AlternateContent>{forms}</mc:AlternateContent></w:r>", "Beside it."),
           "Beside it. | In a box.") for forms in (CHOICE + FALLBACK, CHOICE, EMPTY + FALLBACK)],
    ],
)  # fmt: skip
def test_what_is_read(inner: str, wanted: str) -> None:
    assert " | ".join(block.text for block in read(inner)) == wanted


@pytest.mark.parametrize(
    ("style", "kind"),
    [("H1", "heading"), ("Mine", "heading"), ("Level", "heading"), ("Caption", "caption"),
     ("Quote", "quotation"), ("List", "list item"), ("Code", "code"), ("", "paragraph")],
)  # fmt: skip
def test_kinds_by_style(style: str, kind: str) -> None:
    assert [block.kind.value for block in read(par("Text.", style=style))] == [kind]


def test_no_list_item_where_the_number_is_taken_off() -> None:
    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert read(par("Text.", style="H1", properties=off))[0].kind.value == "heading"


def test_places_of_cells() -> None:
    def cell(text: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{par(text)}</w:tc>"

    wide = cell("wide", '<w:gridSpan w:val="2"/>')
    deleted = f"<w:tr><w:trPr><w:del/></w:trPr>{cell('x')}</w:tr>"
    late = f'<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell("late")}</w:tr>'
    rows = f"<w:tr>{wide}{cell('c')}</w:tr>{deleted}{late}"
    found = {block.text: block.cell for block in read(f"<w:tbl>{rows}</w:tbl>{par('after')}")}
    assert found == {
        "wide": Cell(1, 1, 1), "c": Cell(1, 1, 3), "late": Cell(1, 2, 2), "after": None,
    }  # fmt: skip


def test_notes_come_last_in_the_order_of_reference_and_heads_first() -> None:
    def note(number: int, text: str, more: str = "") -> str:
        return f'<w:footnote w:id="{number}" {more}>{par(text)}</w:footnote>'

    body = par(
        "Text", '<w:r><w:footnoteReference w:id="3"/></w:r>', " and",
        '<w:r><w:endnoteReference w:id="1"/></w:r>', '<w:r><w:footnoteReference w:id="2"/></w:r>',
    )  # fmt: skip
    found = read(
        body,
        footnotes=note(0, "-", 'w:type="separator"') + note(2, "Two.") + note(3, "Three."),
        endnotes=f'<w:endnote w:id="1">{par("End.")}</w:endnote>',
        header=par("Head"),
        footer=par("Head") + par("Foot"),
    )
    assert [(block.kind.value, block.text) for block in found] == [
        ("running head or foot", "Head"), ("running head or foot", "Foot"),
        ("paragraph", "Text and"), ("note", "Three."), ("note", "Two."), ("note", "End."),
    ]  # fmt: skip


def test_pages() -> None:
    following = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    found = read(
        par("one", properties="<w:sectPr/>") + par("two", properties=following)
        + par("three") + par("four", properties="<w:pageBreakBefore/>")
        + par('<w:r><w:br w:type="page"/><w:br w:type="page"/></w:r>') + par("five")
    )  # fmt: skip
    pages = [(block.text, block.starts_page) for block in found]
    assert pages == [
        ("one", False), ("two", True), ("three", False), ("four", True), ("", True), ("five", True)
    ]  # fmt: skip


SAMPLES = sorted((ROOT / "tests/samples").rglob("*.docx"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_letter_is_in_a_block(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    etree.strip_elements(root, "{*}Fallback", "{*}del", "{*}moveFrom", with_tail=False)
    letters = Counter("".join("".join(root.itertext(f"{{{W}}}t")).split()))
    blocks = extract(path.read_bytes(), path.name).blocks
    found = Counter("".join("".join(b.text for b in blocks if b.kind not in MARGINS).split()))
    assert letters - found == Counter()
