"""Documents in the formats of office programs: texts, books, slides and sheets."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from aligner.align import segment_any
from aligner.document import BlockKind
from aligner.errors import ReadError
from aligner.reading import read_document
from notes import ROOT
from readings import blocks, cells, read, refusal, saved

SAMPLES = ROOT / "tests/samples/formats"
# What each sample holds, and its kind where its file tells.
TEXTS = {
    "第一章 总则 Chapter I General Provisions": BlockKind.HEADING,
    "为了加强水库管理，保障公共安全，制定本条例。": BlockKind.PARAGRAPH,
    "水库分为大型、中型和小型。": BlockKind.ITEM,
    "Reservoirs are classified as large, medium and small.": BlockKind.ITEM,
    "The water level must be measured every day.": BlockKind.CELL,
    "闸门每年检查两次。": BlockKind.CELL,
    "本条例自2024年7月1日起施行。": BlockKind.NOTE,
    "These Regulations enter into force on 1 July 2024.": BlockKind.NOTE,
}
WRITTEN = sorted(
    path
    for path in SAMPLES.iterdir()
    if path.suffix in (".odt", ".rtf", ".doc", ".epub", ".xml") and path.stem != "word"
)
# LibreOffice writes books, and pandoc writes RTF, without saying what is a heading or an item.
PLAIN = {"libreoffice.epub": (BlockKind.HEADING, BlockKind.ITEM), "pandoc.rtf": (BlockKind.ITEM,)}


def needs_olefile(path: Path) -> None:
    if path.suffix == ".doc":
        pytest.importorskip("olefile")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_structure(path: Path) -> None:
    needs_olefile(path)
    found = blocks(read_document(path))
    for text, kind in TEXTS.items():
        if kind in PLAIN.get(path.name, ()):
            assert any(text in seen for seen, _ in found), text
        else:
            assert (text, kind) in found
    notes = [text for text, kind in found if kind is BlockKind.NOTE]
    assert [text for text, _ in found][-2:] == notes, "notes come last"
    assert not any("<" in text or "{" in text or "\\" in text for text, _ in found)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_cells_have_rows_and_columns(path: Path) -> None:
    needs_olefile(path)
    found = cells(read_document(path))
    last = max(row for _, row, _ in found)
    assert found[1, last, 1] == "闸门每年检查两次。"
    assert found[1, last, 2] == "The gates shall be inspected twice a year."


@pytest.mark.parametrize(
    "path", [p for p in WRITTEN if p.name != "pandoc.rtf"], ids=lambda p: p.name
)
def test_metadata(path: Path) -> None:
    needs_olefile(path)
    assert read_document(path).metadata.title == "水库管理条例"


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.name)
def test_cut_short(path: Path, tmp_path: Path) -> None:
    needs_olefile(path)
    content = path.read_bytes()
    for size in (100, len(content) // 2, len(content) - 30):
        with suppress(ReadError):
            read_document(saved(tmp_path, path.name, content[:size]))


def test_slides() -> None:
    document = read_document(SAMPLES / "python-pptx.pptx")
    assert blocks(document)[:2] == [
        ("水库安全 Reservoir Safety", BlockKind.HEADING),
        ("年度报告\nAnnual report", BlockKind.HEADING),
    ]
    assert ("请注意时间。", BlockKind.NOTE) in blocks(document)
    assert ("A text box in a group.", BlockKind.PARAGRAPH) in blocks(document)
    assert cells(document)[1, 2, 2] == "The dam is safe."
    assert document.page(document.text.index("表格")) == 3


@pytest.mark.parametrize("name", ["openpyxl.xlsx", "libreoffice.xlsx", "libreoffice.ods"])
def test_workbooks(name: str) -> None:
    document = read_document(SAMPLES / name)
    found = cells(document)
    assert found[1, 2, 2] == "每天测量水位。"
    assert found[1, 2, 3] == "The water level is measured every day."
    assert found[2, 1, 2] == "The dam is safe."
    segmented = segment_any(SAMPLES / name)
    sides = [[s.text for s in side] for side in (segmented.source, segmented.target)]
    assert "闸门每年检查两次。" in sides[0]
    assert "The gates are inspected twice a year." in sides[1]


def test_memories_keep_their_message(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(("zh-CN", "en-US", "confidence"))
    book.active.append(("甲", "One", 0.9))
    book.save(tmp_path / "m.xlsx")
    assert "this is a sheet, not a document" in refusal(tmp_path / "m.xlsx")
    assert "a table of pairs" in refusal(saved(tmp_path, "m.tsv", "zh\ten\n甲\tOne\n"))
    tmx = '<?xml version="1.0"?><tmx version="1.4"></tmx>'
    assert "a TMX memory" in refusal(saved(tmp_path, "m.xml", tmx))


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (r"\'d6\'d0\'b9\'fa \'a1\'b0x\'a1\'b1\par", ["中国 “x”"]),
        (r"\uc1\u20013?\u22269\'3f.\par", ["中国."]),
        (r"\uc2 \u20013\'d6\'d0\u22269\'b9\'fa.\par", ["中国."]),
        (r"\u-10179?\u-8704?\par", ["\U0001f600"]),
        (r"{\f1\'95\'5c}\par", ["表"]),
        (r"A{\v hidden}{\deleted gone}B\line C\par D", ["AB\nC", "D"]),
        (r"A{\*\unknown x}{\*\bkmkstart b}B{\field{\*\fldinst PAGE}{\fldrslt 7}}\par", ["AB7"]),
        (r"{\upr{ansi}{\*\ud{\u20013?}}}\par", ["中"]),
        (r"{\pict 00ff}{\object{\*\objdata 01}{\result R}}\bin3 {}}x\par", ["Rx"]),
        (r"{\header Head\par}{\headerl Head\par}A{\footnote{\*\x y} Note}\par",
         ["Head", "A", "Note"]),
        (r"A{\shp{\*\shpinst{\sp{\sn n}{\sv 1}}{\shptxt Box\par}}{\shprslt Box}} B\par",
         ["A B", "Box"]),
        (r"{\listtext 1.\tab}\ls1 One\par", ["One"]),
    ],
)  # fmt: skip
def test_rtf(tmp_path: Path, body: str, wanted: list[str]) -> None:
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset128 B;}}"
    content = rf"{{\rtf1\ansi\ansicpg936{fonts}{{\stylesheet{{\s1 heading 1;}}}}{body}}}"
    assert read(tmp_path, "x.rtf", content) == wanted


def test_rtf_by_the_name_of_an_old_word_document(tmp_path: Path) -> None:
    assert read(tmp_path, "x.doc", r"{\rtf1 One\par}") == ["One"]


def test_word_documents_of_word_itself() -> None:
    pytest.importorskip("olefile")
    path = SAMPLES / "word.doc"
    assert blocks(read_document(path)) == [
        ("Test OLE file, saved as Word 97-2003 Document.", BlockKind.PARAGRAPH)
    ]


def with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """A packed document with one of its parts changed, or a new one."""
    source, buffer = zipfile.ZipFile(path), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            target.writestr(part, change(content) if part == name else content)
        if name not in source.namelist():
            target.writestr(name, change(b""))
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0"
MAIN = {
    "libreoffice.odt": "content.xml",
    "pandoc.epub": "EPUB/content.opf",
    "python-pptx.pptx": "ppt/presentation.xml",
}


@pytest.mark.parametrize("name", MAIN)
def test_hostile_parts(tmp_path: Path, name: str) -> None:
    def refused(change: Callable[[bytes], bytes], part: str = MAIN[name]) -> str:
        content = with_part(SAMPLES / name, part, change)
        return refusal(saved(tmp_path, name, content))

    assert "64 MiB" in refused(lambda _: b"<a>" + bytes(80 << 20), "extra.xml")
    refused(lambda content: content[:200])
    refused(lambda _: b"<a>" * 10_000)
    if not name.endswith("epub"):
        bomb = b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
        assert "entities" in refused(lambda _: bomb)


def test_encrypted_open_document(tmp_path: Path) -> None:
    manifest = b"<m><e><manifest:encryption-data/></e></m>"
    content = with_part(SAMPLES / "libreoffice.odt", "META-INF/manifest.xml", lambda _: manifest)
    assert "without a password" in refusal(saved(tmp_path, "x.odt", content))


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("x.xml", "<a>" * 10_000 + "x", "XML that can be read"),
        ("x.xml", "<a>x", "XML that can be read"),
        ("x.rtf", r"{\rtf1" + "{" * 10_000, "nested too deeply"),
        ("x.rtf", r"{\rtf1 }", "empty"),
        ("x.srt", "1\n00:00:01,000 --> 00:00:02,000\n\n", "empty"),
        ("x.csv", ",,,\n", "empty"),
        ("x.odt", "plain text", "not an OpenDocument file"),
        ("x.doc", "plain text", "not a Word document"),
        ("x.doc", OLE + "WordDocument".encode("utf-16-le"), "Word document"),
        ("x.doc", OLE + "Workbook".encode("utf-16-le"), "old Excel file"),
        ("x.xls", OLE + "Workbook".encode("utf-16-le"), "old Excel file"),
        ("x.ppt", OLE + "PowerPoint Document".encode("utf-16-le"), "PPTX"),
        ("x.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("x.pages", b"PK\x03\x04 Index/Document.iwa", "export it"),
        ("x.xlsb", b"PK\x03\x04 xl/workbook.bin", "binary Excel workbook"),
        ("x.xml", '<?xml version="1.0"?><?mso-application progid="Word.Document"?><w/>',
         "Word saved as XML"),
        ("x.zip", b"PK\x03\x04 x", "a ZIP file"),
    ],
)  # fmt: skip
def test_what_is_refused(tmp_path: Path, name: str, content: str | bytes, wanted: str) -> None:
    assert wanted in refusal(saved(tmp_path, name, content))


@pytest.mark.parametrize("name", ["libreoffice.odt", "pandoc.epub", "python-pptx.pptx"])
def test_a_misleading_name(tmp_path: Path, name: str) -> None:
    content = (SAMPLES / name).read_bytes()
    assert Path(name).suffix in refusal(saved(tmp_path, "x.txt", content))
    assert Path(name).suffix in refusal(saved(tmp_path, "x.docx", content))
    assert blocks(read_document(saved(tmp_path, "bare", content)))
