"""How often something happens, in one or two views: a bar for the first, a mark for the second."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, LINE, MUTED, PALE, PINK
from mcda.wording import stated_percent, wrap
from solvers.drawing import INK, WHITE, box, drawing, line, mark, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.drawing import Svg

WIDTH = 400.0
ROW = 42.0


@dataclass(frozen=True, slots=True)
class LikelyRow:
    """A name, whether it is in, and the two shares (of one); the second may be NaN."""

    name: str
    filled: bool
    first: float
    second: float


def likelihood_chart(rows: Sequence[LikelyRow], first: str, second: str, label: str) -> Svg:
    """Draw one bar per row from 0 to 100% (hollow: not in), with a diamond for the second share."""
    both = any(math.isfinite(row.second) for row in rows)
    top = 30.0 if not both else 54.0
    height = top + ROW * len(rows) + 22
    parts = [box(2, 8, 22, 12, fill=BLUE), text(30, 19, first, size=13)]
    if both:
        parts += [mark(13, 38, PINK, "diamond"), text(30, 43, second, size=13)]
    for at, row in enumerate(rows):
        y = top + ROW * at
        parts += [
            text(0, y + 13, wrap(row.name, 50, lines=1)[0], size=14),
            box(0, y + 18, WIDTH, 14, fill=PALE, stroke=LINE),
            box(0, y + 18, max(0.0, row.first) * WIDTH, 14, fill=BLUE if row.filled else WHITE, stroke=BLUE,
                stroke_width=2),
        ]  # fmt: skip
        if math.isfinite(row.second):
            parts.append(mark(7 + row.second * (WIDTH - 14), y + 25, PINK, "diamond"))
    bottom = top + ROW * len(rows) + 14
    for share, anchor in ((0.0, "start"), (0.5, "middle"), (1.0, "end")):
        parts.append(text(share * WIDTH, bottom, stated_percent(share), size=13, colour=MUTED, anchor=anchor))
    parts.append(line(WIDTH / 2, top + 16, WIDTH / 2, bottom - 14, INK, 0.8, "2 4"))
    return drawing(WIDTH, height, label, *parts)


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A name, where it stands, and how far it may move (shares of one)."""

    name: str
    at: float
    lower: float
    upper: float


def range_chart(rows: Sequence[RangeRow], label: str) -> Svg:
    """Draw one interval per row on a common scale, with a tick at the present value."""
    highest = max((min(row.upper, 1.0) for row in rows), default=1.0)
    step = next(size for size in (0.05, 0.1, 0.2, 0.25) if highest <= 5 * size or size == 0.25)
    ticks = max(1, math.ceil(highest / step - 1e-9))
    scale = WIDTH / (ticks * step)
    height = ROW * len(rows) + 24
    parts: list[Svg] = []
    for place, row in enumerate(rows):
        y = ROW * place
        parts += [
            text(0, y + 14, wrap(row.name, 50, lines=1)[0], size=14),
            box(0, y + 20, WIDTH, 12, fill=PALE),
            box(row.lower * scale, y + 20, (min(row.upper, 1.0) - row.lower) * scale, 12, fill=BLUE),
            line(row.at * scale, y + 16, row.at * scale, y + 36, INK, 4),
        ]
    for tick in range(ticks + 1):
        anchor = "start" if tick == 0 else "end" if tick == ticks else "middle"
        parts.append(
            text(tick * step * scale, height - 6, stated_percent(tick * step), size=13, colour=MUTED, anchor=anchor)
        )
    return drawing(WIDTH, height, label, *parts)
