"""New documents with what a memory has for them: as TMX, as a table, as XLIFF 2.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from aligner.errors import FormatError, UsageError
from aligner.kinds import named_format
from aligner.memory.leverage.analysis import Segment, percent
from aligner.memory.output import save
from aligner.memory.properties import (
    DOCUMENT,
    MATCH,
    MATCH_DOCUMENT,
    MATCH_REFERENCE,
    MATCH_TEXT,
    PAGE,
    PARAGRAPH,
)
from aligner.memory.tmx import write_tmx
from aligner.memory.units import clean_text
from aligner.types import TranslationUnit

_XLIFF = (
    'xmlns="urn:oasis:names:tc:xliff:document:2.0" '
    'xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" version="2.0"'
)


def save_pretranslated(segments: Sequence[Segment], place: str | Path, least: float) -> None:
    """Write segments in the format of the file ending: tmx, tsv or xliff.

    A TMX has the sentences with a match of `least` or more, the others have all sentences; an
    XLIFF is filled in from `least` on, and holds lesser matches as suggestions. Raises
    FormatError, UsageError and OutputError.
    """
    _writer(place)(segments, place, least)


def check_ending(place: str | Path) -> None:
    """Raise FormatError if the file ending is not one of these formats."""
    _writer(place)


def _writer(place: str | Path) -> Callable[[Sequence[Segment], str | Path, float], None]:
    form = named_format(place)
    if form not in _WRITERS:
        known = ", ".join(f".{name}" for name in _WRITERS)
        raise FormatError(f"{place}: unknown file ending; the endings are {known}")
    return _WRITERS[form]


def pretranslated(segments: Iterable[Segment], least: float = 0.75) -> Iterator[TranslationUnit]:
    """The sentences with a match of at least `least` as units, each wording once.

    A unit is the sentence with the translation of what is like it, its properties the
    sentence's own place and, beginning with `x-match`, how like it is and where that stands.
    """
    seen = set()
    for segment in segments:
        hit, match, sentence = segment.hit, segment.match, segment.sentence
        if not hit or not match or segment.near or hit.score < least or sentence.text in seen:
            continue
        seen.add(sentence.text)
        values = {
            DOCUMENT: segment.document,
            PAGE: str(sentence.page),
            PARAGRAPH: str(sentence.paragraph),
            MATCH: str(percent(hit.score)),
            MATCH_TEXT: match.source if hit.score < 1 else "",
            MATCH_DOCUMENT: hit.occurrences[0].document,
            MATCH_REFERENCE: hit.occurrences[0].reference,
        }
        properties = tuple((name, value) for name, value in values.items() if value)
        yield replace(match, source=clean_text(sentence.text), properties=properties)


def table(segments: Iterable[Segment]) -> Iterator[str]:
    """Every sentence as a tab-separated row, with what is like it; a first row of names."""
    yield "document\tkind\tmatch\tsentence\ttranslation\tlike\tfrom\n"
    for segment in segments:
        hit, match = segment.hit, segment.match
        cells = [segment.document, segment.kind, "", segment.sentence.text, "", "", ""]
        if hit and match:
            cells[2] = str(percent(hit.score))
            cells[4:] = match.target, match.source, hit.occurrences[0].document
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def xliff(segments: Sequence[Segment], least: float) -> Iterator[str]:
    """All sentences in XLIFF 2.0, with the matches of its translation candidates module.

    Raises UsageError if they may be translated into several languages: a file names one.
    """
    found = next((segment.match for segment in segments if segment.match), None)
    source_lang = found.source_lang if found else segments[0].sentence.language
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<xliff {_XLIFF} srcLang={quoteattr(source_lang)} "
        f"trgLang={quoteattr(_target_language(segments))}>\n"
    )
    numbered = groupby(enumerate(segments, start=1), key=lambda item: item[1].document)
    for file, (document, group) in enumerate(numbered, start=1):
        yield f'  <file id="f{file}" original={quoteattr(clean_text(document))}>\n'
        for number, segment in group:
            yield _xliff_unit(number, segment, least)
        yield "  </file>\n"
    yield "</xliff>\n"


def _target_language(segments: Iterable[Segment]) -> str:
    into = dict.fromkeys(code for segment in segments for code in segment.target_langs)
    if len(into) != 1:
        found = f"the memory has {', '.join(into)}" if into else "the memory has none for them"
        raise UsageError(f"an XLIFF is in one target language; {found}: name it with --target-lang")
    return next(iter(into))


def _xliff_unit(number: int, segment: Segment, least: float) -> str:
    source = escape(clean_text(segment.sentence.text))
    hit, match = segment.hit, segment.match
    matches = target = ""
    if hit and match:
        score = percent(hit.score)
        origin = quoteattr(clean_text(hit.occurrences[0].document))
        # What is near in meaning alone has no measure of how like it is.
        similarity = "" if segment.near else f' similarity="{score}"'
        suggested = escape(match.target)
        matches = (
            f'      <mtc:matches>\n        <mtc:match ref="#m{number}" type="tm"{similarity} '
            f'matchQuality="{score}" origin={origin}>\n'
            f"          <source>{escape(match.source)}</source>\n"
            f"          <target>{suggested}</target>\n"
            "        </mtc:match>\n      </mtc:matches>\n"
        )
        if hit.score >= least and not segment.near:
            target = f"        <target>{suggested}</target>\n"
    state = "translated" if hit and hit.score == 1 and not segment.near else "initial"
    return (
        f'    <unit id="u{number}">\n{matches}      <segment state="{state}">\n'
        f'        <source><mrk id="m{number}" type="mtc:match">{source}</mrk></source>\n{target}'
        "      </segment>\n    </unit>\n"
    )


def _save_tmx(segments: Sequence[Segment], place: str | Path, least: float) -> None:
    units = list(pretranslated(segments, least))
    if not units:
        raise FormatError(
            f"{place}: no sentence has a match of {percent(least)}% to write; take a lower "
            "--min-match, or write .xliff or .tsv, which hold all sentences"
        )
    write_tmx(units, place)


_WRITERS: dict[str, Callable[[Sequence[Segment], str | Path, float], None]] = {
    "tmx": _save_tmx,
    "tsv": lambda segments, place, _: save(table(segments), place),
    "xliff": lambda segments, place, least: save(xliff(segments, least), place),
}
