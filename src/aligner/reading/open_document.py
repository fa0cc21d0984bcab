"""OpenDocument files, as LibreOffice writes them: texts, slides and sheets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aligner.bounds import MAX_PARTS, damage
from aligner.errors import ReadError
from aligner.metadata import Metadata, metadata_of
from aligner.reading.archive import open_archive, parse_xml, xml_root
from aligner.reading.extract import Extract
from aligner.reading.html import html_blocks
from aligner.reading.retag import NEW_PAGE, NOTE, RUNNING, SPAN, Retagger, Tag

_SPACES = {
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0": "presentation",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "urn:oasis:names:tc:opendocument:xmlns:form:1.0": "form",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "http://purl.org/dc/elements/1.1/": "dc",
}
_URIS = {prefix: uri for uri, prefix in _SPACES.items()}
_TAGS = {
    "text:h": Tag("h1"),
    "text:list": Tag("ul"),
    "text:list-item": Tag("li"),
    "text:list-header": Tag("li"),
    "text:line-break": Tag("br"),
    "text:note": NOTE,
    "text:section": Tag("section"),
    "table:table": Tag("table"),
    "table:table-row": Tag("tr"),
    "draw:page": Tag("section"),
    "draw:text-box": Tag("div", {}, "box"),
    "draw:custom-shape": Tag("div", {}, "box"),
    "presentation:notes": Tag("div", {"class": "note"}),
}
# Comments, what was deleted, alternative texts, pronunciations, and what no reader sees.
_UNREAD = {
    *("office:annotation", "text:tracked-changes", "text:note-citation", "text:ruby-text"),
    *("table:covered-table-cell", "office:forms", "form:form", "svg:title", "svg:desc"),
    *("office:scripts", "text:sequence-decls", "text:variable-decls", "text:user-field-decls"),
    *("presentation:settings", "table:tracked-changes", "table:content-validations"),
}
_STYLES = {
    "Title": Tag("h1"),
    "Subtitle": Tag("h1"),
    "Heading": Tag("h1"),
    "Caption": Tag("figcaption"),
    "Quotations": Tag("blockquote"),
    "Preformatted_20_Text": Tag("pre"),
}
_MARGINS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_TITLES = ("title", "subtitle")
_ENCRYPTED = b"encryption-data"


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of an OpenDocument file: insertions as accepted, deletions as done, no comments.

    Heads and feet come first, notes last. Raises ReadError for a file that is damaged,
    encrypted, declares XML entities, or unpacks to over 64 MiB.
    """
    with damage(name, "an OpenDocument file", "save it anew in LibreOffice", ReadError):
        content, styles, meta = _roots(data, name)
        retagger = Retagger(_Naming([styles, content]).tag)
        for margin in _margins(styles):
            retagger.add(margin)
        body = content.find(f"{{{_URIS['office']}}}body")
        if body is not None:
            retagger.add(body)
        return Extract(html_blocks(retagger.finish()), metadata=_metadata(meta))


def _roots(data: bytes, name: str) -> tuple[Any, Any, Any]:
    """The roots of the text, of the styles and of the metadata."""
    if not data.startswith(b"PK"):
        if len(data) > MAX_PARTS:
            raise ReadError(f"{name}: larger than {MAX_PARTS >> 20} MiB; split it first")
        root = parse_xml(data, name)
        return root, root, root
    with open_archive(data, name) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and _ENCRYPTED in archive.read(manifest):
            raise ReadError(f"{name}: encrypted; save it without a password")
        content = xml_root(archive, "content.xml", name)
        others = (
            xml_root(archive, part, name) if part in names else content
            for part in ("styles.xml", "meta.xml")
        )
        return content, *others


class _Naming:
    """The tags of elements, in the light of a document's styles."""

    def __init__(self, roots: Sequence[Any]) -> None:
        name, parent = _qualified("style:name"), _qualified("style:parent-style-name")
        self._parents = {
            style.get(name): style.get(parent)
            for root in roots
            for style in root.iter(_qualified("style:style"))
            if style.get(_qualified("style:family")) == "paragraph"
        }
        self._pages = 0

    def tag(self, element: Any) -> Tag | None:
        """The HTML tag for an element, None for one that is not read."""
        name = _name(element)
        if name in _UNREAD or element.get(_qualified("text:display")) == "none":
            return None
        if name == "text:p":
            return self._paragraph(element)
        if name == "table:table-cell":
            return _cell(element)
        if name in ("text:s", "text:tab"):
            element.text = " "
        if name == "draw:page":
            self._pages += 1
            return NEW_PAGE if self._pages > 1 else SPAN
        if name.startswith("style:") and name.removeprefix("style:") in _MARGINS:
            return RUNNING
        if element.get(_qualified("presentation:class")) in _TITLES:
            return Tag("h1")
        return _TAGS.get(name, SPAN)

    def _paragraph(self, element: Any) -> Tag:
        style = element.get(_qualified("text:style-name"))
        for _ in self._parents:
            if style is None or style in _STYLES:
                break
            style = self._parents.get(style)
        return _STYLES.get(style or "", Tag("p"))


def _cell(element: Any) -> Tag:
    columns = element.get(_qualified("table:number-columns-spanned")) or element.get(
        _qualified("table:number-columns-repeated"), "1"
    )
    rows = element.get(_qualified("table:number-rows-spanned"), "1")
    return Tag("td", {"colspan": columns, "rowspan": rows})


def _margins(styles: Any) -> list[Any]:
    """The heads and feet of all kinds of pages, each text once."""
    found: dict[str, Any] = {}
    for master in styles.iter(_qualified("style:master-page")):
        for margin in master:
            if _name(margin).removeprefix("style:") in _MARGINS:
                found.setdefault("".join(margin.itertext()), margin)
    return list(found.values())


def _metadata(root: Any) -> Metadata:
    def text(name: str) -> str | None:
        value: str | None = root.findtext(f".//{_qualified('office:meta')}/{_qualified(name)}")
        return value

    return metadata_of(
        "document properties",
        title=text("dc:title"),
        author=text("meta:initial-creator") or text("dc:creator"),
        language=text("dc:language"),
        created=text("meta:creation-date"),
    )


def _qualified(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_URIS[prefix]}}}{local}"


def _name(element: Any) -> str:
    uri, _, local = element.tag[1:].rpartition("}")
    return f"{_SPACES.get(uri, '')}:{local}"
