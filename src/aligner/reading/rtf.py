"""RTF, as word processors write it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aligner.document import BlockKind
from aligner.errors import ReadError
from aligner.metadata import metadata_of
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.flow import Flow, table_numbers
from aligner.reading.rtf_tokens import (
    Token,
    charset_encoding,
    decoded,
    page_encoding,
    tokens,
)

_DEEPEST = 1000
_CHARACTERS = {
    "tab": "\t", "line": "\n", "softline": "\n", "lbr": "\n", "~": "\xa0", "_": "\u2011",
    "-": "\xad", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "{": "{", "}": "}", "\\": "\\",
}  # fmt: skip
# What stands in these groups is no text; nor what stands in any unknown one that is marked \*.
_UNREAD = frozenset({
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "objclass", "objname",
    "fldinst", "listtable", "listoverridetable", "listtext", "pntext", "pntxta", "pntxtb",
    "annotation", "xe", "tc", "rxe", "txe", "sp", "nonshppict", "shprslt", "nonesttables",
    "template", "bkmkstart", "bkmkend", "filetbl", "revtbl", "rsidtbl", "generator", "ftnsep",
    "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "private", "keycode", "datafield",
    "formfield",
})  # fmt: skip
_HEADS = frozenset(
    f"{what}{which}" for what in ("header", "footer") for which in ("", "l", "r", "f")
)
_BOXES = ("shptxt", "dptxbxtext")
_MARKED = frozenset({"footnote", "shpinst", "do", "ud", "shptxt", "dptxbxtext", "nesttableprops"})
_FIELDS = {"title": "title", "author": "author", "creatim": "created"}
_STYLES = {
    "title": BlockKind.HEADING,
    "subtitle": BlockKind.HEADING,
    "heading": BlockKind.HEADING,
    "caption": BlockKind.CAPTION,
    "quote": BlockKind.QUOTATION,
}


@dataclass(slots=True)
class _Group:
    """What is set within a pair of braces; `flow` takes its text, None for nothing."""

    flow: Flow | None
    place: str = ""  # of what is no text: "fonttbl", "stylesheet", or a field of the properties
    story: str = ""  # "head", "note" or "box"
    star: bool = False
    skip: int = 1  # characters that stand for one of \u
    hidden: bool = False
    fonts: dict[str, int] = field(default_factory=dict)
    script: str = "loch"
    in_table: bool = False
    kind: BlockKind = BlockKind.PARAGRAPH


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of an RTF file: insertions as accepted, deletions as done, no comments.

    Heads and feet come first, notes last. Raises ReadError for braces nested over 1,000 deep.
    """
    reading = _Reading(name)
    for token in tokens(data):
        reading.take(token)
    return reading.finish()


class _Reading:
    def __init__(self, name: str) -> None:
        self._name = name
        self._tables = table_numbers()
        self._main = Flow(self._tables)
        self._heads: dict[str, TextBlock] = {}
        self._notes: list[TextBlock] = []
        self._group = _Group(self._main)
        self._stack: list[_Group] = []
        self._page = "cp1252"
        self._charsets: dict[int, str] = {}
        self._styles: dict[int, BlockKind] = {}
        self._style = self._font = 0
        self._fields: dict[str, str] = {}
        self._bytes = bytearray()
        self._skip = 0  # characters that stand for the last one of \u

    def take(self, token: Token) -> None:
        """Read one token."""
        if token.text:
            skipped = min(self._skip, len(token.text))
            self._skip -= skipped
            self._bytes += token.text[skipped:]
            return
        if token.word != "u" and self._skip and token.word in _CHARACTERS:
            self._skip -= 1
            return
        self._flush()
        self._skip = 0
        if token.word == "{":
            self._open()
        elif token.word == "}":
            self._close()
        elif token.word == "u" and token.number is not None:
            self._text(chr(token.number % 0x10000))
            self._skip = self._group.skip
        elif token.word in _CHARACTERS:
            self._text(_CHARACTERS[token.word])
        elif token.word == "*":
            self._group.star = True
        else:
            self._word(token.word, token.number)

    def finish(self) -> Extract:
        """What was read, also of a file that ends too early."""
        self._flush()
        while self._stack:
            self._close()
        self._main.paragraph()
        metadata = metadata_of("document properties", **self._fields)
        body = (*self._heads.values(), *self._main.blocks, *self._notes)
        return Extract(body if self._main.blocks or self._notes else (), metadata=metadata)

    def _open(self) -> None:
        if len(self._stack) >= _DEEPEST:
            raise ReadError(f"{self._name}: nested too deeply for a document; save it anew")
        self._stack.append(self._group)
        self._group = replace(self._group, star=False, fonts=dict(self._group.fonts))

    def _close(self) -> None:
        if not self._stack:
            return
        closed, self._group = self._group, self._stack.pop()
        above, flow = self._group.flow, closed.flow
        if flow is None or flow is above or flow is self._main:
            return
        flow.paragraph(closed.kind, in_table=closed.in_table)
        if closed.story == "head":
            self._heads |= {block.text: block for block in flow.blocks}
        elif closed.story == "note":
            self._notes += flow.blocks
        elif above is not None:
            above.add_box(flow.blocks)

    def _flush(self) -> None:
        if self._bytes:
            group = self._group
            font = self._charsets.get(group.fonts.get(group.script, -1), "")
            wide = self._charsets.get(group.fonts.get("dbch", -1), "")
            encodings = (font, self._page) if font not in ("", "cp1252") else (self._page, wide)
            text = decoded(bytes(self._bytes), encodings)
            self._bytes.clear()
            self._text(text)

    def _text(self, text: str) -> None:
        group = self._group
        if group.place == "stylesheet":
            self._name_style(text)
        elif group.place in _FIELDS.values():
            self._fields[group.place] = self._fields.get(group.place, "") + text
        elif group.flow is not None and not group.hidden:
            group.flow.add(text)

    def _name_style(self, text: str) -> None:
        words = text.strip(" ;").lower().split()
        if words and words[0] in _STYLES:
            self._styles[self._style] = _STYLES[words[0]]

    def _word(self, word: str, number: int | None) -> None:
        group = self._group
        star, group.star = group.star, False
        if word in ("footnote", *_BOXES, *_HEADS) and group.flow is not None:
            self._enter(word)
        elif word in _FIELDS and group.place == "info":
            group.place = _FIELDS[word]
        elif word in ("fonttbl", "stylesheet", "info"):
            group.flow, group.place = None, word
        elif word == "ud":
            above = self._stack[-2] if len(self._stack) > 1 else self._group
            group.flow, group.place = above.flow, above.place
        elif word == "upr":
            group.flow, group.place = None, ""
        elif word in _UNREAD or (star and word not in _MARKED):
            group.flow = None
        elif group.flow is None:
            self._define(word, number)
        if group.flow is not None:
            self._end(word, group.flow)
        self._set(word, number)

    def _enter(self, word: str) -> None:
        kind, story = (BlockKind.NOTE, "note") if word == "footnote" else (None, "box")
        if word in _HEADS:
            kind, story = BlockKind.RUNNING, "head"
        self._group = replace(
            self._group,
            flow=Flow(self._tables, kind),
            story=story,
            in_table=False,
            kind=BlockKind.PARAGRAPH,
        )

    def _define(self, word: str, number: int | None) -> None:
        """Take down what a font or a style is, and the day on which the file was made."""
        place = self._group.place
        if place == "fonttbl" and word == "f":
            self._font = number or 0
        elif place == "fonttbl" and word == "fcharset":
            self._charsets[self._font] = charset_encoding(number)
        elif place == "stylesheet" and word == "s":
            self._style = number or 0
        elif place == "stylesheet" and word == "outlinelevel" and _is_outline(number):
            self._styles[self._style] = BlockKind.HEADING
        elif place == "created" and word in ("yr", "mo", "dy"):
            dash = "-" if word != "yr" else ""
            self._fields[place] = self._fields.get(place, "") + f"{dash}{number or 0:02}"

    def _end(self, word: str, flow: Flow) -> None:
        """End a paragraph, a cell or a row."""
        group = self._group
        if word in ("par", "sect", "\n", "\r", "page"):
            flow.paragraph(group.kind, in_table=group.in_table)
        elif word in ("cell", "nestcell"):
            flow.paragraph(group.kind, in_table=True)
            if word == "cell":
                flow.cell()
        elif word == "row":
            flow.row()
        if word in ("page", "pagebb"):
            flow.starts_page = True

    def _set(self, word: str, number: int | None) -> None:
        """Set what holds from here to the end of the group."""
        group = self._group
        if word in ("f", "af"):
            group.fonts[group.script] = number or 0
        elif word in ("loch", "hich", "dbch"):
            group.script = word
        elif word in ("ansicpg", "deff"):
            self._page = page_encoding(number) if word == "ansicpg" else self._page
            group.fonts["loch"] = (number or 0) if word == "deff" else group.fonts.get("loch", 0)
        elif word == "uc":
            group.skip = max(0, number if number is not None else 1)
        elif word in ("plain", "v", "deleted"):
            group.hidden = word != "plain" and number != 0
        else:
            self._set_paragraph(word, number)

    def _set_paragraph(self, word: str, number: int | None) -> None:
        group = self._group
        if word == "pard":
            group.in_table, group.kind = False, BlockKind.PARAGRAPH
        elif word in ("intbl", "itap"):
            group.in_table = number != 0
        elif word == "s":
            group.kind = self._styles.get(number or 0, BlockKind.PARAGRAPH)
        elif word == "outlinelevel" and _is_outline(number):
            group.kind = BlockKind.HEADING
        elif word == "ls" and number and group.kind is BlockKind.PARAGRAPH:
            group.kind = BlockKind.ITEM


def _is_outline(number: int | None) -> bool:
    """Whether a level is one of headings; the tenth is that of text."""
    return (number or 0) < 9
