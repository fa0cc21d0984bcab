"""Sound files of every format, small, to be damaged."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from aligner.document import Span
from aligner.memory import save_alignment, save_units
from aligner.types import Alignment, Bead, LeftOut, Paragraph, Piece, Sentence
from aligner.types import TranslationUnit as Unit
from documents import FORMATS, rows
from notes import GOLD, NOTES, ROOT

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5")
_PAIRS = (
    (
        "中国高度重视儿童权利保护。",
        "China attaches great importance to the protection of children.",
    ),
    (
        "2021年3月30日，《规定》施行。",
        "On 30 March 2021 the “Provisions” (No. 4) entered into force.",
    ),
    ("一、网络欺凌", "I. Cyberbullying"),
    ("谢谢。", "Thank you & goodbye <end>."),
)
TEXTS = tuple("".join(f"{pair[side]}\n" for pair in _PAIRS) for side in (0, 1))
SAMPLES = ROOT / "tests/samples/formats"
_LANGUAGES = ("zh-CN", "en-US")


def seeds(name: str) -> tuple[bytes, ...]:
    """Sound files of a format."""
    return _SEEDS[name]()


def _texts() -> tuple[bytes, ...]:
    note = NOTES[1].read_text("utf-8")
    short = f"第5/2021号\n\n{TEXTS[0]}\f\n{TEXTS[1]}"
    plain = [short, note.replace("—", "-")]
    found = [text.encode(e, "ignore") for text, e in product(plain, ENCODINGS)]
    return (*found, "Broken pro-\ntection.\n\n\u200b\n\n儿 童 权 利。".encode())


def _document(form: str) -> Callable[[], tuple[bytes, ...]]:
    def make() -> tuple[bytes, ...]:
        contents = [rows(NOTES[1], order) for order in ("by paragraph", "two columns")]
        made = [FORMATS[form](head[:3], body[:4]) for head, body in contents]
        return (*made, *_EXTRA.get(form, ()))

    return make


def _sample(*endings: str) -> Callable[[], tuple[bytes, ...]]:
    """Small files that real programs wrote."""
    paths = [path for ending in endings for path in sorted(SAMPLES.glob(f"*.{ending}"))]
    return lambda: tuple(path.read_bytes() for path in paths)


_EXTRA = {
    "html": (
        '<?xml version="1.0" encoding="gb2312"?><html><meta charset="gb2312"><p>中国。<p>China.'
        '<main><sup><a href="#1">1</a></sup></main><pre> a\n b</pre>'.encode("gb18030"),
        '<html><meta charset="big5"><table><tr><td>中國。<td>China.</table>'.encode("big5"),
    ),
    "md": (
        "---\ntitle: x\n---\n# 标题\n\n> 引文\n\n1. a\n   - b\n\n`c` [d](e)\n<p>f</p>\n".encode(),
    ),
}


def _pictures() -> tuple[bytes, ...]:
    from PIL import Image, ImageDraw

    picture = Image.new("L", (220, 40), 255)
    ImageDraw.Draw(picture).text((5, 5), "Human rights. 2021", fill=0, font_size=20)
    made = []
    for form in ("PNG", "JPEG", "TIFF"):
        buffer = BytesIO()
        picture.save(buffer, form)
        made.append(buffer.getvalue())
    return tuple(made)


def _units() -> list[Unit]:
    facts = (("x-confidence", "0.873"), ("x-bead", "1-1"), ("x-document", "note.txt"))
    created = "20210330T000000Z"
    return [Unit(*pair, *_LANGUAGES, f"{k:x}", created, facts) for k, pair in enumerate(_PAIRS)]


def _alignment() -> Alignment:
    sides: list[tuple[Sentence, ...]] = []
    for side, language in enumerate(("zh", "en")):
        at, made = 0, []
        for number, pair in enumerate(_PAIRS, start=1):
            made.append(Sentence(pair[side], language, Span(at, at + len(pair[side])), number, 1))
            at += len(pair[side]) + 1
        sides.append(tuple(made))
    beads = (Bead((0,), (0, 1), 0.9), Bead((1, 2), (2,), 0.5), Bead((3,), ()), Bead((), (3,)))
    left = LeftOut(Paragraph("- 1 -", (Piece(0, 500),), "en", 9, 1), "page number")
    source, target = sides
    return Alignment(source, target, beads, *_LANGUAGES, "USE", "note.txt", (left,), remarks=("x",))


def _memory(form: str) -> Callable[[], tuple[bytes, ...]]:
    def make() -> tuple[bytes, ...]:
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"m.{form}"
            if form in ("jsonl", "beads"):
                save_alignment(_alignment(), path, form)
            else:
                save_units(_units(), path, form.removesuffix(".gz"))
            if form == "parquet":
                return path.read_bytes(), _plain_parquet(path)
            return (path.read_bytes(), *(_TMX if form == "tmx" else ()))

    return make


def _plain_parquet(path: Path) -> bytes:
    """A table in which the texts stand as they are, many rows of them."""
    import pyarrow as pa
    from pyarrow import parquet

    table = pa.concat_tables([parquet.read_table(path)] * 100)
    buffer = BytesIO()
    parquet.write_table(table, buffer, compression="none", use_dictionary=False, row_group_size=90)
    return buffer.getvalue()


_TMX = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4" '
    'xmlns:a="b"><header srclang="en" segtype="sentence" adminlang="en" datatype="x" o-tmf="x" '
    'creationtool="x" creationtoolversion="1"><prop type="x">y</prop></header><body>\n'
    '<!-- c --><tu tuid="1" a:d="e"><note>n</note><tuv xml:lang="en"><seg>One <bpt i="1">&lt;b&gt;'
    '</bpt>two<ept i="1"/> <ph><sub>three</sub></ph></seg></tuv><tuv xml:lang="zh"><seg>一<hi>'
    "二</hi></seg></tuv></tu></body></tmx>\n".encode(),
    '<tmx version="1.1"><header srclang="*all*"/><body><tu><tuv lang="EN"><seg>a</seg></tuv>'
    '<tuv lang="ZH"><seg>甲</seg></tuv></tu></body></tmx>'.encode("utf-16"),
)


_CUES = (
    "1\n00:00:01,000 --> 00:00:03,500\n<i>闸门</i>\n{\\an8}The gates.\n\n2\n00:00:04,000 --> "
    "00:00:05,000\n大坝。\n",
    "WEBVTT\n\nNOTE x\n\na\n00:01.000 --> 00:03.500 align:start\n"
    "<v Li>A <c.red>dam</c> &amp; more.\n",
)


def _gold() -> tuple[bytes, ...]:
    """The gold of a note, whose document is found wherever the file lies."""
    made = []
    for note in NOTES:
        first, *rest = (GOLD / f"{note.stem}.jsonl").read_text("utf-8").splitlines(keepends=True)
        header = json.loads(first) | {"document": str(note)}
        made.append("".join([json.dumps(header) + "\n", *rest]).encode())
    return tuple(made)


_SEEDS: dict[str, Callable[[], tuple[bytes, ...]]] = {
    "txt": _texts,
    "lines": lambda: tuple(text.encode(e) for text in TEXTS for e in ("utf-8", "utf-16")),
    **{form: _document(form) for form in ("pdf", "docx", "html", "md")},
    **{form: _sample(form) for form in ("odt", "rtf", "doc", "epub", "pptx", "xml")},
    "sheet": _sample("xlsx"),
    "csv": _sample("csv"),
    "srt": lambda: tuple(cues.encode() for cues in _CUES),
    "picture": _pictures,
    **{
        form: _memory(form)
        for form in ("tmx", "tmx.gz", "tsv", "jsonl", "xliff", "xlsx", "parquet", "beads")
    },
    "moses": lambda: (TEXTS[0].encode(),),
    "gold": _gold,
}
