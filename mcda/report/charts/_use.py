"""Use of one resource, year by year, against what is available."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, LINE, MUTED, PALE, PURPLE
from mcda.wording import number, percent
from solvers.drawing import INK, box, drawing, line, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.drawing import Svg

WIDTH = 320.0
HEIGHT = 190.0
TALLEST = 110.0


@dataclass(frozen=True, slots=True)
class YearColumn:
    """One year: what is used and what is available (infinite if no limit is stated)."""

    year: int
    use: float
    limit: float
    tight: bool


def use_chart(columns: Sequence[YearColumn], label: str, digits: int = 0) -> Svg:
    """Draw one column per year: the frame is what is available, the fill what is used; figures have `digits` decimals.

    Columns that are (nearly) full are darker and carry a thick lid and bold figures.
    """
    highest = max((size for one in columns for size in (one.use, one.limit) if math.isfinite(size)), default=0.0)
    scale = TALLEST / highest if highest > 0 else 0.0
    step = WIDTH / max(1, len(columns))
    width = min(44.0, step * 0.7)
    floor = 24 + TALLEST
    parts: list[Svg] = []
    for position, one in enumerate(columns):
        middle = step * (position + 0.5)
        left = middle - width / 2
        limited = math.isfinite(one.limit)
        frame = one.limit * scale if limited else 0.0
        fill = max(0.0, one.use) * scale
        if limited:
            parts.append(box(left, floor - frame, width, frame, fill=PALE, stroke=LINE))
        parts.append(box(left, floor - fill, width, fill, fill=PURPLE if one.tight else BLUE))
        if limited:
            parts.append(line(left - 4, floor - frame, left + width + 4, floor - frame, INK, 4 if one.tight else 1.5))
        above = floor - max(frame, fill) - 8
        share = percent(one.use / one.limit) if limited and one.limit > 0 else ""
        parts += [
            text(middle, above, share, size=14, anchor="middle", bold=one.tight),
            text(middle, floor + 18, f"Year {one.year}", size=13, anchor="middle"),
            text(middle, floor + 35, number(one.use, digits), size=13, anchor="middle", bold=one.tight),
            text(middle, floor + 51, f"of {number(one.limit, digits)}" if limited else "no limit", size=13,
                 colour=MUTED, anchor="middle"),
        ]  # fmt: skip
    parts.append(line(0, floor, WIDTH, floor, INK, 1.5))
    return drawing(WIDTH, HEIGHT, label, *parts)
