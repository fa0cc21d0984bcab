"""A confidence is read in one way, and shown in one way, wherever it comes up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.cli.console import Summary
from aligner.confidence import DOUBTFUL, band, format_confidence, parse_confidence
from aligner.document import Span
from aligner.evaluation.placing import place_units
from aligner.evaluation.reference import Reference, ReferenceSide
from aligner.memory import read_tmx, save_alignment, save_units
from aligner.memory.filters import Limits, Report, choose_rules, filter_units
from aligner.memory.merging import merge
from aligner.memory.stats import collect_stats
from aligner.memory.store import Scope, concordance, import_units, open_memory
from aligner.review import Session
from aligner.review.steps import row_view
from aligner.types import Alignment, Bead, Part, Sentence, TranslationUnit
from notes import ROOT

PAGE = ROOT / "src/aligner/review/page"
UNIT = TranslationUnit("中国。", "China.", "zh-CN", "en-US", "1")
SAID = {"": 1.0, "0.3": 0.3, "1": 1.0, "nan": 0.0, "inf": 0.0, "-0.3": 0.0, "1.5": 0.0, "abc": 0.0}


@pytest.mark.parametrize(("text", "value"), SAID.items())
def test_everything_reads_it_alike(tmp_path: Path, text: str, value: float) -> None:
    unit = replace(UNIT, properties=(("x-confidence", text),) if text else ())
    assert parse_confidence(text) == value
    rules = choose_rules(Limits(min_confidence=0.25), only=["confidence"])
    assert bool(list(filter_units([unit], rules, Report()))) == (value >= 0.25)
    assert collect_stats([unit]).confidences[min(int(value * 10), 9)] == 1
    other = replace(UNIT, properties=(("x-confidence", "0.25"),))
    assert list(merge([other, unit]).kept) == [value < 0.25, value >= 0.25]
    gold = Reference(
        "gold", ReferenceSide.of_texts([UNIT.source]), ReferenceSide.of_texts([UNIT.target]), ()
    )
    assert [claim.confidence for claim in place_units(gold, [unit]).claims] == [value]
    with open_memory(tmp_path / "x.db", create=True) as db:
        import_units(db, [("x", [unit])], lambda *_: (), "")
        assert len(concordance(db, "China", Scope(), 9)) == 1
        assert len(concordance(db, "China", Scope(min_confidence=0.25), 9)) == (value >= 0.25)
    save_units([unit], tmp_path / "x.tmx", "tmx")
    session = Session(tmp_path / "x.tmx")
    assert session.review.rows[0].confidence == value
    session.close()


@given(st.floats(0, 1), st.sampled_from([2, 3]))
def test_it_is_shown_no_higher_than_it_is(value: float, digits: int) -> None:
    shown = format_confidence(value, digits)
    assert len(shown) == digits + 2
    assert value - 10**-digits < float(shown) <= value + 1e-9
    assert (shown == format_confidence(1, digits)) == (value > 1 - 1e-10)


def test_hundredths_are_shown_as_they_are() -> None:
    for n in range(101):
        assert format_confidence(n / 100) == f"{n / 100:.2f}"
        assert format_confidence(n / 100, 3) == f"{n / 100:.2f}0"


def sentence(text: str, language: str) -> Sentence:
    return Sentence(text, language, Span(0, len(text)), 1, 1)


@pytest.mark.parametrize(("value", "shown"), [(0.9996, "0.99"), (0.8999, "0.89"), (1.0, "1.00")])
def test_everything_shows_it_alike(tmp_path: Path, value: float, shown: str) -> None:
    alignment = Alignment(
        (sentence("中国。", "zh"),), (sentence("China.", "en"),), (Bead((0,), (0,), value),),
        "zh-CN", "en-US", document="x",
    )  # fmt: skip
    summary = Summary()
    list(summary.watch([Part(alignment)]))
    assert f"    {shown}  中国。 | China." in list(summary.lines())
    assert f"<td>{shown}</td>" in alignment._repr_html_()
    for form in ("html", "tsv", "xlsx", "tmx"):
        save_alignment(alignment, tmp_path / f"x.{form}", form)
    assert f"<b>{shown}</b>" in (tmp_path / "x.html").read_text("utf-8")
    assert f"\t{shown}\t" in (tmp_path / "x.tsv").read_text("utf-8")
    units = list(read_tmx(tmp_path / "x.tmx"))
    save_units(units, tmp_path / "again.html", "html")
    assert f"<b>{shown}</b>" in (tmp_path / "again.html").read_text("utf-8")
    session = Session(tmp_path / "x.tmx")
    assert row_view(session.review.rows[0])["shown"] == shown
    session.close()
    from openpyxl import load_workbook

    cell = load_workbook(tmp_path / "x.xlsx").worksheets[0]["C2"]
    assert (f"{cell.value:.2f}", cell.number_format) == (shown, "0.00")


def test_the_page_has_its_thresholds_from_the_server() -> None:
    assert [band(value) for value in (0.49, 0.5, 0.89, 0.9)] == ["bad", *["doubtful"] * 2, "sure"]
    row = (PAGE / "row.js").read_text("utf-8") + (PAGE / "rows.js").read_text("utf-8")
    assert "0.9" not in row
    assert "0.5" not in row
    words = json.loads((PAGE / "words.json").read_text("utf-8"))
    for language in words.values():
        assert format_confidence(DOUBTFUL) not in json.dumps(language)
