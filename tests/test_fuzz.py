"""A few damaged files of every format; `benchmarks/fuzz.py` reads thousands."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzzing import FORMATS, run_files
from programs import has_tesseract

FILES = 40


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
@pytest.mark.parametrize("name", FORMATS)
def test_damaged_files_are_read_or_refused(name: str, tmp_path: Path) -> None:
    if name == "picture" and not has_tesseract():
        pytest.skip("tesseract is not installed: damaged pictures are not tested")
    numbers = range(8 if name == "picture" else FILES)
    outcomes = run_files(name, 7, tmp_path, numbers)
    assert [outcome.message for outcome in outcomes if outcome.kind == "failed"] == []
    assert {outcome.kind for outcome in outcomes} == {"read", "refused"}
