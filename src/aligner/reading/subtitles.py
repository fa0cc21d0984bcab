"""Subtitles, SRT and WebVTT: the text of the cues, without their times and marks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from aligner.reading.characters import clean
from aligner.reading.extract import Extract, TextBlock
from aligner.reading.text import decode

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}[^\n]*")
_NUMBER = re.compile(r"\s*\d+\s*")
# <i>, <c.yellow>, <v Mary>, <00:01.000>, {\an8}.
_MARK = re.compile(
    r"</?(?:[bcisuv]|font|lang|ruby|rt)(?:[.\s][^<>\n]*)?>|<\d[\d:.]*>|\{\\[^{}\n]*\}", re.I
)


def extract(data: bytes, name: str, _languages: Sequence[str] = ()) -> Extract:
    """The cues of a file, a block each that may go on in the next one; raises ReadError."""
    cues = _cues(clean(decode(data, name)))
    return Extract(tuple(TextBlock(text, is_open=True) for text in cues if text))


def _cues(text: str) -> Iterator[str]:
    """The text of each cue: what stands from its times to the next one's, but for its name."""
    lines = text.split("\n")
    at = [number for number, line in enumerate(lines) if _TIMES.fullmatch(line)]
    for place, following in zip(at, [*at[1:], len(lines)], strict=True):
        cue = lines[place + 1 : following]
        if following < len(lines) and cue and cue[-1].strip() and _is_name(cue):
            del cue[-1]
        # WebVTT's own blocks, of comments and styles, stand behind a blank line.
        end = next((k for k, line in enumerate(cue) if _is_aside(cue, k)), len(cue))
        yield "\n".join(filter(None, (_plain(line) for line in cue[:end])))


def _is_name(cue: Sequence[str]) -> bool:
    """Whether the last line is the number or the name of the next cue."""
    return _NUMBER.fullmatch(cue[-1]) is not None or (len(cue) > 1 and not cue[-2].strip())


def _is_aside(cue: Sequence[str], place: int) -> bool:
    begins = re.match(r"(?:NOTE|STYLE|REGION)(?:\s|$)", cue[place]) is not None
    return begins and place > 0 and not cue[place - 1].strip()


def _plain(line: str) -> str:
    return " ".join(html.unescape(_MARK.sub("", line)).split())
