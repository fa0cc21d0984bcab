"""Whole batches in this process: outputs, results, and what is done again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.align import Settings, align_note
from aligner.batch import (
    Job,
    LocalEngine,
    Result,
    Status,
    Task,
    find_files,
    folder_tasks,
    run_batch,
)
from aligner.errors import ModelError, OutputError, ReadError, UsageError
from aligner.memory import read_tmx
from batches import Here, contents, make_notes

pytestmark = pytest.mark.slow


def tasks_of(folder: Path) -> list[Task]:
    return folder_tasks(find_files(str(folder)))


@pytest.fixture(scope="module")
def notes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_notes(tmp_path_factory.mktemp("notes"), 5)


def test_outputs_memory_and_table(notes: Path, tmp_path: Path) -> None:
    summary = run_batch(tasks_of(notes), tmp_path, engine=Here())
    assert [r.status for r in summary.results] == [Status.DONE] * 5
    found = contents(tmp_path)
    assert {n for n in found if n.startswith("documents/")} == {
        f"documents/{'sub/' if k == 2 else ''}note {k:02}.txt.tmx" for k in range(5)
    }
    # The memory has each wording once; it is that of the documents, in their order.
    alignments = [align_note(task.inputs[0]) for task in tasks_of(notes)]
    texts = [(a.source_text(b), a.target_text(b)) for a in alignments for b in a.pairs]
    units = [(u.source, u.target) for u in read_tmx(tmp_path / "memory.tmx")]
    assert units == [pair for pair in dict.fromkeys(texts) if pair in set(units)]
    assert set(units) == set(texts)
    assert summary.units + summary.duplicates == len(texts)
    rows = [line.split("\t") for line in (tmp_path / "results.tsv").read_text().splitlines()]
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["id"] == "note 00.txt"
    assert row["status"] == "done"
    assert int(row["pairs"]) == len(alignments[0].pairs)
    assert int(row["source_sentences"]) == len(alignments[0].source)
    assert 0.9 < float(row["confidence"]) <= 1


def test_parquet_holds_the_same_units(notes: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    run_batch(tasks_of(notes), tmp_path, engine=Here())
    rows = parquet.read_table(tmp_path / "memory.parquet").to_pylist()
    units = list(read_tmx(tmp_path / "memory.tmx"))
    assert [(r["id"], r["source"], r["target"]) for r in rows] == [
        (u.id, u.source, u.target) for u in units
    ]
    assert [r["document"] for r in rows] == [u.property("x-document") for u in units]
    assert dict(rows[0]["properties"]) == dict(units[0].properties)


def test_any_order_gives_the_same_bytes(notes: Path, tmp_path: Path) -> None:
    for seed in range(3):
        run_batch(tasks_of(notes), tmp_path / f"{seed}", engine=Here(seed))
    assert contents(tmp_path / "0") == contents(tmp_path / "1") == contents(tmp_path / "2")


@pytest.mark.parametrize("form", ["tsv", "jsonl", "beads", "html"])
def test_other_formats_make_the_same_memory(notes: Path, tmp_path: Path, form: str) -> None:
    tasks = tasks_of(notes)[:2]
    run_batch(tasks, tmp_path / "tmx", engine=Here())
    run_batch(tasks, tmp_path / form, Job(form=form), Here())
    assert (tmp_path / form / f"documents/note 00.txt.{form}").stat().st_size
    same = [(tmp_path / place / "memory.tmx").read_bytes() for place in ("tmx", form)]
    assert same[0] == same[1]


def test_failures_are_recorded_and_stop_nothing(notes: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "english.txt").write_text("Only English text stands here.\n")
    (bad / "broken.docx").write_bytes(b"PK\x03\x04 word/ nothing")
    (bad / "bytes.txt").write_bytes(bytes(range(256)) * 10)
    (bad / "empty.txt").write_text("")
    tasks = [*tasks_of(bad), Task("gone", ("no/such.txt",), "list.csv: line 7"), *tasks_of(notes)]
    summary = run_batch(tasks, tmp_path / "out", engine=Here(1))
    failed = {result.id: result.error for result in summary.of(Status.FAILED)}
    assert sorted(failed) == ["broken.docx", "bytes.txt", "empty.txt", "english.txt", "gone"]
    assert failed["gone"].startswith("list.csv: line 7: no/such.txt: no such file")
    assert all("\n" not in error for error in failed.values())
    assert len(summary.of(Status.DONE)) == 5
    table = (tmp_path / "out/results.tsv").read_text().splitlines()
    assert [line.split("\t")[0] for line in table[1:]] == [task.id for task in tasks]


def test_nothing_is_done_twice(notes: Path, tmp_path: Path) -> None:
    source = tmp_path / "in"
    make_notes(source, 4)
    out = tmp_path / "out"
    run_batch(tasks_of(source), out, engine=Here())
    before = contents(out)
    again = Here()
    summary = run_batch(tasks_of(source), out, engine=again, resume=True)
    assert (again.asked, summary.kept) == ([], 4)
    assert contents(out) == before
    # A changed input, a damaged output, a new document; one that is gone.
    (source / "note 00.txt").write_bytes((source / "note 01.txt").read_bytes())
    (out / "documents/note 01.txt.tmx").write_text("cut off")
    (source / "new.txt").write_bytes((source / "note 03.txt").read_bytes())
    (source / "note 03.txt").unlink()
    again = Here()
    run_batch(tasks_of(source), out, engine=again, resume=True)
    assert again.asked == ["new.txt", "note 00.txt", "note 01.txt"]
    run_batch(tasks_of(source), tmp_path / "anew", engine=Here())
    assert contents(out) == contents(tmp_path / "anew")


class EndOfRunError(Exception):
    """Stands for what ends a run at once."""


def test_what_fails_now_leaves_nothing_of_before(tmp_path: Path) -> None:
    source = make_notes(tmp_path / "in", 2)
    out = tmp_path / "out"
    run_batch(tasks_of(source), out, engine=Here())
    (source / "note 00.txt").write_text("Only English stands here.\n")

    def die(result: Result, is_new: bool) -> None:
        raise EndOfRunError

    with pytest.raises(EndOfRunError):
        run_batch(tasks_of(source), out, engine=Here(), resume=True, on_result=die)
    assert (out / "documents/note 00.txt.tmx").exists()
    run_batch(tasks_of(source), out, engine=Here(), resume=True)
    assert not (out / "documents/note 00.txt.tmx").exists()


def test_other_settings_do_all_again(tmp_path: Path) -> None:
    source = make_notes(tmp_path / "in", 2)
    out = tmp_path / "out"
    run_batch(tasks_of(source), out, engine=Here())
    for job in (Job(min_confidence=0.5), Job(Settings(max_bead=(2, 2))), Job(form="tsv"), Job()):
        again = Here()
        run_batch(tasks_of(source), out, job, again, resume=True)
        assert len(again.asked) == 2
    run_batch(tasks_of(source), tmp_path / "anew", engine=Here())
    assert contents(out) == contents(tmp_path / "anew")


def test_a_torn_journal_costs_a_document(tmp_path: Path) -> None:
    source = make_notes(tmp_path / "in", 3)
    out = tmp_path / "out"
    run_batch(tasks_of(source), out, engine=Here())
    before = contents(out)
    journal = out / ".aligner/journal.jsonl"
    data = journal.read_bytes().rstrip(b"\n")
    for damaged in (data[:-20], data[:-20] + bytes(40), b'{"id": 3}\n[]\n\xff\n' + data[:-20]):
        journal.write_bytes(damaged)
        again = Here()
        run_batch(tasks_of(source), out, engine=again, resume=True)
        assert again.asked == ["sub/note 02.txt"]
        assert contents(out) == before
    lines = journal.read_bytes().splitlines()
    assert json.loads(lines[-1])["id"] == "sub/note 02.txt"


def test_folders_that_are_refused(notes: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "full").mkdir()
    (tmp_path / "full/thesis.doc").write_text("years of work")
    tasks = tasks_of(notes)[:1]
    run_batch(tasks, tmp_path / "earlier", engine=Here())
    for name, told in (
        ("file", "can't be written to"),
        ("full", "not an earlier run"),
        ("earlier", "--resume"),
    ):
        with pytest.raises(OutputError, match=told):
            run_batch(tasks, tmp_path / name, engine=Here())
    assert (tmp_path / "full/thesis.doc").read_text() == "years of work"


class TwoAtOnce(Here):
    """Begins a second run into the folder in the midst of the first."""

    def run(self, tasks, job, folder):  # type: ignore[no-untyped-def]
        chosen = list(tasks)
        with pytest.raises(OutputError, match="another run is using"):
            run_batch(chosen, folder.root, job, Here(), resume=True)
        return super().run(chosen, job, folder)


def test_a_second_run_is_refused(notes: Path, tmp_path: Path) -> None:
    assert run_batch(tasks_of(notes)[:1], tmp_path, engine=TwoAtOnce()).of(Status.DONE)


def test_ids_that_come_twice_and_unknown_models(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="x: two tasks"):
        run_batch([Task("x", ("a",)), Task("x", ("b",))], tmp_path, engine=Here())
    job = Job(Settings(model=str(tmp_path)))
    with pytest.raises(ModelError):
        run_batch([Task("x", ("a",))], tmp_path / "out", job, LocalEngine(1))
    with pytest.raises(UsageError, match="moses: not a format for a batch"):
        Job(form="moses")


def test_what_counts_as_a_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "b.txt",
        "a.PDF",
        "deep/c.docx",
        ".hidden.txt",
        ".git/d.txt",
        "e.zip",
        "out/f.txt",
    ):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        place.write_text("x")
    out = str(tmp_path / "out")
    found = find_files(str(tmp_path), besides=out)
    assert found.names == ("a.PDF", "b.txt", "deep/c.docx")
    assert found.passed_over == "1 .zip"
    monkeypatch.chdir(tmp_path / "deep")
    assert "deep/c.docx" in find_files(str(tmp_path)).names
    assert find_files(str(tmp_path), ["deep/*", "*.zip"], out).names == ("deep/c.docx", "e.zip")
    with pytest.raises(ReadError, match=r"no file \*\.xyz in this folder"):
        find_files(str(tmp_path), ["*.xyz"], out)
    with pytest.raises(ReadError, match="no such folder or file"):
        find_files(str(tmp_path / "nowhere"))


def test_uris_give_what_paths_give(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    source = make_notes(tmp_path / "in", 3)
    run_batch(tasks_of(source), tmp_path / "here", engine=Here())
    uri = tmp_path.as_uri()
    tasks = folder_tasks(find_files(f"{uri}/in"))
    assert tasks[0].inputs == (f"{uri}/in/note%2000.txt",)
    gone = Task("gone", (f"{uri}/gone.txt",))
    summary = run_batch([*tasks, gone], f"{uri}/there", engine=Here())
    assert [r.error for r in summary.of(Status.FAILED)] == [
        f"{uri}/gone.txt: no such file; check the path"
    ]
    with pytest.raises(OutputError, match="--resume"):
        run_batch(tasks, f"{uri}/there", engine=Here())
    again = Here()
    run_batch(tasks, f"{uri}/there", engine=again, resume=True)
    assert again.asked == []
    here, there = contents(tmp_path / "here"), contents(tmp_path / "there")
    assert {n for n in there if not n.startswith(".aligner/")} == set(here)
    for name in set(here) - {"results.tsv"}:
        assert here[name] == there[name]
