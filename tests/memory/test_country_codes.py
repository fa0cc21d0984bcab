"""Codes with and without a country, in one memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.cli import main
from aligner.errors import InputError, UsageError
from aligner.memory import open_units, read_tmx, save_units
from aligner.memory.store import (
    Scope,
    concordance,
    import_units,
    open_memory,
    require_language,
    similar,
)
from aligner.memory.tmx.validate import validate_tmx
from aligner.types import TranslationUnit

UNITS = [
    TranslationUnit("中国政府", "The Government", "zh-CN", "en", "1"),
    TranslationUnit("劳动保障", "Labour security", "zh-CN", "en-GB", "2"),
    TranslationUnit("中國政府", "The Chinese Government", "zh-TW", "en-US", "3"),
]


@pytest.mark.parametrize("form", ["tmx", "xliff", "xlsx", "tsv", "html", "parquet"])
def test_one_file_takes_all_countries(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"x.{form}"
    save_units(UNITS, path, form)
    assert path.stat().st_size
    if form != "html":
        assert [u.source for u in open_units(path)[1]] == [u.source for u in UNITS]


def test_moses_takes_all_countries(tmp_path: Path) -> None:
    save_units(UNITS, tmp_path / "x.moses", "moses")
    assert len((tmp_path / "x.en").read_text("utf-8").splitlines()) == len(UNITS)
    other = TranslationUnit("一", "Un", "zh-CN", "fr")
    with pytest.raises(UsageError, match="several language pairs"):
        save_units([UNITS[0], other], tmp_path / "y.moses", "moses")


def test_the_endings_of_moses_files_get_the_country_that_their_texts_show(tmp_path: Path) -> None:
    (tmp_path / "x.zh").write_text("甲\n中國政府\n", "utf-8")
    (tmp_path / "x.en").write_text("A\nThe Government\n", "utf-8")
    assert main(["tm", "convert", *(str(tmp_path / f"x.{c}") for c in ("zh", "en")),
                 "-o", str(tmp_path / "x.tmx"), "-q"]) == 0  # fmt: skip
    assert {(u.source_lang, u.target_lang) for u in read_tmx(tmp_path / "x.tmx")} == {
        ("zh-TW", "en")
    }


def test_a_tmx_of_several_countries_is_valid_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    save_units(UNITS, path, "tmx")
    assert not list(validate_tmx(path))
    codes = [(u.source_lang, u.target_lang) for u in read_tmx(path)]
    assert codes == [(u.source_lang, u.target_lang) for u in UNITS]
    assert path.read_text("utf-8").count("srclang=") == 2  # the header's, and that of zh-TW


def test_merged_memories_of_several_countries_are_valid(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.tmx" for number in range(len(UNITS))]
    for unit, file in zip(UNITS, files, strict=True):
        save_units([unit], file, "tmx")
    out = tmp_path / "all.tmx"
    assert main(["tm", "merge", *map(str, files), "-o", str(out), "-q"]) == 0
    assert not list(validate_tmx(out))
    assert [u.target_lang for u in read_tmx(out)] == ["en", "en-GB", "en-US"]
    assert main(["tm", "filter", str(out), "-o", str(tmp_path / "f.tmx"), "-q"]) == 0
    assert main(["tm", "convert", str(out), "-o", str(tmp_path / "x.xliff"), "-q"]) == 0
    assert len(list(read_tmx(tmp_path / "f.tmx"))) == len(UNITS)


def test_chinese_that_names_no_script_is_told_of(tmp_path: Path) -> None:
    unit = TranslationUnit("中國政府", "The Government", "zh", "en")
    save_units([unit], tmp_path / "x.tmx", "tmx")
    (finding,) = validate_tmx(tmp_path / "x.tmx")
    assert (finding.rule, "zh-TW" in finding.message) == ("language", True)


def test_searches_find_codes_without_a_country(tmp_path: Path) -> None:
    with open_memory(tmp_path / "m.db", create=True) as db:
        import_units(db, [("x", UNITS)], lambda *_: (), "")
        for language, query, found in (
            ("en-GB", "government", ["1"]),
            ("en-GB", "labour", ["2"]),
            ("en", "government", ["1", "3"]),
            ("zh-TW", "政府", ["3"]),
            ("zh", "政府", ["1", "3"]),
        ):
            hits = concordance(db, query, Scope(language=language))
            assert sorted(hit.unit.id for hit in hits) == found, (language, query)
        assert similar(db, "The Government", Scope(language="en-GB"))[0].unit.id == "1"
        require_language(db, "en-AU")
        with pytest.raises(InputError, match="fr: no text"):
            require_language(db, "fr")


def test_leverage_goes_from_and_to_codes_without_a_country(tmp_path: Path) -> None:
    save_units(UNITS[:1], tmp_path / "m.tmx", "tmx")
    (tmp_path / "new.txt").write_text("The Government\n", "utf-8")
    out = tmp_path / "out.tmx"
    files = [str(tmp_path / name) for name in ("m.tmx", "new.txt")]
    languages = ["--source-lang", "en-GB", "--target-lang", "zh"]
    assert main(["tm", "leverage", *files, *languages, "-o", str(out), "-q"]) == 0
    (unit,) = read_tmx(out)
    assert (unit.source, unit.target) == ("The Government", "中国政府")
