"""What a group of lines is there for, as its form and its place together show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from aligner.document import BlockKind
from aligner.layout import furniture
from aligner.layout.groups import Group
from aligner.layout.lines import is_prose
from aligner.scripts import ends_with_stop
from aligner.spacing import display_width
from aligner.types import Role

_LONGEST_HEADING = 100  # columns of what doesn't end with a stop


def name_by_place(groups: Sequence[Group]) -> None:
    """Give groups the role that their form and their place together show."""
    for group in groups:
        if group.role == Role.BODY and not group.is_heading:
            group.role = furniture.paragraph_role(group.text)
    letterhead = _letterhead_end(groups)
    _join_addresses(groups[:letterhead])
    after_compliments = False
    for place, group in enumerate(groups):
        if group.role != Role.BODY:
            after_compliments = after_compliments or group.role == Role.COMPLIMENTS
        elif is_prose(group.text) and not group.is_heading:
            after_compliments = False
        elif place < letterhead:
            group.role = Role.LETTERHEAD
        elif after_compliments:
            group.role = Role.ADDRESSEE
        elif group.is_heading or (
            not ends_with_stop(group.text) and display_width(group.text) < _LONGEST_HEADING
        ):
            in_table = group.lines[0].block.kind == BlockKind.CELL
            group.role = Role.CELL if in_table else Role.HEADING


def _letterhead_end(groups: Sequence[Group]) -> int:
    """Number of the first group after a letterhead, 0 where there is none.

    A letterhead stands before all text, and has an address or a number, or leads to
    compliments. Without those, what stands there is a title.
    """
    end = 0
    for place, group in enumerate(groups):
        if group.role in (Role.CONTACT, Role.REFERENCE):
            end = place + 1
        elif group.role == Role.COMPLIMENTS:
            return place
        elif group.role == Role.BODY and is_prose(group.text):
            break
    return end


def _join_addresses(letterhead: Sequence[Group]) -> None:
    """Lines with a number next to contact lines of a letterhead are part of the address."""
    for group, neighbour in chain(pairwise(letterhead), pairwise(letterhead[::-1])):
        beside = neighbour.role == Role.CONTACT and group.role == Role.BODY
        if beside and furniture.may_be_address(group.text):
            group.role = Role.CONTACT
