"""From an alignment to translation units."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from aligner.errors import UsageError
from aligner.memory.properties import bead_properties, confidence
from aligner.types import Alignment, TranslationUnit

# What XML 1.0 has no way to write.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def translation_units(alignment: Alignment, min_confidence: float = 0.0) -> list[TranslationUnit]:
    """The units of an alignment's pairs, in text order, each wording once.

    Pairs below `min_confidence` and pairs with a side that is empty once it is clean are
    left out.
    """
    return list(distinct_units(pair_units(alignment, min_confidence)))


def distinct_units(units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
    """Units in their order, each wording once."""
    seen: set[int] = set()
    for unit in units:
        number = int(unit.id, 16)
        if number not in seen:
            seen.add(number)
            yield unit


def pair_units(alignment: Alignment, min_confidence: float = 0.0) -> Iterator[TranslationUnit]:
    """Like `translation_units`, with those that come back."""
    created = creation_date(alignment)
    languages = alignment.source_lang, alignment.target_lang
    for bead in alignment.pairs:
        source = clean_text(alignment.source_text(bead))
        target = clean_text(alignment.target_text(bead))
        if bead.certainty >= min_confidence and source and target:
            properties = bead_properties(alignment, bead)
            yield TranslationUnit(
                source,
                target,
                *languages,
                unit_id(source, target, *languages),
                created,
                tuple((name, clean_text(value)) for name, value in properties.items() if value),
            )


def clean_text(text: str) -> str:
    """A segment as CAT tools want it: one line, trimmed, without what XML forbids."""
    return " ".join(FORBIDDEN.sub("", text).split())


@dataclass(slots=True)
class Likely:
    """Keeps units out that are too doubtful to be used unread, and counts them."""

    min_confidence: float
    held_back: int = 0

    def of(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield the units of this confidence or more."""
        for unit in units:
            if confidence(unit) >= self.min_confidence:
                yield unit
            else:
                self.held_back += 1


def last_change(unit: TranslationUnit) -> str:
    """When a unit was made or last changed: `yyyyMMddTHHmmssZ`, or ""."""
    return max(unit.created, unit.changed)


def unit_id(source: str, target: str, source_lang: str, target_lang: str) -> str:
    """Identifier that depends on the languages and texts alone."""
    content = "\0".join((source_lang, source, target_lang, target))
    return hashlib.blake2b(content.encode(errors="surrogatepass"), digest_size=8).hexdigest()


def creation_date(alignment: Alignment) -> str:
    """When the translation was made, as near as its document tells: `yyyyMMddTHHmmssZ`, or "".

    That is the document's date, so that the same document gives the same memory whenever and
    wherever it is aligned. SOURCE_DATE_EPOCH overrides it
    (https://reproducible-builds.org/specs/source-date-epoch/). Raises UsageError if that is
    no time.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), UTC).strftime("%Y%m%dT%H%M%SZ")
        except (ValueError, OverflowError, OSError) as exc:
            raise UsageError(
                f"SOURCE_DATE_EPOCH={epoch[:40]}: not a number of seconds since 1970"
            ) from exc
    return f"{alignment.info.date.replace('-', '')}T000000Z" if alignment.info.date else ""
