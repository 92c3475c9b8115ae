"""Bars: shares of a whole, and the small bar beside a figure in a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, LINE, MUTED, PALE
from mcda.wording import guaranteed, wrap
from solvers.drawing import INK, WHITE, Svg, box, drawing, element, line, text

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 400.0
ROW = 46.0


def share_chart(rows: Sequence[tuple[str, float]], label: str, whole: str) -> Svg:
    """Draw one bar per row against a line at 100%.

    Parameters
    ----------
    rows
        Name and share (of one).
    label
        What the chart shows, for those who cannot see it.
    whole
        What 100% stands for.
    """
    top, right = 24.0, 4.0
    longest = max(1.0, *(share for _, share in rows)) if rows else 1.0
    scale = (WIDTH - right) / longest
    height = top + ROW * len(rows) + 6
    parts = [text(scale - 4, 14, whole, size=13, colour=MUTED, anchor="end")]
    for position, (name, share) in enumerate(rows):
        y = top + ROW * position
        # The name sits above its bar, so that the bars are as long on a phone as the page is wide.
        parts += [
            text(0, y + 15, wrap(name, 42, lines=1)[0], size=15),
            text(scale - 8, y + 15, guaranteed(share), size=15, anchor="end", bold=True),
            box(0, y + 22, scale, 15, fill=PALE, stroke=LINE),
            box(0, y + 22, max(0.0, share) * scale, 15, fill=BLUE),
        ]
    parts.append(line(scale, 4, scale, height, INK, 2))
    return drawing(WIDTH, height, label, *parts)


def bar_in_cell(value: float, lowest: float, highest: float, filled: bool = True) -> Svg:
    """Draw a small bar for a table cell; the figure stands beside it, so it is decoration to a screen reader.

    Parameters
    ----------
    value
        Length; below zero the bar points left.
    lowest, highest
        Range shared by all bars of the column.
    filled
        A hollow bar says "not in".
    """
    low, high = min(0.0, lowest), max(0.0, highest)
    width, height = 120.0, 12.0
    if high == low:
        return Svg("")
    # Shares first: dividing the width by a range of almost zero would overflow.
    zero = 1 + (width - 2) * (-low / (high - low))
    length = (width - 2) * (abs(value) / (high - low))
    start = zero if value >= 0 else zero - length
    parts = [box(start, 1, length, height - 2, fill=BLUE if filled else WHITE, stroke=BLUE, stroke_width=1.5)]
    if low < 0:
        parts.append(line(zero, 0, zero, height, INK, 1))
    return element(
        "svg", *parts, viewBox=f"0 0 {width:.0f} {height:.0f}", width=width, height=height,
        aria_hidden="true", class_="bar",
    )  # fmt: skip
