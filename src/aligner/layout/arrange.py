"""From lines to paragraphs in their language, with furniture set aside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from aligner.layout import furniture
from aligner.layout.languages import (
    check_distinct,
    detect_language,
    language_name,
    require_both,
    same_script,
)
from aligner.layout.lines import (
    Line,
    Widths,
    cut_bilingual,
    display_width,
    ends_with_stop,
    is_cut,
    is_prose,
    is_wrapped,
    read_lines,
)
from aligner.types import Document, Layout, LeftOut, Paragraph, Piece, Role, is_wide

# These are text where they stand in both languages, and furniture where in one alone.
_TWO_SIDED = (Role.LETTERHEAD, Role.COMPLIMENTS, Role.ADDRESSEE, Role.REMARK)
_LONGEST = 5000  # characters of a paragraph
_RUNNING_TEXT = (Role.BODY, Role.COMPLIMENTS, Role.HEADING)
_NEVER_TEXT = (Role.CONTACT, Role.REFERENCE, Role.PAGE_NUMBER, Role.RUNNING_LINE)


@dataclass(slots=True)
class _Block:
    """Lines that belong together, while the paragraphs are being made."""

    lines: list[Line]
    language: str | None
    role: Role
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = " ".join(line.text for line in self.lines)


def lay_out(document: Document, languages: Sequence[str]) -> Layout:
    """Find the paragraphs of a document that holds one or both of two languages.

    Furniture, recognised by its form, goes to `left_out` with a reason. Languages are told
    apart by script. Raises LanguageError where the document has text in neither language,
    UsageError where the two languages share a script.
    """
    check_distinct(languages)
    blocks = list(_blocks(document, languages))
    if not any(block.language for block in blocks):
        require_both((), languages, document.name)
    _name_by_place(blocks)
    kept, left_out = [], []
    for number, block in enumerate(_rejoin(blocks), start=1):
        paragraph = _paragraph(document, block, number)
        if paragraph.role in _NEVER_TEXT:
            left_out.append(LeftOut(paragraph, paragraph.role.value))
        elif not paragraph.language:
            left_out.append(LeftOut(paragraph, "in neither language"))
        else:
            kept.append(paragraph)
    return Layout(tuple(kept), tuple(left_out))


def lay_out_one(document: Document, language: str, languages: Sequence[str]) -> Layout:
    """Find the paragraphs of a document in one language; those in the other are left out."""
    if same_script(languages):
        return lay_out(document, (language,))
    whole = lay_out(document, languages)
    other = tuple(
        LeftOut(paragraph, f"not in {language_name(language)}")
        for paragraph in whole.paragraphs
        if paragraph.language != language
    )
    return Layout(whole.stream(language), whole.left_out + other)


def set_aside_one_sided(
    source: Sequence[Paragraph], target: Sequence[Paragraph]
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...], tuple[LeftOut, ...]]:
    """Take out letterheads, compliments and the like that stand in one language alone.

    Returns the source and the target that are left, and what was taken out.
    """
    roles = [{paragraph.role for paragraph in side} for side in (source, target)]
    one_sided = {role for role in _TWO_SIDED if (role in roles[0]) != (role in roles[1])}
    left_out = tuple(
        LeftOut(paragraph, f"{paragraph.role.value} in one language only")
        for paragraph in (*source, *target)
        if paragraph.role in one_sided
    )
    return (
        tuple(p for p in source if p.role not in one_sided),
        tuple(p for p in target if p.role not in one_sided),
        left_out,
    )


def _blocks(document: Document, languages: Sequence[str]) -> Iterator[_Block]:
    """Lines joined where a line was merely wrapped, each block one language and one role."""
    lines = list(read_lines(document))
    running = furniture.running_lines(line.text for line in lines)
    for chunk in _chunks(cut_bilingual(lines)):
        roles = [furniture.line_role(line.text, running) for line in chunk]
        if len(chunk) == 1 and furniture.is_numbered_head(chunk[0].text):
            roles = [Role.RUNNING_LINE]
        if Role.CONTACT in roles:
            roles = [
                Role.CONTACT if role == Role.BODY and furniture.may_be_address(line.text) else role
                for line, role in zip(chunk, roles, strict=True)
            ]
        tongues = _tongues(chunk, languages)
        tagged = zip(chunk, roles, tongues, strict=True)
        for (role, language), group in groupby(tagged, key=lambda item: item[1:]):
            same = [item[0] for item in group]
            runs = ([line] for line in same) if role in _NEVER_TEXT else _unwrapped(same)
            yield from (_Block(run, language, role) for run in runs)


def _tongues(chunk: Sequence[Line], languages: Sequence[str]) -> list[str | None]:
    """The lines' languages; a line of marks and digits has that of the line before it."""
    tongues = [detect_language(line.text, languages) for line in chunk]
    known = next((tongue for tongue in tongues if tongue), None)
    for place, tongue in enumerate(tongues):
        known = tongues[place] = tongue or known
    return tongues


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Runs of lines with no blank line inside."""
    chunk: list[Line] = []
    for line in lines:
        if line.gap and chunk:
            yield chunk
            chunk = []
        chunk.append(line)
    if chunk:
        yield chunk


def _unwrapped(lines: Sequence[Line]) -> Iterator[list[Line]]:
    widths = Widths.of(lines)
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


def _name_by_place(blocks: Sequence[_Block]) -> None:
    """Give blocks the role that their form and their place together show."""
    for block in blocks:
        if block.role == Role.BODY:
            block.role = furniture.paragraph_role(block.text)
    letterhead = _letterhead_end(blocks)
    after_compliments = False
    for place, block in enumerate(blocks):
        if block.role != Role.BODY:
            after_compliments = after_compliments or block.role == Role.COMPLIMENTS
        elif is_prose(block.text):
            after_compliments = False
        elif place < letterhead:
            block.role = Role.LETTERHEAD
        elif after_compliments:
            block.role = Role.ADDRESSEE
        elif not ends_with_stop(block.text) and display_width(block.text) < 100:
            block.role = Role.HEADING


def _letterhead_end(blocks: Sequence[_Block]) -> int:
    """Number of the first block after a letterhead, 0 where there is none.

    A letterhead stands before all text, and has an address or a number, or leads to
    compliments. Without those, what stands there is a title.
    """
    end = 0
    for place, block in enumerate(blocks):
        if block.role in (Role.CONTACT, Role.REFERENCE):
            end = place + 1
        elif block.role == Role.COMPLIMENTS:
            return place
        elif block.role == Role.BODY and is_prose(block.text):
            break
    return end


def _rejoin(blocks: Sequence[_Block]) -> Iterator[_Block]:
    """Join a paragraph that a page break cut with its rest.

    What lies between may be furniture, which is put after the joined paragraph.
    """
    held: _Block | None = None
    between: list[_Block] = []
    for block in blocks:
        if block.role in _NEVER_TEXT:
            between.append(block)
            continue
        far = bool(between) or block.lines[0].gap > 1
        if (
            held is not None
            and held.role in _RUNNING_TEXT
            and block.role in (Role.BODY, Role.HEADING)
            and held.language == block.language
            and is_cut(held.text, block.text, far)
        ):
            role = Role.COMPLIMENTS if held.role == Role.COMPLIMENTS else Role.BODY
            held = _Block([*held.lines, *block.lines], held.language, role)
            continue
        if held is not None:
            yield held
        yield from between
        held, between = block, []
    if held is not None:
        yield held
    yield from between


def _paragraph(document: Document, block: _Block, number: int) -> Paragraph:
    """Put a block's lines together as running text that knows where it came from."""
    text = ""
    pieces: list[Piece] = []
    for line in block.lines:
        for word in re.finditer(r"\S+(?: \S+)*", line.text):
            start = line.span.start + word.start()
            if text and not (word.start() == 0 and is_wide(text[-1]) and is_wide(word[0][0])):
                if word.start() == 0 and text[-1] == "-" and text[-2:-1].isalpha():
                    pass  # a hyphen at a line's end: the compound goes on without a space
                else:
                    text += " "
            pieces.append(Piece(len(text), start))
            text += word[0]
    first = block.lines[0].span.start
    return Paragraph(
        text, tuple(pieces), block.language or "", number, document.page(first), block.role
    )
