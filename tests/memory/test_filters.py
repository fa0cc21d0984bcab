"""Each rule by its name: what it throws out, and what it leaves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from aligner.errors import UsageError
from aligner.memory.filters import Limits, Report, choose_rules, filter_units
from aligner.types import TranslationUnit
from notes import GOLD

GOOD = TranslationUnit(
    "中国政府对来函答复如下。", "The Chinese Government replies as follows.", "zh-CN", "en-US"
)


def broken(unit: TranslationUnit, **limits: float) -> list[str]:
    """The rules that a unit breaks, each asked alone."""
    return [name for name, rule in choose_rules(Limits(**limits)).items() if rule(unit)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("empty", {"target": " "}),
        ("empty", {"target": "", "target_lang": ""}),
        ("confidence", {"properties": (("x-confidence", "0.312"),)}),
        ("confidence", {"properties": (("x-confidence", "nan"),)}),
        ("length", {"source": "中国政府。" * 500, "target": "The Government. " * 500}),
        ("ratio", {"target": "Yes."}),
        ("ratio", {"source": "是。"}),
        ("copy", {"target": "中国政府对来函答复如下。"}),
        ("copy", {"source": "TikTok Ltd", "target": "tiktok  ltd"}),
        ("boilerplate", {"source": "2021/3/30", "target": "30/3/2021"}),
        ("boilerplate", {"source": "https://example.org/a", "target": "https://example.org/a"}),
        ("boilerplate", {"source": "第3页，共5页", "target": "Page 3 of 5"}),
        ("boilerplate", {"source": "电话：022-731", "target": "Tel: 022-731"}),
        ("boilerplate", {"source": "AL CHN 3/2021", "target": "AL CHN 3/2021"}),
        ("script", {"target": "中国政府对来函，答复如下。"}),
        ("script", {"source": "The Government of China replies."}),
        ("script", {"source": "Правительство отвечает."}),
        ("language", {"target": "Le gouvernement chinois répond comme suit à votre lettre."}),
        (
            "language",
            {"target": "Die chinesische Regierung antwortet auf das Schreiben."},
        ),
        ("numbers", {"source": "共1200人。", "target": "A total of 2,100 people."}),
        ("numbers", {"source": "共三百五十万人。", "target": "A total of 35 million people."}),
    ],
)
def test_a_rule_finds_what_it_is_there_for(rule: str, changes: dict[str, str]) -> None:
    assert rule in broken(replace(GOOD, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {
            "source": "AL CHN 3/2021来函收悉。",
            "target": "Receipt of AL CHN 3/2021 is acknowledged.",
        },
        {"source": "是。", "target": "Yes."},
        {"source": "第三章", "target": "Chapter III"},
        {"source": "抖音（TikTok）", "target": "TikTok (抖音)"},
        {"properties": (("x-confidence", "0.1"), ("x-checked", "yes"))},
        {"source": "附件", "target": "ANNEX"},
    ],
)
def test_no_rule_finds_fault_with_these(changes: dict[str, str]) -> None:
    assert broken(replace(GOOD, **changes)) == []  # type: ignore[arg-type]


def test_the_gold_passes() -> None:
    report = Report()
    units = [
        TranslationUnit(
            "".join(s["text"] for s in row["source"]),
            " ".join(s["text"] for s in row["target"]),
            "zh-CN",
            "en-US",
        )
        for path in GOLD.glob("*.jsonl")
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if row.get("kind") == "pair"
    ]
    kept = list(filter_units(units, choose_rules(), report))
    assert (report.read, report.kept) == (len(units), len(kept))
    assert dict(report.counts) == {}


def test_report_and_what_was_rejected() -> None:
    low = replace(GOOD, properties=(("x-confidence", "0.2"),))
    wide = replace(GOOD, source=GOOD.source.replace("。", "｡"))
    report, gone = Report(), list[TranslationUnit]()
    units = [low, GOOD, wide, GOOD]
    assert list(filter_units(units, choose_rules(), report, gone.append)) == [GOOD]
    assert dict(report.counts) == {"confidence": 1, "duplicate": 2}
    assert report.examples["confidence"] == [(low, "confidence 0.20")]
    assert gone == [low, wide, GOOD]


def test_some_of_the_rules() -> None:
    assert list(choose_rules(only=["copy", "ratio"])) == ["ratio", "copy"]
    assert "numbers" not in choose_rules(without=["numbers"])
    assert broken(GOOD, min_confidence=0.0, max_length=5) == ["length"]
    with pytest.raises(UsageError, match="nonsense: unknown rule; the rules are empty"):
        choose_rules(only=["nonsense"])
