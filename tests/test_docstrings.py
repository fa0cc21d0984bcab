"""Docstrings of public functions name each error that the function itself raises."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import aligner.layout
import aligner.reading
from notes import ROOT

PACKAGE = ROOT / "src/aligner"
# What these commands raise becomes a line on the terminal; their docstrings are help texts.
HELP = PACKAGE / "cli"
# Of these rooms the names count that they export: what is inside of them is their own affair.
CLOSED = {"reading": aligner.reading.__all__, "layout": aligner.layout.__all__}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Nested = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def raised(node: ast.AST) -> Iterator[str]:
    """The errors that leave a function by its own `raise X`, nested functions aside."""
    if isinstance(node, ast.Try):
        caught = {
            name.id
            for handler in node.handlers
            for name in ast.walk(handler.type or ast.Name("Exception"))
            if isinstance(name, ast.Name)
        }
        yield from (error for part in node.body for error in raised(part) if error not in caught)
        for rest in (*node.handlers, *node.orelse, *node.finalbody):
            yield from raised(rest)
        return
    if isinstance(node, ast.Raise):
        error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        if isinstance(error, ast.Name) and error.id[0].isupper():
            yield error.id
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Nested):
            yield from raised(child)


def public(
    body: list[ast.stmt], prefix: str = "", said: str = ""
) -> Iterator[tuple[str, Function, str]]:
    """The public functions and methods of a module, with their names and docstrings.

    Those of their class and module count, too.
    """
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public(node.body, f"{node.name}.", said + (ast.get_docstring(node) or ""))
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield prefix + node.name, node, said + (ast.get_docstring(node) or "")


def missing(source: str) -> list[str]:
    """The errors that docstrings lack: `function: error`."""
    tree = ast.parse(source)
    return [
        f"{name}: {error}"
        for name, node, said in public(tree.body, said=ast.get_docstring(tree) or "")
        for error in sorted({e for part in node.body for e in raised(part)})
        if error not in said
    ]


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if not path.is_relative_to(HELP))


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_errors_are_named(path: Path) -> None:
    exported = CLOSED.get(path.relative_to(PACKAGE).parts[0])
    found = missing(path.read_text("utf-8"))
    if exported is not None:
        found = [each for each in found if each.split(":")[0].split(".")[0] in exported]
    assert not found


def test_what_is_missed() -> None:
    source = '''
def bad(a):
    """Do it; raises OSError."""
    try:
        raise ValueError(a)
    except ValueError as exc:
        raise TypeError(a) from exc

class Good:
    """Raises KeyError."""
    def get(self):
        """Get it."""
        raise KeyError

def _hidden():
    raise OSError
'''
    assert missing(source) == ["bad: TypeError"]
