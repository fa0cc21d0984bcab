"""TMX of other tools: everything real is read, nothing is lost, nothing hostile gets through."""

from __future__ import annotations

import gzip
import io
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.errors import FormatError
from aligner.memory import open_tmx, read_tmx, write_tmx
from aligner.memory.tmx.element import PLAIN, parse_unit, parts_of_any, parts_of_plain

# As Trados, memoQ, OmegaT and others write: inline codes, dates, users, foreign names.
FOREIGN = """<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="MemoQ" creationtoolversion="9" segtype="sentence" o-tmf="MemoQTM"
    adminlang="en-us" srclang="en-us" datatype="unknown">
    <prop type="defclient">&lt;client&gt;</prop>
    <note>a note</note>
    <ude name="u"><map unicode="#xF8FF"/></ude>
  </header>
  <body>
    <!-- the first of two -->
    <tu changedate="20190512T090000Z" creationdate="20180101T000000Z" creationid='li "wei"'>
      <prop type="client">甲 &amp; 乙</prop>
      <tuv xml:lang="en-us">
        <prop type="x-context-pre">&lt;seg&gt;Before&lt;/seg&gt;</prop>
        <seg>Press <bpt i="1" type="bold">&lt;b&gt;</bpt>OK<ept i="1">&lt;/b&gt;</ept> now<ph
        x="1"><sub>a footnote</sub></ph>, <hi>China</hi><it pos="begin">{\\i }</it>.</seg>
      </tuv>
      <tuv xml:lang="zh-CN" changeid="wang"><seg>现在按<bpt i="1">&lt;b&gt;</bpt>确定<ept
        i="1">&lt;/b&gt;</ept>，<hi type="term">中国</hi>。</seg></tuv>
      <tuv xml:lang="fr-FR"><seg><![CDATA[Appuyez <ici> & </tu>]]></seg></tuv>
    </tu>
    <tu usagecount="3"><note>n1</note><note>n2</note>
      <tuv xml:lang="zh_CN" creationdate="20200101T000000Z"><seg>二</seg></tuv>
      <tuv xml:lang="EN"><seg>Two&#x20;&quot;2&quot;</seg></tuv></tu>
    <tu><tuv xml:lang="en-us"><seg>alone</seg></tuv></tu>
  </body>
</tmx>
"""


def write(folder: Path, content: str | bytes, name: str = "x.tmx") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_texts_languages_dates_and_notes(tmp_path: Path) -> None:
    first, second = read_tmx(write(tmp_path, FOREIGN))
    assert first.source == "Press OK now, China."
    assert first.target == "现在按确定，中国。"
    assert first.others == (("fr-FR", "Appuyez <ici> & </tu>"),)
    assert (first.created, first.changed) == ("20180101T000000Z", "20190512T090000Z")
    assert first.properties == (("client", "甲 & 乙"),)
    # The header's language is the source wherever it stands, with any country.
    assert (second.source_lang, second.source) == ("EN", 'Two "2"')
    assert (second.created, second.note) == ("20200101T000000Z", "n1\nn2")


def test_what_others_wrote_survives_to_the_letter(tmp_path: Path) -> None:
    path = write(tmp_path, FOREIGN)
    head, units = open_tmx(path)
    write_tmx(units, tmp_path / "y.tmx", head)
    written = (tmp_path / "y.tmx").read_text("utf-8")
    assert written == '<?xml version="1.0" encoding="UTF-8"?>\n' + FOREIGN


def test_prefixes_go_with_the_unit(tmp_path: Path) -> None:
    content = body(PAIR.replace("<tu>", '<tu m:k="1">')).replace("<tmx ", '<tmx xmlns:m="urn:m" ')
    units = list(read_tmx(write(tmp_path, content)))
    write_tmx(units, tmp_path / "y.tmx")
    assert list(read_tmx(tmp_path / "y.tmx")) == units
    assert 'm:k="1"' in units[0].markup


def test_a_changed_unit_is_written_from_its_fields(tmp_path: Path) -> None:
    unit = replace(next(read_tmx(write(tmp_path, FOREIGN))), target="新")
    write_tmx([unit], tmp_path / "y.tmx")
    (again,) = read_tmx(tmp_path / "y.tmx")
    assert again == unit
    assert "确定" not in (tmp_path / "y.tmx").read_text("utf-8")


def test_languages_that_are_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, FOREIGN)
    (unit,) = read_tmx(path, "zh", "fr")
    assert (unit.source_lang, unit.target_lang) == ("zh-CN", "fr-FR")
    assert unit.others[0][0] == "en-us"
    assert [u.target for u in open_tmx(path)[1]][-1] == ""


def test_ten_languages_in_one_file(tmp_path: Path) -> None:
    codes = ["zh-CN", "en-US", "fr", "de", "es", "ru", "ar", "ja", "ko", "pt-BR"]
    variants = "".join(f'<tuv xml:lang="{c}"><seg>{c} text</seg></tuv>' for c in codes)
    content = f'<tmx version="1.4"><header srclang="*all*"/><body><tu>{variants}</tu></body></tmx>'
    (unit,) = read_tmx(write(tmp_path, content))
    assert (unit.source_lang, unit.target_lang, len(unit.others)) == ("zh-CN", "en-US", 8)
    (unit,) = read_tmx(write(tmp_path, content), "ru", "ko")
    assert (unit.source, unit.target) == ("ru text", "ko text")


OLD = (
    '<?xml version="1.0" encoding="{}"?><tmx version="1.1"><header srclang="ZH-CN"/>\r\n<body>'
    '<tu><tuv lang="ZH-CN"><seg>中国\r\n的</seg></tuv><tuv lang="EN-US"><seg>of <ut>x</ut>China'
    "</seg></tuv></tu></body></tmx>"
)


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "GB2312"),
        ("big5", "Big5"),
        ("utf-8", "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, encoding: str, declared: str) -> None:
    text = OLD.format(declared)
    text = text.replace("国", "國") if encoding == "big5" else text
    (unit,) = read_tmx(write(tmp_path, text.encode(encoding)))
    assert unit.source in ("中国\n的", "中國\n的")
    assert (unit.target, unit.target_lang) == ("of China", "EN-US")


def test_gzip_whatever_its_name_and_back(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(FOREIGN.encode()))
    units = list(read_tmx(path))
    write_tmx(units[:1], tmp_path / "y.tmx.gz")
    assert (tmp_path / "y.tmx.gz").read_bytes()[:2] == b"\x1f\x8b"
    assert list(read_tmx(tmp_path / "y.tmx.gz")) == units[:1]
    write_tmx(units[:1], tmp_path / "z.tmx.gz")
    assert (tmp_path / "y.tmx.gz").read_bytes() == (tmp_path / "z.tmx.gz").read_bytes()


def body(content: str) -> str:
    return f'<tmx version="1.4">\n<header srclang="en"/>\n<body>\n{content}\n</body>\n</tmx>'


PAIR = '<tu><tuv xml:lang="en"><seg>{}</seg></tuv><tuv xml:lang="zh"><seg>x</seg></tuv></tu>'


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1: not well-formed XML .no element"),
        (b"   \n", "line 2: not well-formed"),
        (b"rubbish", "line 1: not well-formed"),
        ("'" + FOREIGN, "line 1: not well-formed"),
        ("<html><body/></html>", "not TMX: the file begins with <html>"),
        (body(PAIR)[:-20], "line 4: not well-formed XML"),
        (body(PAIR)[:60], "line 4: not well-formed XML"),
        (body(PAIR.replace("</tuv>", "", 1)), "line 4: not well-formed"),
        (body("\n\n" + PAIR.format("a\x0bb")), r"line 6: the character U\+000B"),
        (body(PAIR.format("a&#11;b")), "line 4: not well-formed"),
        (body(PAIR.format("\n&nbsp;")), "line 5: not well-formed.*nbsp"),
        (body(PAIR.format("]]>")), "line 4: not well-formed"),
        (body(PAIR.format("a & b")), "line 4: not well-formed"),
        (body(PAIR.replace("<tu>", '<tu a="1" a="2">')), "line 4: not well-formed"),
        (body(PAIR.replace("<tuv", '<tuv a="1" a="1"', 1)), "line 4: not well-formed"),
        (body("<seg>lost</seg>"), "line 4: expected a translation unit"),
        (body(PAIR).encode().replace(b"{}", b"\xff\xfe"), "line 4: not utf-8"),
        (body(PAIR.format("中国")).encode("gb18030"), "line 4: not utf-8"),
        (b'<?xml version="1.0" encoding="klingon"?>', "unknown encoding klingon"),
        (gzip.compress(body(PAIR).encode())[:-9], "gzip data is truncated"),
        (b"\x1f\x8b" + b"rubbish" * 9, "gzip data is truncated or damaged"),
    ],
)
def test_broken_files(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(FormatError, match=told) as caught:
        list(read_tmx(write(tmp_path, content)))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('<!DOCTYPE tmx [<!ENTITY a "b">]>' + body(PAIR.format("&a;")), "entities are refused"),
        ('<!DOCTYPE tmx [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>' + body(PAIR), "entities"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "/etc/passwd">]>' + body(PAIR), "entities are refused"),
        ('<!DOCTYPE tmx SYSTEM "http://example.org/x.dtd">' + body(PAIR.format("&a;")), "line 4"),
        ("<tmx>" + "<a>" * 3_000_000, "too much text or too many tags"),
        (body("<tu>" + "<sub>" * 3000 + "</sub>" * 3000 + "</tu>"), "line 4"),
        (body(PAIR.format("<hi>" * 1500 + "</hi>" * 1500)), "line 4: .* nested too deeply"),
        (body("<tu>" + "<ph/>" * 20_000 + "</tu>"), "too much text or too many tags"),
        (body("<tu><note>" + "x" * 18_000_000), "too much text or too many tags"),
    ],
)
def test_attacks(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(FormatError, match=told):
        list(read_tmx(write(tmp_path, content)))


def test_a_segment_of_two_million_characters(tmp_path: Path) -> None:
    (unit,) = read_tmx(write(tmp_path, body(PAIR.format("中" * 2_000_000))))
    assert len(unit.source) == 2_000_000


def test_the_external_document_type_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "x.dtd").write_text('<!ENTITY a "read from a file">')
    content = '<!DOCTYPE tmx SYSTEM "x.dtd">' + body(PAIR)
    assert len(list(read_tmx(write(tmp_path, content)))) == 1


def test_memory_is_flat(tmp_path: Path) -> None:
    import tracemalloc

    path = write(tmp_path, body(PAIR.format("some text of a sentence") * 40_000))
    tracemalloc.start()
    assert sum(1 for _ in read_tmx(path)) == 40_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 3_000_000 < path.stat().st_size


name = st.sampled_from(["tuid", "x-a", "creationdate", "srclang", "xml:lang", "changedate"])
value = st.text(st.sampled_from("ab 中\"'&<>\t\n\r#;x"), max_size=5)
text = st.text(st.sampled_from("ab 中&<>\"'\n\r]"), max_size=8)


@st.composite
def elements(draw: st.DrawFn) -> str:
    """A `tu` as any XML writer may put it: quotes, references, CDATA, comments, gaps."""

    def attributes() -> str:
        pairs = draw(st.dictionaries(name, value, max_size=2)).items()
        quote = draw(st.sampled_from("\"'"))
        written = (
            v.replace("&", "&amp;").replace("<", "&lt;").replace(quote, "&#34;") for _, v in pairs
        )
        gap = draw(st.sampled_from([" ", "\n", "  "]))
        return "".join(
            f"{gap}{k}={quote}{v}{quote}" for (k, _), v in zip(pairs, written, strict=True)
        )

    def content() -> str:
        raw = draw(text)
        if draw(st.booleans()):
            return raw.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        if draw(st.booleans()):
            return f"<![CDATA[{raw.replace(']', '')}]]>"
        return draw(
            st.sampled_from(["<!-- </tu> -->", "&#20013;", "<ph>c</ph>", "<hi>h</hi>", "&quot;"])
        )

    def fact() -> str:
        tag = draw(st.sampled_from(["prop", "note"]))
        return f"<{tag}{attributes()}>{content()}</{tag}>"

    def variant() -> str:
        facts = "".join(fact() for _ in range(draw(st.integers(0, 1))))
        seg = draw(
            st.sampled_from(["<seg/>", f"<seg>{content()}</seg>", f"<seg>{content()}</seg >"])
        )
        return f"<tuv{attributes()}>{facts}{seg}</tuv>"

    facts = "\n".join(fact() for _ in range(draw(st.integers(0, 2))))
    variants = "\n ".join(variant() for _ in range(draw(st.integers(1, 3))))
    return f"<tu{attributes()}>{facts}{variants}</tu>"


@given(elements())
def test_patterns_read_what_a_parser_reads(element: str) -> None:
    match = PLAIN.fullmatch(element)
    parts = parts_of_plain(match) if match else None
    if parts is not None:
        assert parts == parts_of_any(parse_unit(element, ""))
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder), body(element))
        _, units = open_tmx(path)
        assert [unit.markup for unit in units] == [element]


@pytest.mark.parametrize("name", [":creationtool", "x:creationtool", "a:b:creationtool"])
def test_names_with_a_prefix_that_means_nothing(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, FOREIGN.replace("creationtool", name, 1))
    with pytest.raises(FormatError, match="line 3: not well-formed"):
        list(read_tmx(path))


@given(st.binary(max_size=60), st.integers(0, len(FOREIGN.encode())), st.integers(0, 40))
@example(b":", 64, 0)
def test_damaged_files_are_read_or_refused(rubbish: bytes, at: int, length: int) -> None:
    content = FOREIGN.encode()
    damaged = content[:at] + rubbish + content[at + length :]
    with tempfile.TemporaryDirectory() as folder:
        try:
            list(read_tmx(write(Path(folder), damaged)))
        except FormatError:
            return
    # What our reader takes, an XML parser takes as well.
    from lxml import etree

    parser: Any = etree.XMLParser(resolve_entities=False, huge_tree=True)
    etree.parse(io.BytesIO(damaged), parser)


@pytest.mark.parametrize("gap", ["<!-- a -- b -->", "<!-- a --->", "<? x?>", "<![CDATA[ ]]>"])
def test_what_stands_between_units_is_checked(tmp_path: Path, gap: str) -> None:
    path = write(tmp_path, body(PAIR + gap + PAIR))
    if "CDATA" in gap:
        assert len(list(read_tmx(path))) == 2
    else:
        with pytest.raises(FormatError, match="line 4: not well-formed"):
            list(read_tmx(path))
