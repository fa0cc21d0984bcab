"""From lines to paragraphs in their language, with furniture set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from aligner.document import BlockKind, Document
from aligner.languages import (
    base_language,
    check_distinct,
    detect_language,
    language_name,
    no_text,
    same_script,
)
from aligner.layout.groups import NEVER_TEXT, Group, read_groups
from aligner.layout.lines import is_cut, is_heading_cut
from aligner.layout.repair import Repairs
from aligner.layout.roles import name_by_place
from aligner.scripts import starts_item
from aligner.spacing import SOFT_HYPHEN, is_wide
from aligner.types import Layout, LeftOut, Paragraph, Piece, Role

# These are text where they stand in both languages, and furniture where in one alone.
_TWO_SIDED = (Role.LETTERHEAD, Role.COMPLIMENTS, Role.ADDRESSEE, Role.REMARK)
_COMMAS = ",，、"
_CLAUSES = 2  # that end in a comma, of a document that has such
_RUNNING_TEXT = (Role.BODY, Role.COMPLIMENTS, Role.HEADING)


def lay_out(document: Document, languages: Sequence[str], expected: str | None = None) -> Layout:
    """Find the paragraphs of a document that holds one or both of two languages.

    Furniture, recognised by its form, goes to `left_out` with a reason. Languages are told
    apart by script. Raises LanguageError where the document has text in neither language,
    UsageError where the two languages share a script.
    """
    check_distinct(languages)
    groups = list(read_groups(document, languages, expected))
    if not any(group.language for group in groups):
        raise no_text(languages, document.name)
    name_by_place(groups)
    kept, left_out = [], []
    repairs = Repairs(document.text)
    for number, group in enumerate(_rejoin(document, groups), start=1):
        paragraph = _paragraph(document, group, number, repairs)
        if paragraph.role in NEVER_TEXT:
            left_out.append(LeftOut(paragraph, paragraph.role.value))
        elif not paragraph.language:
            left_out.append(LeftOut(paragraph, _why_in_neither(group, languages)))
        else:
            kept.append(paragraph)
    return Layout(tuple(kept), tuple(left_out))


def lay_out_one(document: Document, language: str, languages: Sequence[str]) -> Layout:
    """Find the paragraphs of a document in one language; those in the other are left out."""
    if same_script(languages):
        return lay_out(document, (language,))
    whole = lay_out(document, languages, language)
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


def _why_in_neither(group: Group, languages: Sequence[str]) -> str:
    stated = base_language(group.lines[0].block.language)
    found = detect_language(group.text, languages)
    other = found is not None and stated == base_language(found)
    return "in another form of the language" if other else "in neither language"


def _rejoin(document: Document, groups: Sequence[Group]) -> Iterator[Group]:
    """Join a paragraph that a page break cut with its rest, and the lines of a letterhead.

    What lies between may be furniture, or, where languages stand in columns, the other one's
    text on the same page; it is put after the joined paragraph.
    """
    joined: list[Group] = []
    last: dict[str | None, int] = {}  # each language's latest text
    cut: dict[str | None, int] = {}  # each language's latest text that has a rest elsewhere
    gap = False  # whether furniture stood since the last text
    clauses = _ends_in_commas(groups)
    for group in groups:
        held = last.get(group.language, -1)
        if group.role in NEVER_TEXT:
            joined.append(group)
            gap = True
            continue
        begun = cut.get(group.language, -1)
        if clauses and held >= 0 and _parts_clauses(joined[max(held, begun)], group):
            held = -1
        elif begun >= 0 and _is_rest(document, joined[begun], group):
            held = begun
        elif held >= 0 and not _goes_on(
            document, joined[held], group, gap, held == max(last.values())
        ):
            held = -1
        gap = False
        if held >= 0:
            first = joined[held]
            first.lines += group.lines
            first.role = group.role if first.role == Role.HEADING else first.role
        else:
            held = len(joined)
            joined.append(group)
        last[group.language] = max(held, last.get(group.language, -1))
        if joined[held].lines[-1].block.is_cut:
            cut[group.language] = held
        elif group.lines[0].block.kind != BlockKind.NOTE:
            cut.pop(group.language, None)
    yield from joined


def _ends_in_commas(groups: Sequence[Group]) -> bool:
    """Whether paragraphs end in commas, as the clauses of a preamble do."""
    found = sum(
        group.text[-1] in _COMMAS and not following.lines[0].block.is_open
        for group, following in pairwise(groups)
    )
    return found >= _CLAUSES


def _parts_clauses(first: Group, group: Group) -> bool:
    """Whether a group is another paragraph than one that ends in a comma."""
    apart = first.lines[-1].block is not group.lines[0].block
    return apart and first.ending[-1] in _COMMAS and not group.text[0].islower()


def _is_rest(document: Document, first: Group, group: Group) -> bool:
    """Whether a group is what the lines of a page show an earlier one to lack."""
    before, after = first.lines[-1].block, group.lines[0].block
    if not after.is_open or before is after or starts_item(group.text):
        return False
    pages = document.page(after.span.start) - document.page(before.span.start)
    if BlockKind.CELL in (before.kind, after.kind):
        return pages == 1 and before.kind == after.kind
    return pages <= 1 and BlockKind.HEADING not in (before.kind, after.kind)


def _goes_on(document: Document, first: Group, group: Group, gap: bool, adjacent: bool) -> bool:
    """Whether a group is the rest of an earlier one in its language."""
    before, after = first.lines[-1].block, group.lines[0].block
    # A name over several lines is typed as several paragraphs.
    if first.role == group.role == Role.LETTERHEAD:
        return adjacent and not gap
    if before is not after and not after.is_open:
        return False
    if first.role == group.role == Role.HEADING and adjacent and not gap:
        return is_heading_cut(first.lines[-1], group.lines[0])
    if first.role not in _RUNNING_TEXT or group.role not in (Role.BODY, Role.HEADING):
        return False
    places = (first.lines[-1].span.start, group.lines[0].span.start)
    new_page = document.page(places[0]) < document.page(places[1])
    if before is not after and before.kind == BlockKind.CELL and not new_page:
        return False
    far = gap or new_page or group.lines[0].gap > 1 or before is not after
    return (adjacent or new_page) and is_cut(first.ending, group.text, far)


def _paragraph(document: Document, group: Group, number: int, repairs: Repairs) -> Paragraph:
    """Put a group's lines together as running text that knows where it came from."""
    text = ""
    pieces: list[Piece] = []
    for line in group.lines:
        for word in re.finditer(r"\S+(?: \S+)*", line.text):
            start = line.span.start + word.start()
            if text and not (word.start() == 0 and is_wide(text[-1]) and is_wide(word[0][0])):
                if word.start() == 0 and text[-1] == "-" and text[-2:-1].isalpha():
                    text += SOFT_HYPHEN
                else:
                    text += " "
            pieces.append(Piece(len(text), start))
            text += word[0]
    first = group.lines[0].span.start
    language = group.language or ""
    text, mended = repairs.mend(text, pieces, base_language(language))
    return Paragraph(text, mended, language, number, document.page(first), group.role)
