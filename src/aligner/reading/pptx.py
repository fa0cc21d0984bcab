"""Slides, as PowerPoint and others write them: a page each, with the notes behind it."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.bounds import damage
from aligner.errors import ReadError
from aligner.reading.archive import open_archive, xml_root
from aligner.reading.docx_metadata import docx_metadata
from aligner.reading.extract import Extract
from aligner.reading.html import html_blocks
from aligner.reading.retag import RUNNING, SPAN, Retagger, Tag

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PRESENTATION = "ppt/presentation.xml"
_TAGS = {f"{_A}p": Tag("p"), f"{_A}br": Tag("br"), f"{_A}tbl": Tag("table"), f"{_A}tr": Tag("tr")}
_UNREAD = {f"{_P}timing", f"{_P}transition", f"{_P}extLst", f"{_A}extLst", _FALLBACK}
_TITLES = ("title", "ctrTitle", "subTitle")
_MARGINS = ("hdr", "ftr", "dt", "sldNum")
_BEHIND = ("/diagramData", "/notesSlide")  # kinds of parts whose text comes after a slide's


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of the slides in order: titles, texts, tables, diagrams, and the notes.

    Raises ReadError for a file that is damaged, declares XML entities, or unpacks to over
    64 MiB.
    """
    with (
        damage(name, "a PowerPoint file", "save it anew in PowerPoint", ReadError),
        open_archive(data, name) as archive,
    ):
        retagger = Retagger(_tag)
        for number, slide in enumerate(_slides(archive, name)):
            if number:
                retagger.page()
            for part in (slide, *_related(archive, slide, name).values()):
                root = xml_root(archive, part, name)
                retagger.add(root)
        return Extract(html_blocks(retagger.finish()), metadata=docx_metadata(archive))


def _slides(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The parts that are slides, as they are shown."""
    targets = _related(archive, _PRESENTATION, name, ("/slide",))
    for slide in xml_root(archive, _PRESENTATION, name).iter(f"{_P}sldId"):
        yield targets[slide.get(f"{_R}id")]


def _related(
    archive: zipfile.ZipFile, part: str, name: str, kinds: Sequence[str] = _BEHIND
) -> dict[str, str]:
    """The parts of some kinds that a part names, by the name it has for them."""
    folder, file = posixpath.split(part)
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.namelist():
        return {}
    return {
        relation.get("Id", ""): posixpath.normpath(
            posixpath.join(folder, relation.get("Target", ""))
        ).lstrip("/")
        for relation in xml_root(archive, relations, name)
        if relation.get("Type", "").endswith(tuple(kinds))
        and relation.get("TargetMode") != "External"
    }


def _tag(element: Any) -> Tag | None:
    if element.tag in _UNREAD:
        return None
    if element.tag == f"{_P}notes":
        return Tag("div", {"class": "note"})
    if element.tag == f"{_P}sp":
        return _shape(element)
    if element.tag == f"{_A}tc":
        if "1" in (element.get("hMerge"), element.get("vMerge")):
            return None
        spans = {"colspan": element.get("gridSpan", "1"), "rowspan": element.get("rowSpan", "1")}
        return Tag("td", spans)
    if element.tag != f"{_A}t":
        element.text = None
    return _TAGS.get(element.tag, SPAN)


def _shape(shape: Any) -> Tag:
    place = shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")
    kind = "" if place is None else place.get("type", "")
    if kind in _MARGINS:
        return RUNNING
    return Tag("h1") if kind in _TITLES else Tag("div")
