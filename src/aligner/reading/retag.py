"""From a document's own XML to the HTML that says the same, which `html.py` reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


class Tag(NamedTuple):
    """An HTML element that stands for one of a document.

    `moves` says where it goes, if not where it stands: "box" behind the paragraph it is tied to,
    "end" behind all the text.
    """

    name: str
    attributes: Mapping[str, str] = {}
    moves: str = ""


SPAN = Tag("span")
NOTE = Tag("div", {"class": "note"}, "end")
RUNNING = Tag("div", {"role": "doc-pageheader"})
NEW_PAGE = Tag("hr", {"class": "page"})
TagOf = Callable[[Any], Tag | None]

_LINES = ("p", "h1", "figcaption", "blockquote", "pre")


class Retagger:
    """A tree of HTML that grows; boxes and notes move out of the lines they are tied to.

    `tag_of` names the tag for an element: None leaves out the element and all in it.
    """

    def __init__(self, tag_of: TagOf) -> None:
        from lxml import etree

        self._etree = etree
        self._tag_of = tag_of
        self._body = etree.Element("body")
        self._ends = etree.Element("div")

    def add(self, root: Any) -> None:
        """Put what an element holds behind all before; it never recurses."""
        hidden: Any = None
        open_: list[Any] = [self._body]
        for event, element in self._etree.iterwalk(root, events=("start", "end")):
            if hidden is None and event == "start":
                tag = self._tag_of(element)
                if tag is None:
                    hidden = element
                else:
                    open_.append(self._opened(open_, tag))
                    open_[-1].text = element.text
            elif event == "end":
                if hidden is element:
                    hidden = None
                elif hidden is None:
                    open_.pop()
                else:
                    continue
                if element is not root:
                    _append(open_[-1], element.tail)

    def page(self) -> None:
        """Begin a new page."""
        self._etree.SubElement(self._body, NEW_PAGE.name, NEW_PAGE.attributes)

    def finish(self) -> Any:
        """The whole of the tree."""
        self._body.append(self._ends)
        return self._body

    def _opened(self, above: list[Any], tag: Tag) -> Any:
        made = self._etree.Element(tag.name, dict(tag.attributes))
        line = next((e for e in reversed(above) if e.tag in _LINES), None)
        if tag.moves == "end":
            self._ends.append(made)
        elif tag.moves == "box" and line is not None:
            after = line
            while (following := after.getnext()) is not None and following.get("class") == "box":
                after = following
            after.addnext(made)
            made.set("class", "box")
        else:
            above[-1].append(made)
        return made


def _append(element: Any, text: str | None) -> None:
    """Put text behind what an element holds already."""
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
