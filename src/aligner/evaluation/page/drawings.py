"""Drawings of the page, as SVG. Their colours come from the page's style by class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from aligner.evaluation.calibration import Calibration
from aligner.evaluation.judging import Judged, Verdict
from aligner.evaluation.reference import Claim, Reference
from aligner.evaluation.results import Interval

_SIDE = 400  # Units of a map.
_LEAST = 1.5  # What the smallest bead is drawn as.
_PLOT, _MARGIN, _TOP = 240, 48, 16  # The plot, and room for its labels.


def whiskers(value: float, limits: Interval, low: float) -> Markup:
    """A value and its interval on a line from `low` to 1."""

    def place(score: float) -> float:
        return 4 + 152 * (max(score, low) - low) / (1 - low)

    return Markup(
        '<svg class="whiskers" viewBox="0 0 160 16" aria-hidden="true">'
        '<line class="axis" x1="4" x2="156" y1="8" y2="8"/>'
        '<line class="range" x1="{:.1f}" x2="{:.1f}" y1="8" y2="8"/>'
        '<circle cx="{:.1f}" cy="8" r="4"/></svg>'
    ).format(place(limits[0]), place(limits[1]), place(value))


def reliability(calibration: Calibration, name: str) -> Markup:
    """Shares of right beads over confidences; the larger a disc, the more beads."""

    def across(confidence: float) -> str:
        return f"{_MARGIN + confidence * _PLOT:.1f}"

    def down(right: float) -> str:
        return f"{_TOP + (1 - right) * _PLOT:.1f}"

    filled = [found for found in calibration.bins if found.beads]
    most = max(found.beads for found in filled)
    size = _PLOT + _MARGIN + _TOP
    parts = [
        Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            size, size, f"Reliability of the confidences of {name}; the table has its figures"
        )
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        x, y, label = across(tick), down(tick), f"{tick:g}"
        parts += [
            _line(x, down(0), x, down(1)),
            _line(across(0), y, across(1), y),
            _text(x, _TOP + _PLOT + 16, "middle", label),
            _text(_MARGIN - 6, float(y) + 4, "end", label),
        ]
    parts.append(_line(across(0), down(0), across(1), down(1), "ideal"))
    path = " ".join(f"{across(found.confidence)},{down(found.right)}" for found in filled)
    parts.append(Markup('<polyline class="found" points="{}"/>').format(path))
    parts += [
        Markup('<circle cx="{}" cy="{}" r="{:.1f}"><title>{}</title></circle>').format(
            across(found.confidence),
            down(found.right),
            3 + 9 * (found.beads / most) ** 0.5,
            f"{found.beads} beads: confidence {found.confidence:.2f}, right {found.right:.2f}",
        )
        for found in filled
    ]
    parts += [
        _text(_MARGIN + _PLOT / 2, size - 6, "middle", "confidence"),
        Markup('<g transform="translate(12 {}) rotate(-90)">{}</g></svg>').format(
            _TOP + _PLOT / 2, _text(0, 0, "middle", "right")
        ),
    ]
    return Markup("").join(parts)


def _line(x1: str, y1: str, x2: str, y2: str, name: str = "grid") -> Markup:
    return Markup('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(name, x1, y1, x2, y2)


def _text(x: float | str, y: float, anchor: str, content: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, content)


def path_map(
    reference: Reference,
    judged: Sequence[Judged],
    label: str,
    image: str = "",
    links: Sequence[str] = (),
) -> Markup:
    """An alignment's path, source down and target across, over the picture of id `image`.

    `links` are, for each bead, the place on the page that tells of it, if any.
    """
    parts = [
        Markup('<svg class="map" viewBox="-1 -1 {0} {0}" role="{1}" aria-label="{2}">').format(
            _SIDE + 2, "group" if any(links) else "img", label
        )
    ]
    if image:
        parts.append(Markup('<use href="#{}"/>').format(image))
    parts.append(Markup('<rect class="frame" width="{0}" height="{0}"/>').format(_SIDE))
    boxes = zip(judged, _boxes(reference, [each.claim for each in judged]), strict=True)
    for k, (each, box) in enumerate(boxes):
        if box is None:
            continue
        x, y, width, height = box
        drawn = Markup(
            '<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>'
        ).format(_CLASSES[each.verdict], x, y, width, height)
        target = links[k] if links else ""
        if target:
            drawn = Markup('<a href="#{}" aria-label="{}">{}</a>').format(
                target, f"{each.verdict}: bead of {each.claim.type}", drawn
            )
        parts.append(drawn)
    parts.append(Markup("</svg>"))
    return Markup("").join(parts)


_CLASSES = {
    Verdict.RIGHT: "right",
    Verdict.PARTLY: "wrong",
    Verdict.WRONG: "wrong",
    Verdict.OPEN: "open",
}

_Box = tuple[float, float, float, float]


def _boxes(reference: Reference, claims: Iterable[Claim]) -> Iterator[_Box | None]:
    """Where beads lie on the map; a null is a line where the bead before it ends."""
    rows, columns = reference.source.bounds[-1] or 1, reference.target.bounds[-1] or 1
    row = column = 0
    for claim in claims:
        if any(span.start < 0 for span in (*claim.source, *claim.target)):
            yield None
            continue
        top, row = (claim.source[0].start, claim.source[-1].end) if claim.source else (row, row)
        left, column = (
            (claim.target[0].start, claim.target[-1].end) if claim.target else (column, column)
        )
        width, height = (column - left) * _SIDE / columns, (row - top) * _SIDE / rows
        yield (
            left * _SIDE / columns,
            top * _SIDE / rows,
            max(width, _LEAST),
            max(height, _LEAST),
        )
