"""The commands and examples of docs/search.md, run as they stand."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from aligner.cli import main
from notes import NOTES, ROOT

pytestmark = pytest.mark.slow

PAGE = (ROOT / "docs/search.md").read_text("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("search")
    for note, name in zip(NOTES, ("other.tmx", "note.tmx"), strict=True):
        shutil.copy(note, place)
        assert main(["align", str(note), "-q", "-o", str(place / name)]) == 0
    text = (place / "note.tmx").read_text("utf-8")
    assert "widely publicized" in text
    corrected = text.replace("widely publicized", "widely made known")
    (place / "corrected.tmx").write_text(corrected, "utf-8")
    return place


def runs() -> list[tuple[str, str]]:
    """Commands with the output shown."""
    shown = []
    for block in re.findall(r"```console\n(.*?)```", PAGE, re.S):
        for run in re.split(r"^\$ ", block, flags=re.M)[1:]:
            command, _, output = run.partition("\n")
            shown.append((command, output))
    return shown


def test_the_page_shows_what_the_commands_print(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert len(runs()) > 8
    for command, output in runs():
        capsys.readouterr()
        assert main(shlex.split(command)[1:]) == 0, command
        printed = "".join(capsys.readouterr())
        wanted = ".*".join(map(re.escape, output.strip().split("...")))
        assert re.search(wanted, printed, re.S), f"{command}\n{printed}"
    (example,) = re.findall(r"```python\n(.*?)```", PAGE, re.S)
    names: dict[str, object] = {}
    exec(example, names)  # noqa: S102
    assert names["best"]
