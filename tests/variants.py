"""The text of a note, arranged in the ways that documents come in."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from notes import wrap

Parts = tuple[list[str], list[str], list[str]]


def interleaved(parts: Parts) -> str:
    head, english, chinese = parts
    return "\n\n".join([*head, *chain(*zip(english, chinese, strict=True))])


def with_feet(parts: Parts) -> str:
    head, english, chinese = parts
    feet = [f"{p}\n\nA/HRC/21/{n}\n- {n} -" for n, p in enumerate(english + chinese, 1)]
    return "\n\n".join(head + feet)


def wrapped(parts: Parts) -> str:
    return "\n\n".join(wrap(p) for p in chain(*parts))


VARIANTS: dict[str, Callable[[Parts], str]] = {
    "english first": lambda p: "\n\n".join(chain(*p)),
    "chinese first": lambda p: "\n\n".join(p[0] + p[2] + p[1]),
    "by paragraph": interleaved,
    "by line": lambda p: "\n".join(chain(*zip(p[1], p[2], strict=True))),
    "by line, wrapped": lambda p: "\n".join(map(wrap, chain(*zip(p[2], p[1], strict=True)))),
    "no letterhead": lambda p: "\n\n".join(p[1] + p[2]),
    "no blank lines": lambda p: "\n".join(p[1] + p[2]),
    "wrapped": wrapped,
    "wrapped by paragraph": lambda p: "\n\n".join(map(wrap, interleaved(p).split("\n\n"))),
    "wrapped without blank lines": lambda p: "\n".join(map(wrap, p[1] + p[2])),
    "page feet": with_feet,
    "form feeds": lambda p: "\n\n".join(p[0]) + "\n\n" + "\n\f".join(p[1] + p[2]),
}
