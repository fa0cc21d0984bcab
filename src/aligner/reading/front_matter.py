"""The front matter of Markdown files: the fields of YAML or TOML that say what a text is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from aligner.metadata import Metadata, metadata_of

# It begins with a field: a rule at the head of a text is none.
_BLOCK = re.compile(
    r"\A---[ \t]*\n(?=(?:[ \t]*(?:#[^\n]*)?\n)*[\w.-]+[ \t]*:)(.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)",
    re.S,
)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)\+\+\+[ \t]*(?:\n|\Z)", re.S)
_FIELD = re.compile(r"(title|authors?|date|lang(?:uage)?)[ \t]*:(?:[ \t]+(.*))?", re.I)
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def split_front_matter(text: str) -> tuple[Metadata, str]:
    """What a text's front matter says, and the text without it.

    Of YAML, values on the line of their name and lists of these are understood.
    """
    block = _BLOCK.match(text)
    if block is None:
        return _split_toml(text)
    fields: dict[str, list[str]] = {}
    name = ""
    for line in block[1].split("\n"):
        field, item = _FIELD.fullmatch(line), _ITEM.fullmatch(line)
        if field:
            name = field[1].lower()
            fields.setdefault(name, []).extend(_values(field[2] or ""))
        elif item and name:
            fields[name].extend(_values(item[1]))
        elif line.strip():
            name = ""
    values = {name: ", ".join(filter(None, found)) for name, found in fields.items()}
    return _metadata(values), text[block.end() :]


def _split_toml(text: str) -> tuple[Metadata, str]:
    """The same for front matter in TOML, as Hugo has it."""
    block = _TOML.match(text)
    try:
        fields = tomllib.loads(block[1]) if block else {}
    except (tomllib.TOMLDecodeError, RecursionError):
        fields = {}
    if block is None or not fields:
        return Metadata(), text
    values = {
        name.lower(): ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in fields.items()
        if not isinstance(value, dict)
    }
    return _metadata(values), text[block.end() :]


def _metadata(values: Mapping[str, str]) -> Metadata:
    return metadata_of(
        "front matter",
        title=values.get("title"),
        author=values.get("author") or values.get("authors"),
        date=values.get("date"),
        language=values.get("lang") or values.get("language"),
    )


def _values(text: str) -> list[str]:
    """A plain or a quoted value, or those of a list in brackets."""
    text = text.strip()
    is_list = text.startswith("[") and text.endswith("]")
    return [_value(part.strip()) for part in (text[1:-1].split(",") if is_list else [text])]


def _value(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1]
    # Anchors, mappings, inner lists, and texts on the lines that follow.
    is_plain = text not in ("|", ">", "|-", ">-") and text[:1] not in ("&", "*", "{", "[")
    return _COMMENT.sub("", text).strip() if is_plain else ""
