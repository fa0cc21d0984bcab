"""From lines to groups: lines that belong together, in one language and one role."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aligner.document import MARGINS, BlockKind, Document
from aligner.languages import detect_language, same_languages
from aligner.layout import furniture
from aligner.layout.columns import cut_bilingual, has_bracketed_translation, has_heading_seam
from aligner.layout.lines import (
    Line,
    Widths,
    is_mostly_wide,
    is_wrapped,
    read_lines,
    usual_widths,
)
from aligner.layout.variants import other_forms
from aligner.scripts import ends_with_stop
from aligner.types import Role

# What takes no part in the alignment, wherever it stands.
NEVER_TEXT = (
    Role.CONTACT,
    Role.REFERENCE,
    Role.PAGE_NUMBER,
    Role.RUNNING_LINE,
    Role.SOURCE,
    Role.NAVIGATION,
    Role.CODE,
)
_ROLES = {
    BlockKind.MENU: Role.NAVIGATION,
    BlockKind.RUNNING: Role.RUNNING_LINE,
    BlockKind.CODE: Role.CODE,
}
_LONGEST = 5000  # characters of a paragraph
_ENDING = 500
_HEADINGS = 3  # on one line in both languages, that show it to be this document's way
_ADDRESS_LINES = 2  # above or below a contact line
_FULL = 0.9  # of the widest line's width


@dataclass(slots=True)
class Group:
    """Lines that belong together, while the paragraphs are being made."""

    lines: list[Line]
    language: str | None
    role: Role

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def is_heading(self) -> bool:
        """Whether its file says that it is a heading or a caption."""
        return self.lines[0].block.kind in (BlockKind.HEADING, BlockKind.CAPTION)

    @property
    def ending(self) -> str:
        """Its last lines, as far as they tell whether it has come to an end."""
        size = 0
        for count, line in enumerate(reversed(self.lines), start=1):
            size += len(line.text)
            if size > _ENDING:
                return " ".join(line.text for line in self.lines[-count:])[-_ENDING:]
        return self.text


def read_groups(
    document: Document, languages: Sequence[str], expected: str | None = None
) -> Iterator[Group]:
    """Lines joined where a line was merely wrapped, each group one language and one role."""
    lines = list(read_lines(document))
    text = [line for line in lines if line.block.kind not in MARGINS]
    running = furniture.running_lines(document, text)
    headings = len({line.text for line in lines if has_heading_seam(line.text)}) >= _HEADINGS
    uncut = list(_chunks(lines))
    alone = {chunk[0].text for chunk in uncut if len(chunk) == 1}
    bracketed = sum(map(has_bracketed_translation, alone)) >= _HEADINGS
    chunks = [cut_bilingual(chunk, headings, bracketed) for chunk in uncut]
    aside = other_forms(document, languages)
    widths = usual_widths([line for chunk in chunks for line in chunk])
    for chunk in chunks:
        roles = [_line_role(line, running) for line in chunk]
        if (
            len(chunk) == 1
            and chunk[0].block.kind in furniture.UNTOLD
            and furniture.is_numbered_head(chunk[0].text)
        ):
            roles = [Role.RUNNING_LINE]
        _spread_contacts(chunk, roles)
        other = chunk[0].block.language in aside
        tongues = [None] * len(chunk) if other else _tongues(chunk, languages, expected)
        tagged = zip(chunk, roles, tongues, strict=True)
        for (role, language), group in groupby(tagged, key=lambda item: item[1:]):
            same = [item[0] for item in group]
            runs = ([line] for line in same) if role in NEVER_TEXT else _unwrapped(same, widths)
            yield from (Group(run, language, role) for run in runs)


def _spread_contacts(chunk: Sequence[Line], roles: list[Role]) -> None:
    """The lines just above and below contact lines belong to them if they look it."""
    for order in (range(1, len(chunk)), range(len(chunk) - 2, -1, -1)):
        reach = 0
        for place in order:
            neighbour = roles[place - order.step]
            if roles[place] == Role.CONTACT:
                reach = 0
            elif (
                neighbour == Role.CONTACT
                and reach < _ADDRESS_LINES
                and roles[place] == Role.BODY
                and furniture.may_be_address(chunk[place].text)
            ):
                roles[place] = Role.CONTACT
                reach += 1


def _line_role(line: Line, running: Container[str]) -> Role:
    known = _ROLES.get(line.block.kind)
    return known or furniture.line_role(line.text, running, line.block.kind)


def _tongues(
    chunk: Sequence[Line], languages: Sequence[str], expected: str | None
) -> list[str | None]:
    """The lines' languages; a line of marks and digits has that of the line before it.

    So has a line that a long name in the other language fills in the midst of a paragraph.
    """
    stated = chunk[0].block.language
    tongues = [_language(line.text, languages, stated, expected) for line in chunk]
    known = next((tongue for tongue in tongues if tongue), None)
    for place, tongue in enumerate(tongues):
        known = tongues[place] = tongue or known
    widest = max(line.width for line in chunk)
    for place in range(1, len(chunk) - 1):
        before, here, after = tongues[place - 1 : place + 2]
        if before == after != here:
            lines = chunk[place - 1 : place + 1]
            filled = all(line.width > _FULL * widest for line in lines)
            if filled and not any(ends_with_stop(line.text) for line in lines):
                tongues[place] = before
    return tongues


def _language(text: str, languages: Sequence[str], stated: str, expected: str | None) -> str | None:
    """The language of a text by its script; what its file states helps, or says it is neither."""
    if not stated:
        return detect_language(text, languages, expected)
    own = [language for language in languages if same_languages((language,), (stated,))]
    known = own[0] if own else stated
    found = detect_language(text, (known, *(one for one in languages if one != known)), known)
    return found if found in languages else None


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines of one block with no blank line inside."""
    chunk: list[Line] = []
    for line in lines:
        if chunk and (line.gap or line.block is not chunk[-1].block):
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _unwrapped(lines: Sequence[Line], usual: dict[bool, Widths]) -> Iterator[list[Line]]:
    widths = Widths.of(lines, usual.get(is_mostly_wide("".join(line.text for line in lines))))
    run = [lines[0]]
    size = 0
    for line in lines[1:]:
        size += len(line.text)
        # No paragraph is that long: line upon line, each full, may be sentences.
        endless = size > _LONGEST and ends_with_stop(run[-1].text)
        if is_wrapped(run[-1], line, widths) and not endless:
            run.append(line)
        else:
            yield run
            run, size = [line], 0
    yield run
