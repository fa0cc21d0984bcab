"""What a format's reader makes of a file."""

from __future__ import annotations

from dataclasses import dataclass

from aligner.metadata import Metadata
from aligner.types import Span


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file: blank lines between paragraphs, form feeds between pages.

    `furniture` are the places of what the format itself shows to be no main text, such as
    menus; `remarks` say what the user should know of the reading; `metadata` is what the file
    says of itself beside its text.
    """

    text: str
    furniture: tuple[Span, ...] = ()
    remarks: tuple[str, ...] = ()
    metadata: Metadata = Metadata()
