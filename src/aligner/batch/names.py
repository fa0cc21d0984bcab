"""Which file is the other's translation, by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from aligner.languages import base_language, language_name

# What people write for a language; for others it is the code and the English name.
_WORDS = {
    "zh": "zh|zho|chi|chn|cn|chs|cht|chinese|中",
    "en": "en|eng|english|英",
}
# These need no mark about them.
_OWN_WORDS = {"zh": "(?:中文|汉语|漢語|中国语)[版本]?", "en": "(?:英文|英语|英語)[版本]?"}
_COUNTRY = "(?:[-_](?:cn|tw|hk|mo|sg|hans|hant|us|gb|uk|au|ca))?"

Pair = tuple[str, str]


def pair_names(names: Sequence[str], languages: tuple[str, str]) -> list[Pair]:
    """Files, source and target, whose names differ by their language alone.

    `report_zh.txt` goes with `report_en.txt`, `zh/report.txt` with `en/report.txt`,
    `report.docx` with `report (English).docx`. Files of one format come before others, and
    names that leave a choice are left alone.
    """
    pairs: list[Pair] = []
    for with_format in (True, False):
        taken = {name for pair in pairs for name in pair}
        left = [name for name in names if name not in taken]
        pairs += _unique(left, languages, with_format)
    return pairs


def _unique(names: Iterable[str], languages: Sequence[str], with_format: bool) -> list[Pair]:
    # By what is left of a name: files of the source, of the target, and of neither.
    groups: dict[str, tuple[list[str], list[str], list[str]]] = {}
    for name in names:
        path = PurePosixPath(name)
        stem = name.removesuffix(path.suffix).casefold()
        ending = path.suffix.casefold() if with_format else ""
        for side, key in _readings(stem, languages):
            groups.setdefault(f"{key}{ending}", ([], [], []))[side].append(name)
    found = []
    for key in sorted(groups):
        source, target, neither = groups[key]
        if len(neither) == 1 and len(source) + len(target) == 1:
            (source if target else target).append(neither[0])
        if len(source) == len(target) == 1 and source != target:
            found.append((source[0], target[0]))
    named = [name for pair in found for name in pair]
    return [pair for pair in found if all(named.count(name) == 1 for name in pair)]


def _readings(stem: str, languages: Sequence[str]) -> set[tuple[int, str]]:
    """Each way to read a language in a name: its side, 2 for none, and the name without it."""
    return {(2, _key(stem))} | {
        (side, _key(f"{stem[: match.start()]} {stem[match.end() :]}"))
        for side, language in enumerate(languages)
        for match in _pattern(language).finditer(stem)
    }


def _pattern(language: str) -> re.Pattern[str]:
    base = base_language(language)
    words = _WORDS.get(base, f"{base}|{re.escape(language_name(language).casefold())}")
    apart = rf"(?<![^\W_])(?:{words}){_COUNTRY}(?![^\W_])"
    return re.compile("|".join(filter(None, (apart, _OWN_WORDS.get(base)))))


def _key(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text))
