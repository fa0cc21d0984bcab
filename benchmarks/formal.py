"""Formal texts: written ones, and such as are made by chance.

Those that are made are numbered recommendations, dated decisions, figures, articles. Each has
some sentences left out on one side or the other, some that the translation splits in two, and
some numbers that the translation lacks. What tells its near-identical sentences apart is their
numbers.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path

from aligner.types import Bead

_ROOT = Path(__file__).parent.parent
_OMITTED = 0.08  # of the pairs, on either side
_SPLIT = 0.1
_CHANGED = 0.05  # a number of a pair is put otherwise in the translation
_LENGTH = 40  # pairs of a text

_GROUPS = (
    ("儿童", "children"),
    ("妇女", "women"),
    ("移民", "migrants"),
    ("老年人", "older persons"),
    ("残疾人", "persons with disabilities"),
    ("少数民族", "ethnic minorities"),
    ("记者", "journalists"),
    ("工人", "workers"),
)
_STATES = (
    ("安哥拉", "Angola"),
    ("贝宁", "Benin"),
    ("智利", "Chile"),
    ("丹麦", "Denmark"),
    ("埃及", "Egypt"),
    ("斐济", "Fiji"),
    ("加纳", "Ghana"),
    ("海地", "Haiti"),
)
_WISHES = (
    ("继续加强对{}权利的保护", "Continue to strengthen the protection of the rights of {}"),
    ("采取进一步措施保护{}", "Take further measures to protect {}"),
    ("确保{}能够接受教育", "Ensure that {} have access to education"),
)
_ORGANS = (
    ("全国人大常委会", "the Standing Committee"),
    ("国务院", "the State Council"),
    ("司法部", "the Ministry of Justice"),
)
_MONTHS = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_DUTIES = (
    ("缔约国应采取适当措施", "States Parties shall take appropriate measures"),
    ("缔约国应确保上述权利", "States Parties shall ensure these rights"),
    ("委员会应审议这些报告", "The Committee shall consider these reports"),
)

Pair = tuple[str, str]
Text = tuple[list[str], list[str], list[Bead]]  # source and target sentences, gold beads


def _recommendation(number: int, chance: random.Random) -> Pair:
    group, state, wish = (chance.choice(known) for known in (_GROUPS, _STATES, _WISHES))
    return (
        f"28.{number} {wish[0].format(group[0])}（{state[0]}）；",
        f"28.{number} {wish[1].format(group[1])} ({state[1]});",
    )


def _decision(_: int, chance: random.Random) -> Pair:
    year, month, day = chance.randint(1979, 2021), chance.randint(1, 12), chance.randint(1, 28)
    organ = chance.choice(_ORGANS)
    return (
        f"{year}年{month}月{day}日，{organ[0]}通过了决定。",
        f"On {day} {_MONTHS[month - 1]} {year}, {organ[1]} adopted a decision.",
    )


def _figure(number: int, chance: random.Random) -> Pair:
    group = chance.choice(_GROUPS)
    count, share = chance.randint(1000, 99_999), chance.randint(11, 99)
    return (
        f"{1980 + number}年，接受帮助的{group[0]}有{count}人，增长{share}%。",
        f"In {1980 + number}, {count:,} {group[1]} received help, up by {share} per cent.",
    )


def _article(number: int, chance: random.Random) -> Pair:
    duty = chance.choice(_DUTIES)
    return f"第{number}条 {duty[0]}。", f"Article {number} {duty[1]}."


KINDS: dict[str, Callable[[int, random.Random], Pair]] = {
    "recommendations": _recommendation,
    "decisions": _decision,
    "figures": _figure,
    "articles": _article,
}


def formal_text(kind: str, seed: int) -> Text:
    """Source and target sentences of one kind, and their gold beads."""
    chance = random.Random(f"{kind} {seed}")
    pairs = []
    for number in range(1, _LENGTH + 1):
        ours, theirs = KINDS[kind](number, chance)
        if chance.random() < _CHANGED:
            theirs = " ".join("some" if any(map(str.isdigit, w)) else w for w in theirs.split())
        sides = [[ours], [theirs]]
        if chance.random() < _SPLIT:
            sides[1] = [theirs, "This was welcomed by all."]
            sides[0] = [ours.rstrip("。；") + "，受到普遍欢迎。"]
        drawn = chance.random()
        if drawn < 2 * _OMITTED:
            sides[drawn < _OMITTED] = []
        pairs.append((sides[0], sides[1]))
    return _joined(pairs)


def written_texts() -> dict[str, Text]:
    """The pairs of the sample notes and of the sample report, in order."""
    found = {}
    for path in sorted((_ROOT / "data/gold").glob("*.jsonl")):
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()[1:]]
        found[path.stem] = _joined(
            [
                ([s["text"] for s in row["source"]], [s["text"] for s in row["target"]])
                for row in rows
                if row["kind"] == "pair"
            ]
        )
    lines = (_ROOT / "tests/samples/paper.pairs.tsv").read_text("utf-8").splitlines()
    report = [line.split("\t") for line in lines]
    return {**found, "report": _joined([([ours], [theirs]) for ours, theirs in report])}


def _joined(pairs: Sequence[tuple[list[str], list[str]]]) -> Text:
    source: list[str] = []
    target: list[str] = []
    beads = []
    for ours, theirs in pairs:
        beads.append(
            Bead(
                tuple(range(len(source), len(source) + len(ours))),
                tuple(range(len(target), len(target) + len(theirs))),
            )
        )
        source += ours
        target += theirs
    return source, target, beads
