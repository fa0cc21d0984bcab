"""What files and documents say of themselves, and where they say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from aligner.dates import field_date

_MAX_TITLE = 300  # characters of a title
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file carries beside its text; an empty string where it carries nothing.

    `date` is the day on which the document was issued, `created` the day on which the file was
    made, both `yyyy-mm-dd`; `language` is a BCP 47 code, several apart by spaces; `origin` says
    what part of the file it stands in.
    """

    title: str = ""
    author: str = ""
    date: str = ""
    language: str = ""
    created: str = ""
    origin: str = ""


def metadata_of(
    origin: str,
    title: str | None = "",
    author: str | None = "",
    date: str | None = "",
    language: str | None = "",
    created: str | None = "",
) -> Metadata:
    """Metadata of the fields as a file has them: on one line, dates as days, codes if they are."""
    code = _line(language)
    found = Metadata(
        _line(title),
        _line(author),
        field_date(_line(date)),
        code.replace("_", "-") if _TAG.fullmatch(code) else "",
        field_date(_line(created)),
    )
    return found if found == Metadata() else replace(found, origin=origin)


def joined_metadata(parts: Sequence[Metadata]) -> Metadata:
    """The metadata of several files as one: days on which they agree, all of the rest."""

    def values(name: str) -> list[str]:
        return list(dict.fromkeys(filter(None, (getattr(part, name) for part in parts))))

    days = {name: values(name) for name in ("date", "created")}
    agreed = {name: found[0] if len(found) == 1 else "" for name, found in days.items()}
    return Metadata(
        title=" + ".join(values("title")),
        author=" + ".join(values("author")),
        language=" ".join(values("language")),
        origin=" + ".join(values("origin")),
        **agreed,
    )


@dataclass(frozen=True, slots=True)
class NoteInfo:
    """What is known of a note; an empty string where nothing is.

    `mission` is who sends it, `reference` its own number, `answers` the communication it
    replies to, `date` the day on which it says that it was issued, as `yyyy-mm-dd`. `title`,
    `author`, `language` and `created` are the file's, as `Metadata` has them. `origins` are
    pairs of the name of a field and where it was found.
    """

    mission: str = ""
    reference: str = ""
    answers: str = ""
    date: str = ""
    title: str = ""
    author: str = ""
    language: str = ""
    created: str = ""
    origins: tuple[tuple[str, str], ...] = ()

    def origin(self, name: str) -> str:
        """Where a field was found."""
        return dict(self.origins).get(name, "")


# The fields of NoteInfo that are facts.
FACTS = tuple(field.name for field in fields(NoteInfo) if field.name != "origins")


def _line(text: str | None) -> str:
    return " ".join(_CONTROL.sub(" ", text or "").split())[:_MAX_TITLE].rstrip()
