"""Tables of scores by producer and by setting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from factory.score import Score
from results import table

_SETTINGS = ("arrangement", "columns", "style", "furniture", "paper", "size", "text")
_HEAD = ("files", "refused", "pairs", "right", "wrong", "missed", "spaces right", "lost", "perfect")


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"


def _figures(scores: Sequence[Score]) -> list[str]:
    """What a row of a table says of some renderings; all pairs of a refused one are missed."""
    pairs = sum(score.pairs for score in scores)
    right = sum(score.right for score in scores)
    return [
        str(len(scores)),
        str(sum(bool(score.refused) for score in scores)),
        str(pairs),
        _share(right, pairs),
        str(sum(len(score.wrong) for score in scores)),
        str(sum(len(score.missed) for score in scores)),
        _share(sum(score.spaced for score in scores), right),
        str(sum(score.lost for score in scores)),
        str(sum(score.right == score.pairs and not score.wrong for score in scores)),
    ]


def _by(scores: Sequence[Score], key: Callable[[Score], str], name: str) -> str:
    groups: dict[str, list[Score]] = {}
    for score in scores:
        groups.setdefault(key(score), []).append(score)
    return table([name, *_HEAD], [[value, *_figures(group)] for value, group in groups.items()])


def _producer(score: Score) -> str:
    form = score.settings["format"]
    return f"{score.settings['producer']}, {form}"


def _scans(scores: Iterable[Score]) -> str:
    rows = []
    for dpi in ("150", "200", "300"):
        read = [s for s in scores if s.settings.get("dpi") == dpi]
        pairs = sum(score.pairs for score in read)
        right, near = sum(s.right for s in read), sum(s.near for s in read)
        rows.append([dpi, str(len(read)), str(pairs), _share(right, pairs), _share(near, pairs)])
    return table(["dpi", "files", "pairs", "right", "within 2% of the characters"], rows)


def report(scores: Sequence[Score]) -> str:
    """Everything that is known of a run, as Markdown."""
    digital = [score for score in scores if "dpi" not in score.settings]
    read = [score for score in digital if not score.refused]
    scans = [score for score in scores if "dpi" in score.settings]
    parts = [
        f"{len(scores)} renderings of {len({s.settings['text'] for s in scores})} texts. "
        "A pair is right if both of its texts are exact, white space aside; `spaces right` are "
        "those with their white space as well, `lost` the characters of the text that are neither "
        "in a sentence nor left out, `perfect` the files with every pair right and none wrong.\n",
        _by([*digital, *scans], _producer, "producer"),
        "All that was born digital, and what of it was not refused:\n",
        table(["", *_HEAD], [["all", *_figures(digital)], ["read", *_figures(read)]]),
    ]
    paged = [s for s in digital if s.settings["format"] == "pdf"]
    parts.append("PDF files by setting:\n")
    parts += [_by(paged, lambda s, k=key: s.settings[k], key) for key in _SETTINGS]  # type: ignore[misc]
    parts += ["Scans:\n", _scans(scans)] if scans else []
    return "\n".join(parts)
