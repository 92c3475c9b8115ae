"""Small static charts of runs: step curves and lines over a logarithmic axis, and bars with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solvers.drawing import INK, Svg, box, drawing, element, line, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLOURS = ("#005eb8", "#d5281b", "#007f3b", "#330072", "#ae2573", "#4c6272", "#7c2855", "#00a499", "#231f20")
DASHES = ("none", "7 3", "2 3", "9 3 2 3", "1 3", "12 4", "4 2", "6 2 1 2", "3 5")
GRID = "#d8dde0"
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 340, 56, 170, 12, 44
STROKE = 2.2


@dataclass(frozen=True, slots=True)
class _Plane:
    """Shares from 0 to 1 upwards, a logarithmic axis across."""

    low: float
    high: float

    @classmethod
    def around(cls, figures: Sequence[float]) -> _Plane:
        low, high = (min(figures), max(figures)) if figures else (1.0, 10.0)
        return cls(low, max(high, low * 10))

    def place(self, x: float, y: float) -> tuple[float, float]:
        share = math.log(max(x, self.low) / self.low) / math.log(self.high / self.low)
        return LEFT + share * (WIDTH - LEFT - RIGHT), TOP + (1 - y) * (HEIGHT - TOP - BOTTOM)


def curves(lines: Mapping[str, Sequence[tuple[float, float]]], title: str, across: str, up: str, *, steps: bool) -> Svg:
    """Draw shares (0 to 1) over a logarithmic axis; each line has a colour, a dash and its name at its end."""
    plane = _Plane.around([x for points in lines.values() for x, _ in points if x > 0])
    parts = [element("title", up), *_axes(plane, across)]
    for number, (name, points) in enumerate(lines.items()):
        colour, dashes = COLOURS[number % len(COLOURS)], DASHES[number % len(DASHES)]
        if points:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in _corners([plane.place(*point) for point in points], steps))
            parts.append(
                element(
                    "polyline", points=path, fill="none", stroke=colour, stroke_width=STROKE, stroke_dasharray=dashes
                )
            )
        y = TOP + 14 + 18 * number
        parts.append(line(WIDTH - RIGHT + 12, y - 4, WIDTH - RIGHT + 44, y - 4, colour, STROKE, dashes))
        parts.append(text(WIDTH - RIGHT + 50, y, name))
    return drawing(WIDTH, HEIGHT, title, *parts)


def bars(rows: Sequence[tuple[str, float, float, float]], title: str, across: str) -> Svg:
    """Draw horizontal bars (name, figure, low, high) over a logarithmic axis, with their intervals."""
    figures = [figure for row in rows for figure in row[1:] if figure > 0 and math.isfinite(figure)]
    low, high = (min(figures) / 2, max(figures) * 1.2) if figures else (0.1, 1.0)
    span, height, left = math.log(high / low), 26 * len(rows) + 50, 150

    def at(x: float) -> float:
        return left + math.log(max(x, low) / low) / span * (WIDTH - left - 90)

    parts = []
    for number, (name, figure, least, most) in enumerate(rows):
        y = 8 + 26 * number
        parts += [
            text(left - 8, y + 14, name, anchor="end"),
            box(left, y, at(figure) - left, 18, fill=COLOURS[0]),
            line(at(least), y + 9, at(most), y + 9, INK),
            text(at(max(most, figure)) + 6, y + 14, f"{figure:.3g}"),
        ]
    return drawing(WIDTH, height, title, *parts, text(left, height - 12, across))


def _corners(places: Sequence[tuple[float, float]], steps: bool) -> Iterator[tuple[float, float]]:
    """Yield the points of a line, with the corners of a step curve, out to the end of the axis."""
    before = None
    for x, y in places:
        if steps and before is not None:
            yield x, before
        yield x, y
        before = y
    yield WIDTH - RIGHT, places[-1][1]


def _axes(plane: _Plane, across: str) -> Iterator[Svg]:
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = plane.place(plane.low, share)
        yield line(x, y, WIDTH - RIGHT, y, GRID)
        yield text(x - 6, y + 4, f"{share:.0%}", anchor="end")
    exponent = math.ceil(math.log10(plane.low) - 1e-9)
    while 10.0**exponent <= plane.high * (1 + 1e-9):
        x, y = plane.place(10.0**exponent, 0.0)
        yield text(x, y + 18, f"{10.0**exponent:g}", anchor="middle")
        exponent += 1
    yield text(LEFT, HEIGHT - 6, across)
