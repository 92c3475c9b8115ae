"""Where several views put the same thing: one row per criterion, one mark per view."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._palette import LINE, MUTED, PALE
from mcda.wording import stated_percent, wrap
from solvers.drawing import INK, Shape, drawing, element, line, mark, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.drawing import Svg

WIDTH = 400.0
MARGIN = 10.0
MARK = 12.0
"""Marks closer than this would cover each other."""
LEGEND = 24
"""Names of up to this many letters leave room for two columns in the key."""


@dataclass(frozen=True, slots=True)
class Series:
    """A view: its name, and how it is drawn."""

    name: str
    colour: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """A criterion: where each series puts it, and where the reference does."""

    name: str
    values: tuple[float, ...]
    reference: float


def spread_chart(rows: Sequence[SpreadRow], series: Sequence[Series], reference: str, label: str) -> Svg:
    """Draw shares (of one) as marks on one line per row, with an upright tick for the reference view."""
    highest = max((share for row in rows for share in (*row.values, row.reference)), default=0.0)
    step = next(size for size in (0.01, 0.02, 0.05, 0.1, 0.2) if highest <= 6 * size or size == 0.2)
    ticks = max(1, math.ceil(highest / step - 1e-9))
    scale = (WIDTH - 2 * MARGIN) / (ticks * step)

    def at(share: float) -> float:
        return MARGIN + share * scale

    columns = 1 if any(len(one.name) > LEGEND for one in series) else 2
    parts = _legend(series, reference, columns)
    y = 24.0 * math.ceil((len(series) + 1) / columns) + 6
    for row in rows:
        placed = _side_by_side([at(share) for share in row.values])
        reach = max((abs(shift) for _, shift in placed), default=0.0) + 10
        middle = y + 26 + reach
        parts.append(text(0, y + 18, wrap(row.name, 52, lines=1)[0], size=14.5))
        parts += [
            line(at(tick * step), middle - reach, at(tick * step), middle + reach, PALE if tick else LINE, 1.5)
            for tick in range(ticks + 1)
        ]
        spread = (*row.values, row.reference)
        parts.append(line(at(min(spread)), middle, at(max(spread)), middle, LINE, 2))
        parts.append(line(at(row.reference), middle - reach, at(row.reference), middle + reach, INK, 4))
        parts += [
            mark(x, middle + shift, one.colour, one.shape) for (x, shift), one in zip(placed, series, strict=True)
        ]
        y = middle + reach
    for tick in range(ticks + 1):
        anchor, x = ("start", 0.0) if tick == 0 else ("end", WIDTH) if tick == ticks else ("middle", at(tick * step))
        parts.append(text(x, y + 18, stated_percent(tick * step), size=13, colour=MUTED, anchor=anchor))
    return drawing(WIDTH, y + 24, label, *parts)


def _legend(series: Sequence[Series], reference: str, columns: int) -> list[Svg]:
    width = LEGEND if columns == 2 else 2 * LEGEND
    parts: list[Svg] = []
    for position, name in enumerate([*(one.name for one in series), reference]):
        x, y = 10 + (WIDTH / columns) * (position % columns), 14 + 24.0 * (position // columns)
        parts.append(text(x + 14, y + 5, wrap(name, width, lines=1)[0]))
        if position < len(series):
            parts.append(mark(x, y, series[position].colour, series[position].shape))
        else:
            parts.append(line(x, y - 8, x, y + 8, INK, 4))
    return parts


def _side_by_side(places: Sequence[float]) -> list[tuple[float, float]]:
    """Move marks up and down if they would cover each other; their place along the line stays exact."""
    shifts = [0.0, *(sign * MARK * level for level in range(1, len(places) + 1) for sign in (-1, 1))]
    found: dict[int, tuple[float, float]] = {}
    for position in sorted(range(len(places)), key=lambda one: places[one]):
        taken = {shift for x, shift in found.values() if abs(x - places[position]) < MARK}
        found[position] = (places[position], next(shift for shift in shifts if shift not in taken))
    return [found[position] for position in range(len(places))]


def swatch(colour: str, shape: Shape) -> Svg:
    """Draw the mark of a series beside its name in a table."""
    return element(
        "svg", mark(8, 8, colour, shape), viewBox="0 0 16 16", width=16, height=16, aria_hidden="true", class_="swatch"
    )
