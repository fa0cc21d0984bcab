"""Every command's help: an example, no type for switches, lines that break between sentences."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from aligner.cli import main
from aligner.cli.app import app

pytestmark = pytest.mark.slow


def commands(command: TyperCommand | TyperGroup, path: tuple[str, ...] = ()) -> Iterator[str]:
    yield " ".join(path)
    for name, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, (*path, name))


COMMANDS = tuple(commands(typer.main.get_command(app)))  # type: ignore[arg-type]


def found(path: str) -> TyperCommand:
    command = typer.main.get_command(app)
    for name in path.split():
        command = command.commands[name]  # type: ignore[attr-defined]
    return command  # type: ignore[return-value]


def test_all_commands_are_known() -> None:
    assert {"", "align", "tm", "tm search", "models info"} <= set(COMMANDS)


@pytest.mark.parametrize("path", COMMANDS)
def test_an_example_and_no_type_for_switches(
    path: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main([*path.split(), "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"Example: aligner {path}".rstrip() in shown
    assert "bool" not in shown
    assert "--help" in shown


@pytest.mark.parametrize("path", COMMANDS)
def test_lines_break_between_sentences(path: str) -> None:
    _, *paragraphs = inspect.cleandoc(found(path).help or "").split("\n\n")
    for paragraph in paragraphs:
        for line in paragraph.splitlines():
            assert line.endswith(".") or line.startswith("Example: ")
            assert len(line) <= 78


def test_options_have_the_same_words_everywhere() -> None:
    told = {
        getattr(parameter, "help", None)
        for path in COMMANDS
        for parameter in found(path).params
        if "--min-confidence" in parameter.opts
    }
    assert told == {"Leave out pairs below this confidence; 0 keeps all."}
    names = {option for path in COMMANDS for p in found(path).params for option in p.opts}
    assert "--min-match" in names
    assert "--least" not in names
