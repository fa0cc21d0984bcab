"""What a note says of itself: who sends it, its number, what it answers, its date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from aligner.document import Document
from aligner.layout.dateline import issue_date
from aligner.layout.reference import (
    chinese_reference_in,
    communication_in,
    communications,
    reference_in,
)
from aligner.metadata import NoteInfo, joined_metadata
from aligner.scripts import HAN

_TEXT = "text"  # the origin of what no metadata says
_OFFICE = (
    r"(?:Permanent\s+(?:Observer\s+)?(?:Mission|Delegation|Representation)|Embassy"
    r"|High\s+Commission|Consulate[\s-]General|Ministry|Government)"
)
_SENDER = re.compile(
    rf"({_OFFICE}\s(?:(?!\n\s*\n|{_OFFICE})[^.;]){{3,250}}?)\s+presents?\s+(?:its|their)\s+compliments",
    re.I,
)
_LETTERHEAD = re.compile(
    rf"(?:the\s+)?({_OFFICE}\s+of\s+[^.;:,，。；：]{{3,150}})|([{HAN}]{{2,40}}"
    r"(?:代表团|代表團|代表处|代表處|大使馆|大使館|总领事馆|總領事館|外交部))",
    re.I,
)


def read_info(documents: Sequence[Document]) -> NoteInfo:
    """What is known of a note in one document, or in one of each language.

    The sender is whoever presents compliments, or whose name alone stands on a line; the
    number must stand alone on a line, as letterheads have it. A date that the file itself
    carries goes before one in the text; two documents that name different days tell none.
    """
    text = "\n".join(document.text for document in documents)
    lines = text.split("\n")
    reference, answers = _numbers(text, lines)
    days = {day for day in map(issue_date, documents) if day}
    metadata = joined_metadata([document.metadata for document in documents])
    said = {
        "mission": _mission(text, lines),
        "reference": reference,
        "answers": answers,
        "date": days.pop() if len(days) == 1 else "",
    }
    carried = {
        name: getattr(metadata, name) for name in ("title", "author", "date", "language", "created")
    }
    origins = {name: _TEXT for name, value in said.items() if value}
    origins |= {name: metadata.origin for name, value in carried.items() if value}
    facts = said | {name: value for name, value in carried.items() if value}
    return NoteInfo(**facts, origins=tuple(origins.items()))


def _numbers(text: str, lines: Sequence[str]) -> tuple[str, str]:
    """The number of a note, and the communication that it answers."""
    reference = next(filter(None, map(reference_in, lines)), "")
    reference = reference or next(filter(None, map(chinese_reference_in, lines)), "")
    # One that stands by itself and is never spoken of is the head of that communication.
    heads = Counter(found for found in map(communication_in, lines) if found)
    spoken_of = next(iter(Counter(communications(text)) - heads), "")
    if heads and not spoken_of:
        reference = reference or next(iter(heads))
    return reference, spoken_of


def _mission(text: str, lines: Sequence[str]) -> str:
    sender = _SENDER.search(text)
    if sender is None:
        heads = (_LETTERHEAD.fullmatch(line.strip()) for line in lines if len(line) < 200)
        sender = next(filter(None, heads), None)
    return " ".join((sender[1] or sender[2]).split()) if sender else ""
