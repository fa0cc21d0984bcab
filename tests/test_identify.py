"""Texts in other languages than were asked for: the error says which, and what to add."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.cli import main
from aligner.identify import identify_language

TEXTS = {
    "fr": "Le gouvernement chinois attache une grande importance à la protection des enfants.\n",
    "de": "Die chinesische Regierung misst dem Schutz der Kinder große Bedeutung bei.\n",
    "en": "The Chinese Government attaches great importance to the protection of children.\n",
    "ru": "Правительство Китая придаёт большое значение защите прав детей.\n",
    "zh": "中国政府高度重视儿童保护工作，采取了一系列措施，取得了积极成效，得到国际社会认可。\n",
}


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("fr", "en", "b.txt in English, not Chinese and English; add --source-lang fr"),
        ("en", "fr", "add --source-lang fr"),
        ("ru", "en", "b.txt in English, not Chinese and English; add --source-lang ru"),
        ("zh", "ru", "add --target-lang ru"),
        ("de", "fr", "add --source-lang de --target-lang fr"),
        ("fr", "fr", "are both in French; give one file in each language"),
        ("en", "en", "are both in English; give one file in each language"),
        ("zh", "zh", "are both in Chinese; give one file in each language"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("options", [(), ("--segmented",)])
def test_what_to_add(
    tmp_path: Path, first: str, second: str, told: str, options: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    if options and "ru" in (first, second):
        pytest.skip("one of the two has its place")
    places = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for place, language in zip(places, (first, second), strict=True):
        place.write_text(TEXTS[language], "utf-8")
    assert main(["align", *options, *map(str, places)]) == 3
    line = capsys.readouterr().err
    assert told in line
    if "add " in told:
        added = line.strip().partition("; add ")[2].split()
        out = ["-q", "-o", str(tmp_path / "x.tmx")]
        # Of languages written alike the source comes first.
        ordered = places[::-1] if first == "en" else places
        assert main(["align", *options, *map(str, ordered), *added, *out]) == 0


def test_only_what_is_sure() -> None:
    assert [identify_language(text) for text in TEXTS.values()] == ["fr", "de", "en", "ru", ""]
    assert identify_language("Kofi Annan") == ""
    assert identify_language("1234 5678 " * 9) == ""
