"""The rooms import in one direction only, and the light parts stay light."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

from notes import NOTES, ROOT

PACKAGE = ROOT / "src/aligner"
# Each room may import from those in lists before its own, and from itself.
LAYERS = [
    ["numerals"],
    ["byte_order", "confidence", "dates", "json_text", "printable", "scripts", "spacing"],
    ["errors", "kinds", "spelling"],
    ["metadata"],
    ["document"],
    ["types", "folders", "languages", "numbers", "threads", "vectors", "bounds", "isolation"],
    ["apart", "identify", "progress", "vocabulary"],
    ["reading", "layout", "splitting", "embedding", "matching"],
    ["align"],
    ["memory"],
    ["evaluation"],
    ["batch", "review"],
    ["cli"],
]
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{a.name}" for a in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        rooms |= {n.split(".")[1] for n in names if n.startswith("aligner.")}
    return rooms & LEVEL.keys()


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_imports_go_one_way(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room in ("__init__", "__main__", "_version"):
        return
    for other in imported_rooms(path) - {room}:
        assert LEVEL[other] < LEVEL[room], f"{room} imports {other}"


def test_only_the_command_line_prints() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] not in ("cli", "__main__.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                assert not (isinstance(called, ast.Name) and called.id in ("print", "exit")), path


def modules_after(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


HEAVY = {"torch", "transformers", "sentence_transformers", "scipy", "sklearn"}


def test_importing_the_package_loads_nothing_heavy() -> None:
    loaded = modules_after("import aligner")
    assert not loaded & (HEAVY | {"numpy", "typer", "jieba", "lxml"})


def test_help_loads_nothing_heavy() -> None:
    loaded = modules_after("from aligner.cli import main; main(['--help'])")
    assert not loaded & (HEAVY | {"numpy", "jieba", "lxml", "sentencepiece"})


def test_the_default_run_never_imports_torch(tmp_path: Path) -> None:
    call = f"main(['align', {str(NOTES[0])!r}, '-q', '-o', {str(tmp_path / 'x.tmx')!r}])"
    loaded = modules_after(f"from aligner.cli import main; {call}")
    assert not loaded & (HEAVY | {"jieba"})
    assert "sentencepiece" in loaded


PUBLIC = """
Aligner AlignerError Alignment Bead PlainEncoder Sentence Settings Span TranslationUnit align_note
align_pair align_segmented align_sentences count_beads evaluate load_encoder read_jsonl read_tmx
save_alignment segment_note translation_units write_tmx
"""


def test_public_names() -> None:
    import aligner

    assert aligner.__all__ == sorted(PUBLIC.split())
    for name in aligner.__all__:
        thing = getattr(aligner, name)
        assert thing.__doc__, name
        if inspect.isfunction(thing):
            signature = inspect.signature(thing)
            assert signature.return_annotation is not inspect.Signature.empty
            for parameter in signature.parameters.values():
                assert parameter.annotation is not inspect.Parameter.empty, (name, parameter)
    with pytest.raises(AttributeError):
        _ = aligner.nothing
