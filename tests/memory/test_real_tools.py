"""A real CAT tool takes our memories, and we take its."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from aligner import align_note, read_tmx, save_alignment
from aligner.languages import script_share
from aligner.memory import open_tmx, write_tmx
from aligner.memory.tmx.validate import Level, validate_tmx
from aligner.vectors import Encoder
from notes import NOTES, squeeze

pytestmark = pytest.mark.slow

PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
  <source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
  <tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
  <glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
  <source_lang>ZH-CN</source_lang><target_lang>EN-US</target_lang>
  <sentence_seg>true</sentence_seg>
  <support_default_translations>true</support_default_translations>
  <remove_tags>false</remove_tags>
</project></omegat>
"""


def translate(project: Path) -> str:
    """What OmegaT makes of `source/note.txt`."""
    omegat = shutil.which("omegat")
    if omegat is None:
        pytest.skip("OmegaT is not installed: apt-get install omegat")
    (project / "omegat.project").write_text(PROJECT)
    for folder in ("target", "omegat", "glossary", "dictionary"):
        (project / folder).mkdir()
    command = [omegat, str(project), "--mode=console-translate", "--no-team"]
    settings = f"--config-dir={project.parent / 'settings'}"
    done = subprocess.run([*command, settings], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return (project / "target/note.txt").read_text("utf-8")


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_omegat_fills_the_chinese_note_wholly(note: Path, tmp_path: Path, encoder: Encoder) -> None:
    alignment = align_note(note, encoder=encoder)
    project = tmp_path / "project"
    for folder in ("source", "tm/auto"):
        (project / folder).mkdir(parents=True)
    save_alignment(alignment, project / "tm/auto/note.tmx", "tmx")
    paragraphs = groupby(alignment.source, key=lambda sentence: sentence.paragraph)
    text = "\n\n".join("".join(sentence.text for sentence in group) for _, group in paragraphs)
    (project / "source/note.txt").write_text(text + "\n", "utf-8")

    filled = translate(project)

    # Sentences without a counterpart stay Chinese; nothing else does.
    assert not [bead for bead in alignment.nulls if bead.source]
    assert script_share(filled, "zh") == 0
    wanted = [alignment.target_text(bead) for bead in alignment.pairs]
    missing = [sentence for sentence in wanted if squeeze(sentence) not in squeeze(filled)]
    assert missing == []

    # What OmegaT exports of it, in three flavours of TMX, is read and kept to the letter.
    for path in project.glob("project-*.tmx"):
        units = list(read_tmx(path))
        assert {squeeze(unit.target) for unit in units} == {squeeze(text) for text in wanted}
        head, units_again = open_tmx(path)
        write_tmx(units_again, tmp_path / "again.tmx", head)
        kept, given = ((p.read_text("utf-8")) for p in (tmp_path / "again.tmx", path))
        # But for the comment after the last unit.
        given = re.sub(r"<!--[^<]*-->\s*(?=</body>)", "", given)
        assert re.sub(r"\s+", " ", kept) == re.sub(r"\s+", " ", given)


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_our_memories_are_without_fault(note: Path, tmp_path: Path, encoder: Encoder) -> None:
    save_alignment(align_note(note, encoder=encoder), tmp_path / "x.tmx", "tmx")
    assert list(validate_tmx(tmp_path / "x.tmx")) == []


def toolkit() -> Any:
    """Its class of TMX files."""
    return import_module("translate.storage.tmx").tmxfile


@pytest.mark.parametrize("note", NOTES, ids=lambda note: note.stem)
def test_translate_toolkit_reads_our_memories(note: Path, tmp_path: Path, encoder: Encoder) -> None:
    save_alignment(align_note(note, encoder=encoder), tmp_path / "x.tmx", "tmx")
    store = toolkit().parsefile(str(tmp_path / "x.tmx"))
    theirs = [(unit.source, unit.target) for unit in store.units]
    assert theirs == [(unit.source, unit.target) for unit in read_tmx(tmp_path / "x.tmx")]
    assert len(theirs) > 10


def test_we_read_what_translate_toolkit_writes(tmp_path: Path) -> None:
    store = toolkit()()
    store.addtranslation("甲 & <乙>", "zh-CN", "A & <B>", "en-US", comment="why")
    store.savefile(str(tmp_path / "x.tmx"))
    (unit,) = read_tmx(tmp_path / "x.tmx")
    assert (unit.source, unit.target) == ("甲 & <乙>", "A & <B>")
    assert (unit.target_lang, unit.note) == ("en-US", "why")
    assert [f for f in validate_tmx(tmp_path / "x.tmx") if f.level is Level.ERROR] == []
