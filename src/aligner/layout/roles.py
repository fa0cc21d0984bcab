"""What a block is there for, as its form and its place together show."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, pairwise

from aligner.layout import furniture
from aligner.layout.blocks import Block
from aligner.layout.lines import is_prose
from aligner.scripts import ends_with_stop
from aligner.spacing import display_width
from aligner.types import Role


def name_by_place(blocks: Sequence[Block]) -> None:
    """Give blocks the role that their form and their place together show."""
    for block in blocks:
        if block.role == Role.BODY:
            block.role = furniture.paragraph_role(block.text)
    letterhead = _letterhead_end(blocks)
    _join_addresses(blocks[:letterhead])
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


def _letterhead_end(blocks: Sequence[Block]) -> int:
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


def _join_addresses(letterhead: Sequence[Block]) -> None:
    """Lines with a number next to contact lines of a letterhead are part of the address."""
    for block, neighbour in chain(pairwise(letterhead), pairwise(letterhead[::-1])):
        beside = neighbour.role == Role.CONTACT and block.role == Role.BODY
        if beside and furniture.may_be_address(block.text):
            block.role = Role.CONTACT
