"""Where benchmarks put their figures: a section each in RESULTS.md, with the machine."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_HEAD = (
    "# Results\n\nEach section was written by the script that its heading names; "
    "`make bench` runs them all.\n"
)


def machine() -> str:
    """The machine in words."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        found = re.search(r"model name\s*: (.+)", info.read_text())
        model = found[1] if found else model
    return f"{model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def record(script: str, text: str) -> None:
    """Print a script's results and put them into its section of RESULTS.md."""
    print(text)
    old = RESULTS.read_text("utf-8") if RESULTS.exists() else _HEAD
    sections = {m[1]: m[0] for m in re.finditer(r"## `(\S+)`\n.*?(?=\n## |\Z)", old, re.S)}
    sections[script] = f"## `{script}`\n\nOn {machine()}.\n\n{text.rstrip()}\n"
    RESULTS.write_text(_HEAD + "".join(f"\n{sections[key]}" for key in sorted(sections)), "utf-8")
