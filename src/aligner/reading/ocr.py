"""Pictures of text, read by the tesseract program."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence

from aligner.document import BlockKind
from aligner.errors import ReadError
from aligner.isolation import clean_environment, find_program
from aligner.reading.characters import clean
from aligner.reading.extract import Extract, TextBlock

DOTS_PER_INCH = 300
MAX_SECONDS = 180  # for a page
_DATA = {
    "zh": "chi_sim", "zh-tw": "chi_tra", "zh-hk": "chi_tra", "zh-mo": "chi_tra",
    "zh-hant": "chi_tra", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara",
    "de": "deu", "it": "ita", "pt": "por", "nl": "nld", "pl": "pol", "tr": "tur", "ja": "jpn",
    "ko": "kor", "th": "tha",
}  # fmt: skip


def extract(data: bytes, name: str, languages: Sequence[str]) -> Extract:
    """The text of a picture file; raises ReadError where tesseract is missing or fails."""
    return Extract((TextBlock(read_picture(data, name, languages), BlockKind.LINES, is_open=True),))


def read_pixels(
    pixels: bytes, width: int, height: int, stride: int, name: str, languages: Sequence[str]
) -> str:
    """The text of an 8-bit grey picture whose rows take `stride` bytes each."""
    rows = b"".join(pixels[row * stride : row * stride + width] for row in range(height))
    return read_picture(b"P5 %d %d 255\n" % (width, height) + rows, name, languages)


def read_picture(data: bytes, name: str, languages: Sequence[str]) -> str:
    """The text, in some languages, of a picture in any format that tesseract reads."""
    program = find_program("tesseract")
    if program is None:
        raise ReadError(
            f"{name}: --ocr needs the program tesseract; install it with its language data "
            "(Debian: tesseract-ocr tesseract-ocr-chi-sim)"
        )
    wanted = [_data(language) for language in languages]
    there = _run(program, ["--list-langs"], b"", name).split()
    for missing in (trained for trained in wanted if trained not in there):
        package = "tesseract-ocr-" + missing.replace("_", "-")
        raise ReadError(
            f"{name}: tesseract lacks its data {missing}; install it (Debian: {package})"
        )
    arguments = ["-", "-", "-l", "+".join(wanted), "--dpi", str(DOTS_PER_INCH)]
    return clean(_run(program, arguments, data, name)).replace("\f", "")


def _data(language: str) -> str:
    """Tesseract's name for a language: chi_sim for zh."""
    code = language.lower().replace("_", "-")
    return _DATA.get(code) or _DATA.get(code.partition("-")[0], code)


def _run(program: str, arguments: list[str], data: bytes, name: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a program found on the path, no shell
            [program, *arguments],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            check=True,
            env={**clean_environment(), "OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as exc:
        raise ReadError(f"{name}: tesseract took more than {MAX_SECONDS} seconds a page") from exc
    except subprocess.CalledProcessError as exc:
        reason = " ".join(exc.stderr.decode(errors="replace").split())[-120:]
        raise ReadError(f"{name}: tesseract failed ({reason})") from exc
    return done.stdout.decode(errors="replace")
