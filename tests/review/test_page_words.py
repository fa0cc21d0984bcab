"""The page says everything in both languages, and is all there in an installed package."""

from __future__ import annotations

import json
import re
import tomllib

import pytest

from aligner.review import operations
from notes import ROOT

pytestmark = pytest.mark.slow

PAGE = ROOT / "src/aligner/review/page"
WORDS = json.loads((PAGE / "words.json").read_text("utf-8"))
SCRIPTS = "\n".join(p.read_text("utf-8") for p in PAGE.glob("*.js"))
MARKUP = (PAGE / "index.html").read_text("utf-8")


def test_both_languages_have_all_words() -> None:
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, english in WORDS["en"].items():
        blanks = set(re.findall(r"\{\w+\}", english))
        assert blanks == set(re.findall(r"\{\w+\}", WORDS["zh"][key])), key


def test_every_word_that_the_page_asks_for_is_there() -> None:
    asked = set(re.findall(r'say\("([\w-]+)"', SCRIPTS))
    asked |= set(re.findall(r'data-(?:word|label|title|placeholder)="([\w-]+)"', MARKUP))
    asked |= set(re.findall(r'"((?:key|show|order|row)-[\w-]+)"', SCRIPTS))
    assert asked - {"key-table"} <= WORDS["en"].keys()


def test_every_refusal_has_words() -> None:
    room = (ROOT / "src/aligner/review").glob("*.py")
    source = "\n".join(path.read_text("utf-8") for path in room)
    raised = re.findall(r'StepError\("([\w-]+)"', source)
    raised += re.findall(r'"([\w-]+)" if checked else "([\w-]+)"', source)[0]
    assert len(raised) > 10
    for key in raised:
        assert f"error-{key}" in WORDS["en"]
    for name in ("check", "uncheck", "merge", "split", "edit", "move", "unpair", "realign"):
        assert hasattr(operations, name) or name in ("uncheck", "realign")
        assert f"name-{name}" in WORDS["en"]
        assert f"did-{name}" in WORDS["en"]


def test_nothing_comes_from_outside() -> None:
    everything = "\n".join(
        p.read_text("utf-8") for p in PAGE.iterdir() if p.suffix in (".js", ".css", ".html")
    )
    assert not re.search(
        r"https?://|innerHTML|insertAdjacentHTML|eval\(|document\.write", everything
    )
    assert not re.search(r"\son\w+=|style=", MARKUP)


def test_the_page_is_in_the_package() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "review/page/*" in project["tool"]["setuptools"]["package-data"]["aligner"]
