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
_PLOT, _MARGIN = 240, 48


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
    """Shares of right beads over confidences; the area of a disc is its number of beads."""

    def at(x: float, y: float) -> str:
        return f"{_MARGIN + x * _PLOT:.1f},{_PLOT + 10 - y * _PLOT:.1f}"

    filled = [found for found in calibration.bins if found.beads]
    most = max(found.beads for found in filled)
    size = _PLOT + _MARGIN + 20
    parts = [
        Markup('<svg class="plot" viewBox="0 0 {} {}" role="img" aria-label="{}">').format(
            size, size, f"Reliability of the confidences of {name}; the table has its figures"
        )
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        (x, _), (_, y) = at(tick, 0).split(","), at(0, tick).split(",")
        parts.append(
            Markup(
                '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                '<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>'
                '<text x="{}" y="{}" text-anchor="middle">{}</text>'
                '<text x="{}" y="{}" text-anchor="end" dominant-baseline="middle">{}</text>'
            ).format(
                *(x, x, 10, _PLOT + 10),
                *(_MARGIN, _MARGIN + _PLOT, y, y),
                *(x, _PLOT + 26, f"{tick:g}"),
                *(_MARGIN - 6, y, f"{tick:g}"),
            )
        )
    parts.append(Markup('<polyline class="ideal" points="{} {}"/>').format(at(0, 0), at(1, 1)))
    path = " ".join(at(found.confidence, found.right) for found in filled)
    parts.append(Markup('<polyline class="found" points="{}"/>').format(path))
    for found in filled:
        x, y = at(found.confidence, found.right).split(",")
        parts.append(
            Markup('<circle cx="{}" cy="{}" r="{:.1f}"><title>{}</title></circle>').format(
                x,
                y,
                3 + 9 * (found.beads / most) ** 0.5,
                f"{found.beads} beads: said {found.confidence:.2f}, right {found.right:.2f}",
            )
        )
    parts.append(
        Markup(
            '<text x="{}" y="{}" text-anchor="middle">confidence</text>'
            '<text transform="translate(12 {}) rotate(-90)" text-anchor="middle">right</text></svg>'
        ).format(_MARGIN + _PLOT / 2, size - 6, 10 + _PLOT / 2)
    )
    return Markup("").join(parts)


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
        Markup('<svg class="map" viewBox="-1 -1 {0} {0}" role="img" aria-label="{1}">').format(
            _SIDE + 2, label
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
