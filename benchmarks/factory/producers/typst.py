"""Typst: markup to PDF with footnotes, line numbers, and hyphens of its own."""

from __future__ import annotations

import json
from collections.abc import Sequence

from factory.design import Job, Producer, Spec
from factory.flow import REFERENCE, Break, Flow, Grid, Line, arrange, notes, without_notes
from factory.settings import DATE, GAP, HAN, LATIN, MARGIN, OFFICE, PAGES, PAPERS, missing
from factory.text import Text

_STYLES = {
    "plain": "",
    "justified": "#set par(justify: true)",
    "hyphenated": "#set par(justify: true)\n#set text(hyphenate: true)",
    "letterspaced": "#set text(tracking: 0.14em)",
    "italic": '#set text(style: "italic")',
    "bold": '#set text(weight: "bold")',
}
_KINDS = {
    "title": "#align(center, text(size: 1.5em, weight: 700)[{}])",
    "heading": "#heading(level: 2)[{}]",
    "aside": "#rect(width: 100%, inset: 6pt)[{}]",
    "caption": "#align(center, text(size: 0.9em)[{}])",
    "item": "#pad(left: 2em)[{}]",
}


def _string(words: str) -> str:
    return f"#{json.dumps(words, ensure_ascii=False)};" if words else ""


def _words(line: Line, called: dict[tuple[str, str], Line]) -> str:
    """A line's words as strings, which no mark-up is read in, and its notes where called."""
    parts = REFERENCE.split(line.marked)
    out = ""
    for number, part in enumerate(parts):
        out += (
            f"#footnote[{_string(called[line.language, part].text)}];"
            if number % 2
            else _string(part)
        )
    language = f'#set text(lang: "{line.language}")\n' if line.language else ""
    return f"#[{language}{out}]"


def _item(item: Line | Grid | Break, called: dict[tuple[str, str], Line]) -> str:
    if isinstance(item, Break):
        return "#pagebreak()"
    if isinstance(item, Line):
        return _KINDS.get(item.kind, "{}").format(_words(item, called))
    cells = ", ".join(
        "[" + "\n\n".join(_item(line, called) for line in cell) + "]"
        for row in item.rows
        for cell in row
    )
    stroke = "0.5pt" if item.ruled else "none"
    count = max(map(len, item.rows))
    return f"#table(columns: (1fr,) * {count}, stroke: {stroke}, {cells})"


def _page(spec: Spec, text: Text) -> str:
    width, height = PAPERS[spec.paper]
    settings = [
        f"width: {width}mm, height: {height}mm, margin: {MARGIN}mm, columns: {spec.columns}"
    ]
    if spec.furniture == "heads":
        settings.append(f"header: [{_string(DATE.zh)} #h(1fr) {_string(text.title.en)}]")
        number = '#context counter(page).display("1 / 1", both: true)'
        settings.append(f"footer: [{_string(OFFICE.en)} #h(1fr) {number}]")
    return f"#set page({', '.join(settings)})"


def source(text: Text, flow: Flow, spec: Spec) -> str:
    """The document in Typst's mark-up."""
    called = notes(flow)
    parts = [
        f"#set columns(gutter: {GAP}mm)",
        _page(spec, text),
        f'#set text(font: ("{LATIN}", "{HAN}"), size: {spec.size}pt, hyphenate: false)',
        "#set par(spacing: 1em)",
        _STYLES[spec.style],
    ]
    if spec.furniture == "line numbers":
        parts.append('#set par.line(numbering: "1")')
    parts += [_item(item, called) for item in without_notes(flow)]
    return "\n\n".join(parts)


def _make(jobs: Sequence[Job]) -> None:
    import typst

    for job in jobs:
        flow = arrange(job.text, job.spec.arrangement)
        job.path.write_bytes(typst.compile(source(job.text, flow, job.spec).encode()))


PRODUCER = Producer("Typst", PAGES, missing(modules=["typst"]), _make)
