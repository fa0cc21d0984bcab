"""What goes into a memory, is replaced, removed and comes out again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import InputError
from aligner.memory import read_tmx, write_tmx
from aligner.memory.store import (
    MemoryChange,
    Scope,
    concordance,
    import_units,
    open_memory,
    remove_document,
    replacements,
    stored_changes,
    stored_documents,
    stored_languages,
    stored_units,
)
from aligner.splitting import cut_words
from aligner.types import TranslationUnit


def unit(source: str, target: str, document: str = "a.txt", **more: str) -> TranslationUnit:
    properties = {"x-document": document, **{f"x-{k}": v for k, v in more.items()}}
    return TranslationUnit(source, target, "zh-CN", "en-US", properties=tuple(properties.items()))


NOTE = [
    unit("人权得到尊重。", "Human rights are respected.", reference="1/2021", confidence="0.9"),
    unit("童工被禁止。", "Child labour is prohibited.", reference="1/2021", confidence="0.4"),
    unit("谢谢。", "Thank you.", reference="1/2021", confidence="1.000"),
]


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with open_memory(tmp_path / "m.db", create=True) as opened:
        yield opened


def put(db: sqlite3.Connection, *units: TranslationUnit, file: str = "f.tmx") -> MemoryChange:
    return import_units(db, [(file, units)], cut_words, f"imported {file}")


def rows(db: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    tables = ("changes", "documents", "pairs", "units", "occurrences", "terms_data")
    return [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def counts(change: MemoryChange) -> tuple[int, int, int, int]:
    return change.added, change.removed, change.updated, change.unchanged


def test_the_same_again_adds_nothing(db: sqlite3.Connection) -> None:
    assert counts(put(db, *NOTE)) == (3, 0, 0, 0)
    before = rows(db)
    assert counts(put(db, *NOTE)) == (0, 0, 0, 3)
    assert rows(db) == before
    assert list(stored_units(db)) == NOTE


def test_a_corrected_note_replaces_its_units_and_keeps_the_history(db: sqlite3.Connection) -> None:
    put(db, *NOTE, unit("谢谢。", "Thank you.", "b.txt"))
    corrected = [
        NOTE[0],
        unit("童工被禁止。", "The use of child labour is forbidden.", reference="1/2021"),
        replace(NOTE[2], properties=(*NOTE[2].properties[:2], ("x-confidence", "0.5"))),
        unit("再见。", "Goodbye.", reference="1/2021"),
    ]
    assert counts(put(db, *corrected)) == (2, 1, 1, 1)
    assert list(stored_units(db, Scope("a.txt"))) == corrected
    assert [d.units for d in stored_documents(db)] == [4, 1]
    assert not concordance(db, "prohibited")
    (hit,) = concordance(db, "prohibited", Scope(history=True))
    assert hit.occurrences[0].removed
    found = [(r.before and r.before.unit.target, r.after and r.after.unit.target)
             for r in replacements(db, "1/2021")]  # fmt: skip
    assert found == [
        ("Child labour is prohibited.", "The use of child labour is forbidden."),
        ("Thank you.", "Thank you."),
        (None, "Goodbye."),
    ]
    assert [counts(change) for change in stored_changes(db)] == [(4, 0, 0, 0), (2, 1, 1, 0)]
    # Back to what it was: nothing is lost on the way.
    assert counts(put(db, *NOTE)) == (1, 2, 1, 1)
    assert list(stored_units(db, Scope("a.txt"))) == NOTE


def test_documents_of_one_name_are_told_apart_by_reference(db: sqlite3.Connection) -> None:
    put(db, *NOTE)
    put(db, unit("另一。", "Another.", reference="2/2021"))
    assert [(d.name, d.reference, d.units) for d in stored_documents(db)] == [
        ("a.txt", "1/2021", 3),
        ("a.txt", "2/2021", 1),
    ]
    with pytest.raises(InputError, match=r"a\.txt 1/2021, a\.txt 2/2021"):
        remove_document(db, "a.txt")
    with pytest.raises(InputError, match="not the full name"):
        remove_document(db, "2/202")
    assert remove_document(db, "1/2021").removed == 3
    assert [d.reference for d in stored_documents(db)] == ["2/2021"]
    assert counts(put(db, *NOTE)) == (3, 0, 0, 0)


def test_a_wording_of_two_documents_is_one_unit_of_two_places(db: sqlite3.Connection) -> None:
    put(db, *NOTE)
    put(db, unit("谢谢。", "Thank you.", "b.txt"))
    (hit,) = concordance(db, "谢谢")
    assert [o.document for o in hit.occurrences] == ["b.txt", "a.txt"]
    remove_document(db, "b.txt")
    (hit,) = concordance(db, "谢谢")
    assert [o.document for o in hit.occurrences] == ["a.txt"]


def test_units_without_a_document_belong_to_their_file(db: sqlite3.Connection) -> None:
    plain = [replace(u, properties=()) for u in NOTE]
    put(db, *plain, file="client.tmx")
    assert [(d.name, d.units) for d in stored_documents(db)] == [("client.tmx", 3)]


def test_two_files_of_one_document_in_one_import_are_joined(db: sqlite3.Connection) -> None:
    sources = [("x.tmx", NOTE[:2]), ("y.tmx", NOTE[1:])]
    assert counts(import_units(db, sources, cut_words, "both")) == (3, 0, 0, 0)


def test_units_with_an_empty_side_are_passed_over(db: sqlite3.Connection) -> None:
    assert counts(put(db, unit(" ", "Nothing."), unit("无。", "\x01"), NOTE[0])) == (1, 0, 0, 0)


def test_a_failing_import_changes_nothing(db: sqlite3.Connection) -> None:
    def broken() -> Iterator[TranslationUnit]:
        yield unit("新。", "New.")
        raise InputError("line 7: broken")

    put(db, *NOTE)
    before = rows(db)
    with pytest.raises(InputError, match="line 7"):
        import_units(db, [("x.tmx", broken())], cut_words, "x")
    assert rows(db) == before
    assert not concordance(db, "new")


def test_the_order_of_a_corrected_text_is_its_own(db: sqlite3.Connection) -> None:
    put(db, *NOTE)
    turned = [NOTE[2], unit("新。", "New.", reference="1/2021"), NOTE[0], NOTE[1]]
    put(db, *turned)
    assert list(stored_units(db)) == turned


def test_several_languages(db: sqlite3.Connection) -> None:
    french = TranslationUnit("人权得到尊重。", "Les droits sont respectés.", "zh-CN", "fr-FR")
    turned = TranslationUnit("Human dignity.", "人的尊严。", "en", "zh")
    put(db, NOTE[0], french, turned)
    assert stored_languages(db) == ["zh-CN", "en-US", "fr-FR", "en", "zh"]
    assert {h.unit.source for h in concordance(db, "human", Scope(language="en"))} == {
        "人权得到尊重。",
        "Human dignity.",
    }
    assert concordance(db, "droits", Scope(language="FR_fr"))
    assert not concordance(db, "droits", Scope(language="en"))
    assert len(concordance(db, "人", Scope(language="zh"))) == 3


def test_what_other_tools_wrote_comes_out_as_it_went_in(tmp_path: Path) -> None:
    (tmp_path / "x.tmx").write_text(
        '<?xml version="1.0"?>\n<tmx version="1.4"><header srclang="en" datatype="html"'
        ' segtype="sentence" o-tmf="x" adminlang="en" creationtool="x" creationtoolversion="1"/>'
        '<body><tu tuid="7" changedate="20200101T000000Z"><note>look</note>'
        '<tuv xml:lang="en" creationid="ANN"><seg>A <bpt i="1">&lt;b&gt;</bpt>bold'
        '<ept i="1">&lt;/b&gt;</ept> word.</seg></tuv>'
        '<tuv xml:lang="zh"><seg>粗体。</seg></tuv>'
        '<tuv xml:lang="fr"><seg>Gras.</seg></tuv></tu></body></tmx>',
        "utf-8",
    )
    units = list(read_tmx(tmp_path / "x.tmx"))
    with open_memory(tmp_path / "m.db", create=True) as db:
        put(db, *units)
        write_tmx(stored_units(db), tmp_path / "y.tmx")
    again = list(read_tmx(tmp_path / "y.tmx"))
    assert again == units
    assert again[0].markup == units[0].markup
    assert "<bpt" in again[0].markup
    assert again[0].others == (("fr", "Gras."),)


def test_the_markup_of_our_own_tmx_is_not_kept_twice(tmp_path: Path) -> None:
    write_tmx(NOTE, tmp_path / "x.tmx")
    with open_memory(tmp_path / "m.db", create=True) as db:
        put(db, *read_tmx(tmp_path / "x.tmx"))
        assert not db.execute("SELECT * FROM occurrences WHERE details LIKE '%<tu%'").fetchall()
