"""Files of one sentence a line, aligned part by part, so that they may be of any length."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, tee
from pathlib import Path
from typing import overload

from aligner.align.sentences import line_sentence, reinsert_blanks
from aligner.align.settings import Settings
from aligner.errors import LanguageError
from aligner.identify import not_one_each
from aligner.languages import detect_language, language_code, language_name, same_script
from aligner.matching import match
from aligner.printable import printable_name
from aligner.reading import LineFile
from aligner.types import Alignment, Bead, Part, Sentence, prefix_sizes
from aligner.vectors import Encoder

_PART = 1000  # beads that are handed on together
_LOOKED_AT = 1000  # lines that show a file's language


def stream_parts(
    first: str | Path, second: str | Path, settings: Settings, encoder: Callable[[], Encoder]
) -> Iterator[Part]:
    """Parts of the alignment of two files, as they are made; see `Aligner.stream`.

    `encoder` gives the model, once the files are known to be of the two languages.
    """
    files = LineFile(first), LineFile(second)
    heads = ["\n".join(line.text for line in file[:_LOOKED_AT]) for file in files]
    _check_languages(files, heads, settings.languages)
    # One code for the whole, though it comes in parts.
    codes = [language_code(*side) for side in zip(settings.languages, heads, strict=True)]
    model = encoder()
    sides = [_FileSentences(f, lang) for f, lang in zip(files, settings.languages, strict=True)]
    found = match(sides[0], sides[1], model.encode, settings.max_bead)
    numbers = sides[0].numbers, sides[1].numbers
    beads = reinsert_blanks(found, numbers, (files[0].full, files[1].full))
    name = " + ".join(printable_name(file.path.name) for file in files)
    i = j = 0
    for group in _split_at_safe_points(beads):
        source = sides[0].whole(i, i + sum(len(bead.source) for bead in group))
        target = sides[1].whole(j, j + sum(len(bead.target) for bead in group))
        here = tuple(bead.shifted(-i, -j) for bead in group)
        alignment = Alignment(source, target, here, codes[0], codes[1], model.name, name)
        yield Part(alignment, (i, j), len(files[0]))
        i, j = i + len(source), j + len(target)


class _FileSentences(Sequence[Sentence]):
    """The lines of a file that are not blank, as sentences; `numbers` are theirs in the file."""

    def __init__(self, file: LineFile, language: str) -> None:
        self._file = file
        self._language = language
        self.numbers = array("q", compress(range(len(file)), file.full))

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, place: int) -> Sentence: ...

    @overload
    def __getitem__(self, place: slice) -> list[Sentence]: ...

    def __getitem__(self, place: int | slice) -> Sentence | list[Sentence]:
        if isinstance(place, slice):
            return self._sentences(self.numbers[place])
        return self._sentences([self.numbers[place]])[0]

    def whole(self, start: int, stop: int) -> tuple[Sentence, ...]:
        """All lines from one up to another, blank ones too."""
        return tuple(self._sentences(range(start, stop)))

    def _sentences(self, numbers: Sequence[int]) -> list[Sentence]:
        lines = self._file.read(numbers)
        return [
            line_sentence(line.text, self._language, line.start, number + 1)
            for line, number in zip(lines, numbers, strict=True)
        ]


def _check_languages(
    files: Sequence[LineFile], heads: Sequence[str], languages: tuple[str, str]
) -> None:
    """Raise LanguageError if the files' first lines show that they are in the wrong order."""
    if same_script(languages):
        return
    names = [printable_name(file.path.name) for file in files]
    found = [detect_language(head, languages) for head in heads]
    if found[0] == languages[1] and found[1] == languages[0]:
        is_in = (f"{n} is in {language_name(c or '')}" for n, c in zip(names, found, strict=True))
        raise LanguageError(
            f"{' and '.join(is_in)}: give them the other way round, or name the languages with "
            "--source-lang and --target-lang"
        )
    if found[0] is not None and found[0] == found[1]:
        raise not_one_each(names, heads, languages)


def _split_at_safe_points(beads: Iterable[Bead]) -> Iterator[list[Bead]]:
    """Beads in groups of many that hold all sentences up to a place in both texts."""
    ours, for_ends = tee(beads)
    group: list[Bead] = []
    for bead, end in zip(ours, prefix_sizes(for_ends), strict=True):
        group.append(bead)
        if len(group) >= _PART and end:
            yield group
            group = []
    if group:
        yield group
