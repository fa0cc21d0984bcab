"""The options that several commands share, so that they are named alike everywhere.

Paths say `readable=False` because the reading room tells better what is wrong with a file.
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
    """What the shell gave as text; raises UsageError for bytes that are none."""
    return [_as_text(each) for each in given] if isinstance(given, list) else _as_text(given)


def _as_text(given: str) -> str:
    try:
        return os.fsencode(given).decode()
    except UnicodeDecodeError as exc:
        told = f"{printable_name(given)}: no text in UTF-8; check the terminal's encoding"
        raise UsageError(told) from exc


SourceLang = Annotated[
    str, typer.Option("--source-lang", callback=as_text, help="Language of the source.")
]
TargetLang = Annotated[
    str, typer.Option("--target-lang", callback=as_text, help="Language of the target.")
]
Model = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME-OR-FOLDER",
        help="Embedding model: one of `aligner models list`, the name of a sentence-transformers "
        "model such as LaBSE, or a folder with one, as ./NAME.",
    ),
]
MaxBead = Annotated[
    str,
    typer.Option("--max-bead", metavar="M-N", help="Most source and target sentences in a pair."),
]
Clauses = Annotated[bool, typer.Option("--clauses", help="Cut sentences at semicolons too.")]
Ocr = Annotated[bool, typer.Option("--ocr", help="Read scanned pages and pictures with tesseract.")]
Output = Annotated[
    Path,
    typer.Option(
        "-o", "--output", metavar="OUT", readable=False, help="Output file; - is standard output."
    ),
]
_MEMORY = "TMX, or TSV, XLSX, XLIFF, JSONL, Parquet, or living."
Memory = Annotated[Path, typer.Argument(metavar="MEMORY", readable=False, help=_MEMORY)]
Memories = Annotated[list[Path], typer.Argument(metavar="MEMORY...", readable=False, help=_MEMORY)]
PickSource = Annotated[
    str,
    typer.Option(
        "--source-lang", callback=as_text, help="Language of the source, else as the memory has it."
    ),
]
PickTarget = Annotated[
    str,
    typer.Option(
        "--target-lang", callback=as_text, help="Language of the target, else as the memory has it."
    ),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format",
        help="tmx, tsv, jsonl, xlsx, xliff, html, parquet, moses or beads; else by OUT's ending.",
    ),
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="No progress, no summary.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Living = Annotated[
    Path,
    typer.Argument(metavar="MEMORY", readable=False, help="A living memory: one SQLite file."),
]
InDocument = Annotated[
    str,
    typer.Option(
        "--document", callback=as_text, help="Only documents with this in name or reference."
    ),
]
MinConfidence = Annotated[
    float,
    typer.Option("--min-confidence", min=0.0, max=1.0, help="Leave out less certain units."),
]
LeastConfidence = Annotated[
    float,
    typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="Leave out less certain units; 0 takes all."
    ),
]
PairConfidence = Annotated[
    float | None,
    typer.Option(
        "--min-confidence",
        min=0.0,
        max=1.0,
        help="Leave out less certain pairs; 0 writes all.",
        show_default=f"{LEAST_CONFIDENCE} for TMX, XLIFF, Parquet and Moses, else 0",
    ),
]

SOURCE_LANG = "zh"
TARGET_LANG = "en"
MODEL = DEFAULT_MODEL
MAX_BEAD = "6-6"
OUTPUT = Path("-")


def refuse_pipes(paths: Iterable[Path]) -> None:
    """Raise UsageError for standard input, where a memory is read twice."""
    if any(str(path) == "-" for path in paths):
        raise UsageError("-: this command reads its memories twice; give it files")


def check_output(output: Path, *inputs: Path) -> None:
    """Raise OutputError where a file can't be put, UsageError where it is one of the inputs."""
    from aligner.memory import check_place

    check_place(output)
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise UsageError(f"{output}: this is the input; write to another file")


def refuse_terminal(output: Path, form: str) -> None:
    """Raise UsageError for a format that a terminal can't show."""
    if str(output) == "-" and form in ("xlsx", "parquet") and sys.stdout.isatty():
        raise UsageError(f"{form} is not for a terminal; name a file with -o")


def parse_max_bead(text: str) -> tuple[int, int]:
    """`5-4` as numbers; raises UsageError."""
    parts = text.split("-")
    if len(parts) != 2 or not all(re.fullmatch("[1-9][0-9]{0,3}", part) for part in parts):
        raise UsageError(f"--max-bead {text}: give two numbers from 1 to 9999, such as 5-5")
    return int(parts[0]), int(parts[1])
