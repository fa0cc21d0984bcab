"""Which known pairs come right from documents as real programs write them?

    python benchmarks/renderings.py [FOLDER] [--only "PRODUCER; ..."] [--without "PRODUCER; ..."]
                                    [--workers N]

Renders the texts of `factory/texts` in every setting of the design into FOLDER
(`out/factory`), where a second run finds them, and aligns each. The pairs that are wrong or
missed stand in FOLDER/scores.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path

from factory.producers import PRODUCERS
from factory.report import report
from factory.run import plan, render, scores
from results import record


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=Path("out/factory"))
    parser.add_argument("--only", default="", help="producers, parted by semicolons; not recorded")
    parser.add_argument("--without", default="", help="producers that are not run, as scan")
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    only, without = (
        [name.strip() for name in names.split(";") if name.strip()]
        for names in (asked.only, asked.without)
    )
    absent = {p.name: p.missing() for p in PRODUCERS.values() if p.missing()}
    for name, what in absent.items():
        print(f"skipped: {name}: not installed: {what}", file=sys.stderr)
    start = time.perf_counter()
    jobs = [job for job in plan(asked.folder, only) if job.spec.producer not in without]
    made = render(jobs, asked.workers)
    rendered = time.perf_counter()
    done = scores(jobs, asked.workers)
    seconds = time.perf_counter() - rendered
    lines = [json.dumps(score.fields(), ensure_ascii=False) for score in done]
    (asked.folder / "scores.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    text = report(done) + (
        f"\n{made} files made in {rendered - start:.0f} s, all {len(done)} aligned in "
        f"{seconds:.0f} s, with {asked.workers} processes.\n"
    )
    text += "".join(f"\nSkipped: {name}: not installed: {what}.\n" for name, what in absent.items())
    text += "".join(f"\nNot run: {name}.\n" for name in without)
    if only:
        print(text)
    else:
        record("renderings.py", text)


if __name__ == "__main__":
    main()
