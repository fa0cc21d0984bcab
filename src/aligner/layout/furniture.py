"""Recognising what is not text, by its form."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence

from aligner.document import BlockKind, Document
from aligner.layout.lines import Line, is_heading_cut
from aligner.layout.reference import reference_in
from aligner.scripts import COMMAS, HAN, STOPS, WIDE_COMMAS, WIDE_STOPS, ends_with_stop
from aligner.spacing import display_width
from aligner.types import Role

# Blocks whose kind doesn't say that they are text.
UNTOLD = (BlockKind.LINES, BlockKind.PARAGRAPH)
_PAGE_NUMBER = re.compile(
    r"[\s\-–—•·|\[(]*+(?:page|pages|p\.|第)?\s*+"
    r"(?:\d{1,3}|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3}))\s*+[页頁]?"
    r"(?:\s*+(?:/|of|共|,\s*共|，\s*共)\s*+\d{1,4}\s*+[页頁]?)?[\s\-–—•·|\])]*+",
    re.I,
)
_ADDRESS_PART = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?:https?://|www\.)[!-~]+"
    r"|(?:tel(?:ephone|\.)?|fax|phone|e-?mail|电话|電話|传真|傳真|电邮|电子邮[件箱]|邮箱|网址|網址|地址|邮编"
    # Unless a word before it makes it another thing: Keynote address: why terraces stay.
    r"|(?<![A-Za-z])(?<![A-Za-z][ ])(?:website|web"
    r"|(?:(?:postal|mailing|street|office|home)[ ])?address))\s*[:：.]"
    r"|(?:\+|\b00)\s?\d{1,3}[\s\-().\d]{6,20}\d",
    re.I,
)
_SPEECH = re.compile("address|地址", re.I)
_AROUND = rf"\s。{WIDE_COMMAS}{COMMAS}:：()（）"
_ABOUT_ADDRESS = re.compile(rf"[{_AROUND}]*\0[{_AROUND}\0]*")
# Who wrote it, who published it, and when: the lines about an article.
_SOURCE = re.compile(
    r".{0,40}?(?:(?:(?<!re)source|editor|edited by|author|reporter|updated|published|posted)"
    r"|来源|來源|(?:责任|責任)?(?:编辑|編輯)|作者|记者|記者|(?:发布|發佈|更新)(?:时间|時間|日期))"
    r"\s*[:：].{1,40}",
    re.I,
)
# The pages of an article, as web sites number them; digit by digit, for a long number could
# be taken apart in more ways than there is time.
_PAGER = re.compile(
    r"[<«‹上]?(?:一页)?(?:\s*\[?\d\]?){3,}\s*[>»›…]?(?:\s*(?:next|下一页))?\s*", re.I
)
_HAN = re.compile(f"[{HAN}]")
_SENTENCE = 30  # columns of a line that is no heading
_PAGES = 3  # on which a head carries the number of its page
_LONGEST = 300  # characters of a line that may be furniture
_REMARK = re.compile(r"[(（\[【][^()（）\[\]]{2,80}[)）\]】]\.?")
_COMPLIMENTS = re.compile(
    r"\bpresents?\s+(?:its|their|his|her)\s+compliments\b"
    r"|\bavails?\s+(?:it|them|him|her)sel(?:f|ves)\s+of\s+(?:this|the)\s+opportunity\b"
    r"|\bassurances?\s+of\s+(?:its|their|his|her)\s+highest\s+consideration\b"
    r"|(?:谨|謹)?向.{2,60}致意|(?:顺|順)致.{0,12}敬意|借此(?:机会|機會).{0,60}敬意",
    re.I | re.S,
)
# What may come back many times and is text all the same.
_COUNTED = re.compile(
    r"(?:article|section|chapter|part|annex|appendix|rule|item|question|paragraph|table|figure)\b"
    r"|第[\d一二三四五六七八九十百]+|附件|[(（]?[\d一二三四五六七八九十]+[)）.、．]|[•●▪*–—-]",
    re.I,
)
_SENTENCE_INSIDE = re.compile(rf"(?<!Mr|Ms|Dr)(?<!Mrs)(?<!Prof)[{STOPS}]\s+[A-Z]|[{WIDE_STOPS}；]")
# A running head that carries the number of its page.
_NUMBERED_HEAD = re.compile(r".{1,60}[\s,，|–—-]*(?:第\s*\d{1,4}\s*[页頁]|\bpage\s+\d{1,4})", re.I)


def running_lines(document: Document, lines: Sequence[Line]) -> frozenset[str]:
    """The forms, as `form` gives them, of the lines that come back from page to page.

    They are short, end without a stop, and stand in the document three times or more, with the
    page's number, beside it, or in mid-sentence, or at the top or the foot of two pages, but
    for their numbers. Headings that count, such as Article 1, 2, 3, are not among them.
    """
    able = [
        line
        for place, line in enumerate(lines)
        if line.block.kind == BlockKind.LINES
        and line.width <= 80
        and not ends_with_stop(line.text)
        and not _COUNTED.match(line.text)
        and not (place and is_heading_cut(lines[place - 1], line))
    ]
    counts = Counter(form(line.text) for line in able)
    at_edge: Counter[tuple[str, bool]] = Counter()
    pages = [document.page(line.span.start) for line in lines]
    edges = {}
    for place, (line, page) in enumerate(zip(lines, pages, strict=True)):
        top = place == 0 or pages[place - 1] != page
        if top or place + 1 == len(lines) or pages[place + 1] != page:
            edges[line.span] = top
    interrupting = {
        form(line.text)
        for place, line in enumerate(lines)
        if _interrupts(lines[place - 1 : place] or [line], line, lines[place + 1 : place + 2])
    }
    interrupting |= _page_heads(able, document)
    for line in able:
        if line.span in edges:
            at_edge[form(line.text), edges[line.span]] += 1
    return frozenset(
        [key for key, count in counts.items() if count >= 3 and key in interrupting]
        + [key for (key, _), count in at_edge.items() if count >= 2]
    )


def _page_heads(lines: Sequence[Line], document: Document) -> set[str]:
    """The forms of heads that carry the numbers of their pages, which run on as the pages do."""
    shifts: dict[str, set[tuple[int, int]]] = {}
    for line in lines:
        page = document.page(line.span.start)
        for number in re.findall(r"\d{1,4}", line.text):
            shifts.setdefault(form(line.text), set()).add((int(number) - page, page))
    return {
        key
        for key, found in shifts.items()
        if max(Counter(shift for shift, _ in found).values()) >= _PAGES
    }


def _interrupts(before: Sequence[Line], line: Line, after: Sequence[Line]) -> bool:
    """Whether a line stands where only a page's margin can: in mid-sentence, or by its number."""
    if any(_PAGE_NUMBER.fullmatch(near.text) for near in (*before, *after)):
        return True
    above = before[0]
    return above is not line and above.width > _SENTENCE and not ends_with_stop(above.text)


def form(text: str) -> str:
    """A line without what changes from page to page."""
    return re.sub(r"\d+", "0", text)


def line_role(
    text: str, running: Container[str] = frozenset(), kind: BlockKind = BlockKind.LINES
) -> Role:
    """What a single line of some kind of block is, as far as its form alone tells.

    That is furniture or BODY; `running` are the forms of the document's running heads and feet.
    """
    if len(text) > _LONGEST:
        return Role.BODY
    untold = kind in UNTOLD
    if untold:
        if form(text) in running:
            return Role.RUNNING_LINE
        if _PAGE_NUMBER.fullmatch(text) or _PAGER.fullmatch(text):
            return Role.PAGE_NUMBER
    if is_contact(text):
        return Role.CONTACT
    if reference_in(text):
        return Role.REFERENCE
    if (
        kind in UNTOLD
        and not ends_with_stop(text)
        and display_width(text) <= 80
        and _SOURCE.fullmatch(text)
    ):
        return Role.SOURCE
    return Role.BODY


def is_numbered_head(text: str) -> bool:
    """Whether a line that stands alone is a running head with the number of its page."""
    return _NUMBERED_HEAD.fullmatch(text) is not None


def paragraph_role(text: str) -> Role:
    """What a whole paragraph is, as far as its form alone tells."""
    if _COMPLIMENTS.search(text):
        return Role.COMPLIMENTS
    if _REMARK.fullmatch(text):
        return Role.REMARK
    return Role.BODY


def is_contact(text: str) -> bool:
    """Whether a line consists of telephone numbers, e-mail or web addresses."""
    parts = _ADDRESS_PART.findall(text)
    # An address may be a speech; one of a house has a number.
    if parts and all(_SPEECH.match(part) for part in parts) and not re.search(r"\d", text):
        return False
    rest, found = _ADDRESS_PART.subn("\0", text)
    rest = _ABOUT_ADDRESS.sub(" ", rest).strip()
    if ends_with_stop(text) and (len(rest.split()) > 2 or len(_HAN.findall(rest)) > 2):
        return False
    return found > 0 and display_width(rest) <= 60 and not _SENTENCE_INSIDE.search(rest)


def may_be_address(text: str) -> bool:
    """Whether a line next to contact lines belongs to them: short, with a number, no stop."""
    has_number = re.search(r"\d", text) is not None and not _COUNTED.match(text)
    return has_number and display_width(text) <= 80 and not ends_with_stop(text)
