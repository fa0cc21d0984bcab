"""Aligns real texts and hostile shapes; prints the processor's kernel and all beads as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from threadpoolctl import threadpool_info

from aligner import Alignment, align_note, align_pair, align_sentences, load_encoder
from aligner.threads import use_threads

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "tests/samples"
GROUPS = [("儿童", "children"), ("妇女", "women"), ("移民", "migrants")] * 14


def formal() -> tuple[list[str], list[str]]:
    """Paragraphs that only their numbers tell apart, one left out on either side."""
    texts = (
        [f"28.{k} 继续加强对{group}权利的保护；" for k, (group, _) in enumerate(GROUPS)],
        [f"28.{k} Continue to protect the rights of {who};" for k, (_, who) in enumerate(GROUPS)],
    )
    del texts[0][5], texts[1][11]
    return texts


SHAPES = {
    "formal": formal(),
    "all alike": (["同样的一行。"] * 450, ["The same line."] * 500),
    "some alike": (["同样的一行。"] * 50, ["The same line."] * 60),
    "one word": (["是"] * 120, ["a"] * 100),
    "two lines in turn": (["是的。", "不是，我们走吧。"] * 60, ["Yes.", "No, let us go."] * 70),
    "three in turn, and an end": (
        [*["第一条的内容是这样的。", "第二条。", "同意。"] * 40, "最后一句话说完了。"],
        [*["That is the first article.", "Second article.", "Agreed."] * 40, "This is the end."],
    ),
    "marks alone": (["。"] * 30 + ["……"] * 30, ["."] * 40 + ["..."] * 20),
}


def main(threads: int) -> None:
    use_threads(threads)
    encoder = load_encoder()
    found: dict[str, Alignment] = {
        path.stem: align_note(path, encoder=encoder)
        for path in sorted((ROOT / "data/notes").glob("*.txt"))
    }
    paper = SAMPLES / "paper.zh.txt", SAMPLES / "paper.en.txt"
    found["paper"] = align_pair(*paper, encoder=encoder)
    found |= {name: align_sentences(*texts, encoder=encoder) for name, texts in SHAPES.items()}
    beads = {
        name: [(bead.source, bead.target, bead.confidence) for bead in alignment.beads]
        for name, alignment in found.items()
    }
    (kernel,) = {each["architecture"] for each in threadpool_info() if each["user_api"] == "blas"}
    print(json.dumps({"kernel": kernel, "beads": beads}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
