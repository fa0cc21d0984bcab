"""Options shared by several commands, so that names and help texts agree.

Paths use `readable=False` because the `reading` module reports more precisely what is wrong.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from aligner.confidence import LEAST_CONFIDENCE
from aligner.embedding import DEFAULT_MODEL
from aligner.errors import UsageError
from aligner.printable import printable_name


def as_text(given: str | list[str]) -> str | list[str]:
    """Return shell arguments as text; raises UsageError for bytes that are not UTF-8."""
    return [_as_text(each) for each in given] if isinstance(given, list) else _as_text(given)


def _as_text(given: str) -> str:
    try:
        return os.fsencode(given).decode()
    except UnicodeDecodeError as exc:
        message = f"{printable_name(given)}: not UTF-8; check the encoding of the terminal"
        raise UsageError(message) from exc


SourceLang = Annotated[
    str,
    typer.Option("--source-lang", metavar="LANG", callback=as_text, help="Source language."),
]
TargetLang = Annotated[
    str,
    typer.Option("--target-lang", metavar="LANG", callback=as_text, help="Target language."),
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="MODEL",
        help="Embedding model: a name from `aligner models list`, a sentence-transformers model "
        "such as LaBSE, or a folder such as ./NAME.",
    ),
]
MaxBead = Annotated[
    str,
    typer.Option("--max-bead", metavar="M-N", help="Maximum sentences in a pair, source-target."),
]
Clauses = Annotated[bool, typer.Option("--clauses", help="Also split sentences at semicolons.")]
Ocr = Annotated[bool, typer.Option("--ocr", help="Read scanned pages and images.")]
Output = Annotated[
    Path,
    typer.Option(
        "-o",
        "--output",
        metavar="OUT",
        readable=False,
        help="Output file, or - for standard output.",
    ),
]
_MEMORY = "TMX, TSV, XLSX, XLIFF, JSONL or Parquet file, or memory database."
Memory = Annotated[Path, typer.Argument(metavar="MEMORY", readable=False, help=_MEMORY)]
Memories = Annotated[list[Path], typer.Argument(metavar="MEMORY", readable=False, help=_MEMORY)]
PickSource = Annotated[
    str,
    typer.Option(
        "--source-lang",
        metavar="LANG",
        callback=as_text,
        help="Source language.",
        show_default="the memory's",
    ),
]
PickTarget = Annotated[
    str,
    typer.Option(
        "--target-lang",
        metavar="LANG",
        callback=as_text,
        help="Target language.",
        show_default="the memory's",
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="tmx, tsv, jsonl, xlsx, xliff, html, parquet, moses or beads.",
        show_default="by the ending of OUT",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Show no progress and no summary.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Database = Annotated[
    Path,
    typer.Argument(metavar="DATABASE", readable=False, help="Memory database (an SQLite file)."),
]
InDocument = Annotated[
    str,
    typer.Option(
        "--document",
        metavar="TEXT",
        callback=as_text,
        help="Only documents whose name or reference contains this.",
    ),
]
_LEAVE_OUT = "Leave out pairs below this confidence; 0 keeps all."
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", metavar="P", min=0.0, max=1.0, help=_LEAVE_OUT),
]
PairConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        metavar="P",
        min=0.0,
        max=1.0,
        help=_LEAVE_OUT,
        show_default=f"{LEAST_CONFIDENCE} for TMX, XLIFF, Parquet and Moses, else 0",
    ),
]

SOURCE_LANG = "zh"
TARGET_LANG = "en"
MODEL = DEFAULT_MODEL
MAX_BEAD = "6-6"
OUTPUT = Path("-")


def refuse_pipes(paths: Iterable[Path]) -> None:
    """Raise UsageError for standard input, which can't be read twice."""
    if any(str(path) == "-" for path in paths):
        raise UsageError("-: this command reads its input twice; give files")


def check_output(output: Path, *inputs: Path) -> None:
    """Raise OutputError if the output can't be written, UsageError if it is one of the inputs."""
    from aligner.memory import check_place

    check_place(output)
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise UsageError(f"{output}: output and input are the same file; write to another file")


def refuse_terminal(output: Path, form: str) -> None:
    """Raise UsageError for a binary format on a terminal."""
    if str(output) == "-" and form in ("xlsx", "parquet") and sys.stdout.isatty():
        raise UsageError(f"{form} can't be shown on a terminal; name a file with -o")


def parse_max_bead(text: str) -> tuple[int, int]:
    """Return `5-4` as numbers; raises UsageError."""
    parts = text.split("-")
    if len(parts) != 2 or not all(re.fullmatch("[1-9][0-9]{0,3}", part) for part in parts):
        raise UsageError(f"--max-bead {text}: give two numbers from 1 to 9999, such as 5-5")
    return int(parts[0]), int(parts[1])
