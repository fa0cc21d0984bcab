"""Files of one sentence a line: any length, blank lines, encodings, in parts as in one piece."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner import Alignment, Settings, align_note, align_segmented
from aligner.align import Aligner
from aligner.align import streaming as parts_module
from aligner.errors import LanguageError, ReadError
from aligner.memory import save_alignment, save_parts
from aligner.reading import LineFile
from aligner.reading.documents import read_document
from aligner.types import join_parts
from aligner.vectors import Encoder
from notes import NOTES


def write(folder: Path, alignment: Alignment, copies: int) -> tuple[Path, Path]:
    """The sentences of a note, several times, with blank lines among them."""
    paths = folder / "text.zh", folder / "text.en"
    for path, side in zip(paths, (alignment.source, alignment.target), strict=True):
        lines = [f"{sentence.text}\n" + "\n" * (k % 7 == 3) for k, sentence in enumerate(side)]
        path.write_text("\n" + "".join(lines) * copies, "utf-8")
    return paths


@pytest.mark.parametrize("form", ["tmx", "tsv", "jsonl", "beads", "html", "xliff"])
def test_parts_make_the_same_file_as_the_whole(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    paths = write(tmp_path, align_note(NOTES[0], encoder=encoder), 4)
    whole = align_segmented(*paths, encoder=encoder)
    monkeypatch.setattr(parts_module, "_PART", 10)
    parts = list(Aligner(encoder=encoder).stream(*paths))
    assert len(parts) > 4
    assert all(len(part.alignment.beads) < 30 for part in parts)
    assert join_parts(parts) == whole
    for side, texts in enumerate((whole.source, whole.target)):
        numbers = [k for bead in whole.beads for k in (bead.source, bead.target)[side]]
        assert sorted(numbers) == list(range(len(texts)))
        lines = paths[side].read_text("utf-8").split("\n")[:-1]
        assert [sentence.text for sentence in texts] == lines
        text = "\n".join(lines)
        assert all(text[s.span.start : s.span.end] == s.text for s in texts)
    save_alignment(whole, tmp_path / f"whole.{form}", form)
    save_parts(iter(parts), tmp_path / f"parts.{form}", form)
    one, other = ((tmp_path / f"{name}.{form}").read_bytes() for name in ("whole", "parts"))
    assert one.replace(b"whole", b"parts") == other


plain = st.lists(st.text(st.sampled_from("ab 中\t\u2028\x07é"), max_size=6), max_size=8)


@given(
    plain, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_lines_are_those_of_the_file(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, encoding: str
) -> None:
    path = tmp_path_factory.mktemp("lines") / "x.txt"
    if encoding == "utf-16" or end == "\r":  # read as a document
        lines = [line.replace("\u2028", "").replace("\x07", "") for line in lines]
    text = end.join([*lines, "last 行"])
    path.write_bytes(text.encode(encoding))
    file = LineFile(path)
    assert len(file) == len(lines) + 1
    assert [line.text.split() for line in file[:]] == [
        line.replace("\x07", " ").split() for line in [*lines, "last 行"]
    ]
    assert list(file.full) == [bool(line.replace("\x07", " ").strip()) for line in [*lines, "x"]]
    starts = [line.start for line in file[:]]
    joined = "\n".join(line.text for line in file[:])
    assert all(
        joined[start : start + len(line.text)] == line.text
        for start, line in zip(starts, file[:], strict=True)
    )
    assert file[-1] == file[len(file) - 1]
    assert file[len(file) :] == []


def test_files_that_are_no_lines(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    for content, problem in ((None, "no such file"), (b"", "empty"), (b"\n \n", "empty")):
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(ReadError, match=problem):
            LineFile(path)
    with pytest.raises(ReadError, match="folder"):
        LineFile(tmp_path)
    path.write_bytes("中文\n".encode("gb18030") * 50)
    assert [line.text for line in LineFile(path)[:2]] == ["中文", "中文"]
    assert read_document(path).text.startswith("中文")


def test_a_file_that_changes_while_its_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("one\ntwo\n")
    file = LineFile(path)
    path.write_text("one\n")
    with pytest.raises(ReadError, match="changed while it was read"):
        file.read([1])
    path.unlink()
    with pytest.raises(ReadError, match="can't be read any more"):
        file.read([0])


def test_a_line_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from aligner.reading import lines

    monkeypatch.setattr(lines, "MAX_DOCUMENT", 1000)
    path = tmp_path / "x.txt"
    path.write_text("good\n" + "x" * 2000)
    with pytest.raises(ReadError, match="a line of 0 MiB; split it first"):
        LineFile(path)


def test_files_in_the_wrong_order_or_the_same_language(tmp_path: Path, encoder: Encoder) -> None:
    source, target = write(tmp_path, align_note(NOTES[0], encoder=encoder), 1)
    with pytest.raises(LanguageError, match=r"text\.zh is in Chinese: give them the other"):
        next(Aligner(encoder=encoder).stream(target, source))
    with pytest.raises(LanguageError, match="give one file in each language"):
        next(Aligner(encoder=encoder).stream(target, target))
    turned = Settings("en", "zh")
    assert next(Aligner(turned, encoder).stream(target, source)).alignment.source_lang == "en-GB"


def test_what_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"%PDF-1.4\n" + b"text\n" * 20)
    with pytest.raises(ReadError, match="this is a PDF file"):
        LineFile(path)
