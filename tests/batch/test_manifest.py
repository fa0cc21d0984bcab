"""Manifests, good and bad."""

from __future__ import annotations

import csv
import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.batch import Task, read_manifest
from aligner.errors import FormatError, InputError

pytestmark = pytest.mark.slow

ROWS: list[dict[str, Any]] = [
    {"id": "one", "document": "a.txt"},
    {"id": "deep/two", "source": "zh/b.txt", "target": "en/b.txt"},
    {"id": "", "document": "deep/./c.txt"},
    {"id": None, "document": "/elsewhere/d.txt"},
    {"id": 7, "document": "s3://bucket/e.txt"},
]


def write(path: Path, rows: list[dict[str, Any]]) -> Path:
    names = ["id", "document", "source", "target"]
    if path.suffix == ".parquet":
        pa = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        columns = {n: [None if r.get(n) is None else str(r[n]) for r in rows] for n in names}
        parquet.write_table(pa.table(columns), path)
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    else:
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, names, delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(rows)
    return path


@pytest.mark.parametrize("ending", ["csv", "tsv", "jsonl", "parquet"])
def test_every_format_says_the_same(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"list.{ending}", ROWS)
    tasks = read_manifest(str(path))
    assert [(task.id, task.inputs) for task in tasks] == [
        ("one", (f"{tmp_path}/a.txt",)),
        ("deep/two", (f"{tmp_path}/zh/b.txt", f"{tmp_path}/en/b.txt")),
        ("deep/c.txt", (f"{tmp_path}/deep/c.txt",)),
        ("d.txt", ("/elsewhere/d.txt",)),
        ("7", ("s3://bucket/e.txt",)),
    ]
    line = 2 if ending in ("csv", "tsv") else 1
    assert tasks[0].origin == f"{path}: line {line}"


def test_a_name_without_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.csv").write_text("document\na.txt\n")
    assert read_manifest("x.csv") == [Task("a.txt", ("a.txt",), "x.csv: line 2")]


BAD = [
    ("x.csv", "document\na.txt\n../b.txt\n", "line 3: ../b.txt leads out"),
    ("x.csv", "document\na/../../b.txt\n", "line 2: .* leads out"),
    ("x.csv", "id,document\na,b.txt\nc,d.txt\na,e.txt\n", "line 4: the id a stands in line 2"),
    ("x.csv", "document\na.txt\na.txt\n", "line 3: the id a.txt stands in line 2"),
    ("x.csv", "file\na.txt\n", "line 1: no column 'file' is known; the columns are id, doc"),
    ("x.csv", "document,source,target\n,a,\n", "line 2: give a document, or a source and a"),
    ("x.csv", "document,source,target\nx,a,b\n", "line 2: give a document, or a source and a"),
    ("x.csv", "document\na,b\n", "line 2: more cells than columns"),
    ("x.csv", "document,document\na,b\n", "line 1: a column is repeated"),
    ("x.csv", 'document\n"a\n', "line 2: invalid CSV"),
    ("x.csv", "", "lists no documents"),
    ("x.csv", "document\n", "lists no documents"),
    ("x.csv", "id,document\n../a,b\n", r"line 2: the id '../a' can't be the name of a file"),
    ("x.csv", "id,document\n/a,b\n", "line 2: the id '/a' can't"),
    ("x.csv", f"id,document\n{'a' * 201},b\n", "line 2: the id 'a+' can't"),
    ("x.jsonl", '{"document": "a"}\n\n{"document": \n', "line 3: invalid JSON"),
    ("x.jsonl", "[" * 100_000, "line 1: invalid JSON"),
    ("x.jsonl", '["a"]\n', "line 1: not an object"),
    ("x.jsonl", '{"document": ["a"]}\n', "line 1: document is not text"),
    ("x.jsonl", '{"document": "a\\u0000b"}\n', "line 1: .* is not a path"),
    ("x.parquet", "no parquet", "not a Parquet file that can be read"),
]


@pytest.mark.parametrize(("name", "content", "told"), BAD, ids=[told for *_, told in BAD])
def test_bad_manifests_tell_the_line(tmp_path: Path, name: str, content: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(content, "utf-8")
    with pytest.raises(FormatError, match=told) as caught:
        read_manifest(str(path))
    assert str(caught.value).startswith(f"{path}: ")
    assert "\n" not in str(caught.value)


def test_other_encodings_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("document\n照会.txt\n".encode("gb18030"))
    with pytest.raises(FormatError, match="not UTF-8"):
        read_manifest(str(path))
    with pytest.raises(InputError, match=r"no\.csv: no such file; check the path"):
        read_manifest(str(tmp_path / "no.csv"))


@given(st.lists(st.text(), max_size=4), st.sampled_from(["csv", "tsv", "jsonl", "parquet"]))
def test_any_content_gives_tasks_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], ending: str
) -> None:
    path = tmp_path_factory.mktemp("any") / f"x.{ending}"
    path.write_bytes("\n".join(["document", *lines]).encode(errors="surrogatepass"))
    tasks: list[Task] = []
    with suppress(InputError):
        tasks = read_manifest(str(path))
    assert len({task.id for task in tasks}) == len(tasks)
    for task in tasks:
        assert ".." not in task.id.split("/")
