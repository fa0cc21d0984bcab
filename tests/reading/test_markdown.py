"""Markdown as real sites write it: structure, and no mark in the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.document import BlockKind
from aligner.errors import ReadError
from aligner.reading import read_document
from aligner.reading.extract import TextBlock
from aligner.reading.markdown import extract


def read(text: str) -> tuple[TextBlock, ...]:
    return extract(text.encode(), "x.md").blocks


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("**标题：**内容", "标题：内容"),
        ("他说**“同意”**。然后*离开*了", "他说“同意”。然后离开了"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("中文 * 英文 * 日文", "中文 * 英文 * 日文"),
        ("~~old~~ new", "old new"),
        ("one\\\ntwo", "one\ntwo"),
        ("- [ ] to do\n- [x] done", "to do | done"),
        ("> [!NOTE]\n> Mind this.", "Mind this."),
        ("# Title {#title .big}", "Title"),
        ("Text\n{: .lead}", "Text"),
        ("Text {{< ref a.md >}}goes on{% if x %}.", "Text goes on."),
        ("{{< figure\n src=a.png >}}\n\nText.", "Text."),
        ("A set {a} and {{ b }}.", "A set {a} and {{ b }}."),
        ("::: tip 提示\n内容一。\n:::\n\n内容二。", "提示 | 内容一。 | 内容二。"),
        (":::warning\nMind.\n:::", "Mind."),
        ("::: {.note}\nMind.\n:::\n", "Mind."),
        ('Before.\n\n!!! note "A title"\n\n    First.\n\n    Second.\n\nAfter.',
         "Before. | A title | First. | Second. | After."),
        ("!!! note(注意)\n\n    Mind.", "注意 | Mind."),
        ("This is a header.\n这是一个 widget 的头文件。\nAnd\nmore.",
         "This is a header.\n这是一个 widget 的头文件。\nAnd more."),
        ("这是一个\n头文件。", "这是一个头文件。"),
        ("对于在\nTiktok\n平台发布的信息", "对于在 Tiktok 平台发布的信息"),
        ("!!! danger\n    Mind.\nAfter.", "Mind. | After."),
        ("Really!!! note", "Really!!! note"),
        ("Term\n: What it means.", "Term | What it means."),
        ("{% raw %}\nx\n{% endraw %} and more.", "x and more."),
        ("甲 <!-- unseen -->乙", "甲 乙"),
        ("<div align=center>\n\n中文\n\n</div>", "中文"),
        ("See [^x] and [a](b.md).", "See [^x] and a."),
    ],
)  # fmt: skip
def test_what_is_read(text: str, wanted: str) -> None:
    assert " | ".join(block.text for block in read(text)) == wanted


def test_front_matter_in_toml() -> None:
    found = extract(b'+++\ntitle = "A law"\ntags = ["x"]\ndate = 2021-03-30\n+++\nText.', "x.md")
    assert (found.metadata.title, found.metadata.date) == ("A law", "2021-03-30")
    assert [block.text for block in found.blocks] == ["Text."]
    assert [block.text for block in read("+++\n\nText.\n\n+++")] == ["+++", "Text.", "+++"]


def test_notes() -> None:
    text = "Law.[^1] It holds.[^long]\n\n[^1]: One\n  line.\n[^long]: Two.\n\n    More.\n\nAfter."
    assert [(block.kind.value, block.text) for block in read(text)] == [
        ("paragraph", "Law. It holds."),
        ("note", "One line."),
        ("note", "Two."),
        ("note", "More."),
        ("paragraph", "After."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "```\nx = 1\n```",
        "    x = 1",
        "{% highlight python %}\nx = 1\n\n\n{% endhighlight %}",
        "```\n::: tip\n[^1]: x\n```",
        "import Tabs from '@theme/Tabs';",
    ],
)
def test_code(text: str) -> None:
    code, after = read(f"{text}\n\nText.")
    assert (code.kind, after.kind) == (BlockKind.CODE, BlockKind.PARAGRAPH)


def test_a_sentence_that_begins_with_import() -> None:
    text = "import duties rose from 2% to 4%"
    assert [block.kind for block in read(text)] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize("mark", [">", "- ", "[^1]: ", ": "])
def test_depth(mark: str, tmp_path: Path) -> None:
    assert read(mark * 20 + "Deep.")[-1].text == "Deep."
    (tmp_path / "x.md").write_text(mark * 5000 + "Lost?")
    with pytest.raises(ReadError, match="nested too deeply"):
        read_document(tmp_path / "x.md")


def test_kinds() -> None:
    text = "# H\n\n- i\n\n> q\n\n| a | b |\n| - | - |\n| c | d |\n"
    assert [block.kind.value for block in read(text)] == [
        *("heading", "list item", "quotation", *["table cell"] * 4),
    ]
