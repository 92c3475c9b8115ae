"""When the funded projects start and how long they take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, LINE, MUTED, PALE, PURPLE
from mcda.wording import wrap
from solvers.drawing import INK, box, drawing, line, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.drawing import Svg

WIDTH = 400.0
ROW = 36.0


@dataclass(frozen=True, slots=True)
class Span:
    """One project: from the beginning of its start year, for its duration in years."""

    name: str
    start: int
    years: int
    mandatory: bool


def timeline_chart(spans: Sequence[Span], years: Sequence[int], label: str) -> Svg:
    """Draw one bar per project over the planning years; a bar that runs on beyond them has an open end."""
    first, last = min(years), max(years)
    step = WIDTH / (last - first + 1)
    top = 22.0
    height = top + ROW * len(spans) + 4
    parts = []
    for at, year in enumerate(range(first, last + 1)):
        if at % 2 == 0:
            parts.append(box(at * step, top, step, height - top, fill=PALE))
        parts.append(text((at + 0.5) * step, 15, f"Year {year}", size=13, colour=MUTED, anchor="middle"))
    for at, span in enumerate(spans):
        y = top + ROW * at
        start = (max(span.start, first) - first) * step
        end = min((span.start + span.years - first) * step, WIDTH)
        parts.append(text(2, y + 14, wrap(span.name, 54, lines=1)[0], size=13))
        parts.append(box(start, y + 19, max(end - start, 4), 11, fill=PURPLE if span.mandatory else BLUE))
        if span.start + span.years - 1 > last:
            parts.append(line(WIDTH - 1, y + 17, WIDTH - 1, y + 32, INK, 2, "3 3"))
    parts.append(line(0, top, WIDTH, top, LINE, 1))
    return drawing(WIDTH, height, label, *parts)
