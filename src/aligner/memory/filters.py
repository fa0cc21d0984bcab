"""Rules that remove units that are not good translations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from aligner.confidence import format_confidence
from aligner.errors import UsageError
from aligner.identify import identify_language
from aligner.languages import base_language, language_name, same_script, script_share, text_weight
from aligner.memory.dedup import keys, normalise
from aligner.memory.properties import confidence
from aligner.numbers import missing_numbers
from aligner.types import TranslationUnit

# Says what is wrong with a unit, "" for nothing.
Rule = Callable[[TranslationUnit], str]

_EXAMPLES = 5
# Short texts may differ more: so many letters are added to either side.
_SLACK = 15.0


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of the rules.

    Lengths are in characters. The ratio is that of the longer side to the shorter, in letters,
    where a Chinese character counts as three.
    """

    min_confidence: float = 0.5
    min_length: int = 1
    max_length: int = 2000
    max_ratio: float = 2.5


@dataclass(slots=True)
class Report:
    """The result of a filter: units read and kept, and units removed by each rule."""

    read: int = 0
    kept: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[TranslationUnit, str]]] = field(default_factory=dict)


def filter_units(
    units: Iterable[TranslationUnit],
    rules: dict[str, Rule],
    report: Report,
    rejected: Callable[[TranslationUnit], object] = lambda _: None,
) -> Iterator[TranslationUnit]:
    """Yield the units that break no rule, and update `report`.

    A unit is counted under the first rule that it breaks, and `rejected` is called with it.
    """
    for unit in units:
        report.read += 1
        for name, rule in rules.items():
            reason = rule(unit)
            if reason:
                report.counts[name] += 1
                examples = report.examples.setdefault(name, [])
                if len(examples) < _EXAMPLES:
                    examples.append((unit, reason))
                rejected(unit)
                break
        else:
            report.kept += 1
            yield unit


def choose_rules(
    limits: Limits = Limits(), only: Collection[str] = (), without: Collection[str] = ()
) -> dict[str, Rule]:
    """Return the named rules, or all; raises UsageError for an unknown name."""
    rules: dict[str, Rule] = {
        "empty": _empty,
        "confidence": partial(_unsure, limits),
        "length": partial(_length, limits),
        "ratio": partial(_ratio, limits),
        "copy": _copy,
        "boilerplate": _boilerplate,
        "script": _script,
        "language": _language,
        "numbers": _numbers,
        "duplicate": _duplicate(),
    }
    for name in (*only, *without):
        if name not in rules:
            raise UsageError(f"{name}: unknown rule; the rules are {', '.join(rules)}")
    chosen = only or rules
    return {name: rule for name, rule in rules.items() if name in chosen and name not in without}


def _empty(unit: TranslationUnit) -> str:
    return "" if unit.source.strip() and unit.target.strip() else "a side is empty"


def _unsure(limits: Limits, unit: TranslationUnit) -> str:
    sure = confidence(unit)
    return f"confidence {format_confidence(sure)}" if sure < limits.min_confidence else ""


def _length(limits: Limits, unit: TranslationUnit) -> str:
    for text in (unit.source, unit.target):
        if not limits.min_length <= len(text) <= limits.max_length:
            return f"{len(text)} characters"
    return ""


def _ratio(limits: Limits, unit: TranslationUnit) -> str:
    shorter, longer = sorted(
        (text_weight(unit.source, unit.source_lang), text_weight(unit.target, unit.target_lang))
    )
    ratio = (longer + _SLACK) / (shorter + _SLACK)
    return f"{ratio:.1f} times as long" if ratio > limits.max_ratio else ""


def _copy(unit: TranslationUnit) -> str:
    same = normalise(unit.source).casefold() == normalise(unit.target).casefold()
    return "source and target are the same" if same and any(map(str.isalpha, unit.source)) else ""


# By form, not by wording: nothing but figures, marks, addresses, a page or telephone number, or
# the symbol of a document. There is nothing to translate in them.
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+", re.IGNORECASE)
_LABELS = (
    re.compile(r"(?:page|p\.)?\s*\d+\s*(?:(?:of|/)\s*\d+)?", re.IGNORECASE),
    re.compile(r"第?\s*\d+\s*[页頁](?:[，,/ ]*共?\s*\d+\s*[页頁])?"),
    re.compile(r"(?:tel|telephone|phone|fax|电话|電話|传真|傳真)[\W\d]*", re.IGNORECASE),
    re.compile(r"(?=.*\d)(?:[A-Z]{1,4}(?![A-Za-z])|[\W\d])*"),
)


def _boilerplate(unit: TranslationUnit) -> str:
    for text in (unit.source, unit.target):
        words = _ADDRESS.sub("", text).strip()
        if not any(map(str.isalpha, words)) or any(form.fullmatch(words) for form in _LABELS):
            return "only figures, marks or addresses"
    return ""


def _script(unit: TranslationUnit) -> str:
    for text, code in ((unit.source, unit.source_lang), (unit.target, unit.target_lang)):
        if script_share(text, code) < 0.5:
            return f"not in the script of {language_name(code)}"
    return ""


def _language(unit: TranslationUnit) -> str:
    """Only for languages that share the Latin script; the others are told by theirs."""
    for text, code in ((unit.source, unit.source_lang), (unit.target, unit.target_lang)):
        found = identify_language(text) if same_script((code, "en")) else ""
        if found not in ("", base_language(code)):
            return f"{language_name(found)}, not {language_name(code)}"
    return ""


def _numbers(unit: TranslationUnit) -> str:
    if {base_language(unit.source_lang), base_language(unit.target_lang)} != {"zh", "en"}:
        return ""
    missing = missing_numbers(unit.source, unit.target)
    return f"on one side only: {', '.join(missing)}" if missing else ""


def _duplicate() -> Rule:
    seen: set[int] = set()

    def rule(unit: TranslationUnit) -> str:
        key = keys(unit).unit
        if key in seen:
            return "duplicate of an earlier unit"
        seen.add(key)
        return ""

    return rule
