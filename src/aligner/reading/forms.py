"""Which format a document is in, by its ending and its content."""

from __future__ import annotations

import re
from pathlib import Path

from aligner.errors import ReadError
from aligner.kinds import kind_of, no_document

_TABLES = {".csv": "delimited", ".tsv": "delimited", ".xlsx": "workbook", ".xlsm": "workbook"}
_TEXTS = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".dotm": "docx",
    ".doc": "doc",
    ".dot": "doc",
    ".wps": "doc",
    ".rtf": "rtf",
    ".odt": "odf",
    ".ott": "odf",
    ".fodt": "odf",
    ".odp": "odf",
    ".epub": "epub",
    ".pptx": "pptx",
    ".pptm": "pptx",
    ".ppsx": "pptx",
    ".ppsm": "pptx",
    ".potx": "pptx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".srt": "subtitles",
    ".vtt": "subtitles",
}
_FORMS = {**_TEXTS, **_TABLES, ".ods": "odf", ".xml": "xml", ".dbk": "xml"}
# What a file in a folder may end in to be taken for a document. Tables and XML are often
# something else; given by name, a document may end in anything.
ENDINGS = frozenset({".txt", *_TEXTS})
_NAMES = {
    "pdf": "a PDF file",
    "docx": "a Word document",
    "doc": "a Word document",
    "odf": "an OpenDocument file",
    "epub": "an electronic book",
    "pptx": "a PowerPoint file",
    "workbook": "an XLSX workbook",
    "rtf": "an RTF file",
    "picture": "a picture",
}
_BINARY = frozenset(_NAMES) - {"picture", "rtf"}
_ENDINGS = {"odf": ".odt", "workbook": ".xlsx"}  # where they differ from the form's name
# Word opens these under the name of its own old format, and many are called so.
_AS_DOC = ("docx", "rtf", "html", "odf")
_OLE = b"\xd0\xcf\x11\xe0"
_FOLDERS = (
    *((b"word/", "docx"), (b"ppt/", "pptx"), (b"xl/", "workbook")),
    *((b"META-INF/container.xml", "epub"), (b"META-INF/manifest.xml", "odf")),
)
_OLD_OFFICE = (
    ("EncryptedPackage", "an encrypted Office file; save it without a password"),
    ("PowerPoint Document", "an old PowerPoint file; save it as PPTX first"),
    ("Workbook", "an old Excel file; save it as XLSX first"),
    ("Book", "an old Excel file; save it as XLSX first"),
    ("VisioDocument", "a Visio file; save it as PDF first"),
    ("MatOST", "a file of Microsoft Works; save it as DOCX first"),
    ("__properties_version1.0", "an Outlook message; save its text as HTML or TXT first"),
)
_OTHERS = (
    (_OLE, "an old Office file; save it as DOCX or PDF first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"\xffWPC", "a WordPerfect file; save it as DOCX or PDF first"),
    (b"AT&TFORM", "a DjVu file; save it as PDF first"),
    (b"BOOKMOBI", "a Kindle book; convert it to EPUB first"),
    (b"ITSF", "a Windows help file; save its pages as HTML first"),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_HTML = re.compile(
    rb"\s*+(?:<\?xml[^>]*>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_OFFICE_XML = re.compile(
    rb"<\?xml[^>]*>\s*+<\?mso-application\s+progid=[\"'](Word|Excel|PowerPoint)\."
)
_BINARY_WORKBOOK = b"xl/workbook.bin"
_SUBTITLES = re.compile(rb"WEBVTT[ \t\r\n]|\s*+\d+[ \t]*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
_MARK = b"\xef\xbb\xbf"


def form_of(data: bytes, name: str) -> str:
    """The format of a file; raises ReadError for one that is not read or misnamed."""
    named = _FORMS.get(Path(name).suffix.lower(), "")
    seen = _look(data)
    if named == "pdf" and b"%PDF-" in data[:1024]:
        return named
    if named == "doc" and seen in _AS_DOC:
        return seen
    told = named or Path(name).suffix
    if named != seen and (named in _BINARY or (told and seen in _BINARY)):
        raise _misnamed(data, name, named, seen)
    if seen == "html" and named == "markdown":
        return named
    if seen:
        return seen
    memory = kind_of(data, name)
    if memory is not None:
        raise ReadError(no_document(memory, name))
    other = _other(data)
    if other:
        raise ReadError(f"{name}: this is {other}")
    return named or ("xml" if data.removeprefix(_MARK).startswith(b"<?xml") else "text")


def _misnamed(data: bytes, name: str, named: str, seen: str) -> ReadError:
    """The error for a file whose name and content disagree."""
    ending = _ENDINGS.get(seen, f".{seen}")
    if seen in _NAMES and seen != "picture":
        rather = f"not {_NAMES.get(named, 'text')}"
        return ReadError(
            f"{name}: this is {_NAMES[seen]}, {rather}; give it a name that ends in {ending}"
        )
    other = _other(data)
    if other and not other.startswith("a ZIP"):
        return ReadError(f"{name}: this is {other}")
    return ReadError(f"{name}: not {_NAMES[named]} in spite of its name; check the file")


def _look(data: bytes) -> str:
    """The format that a file's bytes show, or an empty string."""
    head = data[:4096].removeprefix(_MARK)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _packed(data)
    if data.startswith(_PICTURES):
        return "picture"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_OLE) and _has_entry(data, "WordDocument"):
        return "" if _has_entry(data, "EncryptedPackage") else "doc"
    if _SUBTITLES.match(head):
        return "subtitles"
    if b"<office:document" in head:
        return "odf"
    return "html" if _HTML.match(head) else ""


def _packed(data: bytes) -> str:
    """The format of a document that is a ZIP file."""
    if b"application/vnd.oasis.opendocument." in data[:200]:
        return "odf"
    if b"application/epub+zip" in data[:200]:
        return "epub"
    # The list of the parts comes last, behind whatever documents are packed in the document.
    if _BINARY_WORKBOOK in data:
        return ""
    places = {form: data.rfind(folder) for folder, form in _FOLDERS}
    form = max(places, key=places.__getitem__)
    return form if places[form] >= 0 else ""


def _other(data: bytes) -> str:
    """What a file is that is not read, and what to do; an empty string for nothing known."""
    if data.startswith(_OLE):
        for entry, kind in _OLD_OFFICE:
            if _has_entry(data, entry):
                return kind
    program = _OFFICE_XML.match(data[:4096].removeprefix(_MARK))
    if program:
        return (
            f"a file that {program[1].decode()} saved as XML; save it as DOCX, XLSX or PPTX first"
        )
    if data.startswith(b"PK\x03\x04"):
        if _BINARY_WORKBOOK in data:
            return "a binary Excel workbook; save it as XLSX first"
        if b"Index/Document.iwa" in data:
            return "a Pages, Numbers or Keynote file; export it as DOCX, XLSX or PPTX first"
        return "a ZIP file but no document; unpack it first"
    return next((kind for magic, kind in _OTHERS if data.startswith(magic)), "")


def _has_entry(data: bytes, name: str) -> bool:
    """Whether an old Office file names an entry so."""
    return name.encode("utf-16-le") in data
