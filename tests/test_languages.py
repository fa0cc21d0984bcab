"""Telling languages by their script, and what the code of a text is."""

from __future__ import annotations

import pytest

from aligner.errors import LanguageError, UsageError
from aligner.languages import (
    base_language,
    check_distinct,
    detect_language,
    is_mixed,
    language_code,
    language_form,
    language_name,
    matches_language,
    require_both,
    same_languages,
    script_share,
    text_weight,
)

BRITISH = "The labour programme of the centre was analysed in its defence. The colour is grey."
AMERICAN = "The labor of the center was analyzed in its defense. The color is gray."


@pytest.mark.parametrize(
    ("text", "expected", "language"),
    [
        ("中国政府已作出答复。", None, "zh"),
        ("The Government has replied.", None, "en"),
        ("用 kubectl 部署", None, "zh"),
        ("外交部 (Ministry of Foreign Affairs of the People's Republic)", None, "zh"),
        ("The word 政府 means government in the language of the text.", None, "en"),
        ("(中国)", None, "zh"),  # nothing but what stands in brackets
        ("12.5 – 13", None, None),
        ("правительство", None, None),
        ("政府 government", "en", "en"),
        ("政府 government", "zh", "zh"),
    ],
)
def test_the_language_of_a_text(text: str, expected: str | None, language: str | None) -> None:
    assert detect_language(text, ("zh", "en"), expected) == language


def test_names_say_little_among_another_script() -> None:
    text = "Правительство и Universal Periodic Review Working Group"
    assert detect_language(text, ("ru", "en")) == "ru"


def test_mixed_texts() -> None:
    assert is_mixed("政府已作出答复。The Government has replied.", ("zh", "en"))
    assert not is_mixed("政府已作出答复，见 UPR。" * 3, ("zh", "en"))


def test_shares_and_weights_of_scripts() -> None:
    assert script_share("政府", "zh") == script_share("123", "zh") == script_share("ab", "en") == 1
    assert script_share("政府abcdef", "zh") == 0.5
    assert script_share("abc", "zh") == 0
    assert (text_weight("政府 12", "zh"), text_weight("ab 12", "en")) == (8, 4)


def test_languages_of_one_script_need_two_files() -> None:
    check_distinct(("zh", "en"))
    with pytest.raises(UsageError, match="French and English use the same script"):
        check_distinct(("fr", "en"))


def test_a_language_that_is_missing() -> None:
    require_both(["en", "zh"], ("zh", "en"), "x")
    with pytest.raises(LanguageError, match=r"^x: no Chinese text found; give the Chinese"):
        require_both(["en"], ("zh", "en"), "x")
    with pytest.raises(LanguageError, match=r"^x: no Chinese nor English text found"):
        require_both([], ("zh", "en"), "x")


@pytest.mark.parametrize(
    ("code", "base", "name", "form"),
    [
        ("zh", "zh", "Chinese", ""),
        ("zh_TW", "zh", "Chinese", "zh-TW"),
        ("ZH-Hant", "zh", "Chinese", "zh-TW"),
        ("zh-HK", "zh", "Chinese", "zh-TW"),
        ("zh-Hans-SG", "zh", "Chinese", "zh-CN"),
        ("en-US", "en", "English", ""),
        ("xx", "xx", "xx", ""),
    ],
)
def test_parts_of_a_code(code: str, base: str, name: str, form: str) -> None:
    assert (base_language(code), language_name(code), language_form(code)) == (base, name, form)


@pytest.mark.parametrize(
    ("language", "text", "stated", "code"),
    [
        ("zh", "中国政府", (), "zh-CN"),
        ("zh", "中國政府", (), "zh-TW"),
        ("zh", "中國政府", ("zh-HK",), "zh-HK"),
        ("zh", "中国政府", ("zh-HK",), "zh-CN"),  # what the text shows is not overruled
        ("zh", "人口", (), "zh"),
        ("zh", "人口", ("en-GB", "zh-SG"), "zh-SG"),
        ("zh_tw", "中国政府", (), "zh-tw"),
        ("en", BRITISH, (), "en-GB"),
        ("en", AMERICAN, (), "en-US"),
        ("en", BRITISH, ("en-AU",), "en-AU"),
        ("en", BRITISH, ("en-US",), "en-GB"),
        ("en", "The text.", ("en-US",), "en-US"),
        ("en", "The text.", ("en-Latn",), "en"),
        ("ar", "نص", (), "ar"),
    ],
)
def test_the_code_of_a_text(language: str, text: str, stated: tuple[str, ...], code: str) -> None:
    assert language_code(language, text, stated) == code


@pytest.mark.parametrize(
    ("code", "wanted", "matches"),
    [
        ("en", "en-GB", True),
        ("en-GB", "en", True),
        ("en_gb", "EN-GB", True),
        ("en-GB", "en-US", False),
        ("zh-CN", "zh-TW", False),
        ("en", "", True),
        ("en", "e", False),
        ("eng", "en", False),
    ],
)
def test_codes_match_by_their_beginning(code: str, wanted: str, matches: bool) -> None:
    assert matches_language(code, wanted) == matches


def test_pairs_of_codes_are_the_same_whatever_the_countries() -> None:
    assert same_languages(("zh-CN", "en"), ("zh-TW", "en-GB"))
    assert not same_languages(("zh", "en"), ("en", "zh"))
