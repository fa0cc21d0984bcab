"""JSON lines: an alignment comes back whole, and a broken file is told where it breaks."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import aligner
from aligner.document import Span
from aligner.errors import FormatError, ReadError
from aligner.memory.jsonl import jsonl_chunks, read_jsonl
from aligner.metadata import NoteInfo
from aligner.types import Alignment, Bead, LeftOut, Paragraph, Part, Piece, Role, Sentence
from aligner.vectors import Encoder
from notes import NOTES

texts = st.text(st.characters(exclude_categories=["Cs"]))
counts = st.integers(0, 10**6)
shares = st.floats(0, 1)
spans = st.tuples(counts, counts).map(lambda p: Span(*sorted(p)))
sentences = st.builds(Sentence, texts, texts, spans, counts, counts, st.sampled_from(Role))


@st.composite
def left_outs(draw: st.DrawFn) -> LeftOut:
    text = draw(texts.filter(bool))
    inner = draw(st.sets(st.integers(0, len(text) - 1), max_size=4))
    pieces = tuple(Piece(at, draw(counts)) for at in sorted({0, *inner}))
    role = draw(st.sampled_from(Role))
    return LeftOut(Paragraph(text, pieces, draw(texts), draw(counts), draw(counts), role), text)


@st.composite
def alignments(draw: st.DrawFn) -> Alignment:
    """Beads of any sizes over both sides; targets in any order."""
    sizes = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(any)
    types = draw(st.lists(sizes, max_size=6))
    order = draw(st.permutations(range(len(types))))
    starts, j = {}, 0
    for place in order:
        starts[place], j = j, j + types[place][1]
    beads, i = [], 0
    for place, (m, n) in enumerate(types):
        target = tuple(range(starts[place], starts[place] + n))
        moved, checked = draw(st.booleans()), draw(st.booleans())
        beads.append(Bead(tuple(range(i, i + m)), target, draw(shares), moved, checked))
        i += m
    return Alignment(
        tuple(draw(sentences) for _ in range(i)),
        tuple(draw(sentences) for _ in range(j)),
        tuple(beads),
        draw(texts),
        draw(texts),
        draw(texts),
        draw(texts),
        tuple(draw(st.lists(left_outs(), max_size=3))),
        NoteInfo(
            *(draw(texts), draw(texts), draw(texts), draw(texts)),
            *(draw(texts), draw(texts), draw(texts), draw(texts)),
            (("title", draw(texts)),),
        ),
    )


@given(alignments())
def test_round_trip(written: Alignment) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        aligner.save_alignment(written, path, "jsonl")
        assert aligner.read_jsonl(path) == written


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_notes_come_back(note: Path, encoder: Encoder, tmp_path: Path) -> None:
    alignment = aligner.align_note(note, encoder=encoder)
    aligner.save_alignment(alignment, tmp_path / "x.jsonl", "jsonl")
    assert read_jsonl(tmp_path / "x.jsonl") == alignment


def example() -> Alignment:
    source = tuple(Sentence(t, "zh", Span(k, k + 1), 1, 1) for k, t in enumerate("甲乙丙"))
    target = tuple(Sentence(t, "en", Span(k, k + 1), 1, 1) for k, t in enumerate("ABC"))
    beads = (Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.4), Bead((2,), (2,), 0.8))
    paragraph = Paragraph("Tel. 1", (Piece(0, 9),), "en", 3, 1, Role.CONTACT)
    return Alignment(source, target, beads, "zh-CN", "en-US", left_out=(LeftOut(paragraph, "a"),))


def test_without_uncertain_pairs_the_rest_is_numbered_anew(tmp_path: Path) -> None:
    aligner.save_alignment(example(), tmp_path / "x.jsonl", "jsonl", min_confidence=0.5)
    back = read_jsonl(tmp_path / "x.jsonl")
    assert [s.text for s in back.source] == ["甲", "丙"]
    assert back.beads == (Bead((0,), (0,), 0.9), Bead((1,), (1,), 0.8))


def test_unknown_members_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    rows = [{**json.loads(line), "new": [1]} for line in jsonl_chunks([Part(example())])]
    content = "\ufeff" + "\r\n\r\n".join(map(json.dumps, rows))
    (tmp_path / "x.jsonl").write_text(content, "utf-8", newline="")
    assert read_jsonl(tmp_path / "x.jsonl") == example()


def changed(line: int, *path: Any, value: Any = None) -> str:
    """The example's lines with one member set, or without it."""
    rows = [json.loads(text) for text in jsonl_chunks([Part(example())])]
    at = rows[line - 1]
    for step in path[:-1]:
        at = at[step]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return "".join(json.dumps(row) + "\n" for row in rows)


LINES = list(jsonl_chunks([Part(example())]))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "the file is empty"),
        ("not json\n", "line 1: invalid JSON"),
        ("[1]\n", "line 1: not a JSON object"),
        ("[" * 100_000, "line 1: "),
        ("1" * 5000, "line 1: "),
        (LINES[0] + "null\n", "line 2: not a JSON object"),
        (LINES[1], "line 1: .*document"),
        (LINES[0] * 2, "line 2: .*document"),
        (LINES[0] + LINES[1] * 2, "line 3: a repeated number in source"),
        (changed(1, "format"), "line 1: .*align again"),
        (changed(1, "format", value=99), "line 1: .*update"),
        (changed(1, "date", value=1), "line 1: date must be text"),
        (changed(2, "type", value="odd"), "line 2: type odd"),
        (changed(2, "source"), "line 2: source is missing"),
        (changed(2, "source", value={}), "line 2: source must be a list"),
        (changed(2, "source", value=[7]), "line 2: not a JSON object"),
        (changed(2, "confidence", value="1"), "line 2: confidence"),
        (changed(2, "confidence", value=10**400), "line 2: confidence"),
        (changed(2, "confidence", value=float("nan")), "line 2: confidence"),
        (changed(2, "moved", value=1), "line 2: moved must be true or false"),
        (changed(3, "target", 0, "number", value=True), "line 3: number must be"),
        (changed(3, "target", 0, "number", value=-1), "line 3: number is negative"),
        (changed(3, "target", 0, "text", value="\ud800"), "line 3: text contains half"),
        (changed(3, "target", 0, "role", value="king"), "line 3: .*king"),
        (changed(3, "target", 0, "span", value=[5, 4]), "line 3: a span ends"),
        (changed(3, "target", 0, "span", value=[5]), "line 3: span must be two numbers"),
        (changed(5, "pieces", value=[[1, 1]]), "line 5: pieces must begin"),
        (changed(5, "pieces", value=[[0, 1], [9, 12]]), "line 5: pieces must begin"),
        (changed(5, "pieces", value=[7]), "line 5: pieces must be two numbers"),
    ],
)
def test_broken_and_hostile_files(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(content, "utf-8")
    with pytest.raises(FormatError, match=f"x.jsonl: {told}"):
        read_jsonl(path)


def test_files_that_are_no_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(FormatError, match="UTF-8"):
        read_jsonl(tmp_path / "x.jsonl")
    with pytest.raises(ReadError):
        read_jsonl(tmp_path / "none.jsonl")
    with pytest.raises(ReadError):
        read_jsonl(tmp_path)
