"""A self-contained HTML page of an alignment, without scripts, for screen and print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain
from pathlib import Path

from aligner.confidence import band, format_confidence
from aligner.errors import FormatError
from aligner.memory.output import save
from aligner.memory.properties import PAGE, PARAGRAPH, confidence
from aligner.memory.units import FORBIDDEN
from aligner.types import Alignment, LeftOut, TranslationUnit

_STYLE = """
:root { color-scheme: light dark; --line: #bbb; --sure: #1b6e2c; --doubtful: #8a5200;
  --bad: #b3261e; --doubtful-back: #fff6dc; --bad-back: #ffe7e3; --null-back: #efefef; }
@media (prefers-color-scheme: dark) { :root { --line: #666; --sure: #8fd19e;
  --doubtful: #ffc46b; --bad: #ff9d94; --doubtful-back: #352b14; --bad-back: #3d201d;
  --null-back: #2a2a2a; } }
body { font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif;
  margin: 2rem auto; max-width: 75rem; padding: 0 1rem; }
h1 { font-size: 1.4rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { border: 1px solid var(--line); padding: .4rem .6rem; text-align: start;
  vertical-align: top; overflow-wrap: anywhere; }
th:first-child { width: 3rem; } th:nth-last-child(2) { width: 7rem; } th:last-child { width: 8rem; }
.doubtful { background: var(--doubtful-back); } .bad { background: var(--bad-back); }
.null { background: var(--null-back); } .sure b { color: var(--sure); }
.doubtful b { color: var(--doubtful); } .bad b { color: var(--bad); }
@media print { :root { color-scheme: light; } body { margin: 0; max-width: none; font-size: 10pt; }
  tr { break-inside: avoid; } thead { display: table-header-group; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def write_page(units: Iterable[TranslationUnit], place: str | Path) -> None:
    """Write units as a page; raises OutputError, and FormatError if there is none."""
    save(_units_page(units, Path(place).name), place)


def write_alignment_page(
    alignment: Alignment, place: str | Path, min_confidence: float = 0.0
) -> None:
    """Write an alignment as a page, with what has no counterpart and what was left out.

    Pairs below `min_confidence` are not shown. Raises OutputError.
    """
    save(_alignment_page(alignment, min_confidence), place)


def _units_page(units: Iterable[TranslationUnit], title: str) -> Iterator[str]:
    remaining = iter(units)
    first = next(remaining, None)
    if first is None:
        raise FormatError("no translation units to write")
    yield _head(title, ())
    yield _table_head(first.source_lang, first.target_lang)
    for number, unit in enumerate(chain((first,), remaining), start=1):
        sides = ((unit.source_lang, unit.source), (unit.target_lang, unit.target))
        place = _place(unit.property(PAGE), unit.property(PARAGRAPH))
        yield _row(number, sides, confidence(unit), place)
    yield "</tbody></table>\n</main></body></html>\n"


def _alignment_page(alignment: Alignment, min_confidence: float) -> Iterator[str]:
    info = alignment.info
    facts = (
        info.title,
        info.author,
        info.mission,
        info.reference,
        info.answers and f"answers {info.answers}",
        info.date,
        info.created and f"file made on {info.created}",
    )
    yield _head(alignment.document or "Alignment", (*facts, *alignment.remarks))
    yield _table_head(alignment.source_lang, alignment.target_lang)
    shown = [b for b in alignment.beads if b.is_null or b.certainty >= min_confidence]
    for number, bead in enumerate(shown, start=1):
        sentences = [alignment.source[i] for i in bead.source[:1]]
        sentences += [alignment.target[j] for j in bead.target[:1]]
        sides = (
            (alignment.source_lang, alignment.source_text(bead)),
            (alignment.target_lang, alignment.target_text(bead)),
        )
        place = _place(
            "/".join(str(sentence.page) for sentence in sentences),
            "/".join(str(sentence.paragraph) for sentence in sentences),
        )
        yield _row(number, sides, None if bead.is_null else bead.certainty, place)
    yield "</tbody></table>\n"
    if alignment.left_out:
        yield f"<h2>Left out ({len(alignment.left_out)})</h2>\n<ul>\n"
        yield from map(_left_out, alignment.left_out)
        yield "</ul>\n"
    yield "</main></body></html>\n"


def _head(title: str, facts: Iterable[str]) -> str:
    told = "".join(f"<p>{_text(fact)}</p>\n" for fact in facts if fact)
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{_text(title)}</h1>\n{told}"
    )


def _table_head(source_lang: str, target_lang: str) -> str:
    names = ("no.", source_lang, target_lang, "confidence", "page, paragraph")
    cells = "".join(f'<th scope="col">{_text(name)}</th>' for name in names)
    return f"<table><thead><tr>{cells}</tr></thead><tbody>\n"


def _row(number: int, sides: Sequence[tuple[str, str]], sure: float | None, place: str) -> str:
    if sure is None:
        kind, label = "null", "no counterpart"
    else:
        kind, label = band(sure), format_confidence(sure)
    texts = "".join(
        f'<td lang="{_text(code)}" dir="auto">{_text(text)}</td>' for code, text in sides
    )
    return (
        f'<tr class="{kind}"><td>{number}</td>{texts}<td><b>{label}</b></td>'
        f"<td>{_text(place)}</td></tr>\n"
    )


def _left_out(item: LeftOut) -> str:
    paragraph = item.paragraph
    return (
        f'<li><span lang="{_text(paragraph.language)}" dir="auto">{_text(paragraph.text)}</span> '
        f"({_text(item.reason)}, page {paragraph.page})</li>\n"
    )


def _place(page: str, paragraph: str) -> str:
    return f"{page}, {paragraph}" if page or paragraph else ""


def _text(text: str) -> str:
    return escape(FORBIDDEN.sub("", text))
