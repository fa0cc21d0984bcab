"""Word's format of 1997 to 2003, by its published description, [MS-DOC]."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence

from aligner.bounds import damage
from aligner.document import BlockKind
from aligner.errors import ReadError, needs_extra
from aligner.metadata import Metadata, metadata_of
from aligner.reading.doc_parts import HEAD_SIZE, ParagraphFormat, Parts, check_head
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.flow import Flow, table_numbers

_ADVICE = "save it as DOCX in Word or LibreOffice"
_PIECE = re.compile(r"[\x00-\x1f]|[^\x00-\x1f]+")
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_CHARACTERS = {"\t": "\t", "\x0b": "\n", "\x1e": "\u2011", "\x1f": "\xad", "\x0e": " "}
_CELL, _PARAGRAPH, _PAGE = "\x07", "\r", "\x0c"
# Styles that Word itself has, by their numbers.
_STYLES = {
    **dict.fromkeys((*range(1, 10), 62, 74), BlockKind.HEADING),
    34: BlockKind.CAPTION,
}


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The text of an old Word document: insertions as accepted, deletions as done, no comments.

    Heads and feet come first, then the text, text boxes, and notes. Raises ReadError for a
    file that is damaged, encrypted, or older than Word 97.
    """
    try:
        import olefile
    except ImportError as exc:
        raise ReadError(
            needs_extra(f"{name}: old Word documents need one more package", "formats")
        ) from exc
    with (
        damage(name, "a Word document", _ADVICE, ReadError),
        olefile.OleFileIO(io.BytesIO(data)) as ole,
    ):
        main = ole.openstream("WordDocument").read()
        check_head(main[:HEAD_SIZE], name)
        table = "1Table" if main[0x0B] & 2 else "0Table"
        parts = Parts(main, ole.openstream(table).read())
        return Extract(_blocks(parts), metadata=_metadata(ole.get_metadata()))


def _blocks(parts: Parts) -> tuple[TextBlock, ...]:
    tables = table_numbers()
    read = {
        story: _story(parts, *parts.stories[story], Flow(tables, kind))
        for story, kind in (
            ("heads", BlockKind.RUNNING),
            ("text", None),
            ("boxes", None),
            ("footnotes", BlockKind.NOTE),
            ("endnotes", BlockKind.NOTE),
        )
    }
    heads = {block.text: block for block in read.pop("heads")}
    body = [block for blocks in read.values() for block in blocks]
    return (*heads.values(), *body) if body else ()


def _story(parts: Parts, start: int, end: int, flow: Flow) -> list[TextBlock]:
    """Read the characters `start` to `end` (exclusive) into a flow."""
    fields: list[bool] = []  # of each that is open, whether its result has begun
    for match in _PIECE.finditer(parts.text, start, end):
        found = match[0]
        if found == _FIELD:
            fields.append(False)
        elif found == _RESULT and fields:
            fields[-1] = True
        elif found == _FIELD_END and fields:
            fields.pop()
        elif not all(fields):
            continue
        elif found in (_PARAGRAPH, _CELL, _PAGE):
            _end(found, parts.paragraph(match.start()), flow)
        elif found in _CHARACTERS:
            flow.add(_CHARACTERS[found])
        elif found >= " ":
            flow.add(found)
    flow.paragraph()
    return flow.blocks


def _end(mark: str, form: ParagraphFormat, flow: Flow) -> None:
    kind = BlockKind.ITEM if form.is_item else BlockKind.PARAGRAPH
    kind = BlockKind.HEADING if form.is_heading else _STYLES.get(form.style, kind)
    if form.starts_page:
        flow.starts_page = True
    if mark == _CELL and form.ends_row:
        flow.row()
    else:
        flow.paragraph(kind, in_table=form.in_table or mark == _CELL)
        if mark == _CELL:
            flow.cell()
    if mark == _PAGE:
        flow.starts_page = True


def _metadata(found: object) -> Metadata:
    def text(name: str) -> str:
        value = getattr(found, name, None)
        page = getattr(found, "codepage", None)
        if not isinstance(value, bytes):
            return str(value or "")
        return value.decode("gb18030" if page == 936 else "utf-8", "replace")

    return metadata_of(
        "document properties",
        title=text("title"),
        author=text("author"),
        created=text("create_time")[:10],
    )
