"""What a web page says of itself in its head, and with `time`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from aligner.dates import field_date
from aligner.metadata import Metadata, metadata_of

ORIGIN = "web page's metadata"

_TITLE = ("dcterms.title", "dc.title", "citation_title", "og:title")
_AUTHOR = ("author", "dcterms.creator", "dc.creator", "citation_author", "article:author")
_ISSUED = (
    *("dcterms.issued", "dc.date.issued", "article:published_time", "datepublished"),
    *("citation_publication_date", "pubdate", "publishdate", "publish_date"),
    *("dcterms.date", "dc.date", "date"),
)
_LANGUAGE = ("dcterms.language", "dc.language", "content-language")
_STOP = re.compile(r"[.!?。！？；;]")
_NEAR = 50  # elements that are looked at, about one
_MOST = 50  # `time` elements of a page that is no list of events
_MARGIN = ("nav", "aside", "footer")


def html_metadata(root: Any) -> Metadata:
    """The metadata of a page; its date is that of `meta`, or else that of `time` elements.

    A `time` counts that is marked as the day of publication, or stands outside of sentences,
    where all such agree.
    """
    fields: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("name") or element.get("property") or element.get("itemprop")
        name = (name or element.get("http-equiv") or "").lower()
        if element.get("content", "").strip():
            fields.setdefault(name, element.get("content"))
    title = root.find(".//head/title")
    return metadata_of(
        ORIGIN,
        title=("" if title is None else "".join(title.itertext())) or _first(fields, _TITLE),
        author=_first(fields, _AUTHOR),
        date=next(filter(None, (field_date(fields.get(name, "")) for name in _ISSUED)), "")
        or _published(root),
        language=root.get("lang") or root.get("xml:lang") or _first(fields, _LANGUAGE),
    )


def _first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return next((fields[name] for name in names if name in fields), "")


def _published(root: Any) -> str:
    marked, apart = set(), set()
    times = list(islice(_times(root), _MOST + 1))
    for element, day in times if len(times) <= _MOST else ():
        if element.get("pubdate") is not None or element.get("itemprop") == "datePublished":
            marked.add(day)
        elif not _is_in_sentence(element):
            apart.add(day)
    days = marked or apart
    return days.pop() if len(days) == 1 else ""


def _times(root: Any) -> Iterator[tuple[Any, str]]:
    for element in root.iter("time"):
        day = field_date(element.get("datetime", ""))
        if day and not any(above.tag in _MARGIN for above in element.iterancestors()):
            yield element, day


def _is_in_sentence(element: Any) -> bool:
    """Whether what stands about an element is running text."""
    parent = element.getparent()
    about = (parent.text or "", *(child.tail or "" for child in islice(parent, _NEAR)))
    return _STOP.search("".join(about)) is not None
