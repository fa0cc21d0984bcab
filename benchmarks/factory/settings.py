"""What several producers share: fonts, paper, running heads, and what is installed."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import cache

from factory.flow import ARRANGEMENTS
from factory.text import Pair, Text

HAN = "WenQuanYi Micro Hei"  # has neither a bold nor an italic face
LATIN = "DejaVu Serif"
# Millimetres: papers, the margin of a page, the gap between its columns.
PAPERS = {"A4": (210, 297), "Letter": (216, 279), "A5": (148, 210), "A4 landscape": (297, 210)}
MARGIN, GAP = 20, 8
STYLES = ("plain", "justified", "hyphenated", "letterspaced", "italic", "bold")
DATE = Pair("2024年11月5日", "5 November 2024")
OFFICE = Pair("河滨路18号翻译处", "Translation Section, 18 Riverside Road")
# What a producer of pages knows; those that know less take some of it.
PAGES = {
    "arrangement": tuple(ARRANGEMENTS),
    "style": STYLES,
    "columns": ("1", "2", "3"),
    "furniture": ("none", "heads", "line numbers"),
    "paper": tuple(PAPERS),
    "size": ("9", "11", "14"),
}


def heads(text: Text) -> tuple[Pair, ...]:
    """What running heads say beside the page's number."""
    return (text.title, DATE, OFFICE)


@cache
def has_font() -> bool:
    """Whether the Chinese font is installed."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    listed = subprocess.run([program, HAN], capture_output=True, text=True, check=True)
    return bool(listed.stdout.strip())


def missing(programs: Sequence[str] = (), modules: Sequence[str] = ()) -> Callable[[], str]:
    """A question for what isn't installed of these, and of the Chinese font: "" if nothing."""

    def ask() -> str:
        absent = [name for name in programs if shutil.which(name) is None]
        absent += [name for name in modules if importlib.util.find_spec(name) is None]
        absent += [] if has_font() else [f"font {HAN}"]
        return ", ".join(absent)

    return ask


@cache
def _hyphenator() -> Callable[[str, str], str]:
    import pyphen

    return pyphen.Pyphen(lang="en_GB").inserted  # type: ignore[no-any-return]


def with_soft_hyphens(text: str) -> str:
    """Words of six letters and more with soft hyphens where they may be cut."""
    return re.sub(r"[A-Za-z]{6,}", lambda m: _hyphenator()(m[0], "\u00ad"), text)
