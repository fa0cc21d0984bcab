"""A flow as flat OpenDocument text, which LibreOffice takes as its own."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from factory.design import Spec
from factory.flow import REFERENCE, Break, Flow, Grid, Line, notes, without_notes
from factory.settings import DATE, GAP, HAN, LATIN, MARGIN, OFFICE, PAPERS, with_soft_hyphens
from factory.text import Text

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_PARAGRAPHS = {  # paragraph properties, and the share of the size of the text
    "paragraph": ("", 1.0),
    "speech": ("", 1.0),
    "cell": ('fo:margin-bottom="0"', 1.0),
    "title": ('fo:text-align="center" fo:margin-bottom="0.4cm"', 1.5),
    "heading": ('fo:keep-with-next="always"', 1.15),
    "caption": ('fo:text-align="center"', 0.9),
    "item": ('fo:margin-left="1cm"', 1.0),
    "note": ("", 0.8),
    "aside": ("", 1.0),
    "reference": ("", 1.0),
    "break": ('fo:break-before="page"', 0.2),
}
# Marks that hang over the edge of a column are not in the text of the PDF that Writer makes.
_KEPT = 'style:punctuation-wrap="simple"'
_JUSTIFIED = ("paragraph", "speech", "item", "aside")


def _faces(spec: Spec) -> str:
    """Text properties of a style, for both scripts."""
    latin = HAN if spec.style in ("italic", "bold") else LATIN
    both = {
        "italic": ('fo:font-style="italic"', 'style:font-style-asian="italic"'),
        "bold": ('fo:font-weight="bold"', 'style:font-weight-asian="bold"'),
        "letterspaced": ('fo:letter-spacing="0.05cm"',),
    }.get(spec.style, ())
    return (
        f'style:font-name="{latin}" fo:font-family="\'{latin}\'" '
        f"style:font-family-asian=\"'{HAN}'\" " + " ".join(both)
    )


def _paragraph_style(kind: str, spec: Spec) -> str:
    properties, share = _PARAGRAPHS[kind]
    size = float(spec.size) * share
    if spec.style in ("justified", "hyphenated") and kind in _JUSTIFIED:
        properties += ' fo:text-align="justify"'
    bold = ' fo:font-weight="bold"' if kind in ("title", "heading") else ""
    margin = "" if "margin-bottom" in properties else ' fo:margin-bottom="0.2cm"'
    return (
        f'<style:style style:name="{kind}" style:family="paragraph">'
        f"<style:paragraph-properties {_KEPT} {properties}{margin}/>"
        f'<style:text-properties fo:font-size="{size}pt" style:font-size-asian="{size}pt" '
        f"{_faces(spec)}{bold if 'fo:font-weight' not in _faces(spec) else ''}/></style:style>"
    )


def _styles(spec: Spec) -> str:
    width, height = PAPERS[spec.paper]
    head = (
        '<style:header-style><style:header-footer-properties fo:margin-bottom="0.5cm"/>'
        '</style:header-style><style:footer-style><style:header-footer-properties fo:margin-top="0'
        '.5cm"/></style:footer-style>'
        if spec.furniture == "heads"
        else ""
    )
    return f"""<office:automatic-styles>
{"".join(_paragraph_style(kind, spec) for kind in _PARAGRAPHS)}
<style:style style:name="cellbox" style:family="table-cell"><style:table-cell-properties
 fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:style style:name="box" style:family="graphic"><style:graphic-properties
 style:wrap="none" fo:border="0.5pt solid #000000" fo:padding="0.2cm"
 style:horizontal-pos="center"/></style:style>
<style:style style:name="raised" style:family="text"><style:text-properties
 fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:page-layout style:name="paper"><style:page-layout-properties fo:page-width="{width}mm"
 fo:page-height="{height}mm" fo:margin="{MARGIN}mm" style:print-orientation="{
        "landscape" if width > height else "portrait"
    }"><style:columns fo:column-count="{spec.columns}" fo:column-gap="{GAP}mm"/>
</style:page-layout-properties>{head}</style:page-layout></office:automatic-styles>"""


def _masters(spec: Spec, text: Text) -> str:
    inner = ""
    if spec.furniture == "heads":
        inner = (
            f'<style:header><text:p text:style-name="note">{DATE.zh}<text:tab/>'
            f"{escape(text.title.en)}</text:p></style:header>"
            f'<style:footer><text:p text:style-name="note">{escape(OFFICE.en)}<text:tab/>'
            "<text:page-number>1</text:page-number> / <text:page-count>1</text:page-count>"
            "</text:p></style:footer>"
        )
    return (
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="paper">{inner}</style:master-page></office:master-styles>'
    )


class _Writer:
    def __init__(self, flow: Flow, spec: Spec) -> None:
        # Writer leaves boxes out of what it saves as text or as a web page.
        self._boxes = spec.format not in ("txt", "html")
        self._soft = spec.style == "hyphenated"
        self._notes = notes(flow)

    def item(self, item: Line | Grid | Break) -> str:
        if isinstance(item, Break):
            return '<text:p text:style-name="break"/>'
        if isinstance(item, Line):
            return self._line(item)
        style = ' table:style-name="cellbox"' if item.ruled else ""
        rows = "".join(
            "<table:table-row>"
            + "".join(
                f'<table:table-cell{style} office:value-type="string">'
                f"{''.join(map(self._line, cell)) or '<text:p/>'}</table:table-cell>"
                for cell in row
            )
            + "</table:table-row>\n"
            for row in item.rows
        )
        count = max(map(len, item.rows))
        columns = f'<table:table-column table:number-columns-repeated="{count}"/>'
        return f"<table:table>{columns}{rows}</table:table>"

    def _line(self, line: Line) -> str:
        if line.kind == "speech" and line.mark:
            space = " " if line.language == "en" else ""
            named = f'<text:span text:style-name="raised">{escape(line.mark)}</text:span>{space}'
            words = named + self._words(line.text, line.language)
        else:
            words = self._words(line.marked, line.language)
        if line.kind == "heading":
            return f'<text:h text:style-name="heading" text:outline-level="2">{words}</text:h>'
        paragraph = f"<text:p text:style-name={quoteattr(line.kind)}>{words}</text:p>"
        if line.kind != "aside" or not self._boxes:
            return paragraph
        return (
            '<text:p text:style-name="paragraph"><draw:frame draw:style-name="box" '
            'text:anchor-type="paragraph" svg:width="7cm"><draw:text-box fo:min-height="1cm">'
            f"{paragraph}</draw:text-box></draw:frame></text:p>"
        )

    def _words(self, words: str, language: str) -> str:
        if self._soft and language != "zh":
            words = with_soft_hyphens(words)
        return REFERENCE.sub(lambda m: self._note(m[1], language), escape(words))

    def _note(self, number: str, language: str) -> str:
        note = self._notes[language, number]
        return (
            f'<text:note text:note-class="footnote"><text:note-citation>{number}'
            '</text:note-citation><text:note-body><text:p text:style-name="note">'
            f"{self._words(note.text, language)}</text:p></text:note-body></text:note>"
        )


def document(text: Text, flow: Flow, spec: Spec) -> str:
    """The whole file."""
    writer = _Writer(flow, spec)
    numbered = (
        '<text:linenumbering-configuration text:number-lines="true" text:offset="0.5cm" '
        'style:num-format="1" text:number-position="left" text:increment="1"/>'
        if spec.furniture == "line numbers"
        else ""
    )
    body = "\n".join(writer.item(item) for item in without_notes(flow))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_SPACES} office:version="1.2"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles>{numbered}</office:styles>
{_styles(spec)}
{_masters(spec, text)}
<office:body><office:text>
{body}
</office:text></office:body></office:document>
"""
