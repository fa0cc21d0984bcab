"""A flow as HTML with the style sheet of its settings."""

from __future__ import annotations

from html import escape

from factory.design import Spec
from factory.flow import REFERENCE, Break, Flow, Grid, Line, notes, notes_last, without_notes
from factory.settings import DATE, GAP, HAN, LATIN, MARGIN, OFFICE, PAPERS, with_soft_hyphens
from factory.text import Text

_TAGS = {"title": "h1", "heading": "h2", "aside": "aside"}
_LANGUAGES = {"zh": "zh-CN", "en": "en"}
_BASE = """
p, h1, h2, aside, td { line-height: 1.5 }
h1 { font-size: 1.5em; text-align: center }
h2 { font-size: 1.15em }
p { margin: .5em 0 }
table { border-collapse: collapse; width: 100% }
td { vertical-align: top; padding: .3em .6em .3em 0 }
table.ruled td { border: 1px solid black; padding: .2em .5em }
td p { margin: 0 0 .3em }
aside { border: 1px solid black; padding: .5em; margin: .8em 0; background: #eee }
p.item { margin-left: 2em }
p.note { font-size: .8em }
p.caption { text-align: center; font-size: .9em }
sup { line-height: 0 }
hr.page { break-before: page; visibility: hidden; margin: 0; height: 0 }
.footnote { float: footnote; font-size: .8em }
"""
_STYLES = {
    "plain": "",
    "justified": "p, aside, td { text-align: justify }",
    "hyphenated": "p, aside, td { text-align: justify; hyphens: manual }",
    "letterspaced": "body { letter-spacing: .14em } h1 { letter-spacing: .4em }",
    "italic": f"body {{ font-style: italic; font-family: '{HAN}' }}",
    "bold": f"body {{ font-weight: bold; font-family: '{HAN}' }}",
}


def _sheet(spec: Spec, text: Text, paged: bool) -> str:
    width, height = PAPERS[spec.paper]
    margins = ""
    hyphens = " p { hyphens: auto }" if paged and spec.style == "hyphenated" else ""
    if paged and spec.furniture == "heads":
        margins = f"""
@top-left {{ content: "{DATE.en}" }} @top-right {{ content: "{text.title.zh}" }}
@bottom-left {{ content: "{OFFICE.en}" }} @bottom-right {{ content: counter(page) " / "
counter(pages) }}"""
    return f"""@page {{ size: {width}mm {height}mm; margin: {MARGIN}mm; {margins} }}
body {{ font: {spec.size}pt '{LATIN}', '{HAN}'; column-count: {spec.columns}; column-gap: {GAP}mm }}
{_BASE}{_STYLES[spec.style]}{hyphens}"""


class _Writer:
    """Writes lines; footnotes go to where they are called if `paged`, else to the end."""

    def __init__(self, flow: Flow, spec: Spec, paged: bool) -> None:
        self._soft = spec.style == "hyphenated" and not paged
        self._notes = notes(flow) if paged else {}
        self._flow = without_notes(flow) if paged else notes_last(flow)

    def body(self) -> str:
        return "\n".join(map(self._item, self._flow))

    def _item(self, item: Line | Grid | Break) -> str:
        if isinstance(item, Break):
            return '<hr class="page">'
        if isinstance(item, Line):
            return self._line(item)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self._cell(cell)}</td>" for cell in row) + "</tr>\n"
            for row in item.rows
        )
        return f'<table class="{"ruled" if item.ruled else "bilingual"}">{rows}</table>'

    def _cell(self, cell: tuple[Line, ...]) -> str:
        if len(cell) == 1 and cell[0].kind == "cell":
            return self._words(cell[0].text, cell[0].language)
        if all(line.kind == "cell" for line in cell):
            return "<br>".join(self._words(line.text, line.language) for line in cell)
        return "".join(map(self._line, cell))

    def _line(self, line: Line) -> str:
        tag = _TAGS.get(line.kind, "p")
        speaker = line.kind == "speech" and line.mark
        words = self._words(line.text if speaker else line.marked, line.language)
        if speaker:
            words = f"<b>{escape(line.mark)}</b>{' ' if line.language == 'en' else ''}{words}"
        language = f' lang="{_LANGUAGES[line.language]}"' if line.language else ""
        return f'<{tag} class="{line.kind}"{language}>{words}</{tag}>'

    def _words(self, words: str, language: str) -> str:
        if self._soft and language != "zh":
            words = with_soft_hyphens(words)
        return REFERENCE.sub(lambda m: self._reference(m[1], language), escape(words))

    def _reference(self, number: str, language: str) -> str:
        note = self._notes.get((language, number))
        if note is None:
            return f"<sup>{number}</sup>"
        return f'<span class="footnote">{self._words(note.text, language)}</span>'


def page(text: Text, flow: Flow, spec: Spec, paged: bool = False) -> str:
    """A whole HTML page; `paged` for a program that has heads, footnotes and hyphens from CSS."""
    title = f"{text.title.zh} {text.title.en}"
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>{escape(title)}</title>
<style>{_sheet(spec, text, paged)}</style></head>
<body>{_Writer(flow, spec, paged).body()}</body></html>
"""
