"""Web pages: what is text, what is a menu, and what nobody sees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.document import MARGINS, BlockKind, Cell, Document
from aligner.errors import ReadError
from aligner.reading.html import extract, extract_markup


def seen(markup: str) -> Document:
    return extract_markup(markup, "x.html").document("x.html")


def text_of(markup: str) -> str:
    blocks = extract_markup(markup, "x.html").blocks
    return " | ".join(block.text for block in blocks if block.kind not in MARGINS)


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<p>One.<p>Two.", "One. | Two."),
        ("<div>a<br>b</div>", "a\nb"),
        ("<p>中国\n  政府</p>", "中国政府"),
        ("<p>the\n  law</p>", "the law"),
        ("<p>a <b>bold</b> word</p>", "a bold word"),
        ("<p>seen<span style='display: none'>unseen</span></p>", "seen"),
        ("<p>seen<template>unseen</template><span hidden>x</span></p>", "seen"),
        ("<p>漢<ruby>字<rp>(</rp><rt>zì</rt></ruby></p>", "漢字"),
        ("<p>Law<sup><a href='#n1'>[1]</a></sup> holds.</p>", "Law holds."),
        ("<p>See <a href='/x'>this law</a>.</p>", "See this law."),
        ("<p>m<sup>2</sup></p>", "m2"),
        ("<p>Law.<sup>1</sup> It holds<sup>[2]</sup>.</p>", "Law. It holds."),
        ("<p>法律。<sup>3</sup>此外</p>", "法律。此外"),
        ("<p>10<sup>3</sup>, 5 km<sup>2</sup>, 米<sup>2</sup></p>", "103, 5 km2, 米2"),
        ("<p>Note. <a href='#r1'>\u21a9\ufe0e</a></p>", "Note."),
        ("<p>Let <math><mi>x</mi><mo>=</mo><mn>1</mn><annotation>x=1</annotation></math>.</p>",
         "Let x=1."),
        ("<p>Seen <svg><title>icon</title><path/></svg> here.</p>", "Seen here."),
        ("<svg><text>Rain</text><text>in mm</text></svg>", "Rain | in mm"),
        ("<p>Text.</p><aside>By the way.</aside>", "Text. | By the way."),
        ("<header><h1>Title</h1></header><p>Text.</p>", "Title | Text."),
        ("<aside>See <a href=a>One</a> <a href=b>Two</a></aside><p>Text.</p>", "Text."),
        ("<p title='tip'><img alt='a bridge'>Text.</p>", "Text."),
        ("<table><tr><td>甲<td>A<tr><td>乙<td>B</table>", "甲 | A | 乙 | B"),
        ("<pre>one\ntwo</pre>", "one\ntwo"),
        ("<p>&lt;script&gt; is text</p>", "<script> is text"),
        ("<nav>Home</nav><p>Text.</p><footer>foot</footer>", "Text."),
        ("<div role=navigation>Home</div><p>Text.</p>", "Text."),
        ("<header>Site</header><main><header>Title</header>Text.</main>", "Title | Text."),
        ("<div>Elsewhere.</div><main><p>The text itself.</p><p>More of it.</p></main>",
         "The text itself. | More of it."),
        ("<ul><li><a href=a>A</a><li><a href=b>B</a><li><a href=c>C</a><li><a href=d>D</a></ul>"
         "<p>Text.</p>", "Text."),
    ],
)  # fmt: skip
def test_what_is_read(markup: str, wanted: str) -> None:
    assert text_of(markup) == wanted


def test_menus_are_kept_and_marked() -> None:
    extracted = seen("<nav>Home</nav><p>Text.</p>")
    assert extracted.text == "Home\n\nText."
    menu, text = extracted.blocks
    assert (menu.kind, text.kind) == (BlockKind.MENU, BlockKind.PARAGRAPH)


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("<h2>Title</h2><p>Text.", [("heading", "Title"), ("paragraph", "Text.")]),
        ("<ul><li>One<li><p>Two</ul>", [("list item", "One"), ("list item", "Two")]),
        ("<figure><img><figcaption>A bridge</figcaption></figure>", [("caption", "A bridge")]),
        ("<blockquote><p>Quoted.</blockquote>", [("quotation", "Quoted.")]),
        ("<pre><code>x = 1</code></pre>", [("code", "x = 1")]),
        ("<div class=highlight><pre>x = 1</pre></div>", [("code", "x = 1")]),
        ("<div title=header><p>Head<p>too</div>",
         [("running head or foot", "Head"), ("running head or foot", "too")]),
        ("<dl><dt>Term<dd>What it means</dl>", [("list item", "Term"),
                                                ("list item", "What it means")]),
        ("<details><summary>More</summary>Text.</details>",
         [("heading", "More"), ("paragraph", "Text.")]),
        ("<pre>As typed\n on.</pre>", [("lines", "As typed\non.")]),
        ("<section role=doc-endnotes><ol><li>See page 2.</ol></section>",
         [("note", "See page 2.")]),
        ("<nav><ul><li>Home</ul></nav><p>Text.",
         [("menu or page margin", "Home"), ("paragraph", "Text.")]),
        ("<main><p>Text.<aside>By the way.</aside></main>",
         [("paragraph", "Text."), ("paragraph", "By the way.")]),
        ("one<br><br>two<br>three", [("paragraph", "one"), ("paragraph", "two\nthree")]),
    ],
)  # fmt: skip
def test_kinds_of_blocks(markup: str, wanted: list[tuple[str, str]]) -> None:
    found = extract_markup(markup, "x.html").blocks
    assert [(block.kind.value, block.text) for block in found] == wanted


def test_places_of_cells() -> None:
    table = (
        "<table><tr><th rowspan=2>a<th colspan=2>b<tr><td>c<td><table><tr><td>d</table>e</table>"
        "<p>f<table><tr><td>g</table>"
    )
    found = {block.text: block.cell for block in extract_markup(table, "x.html").blocks}
    assert found == {
        "a": Cell(1, 1, 1),
        "b": Cell(1, 1, 2),
        "c": Cell(1, 2, 2),
        "d": Cell(2, 1, 1),
        "e": Cell(1, 2, 3),
        "f": None,
        "g": Cell(3, 1, 1),
    }


def test_languages_that_elements_state() -> None:
    markup = "<html lang=en><p>A<div lang=zh-Hans>甲<p>乙</div>B<p xml:lang=fr>C"
    found = extract_markup(markup, "x.html").blocks
    assert [block.language for block in found] == ["", "zh-Hans", "zh-Hans", "", "fr"]


def test_versions_side_by_side_in_a_line() -> None:
    markup = (
        "<h2><span lang=en>Aim</span>\n<span lang=zh-Hans>目的</span> "
        "<span lang=zh-Hant>目標</span> (1)</h2>"
        "<p>The <i lang=fr>note</i> <b>is</b> <span lang=la>verbal</span>"
    )
    found = extract_markup(markup, "x.html").blocks
    assert [(block.language, block.text) for block in found] == [
        *(("en", "Aim"), ("zh-Hans", "目的"), ("zh-Hant", "目標"), ("", "(1)")),
        ("", "The note is verbal"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "gbk", "big5", "utf-16"])
def test_declared_encodings(encoding: str) -> None:
    markup = f"<html><head><meta charset='{encoding}'></head><p>中文<p>Text.</html>"
    assert extract(markup.encode(encoding), "x").document("x").text == "中文\n\nText."


def test_a_wrong_declaration() -> None:
    markup = "<html><meta charset=ascii><p>中国政府对来函答复如下"
    assert extract(markup.encode(), "x").document("x").text == "中国政府对来函答复如下"


def test_depth_is_bounded_and_nothing_is_lost_silently() -> None:
    assert seen("<div>" * 1500 + "deep" + "</div>" * 1500).text == "deep"
    with pytest.raises(ReadError, match="nested too deeply"):
        seen("<div>" * 10_000 + "deep")


TAGS = st.sampled_from(
    ["p", "div", "table", "tr", "td", "a", "nav", "main", "script", "br", "hr", "li", "sup", "pre"]
)
PIECE = st.one_of(
    TAGS.map("<{}>".format), TAGS.map("</{}>".format), st.text("ab 中。<&;\n", max_size=8)
)


@given(st.lists(PIECE, max_size=40).map("".join))
def test_any_markup_gives_text_whose_blocks_cover_it(markup: str) -> None:
    try:
        extracted = seen(markup)
    except ReadError:
        return
    last = 0
    for block in extracted.blocks:
        assert last <= block.span.start < block.span.end <= len(extracted.text)
        assert not extracted.text[last : block.span.start].strip()
        last = block.span.end
    assert not extracted.text[last:].strip()


def test_a_cell_without_a_row_ends() -> None:
    cells = [block.cell for block in seen("<table><td>甲<td>A<tr><td>乙</table>").blocks]
    assert cells == [(1, 1, 1), (1, 1, 2), (1, 2, 1)]


@pytest.mark.parametrize(
    "back",
    ["<a href='ch1.xhtml#r1' role='doc-backlink'>\u21a9\ufe0e</a>", "<a href='#r1'>\u21a9</a>"],
)
def test_notes_of_books(back: str) -> None:
    document = seen(f"<aside epub:type='footnote'><p>A note.{back}</p></aside>")
    assert document.text == "A note."
    assert [block.kind for block in document.blocks] == [BlockKind.NOTE]


def test_running_heads_and_code_by_their_roles() -> None:
    markup = "<div role='doc-pageheader'><p>Head</p></div><pre role=code>x = 1</pre>"
    assert [block.kind for block in seen(markup).blocks] == [BlockKind.RUNNING, BlockKind.CODE]
