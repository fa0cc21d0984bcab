"""The properties of units: one module names them, and says what they mean."""

from __future__ import annotations

import re

import pytest

from aligner.memory.properties import (
    CHECKED,
    CONFIDENCE,
    confidence,
    is_checked,
    shown_confidence,
    stated_confidence,
)
from aligner.types import TranslationUnit
from notes import ROOT


@pytest.mark.parametrize(
    ("properties", "right", "stated", "shown"),
    [
        ((), 1.0, 1.0, ""),
        (((CONFIDENCE, "0.25"),), 0.25, 0.25, "0.25"),
        (((CONFIDENCE, "0.25"), (CHECKED, "yes")), 1.0, 0.25, "0.25"),
        (((CONFIDENCE, "0.25"), (CHECKED, "no")), 0.25, 0.25, "0.25"),
        (((CONFIDENCE, "0.25"), (CONFIDENCE, "0.75")), 0.25, 0.25, "0.25"),
        (((CONFIDENCE, "high"),), 0.0, 0.0, "0.00"),
    ],
)
def test_confidence(
    properties: tuple[tuple[str, str], ...], right: float, stated: float, shown: str
) -> None:
    unit = TranslationUnit("甲", "A", "zh", "en", properties=properties)
    assert confidence(unit) == right
    assert stated_confidence(unit) == stated
    assert shown_confidence(unit) == shown
    assert is_checked(dict(properties)) == ((CHECKED, "yes") in properties)


def test_one_module_names_them() -> None:
    for path in (ROOT / "src/aligner").rglob("*.py"):
        if path.name != "properties.py":
            assert not re.search(r"""["']x-[a-z]""", path.read_text("utf-8")), path
