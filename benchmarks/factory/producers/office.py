"""LibreOffice Writer: printed to PDF, and saved in the formats of offices."""

from __future__ import annotations

import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from factory.design import Job, Producer
from factory.flow import arrange
from factory.open_document import document
from factory.settings import PAGES, missing

_FILTERS = {"txt": "txt:Text (encoded):UTF8", "html": "html:HTML (StarWriter)"}
_SECONDS = 300  # for one run over many files


def _make(jobs: Sequence[Job]) -> None:
    """One run for each format, over all files of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for form, group in itertools.groupby(
            sorted(jobs, key=lambda job: job.spec.format), lambda job: job.spec.format
        ):
            sources = {folder / f"{job.path.stem}.fodt": job for job in group}
            for source, job in sources.items():
                flow = arrange(job.text, job.spec.arrangement)
                source.write_text(document(job.text, flow, job.spec), "utf-8")
            command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
            command += ["--headless", "--convert-to", _FILTERS.get(form, form)]
            command += ["--outdir", str(folder / "out"), *map(str, sources)]
            subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
            for source, job in sources.items():
                shutil.move(folder / "out" / f"{source.stem}.{form}", job.path)


PRINTED = Producer(
    "LibreOffice",
    PAGES,
    missing(["soffice"], ["pyphen"]),
    _make,
)
SAVED = Producer(
    "LibreOffice saved",
    {
        "format": ("docx", "html", "txt", "odt", "rtf", "doc"),
        "arrangement": PAGES["arrangement"],
        "furniture": PAGES["furniture"],
        "style": ("plain", "hyphenated", "italic"),
    },
    missing(["soffice"], ["pyphen"]),
    _make,
)
