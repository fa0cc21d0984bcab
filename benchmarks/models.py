"""How large, fast and right is each model that needs no hub?

    python benchmarks/models.py DEV_LITERARY

The scorer's weights were trained on the default model's vectors of these very chapters, so its
F1 is given leave-one-chapter-out, from the file of weights; other models use the same weights
as they stand.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from results import record, table
from training.corpus import read_chapters
from training.cross_validation import align
from training.weights import provenance

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from aligner import Aligner, evaluate, load_encoder
from aligner.embedding import DEFAULT_MODEL
from aligner.evaluation import Counts, count_beads
from aligner.matching.scorer import trained_scorers
from aligner.memory import read_beads
from real_model import NAME, write_model

ROOT = Path(__file__).parent.parent


def main() -> None:
    folder = Path(sys.argv[1])
    chapters = read_chapters(folder)
    golds = [read_beads(path) for path in sorted(folder.glob("*.beads"))]
    rows = []
    for name in (DEFAULT_MODEL, NAME):
        place = ROOT / "models" / name
        if name == NAME and not place.exists():
            write_model(place)
        encoder = load_encoder(name if name == DEFAULT_MODEL else str(place))
        texts = chapters[0].source + chapters[0].target
        encoder.encode(texts[:20])
        start = time.perf_counter()
        encoder.encode(texts)
        rate = len(texts) / (time.perf_counter() - start)
        notes = evaluate(ROOT / "data/gold", aligner=Aligner(encoder=encoder)).systems[0].counts
        if name == DEFAULT_MODEL:
            trained = provenance()
            literary = trained["leave_one_chapter_out"]["strict F1"]
        else:
            counts = Counts()
            for chapter, gold in zip(chapters, golds, strict=True):
                counts += count_beads(gold, align(chapter, encoder, trained_scorers()))
            literary = counts.strict.f1
        rows.append([name, f"{rate:.0f}", f"{notes.strict.f1:.3f}", f"{literary:.3f}"])
    names = ["model", "sentences a second", "strict F1, notes", "strict F1, chapters"]
    record("models.py", table(names, rows))


if __name__ == "__main__":
    main()
