"""Memories of several language pairs: one is chosen, or the error names them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.cli import main
from aligner.memory import open_units, write_tmx
from aligner.types import TranslationUnit

pytestmark = pytest.mark.slow

PAIRS = [
    ("谢谢各位代表。", "I thank all delegates.", "zh-CN", "en-US"),
    ("谢谢各位代表。", "Je remercie tous les délégués.", "zh-CN", "fr-FR"),
    ("I thank you.", "谢谢。", "en-US", "zh-CN"),
]
ONE_PAIR = ("tmx", "tsv", "xlsx", "xliff", "html", "moses")
ALL = "zh-CN/en-US, zh-CN/fr-FR, en-US/zh-CN"


@pytest.fixture
def memory(tmp_path: Path) -> str:
    place = str(tmp_path / "m.db")
    for pair in PAIRS:
        write_tmx([TranslationUnit(*pair)], tmp_path / f"{pair[2]}-{pair[3]}.tmx")
    files = sorted(map(str, tmp_path.glob("*.tmx")), reverse=True)
    assert main(["tm", "import", place, *files, "-q"]) == 0
    (tmp_path / "new.txt").write_text("谢谢各位代表。\n", "utf-8")
    return place


@pytest.mark.parametrize("form", ONE_PAIR)
def test_without_a_choice_the_error_names_the_pairs(
    memory: str, tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = set(tmp_path.iterdir())
    for command in ("export", "convert"):
        assert main(["tm", command, memory, "-q", "-o", str(tmp_path / f"x.{form}")]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert all(pair in told for pair in ALL.split(", "))
        assert "--source-lang and --target-lang" in told
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("form", [*ONE_PAIR, "parquet"])
def test_a_pair_is_chosen(memory: str, tmp_path: Path, form: str) -> None:
    place = tmp_path / f"x.{form}"
    choice = ["--source-lang", "zh", "--target-lang", "fr"]
    for command in ("export", "convert"):
        assert main(["tm", command, memory, *choice, "-q", "-o", str(place)]) == 0
        if form == "moses":
            assert (tmp_path / "x.fr").read_text("utf-8") == PAIRS[1][1] + "\n"
        elif form == "html":
            assert PAIRS[0][1] not in place.read_text("utf-8")
        else:
            (unit,) = open_units(place)[1]
            assert (unit.target, unit.target_lang) == (PAIRS[1][1], "fr-FR")


def test_parquet_holds_all_pairs(memory: str, tmp_path: Path) -> None:
    place = tmp_path / "x.parquet"
    assert main(["tm", "export", memory, "-q", "-o", str(place)]) == 0
    assert len(list(open_units(place)[1])) == len(PAIRS)


def test_a_pair_that_is_not_there(memory: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["tm", "export", memory, "--target-lang", "ja"]) == 3
    assert ALL.split(", ")[1] in capsys.readouterr().err


def test_an_xliff_of_leverage_names_its_target(
    memory: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, new = tmp_path / "x.xliff", str(tmp_path / "new.txt")
    call = ["tm", "leverage", memory, new, "-q", "-o", str(place)]
    assert main(call) == 2
    told = capsys.readouterr()
    assert not told.out
    assert all(code in told.err for code in ("en-US", "fr-FR"))
    assert "--target-lang" in told.err
    assert not place.exists()
    for wanted, code in (("fr", "fr-FR"), ("en-US", "en-US"), ("de", "de")):
        assert main([*call, "--target-lang", wanted]) == 0
        assert f' trgLang="{code}">' in place.read_text("utf-8")


def test_an_xliff_without_a_match_names_its_target_too(memory: str, tmp_path: Path) -> None:
    place, one = tmp_path / "x.xliff", str(tmp_path / "zh-CN-fr-FR.tmx")
    (tmp_path / "new.txt").write_text("今天下雨了，很冷。\n", "utf-8")
    assert main(["tm", "leverage", one, str(tmp_path / "new.txt"), "-q", "-o", str(place)]) == 0
    assert ' trgLang="fr-FR">' in place.read_text("utf-8")
