"""Pictures of text, read by the tesseract program."""

from __future__ import annotations

import os
import shutil
import subprocess

from aligner.errors import ReadError
from aligner.reading.characters import clean
from aligner.reading.extract import Extract

DOTS_PER_INCH = 300
MAX_SECONDS = 180  # for a page
_WANTED = ("chi_sim", "chi_tra", "eng")


def extract(data: bytes, name: str, ocr: bool = True) -> Extract:
    """The text of a picture file; raises ReadError where tesseract is missing or fails."""
    return Extract(read_picture(data, name) if ocr else "")


def read_pixels(pixels: bytes, width: int, height: int, stride: int, name: str) -> str:
    """The text of an 8-bit grey picture whose rows take `stride` bytes each."""
    rows = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    return read_picture(b"P5 %d %d 255\n" % (width, height) + rows, name)


def read_picture(data: bytes, name: str) -> str:
    """The text of a picture in any format that tesseract reads."""
    program = shutil.which("tesseract")
    if program is None:
        raise ReadError(
            f"{name}: --ocr needs the program tesseract; install it with its Chinese data "
            "(Debian: tesseract-ocr tesseract-ocr-chi-sim tesseract-ocr-chi-tra)"
        )
    done = _run(program, ["--list-langs"], b"", name)
    languages = [wanted for wanted in _WANTED if wanted in done.split()]
    if not any(language.startswith("chi") for language in languages):
        raise ReadError(
            f"{name}: tesseract has no Chinese data; install it "
            "(Debian: tesseract-ocr-chi-sim tesseract-ocr-chi-tra)"
        )
    wanted = ["-", "-", "-l", "+".join(languages), "--dpi", str(DOTS_PER_INCH)]
    return clean(_run(program, wanted, data, name)).replace("\f", "")


def _run(program: str, arguments: list[str], data: bytes, name: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, no shell
            [program, *arguments],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as exc:
        raise ReadError(f"{name}: tesseract took more than {MAX_SECONDS} seconds a page") from exc
    except subprocess.CalledProcessError as exc:
        reason = " ".join(exc.stderr.decode(errors="replace").split())[-120:]
        raise ReadError(f"{name}: tesseract failed ({reason})") from exc
    return done.stdout.decode(errors="replace")
