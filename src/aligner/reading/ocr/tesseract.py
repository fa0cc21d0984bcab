"""Lines and words on a picture as the tesseract program reads them."""

from __future__ import annotations

import csv
import subprocess
from collections.abc import Iterable, Sequence

from aligner.errors import ReadError
from aligner.isolation import clean_environment, find_program
from aligner.reading.ocr.words import Line, Word
from aligner.spacing import is_wide

DOTS_PER_INCH = 300
MAX_SECONDS = 180  # for a page
_LETTER = 0.93  # the height of a letter with its ascender, or of a Chinese character, of the size
_DATA = {
    "zh": "chi_sim", "zh-tw": "chi_tra", "zh-hk": "chi_tra", "zh-mo": "chi_tra",
    "zh-hant": "chi_tra", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "ar": "ara",
    "de": "deu", "it": "ita", "pt": "por", "nl": "nld", "pl": "pol", "tr": "tur", "ja": "jpn",
    "ko": "kor", "th": "tha",
}  # fmt: skip


def is_there() -> bool:
    """Whether the program is installed."""
    return find_program("tesseract") is not None


def lacks(languages: Sequence[str], name: str) -> str:
    """The data for some languages that is not installed, an empty string if all is."""
    there = _run(["--list-langs"], b"", name).split()
    return next((data for data in map(_data, languages) if data not in there), "")


def read(picture: bytes, name: str, languages: Sequence[str]) -> list[list[Line]]:
    """The lines of a picture in any format that tesseract reads, page by page.

    Raises ReadError where tesseract fails.
    """
    wanted = "+".join(map(_data, languages))
    arguments = ["-", "-", "-l", wanted, "--dpi", str(DOTS_PER_INCH), "tsv"]
    return _pages(_run(arguments, picture, name).splitlines())


def _data(language: str) -> str:
    """Tesseract's name for a language: chi_sim for zh."""
    code = language.lower().replace("_", "-")
    return _DATA.get(code) or _DATA.get(code.partition("-")[0], code)


def _pages(table: Iterable[str]) -> list[list[Line]]:
    """The words of tesseract's table, line by line and page by page."""
    pages: dict[str, dict[tuple[str, ...], list[dict[str, str]]]] = {}
    for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == "5" and row["text"].strip():
            place = (row["block_num"], row["par_num"], row["line_num"])
            pages.setdefault(row["page_num"], {}).setdefault(place, []).append(row)
    return [list(map(_line, lines.values())) for lines in pages.values()]


def _line(rows: Sequence[dict[str, str]]) -> Line:
    words: list[Word] = []
    for row in sorted(rows, key=lambda row: int(row["left"])):
        left, top, width, height = (int(row[key]) for key in ("left", "top", "width", "height"))
        text = row["text"].strip()
        apart = bool(words) and not (is_wide(words[-1].text[-1]) or is_wide(text[0]))
        sure = max(float(row["conf"]), 0.0) / 100
        words.append(Word(text, left, left + width, top + height / 2, sure, apart))
    return Line(tuple(words), max(int(row["height"]) for row in rows) / _LETTER)


def _run(arguments: Sequence[str], data: bytes, name: str) -> str:
    program = find_program("tesseract")
    if program is None:
        raise ReadError(f"{name}: tesseract is not installed any more")
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
