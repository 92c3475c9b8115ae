"""Value against cost: a staircase of the best portfolios, and marks for what lists achieve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.report._palette import BLUE, LINE, MUTED, PALE, PINK
from mcda.wording import money, number
from solvers.drawing import INK, coordinate, drawing, element, line, mark, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solvers.drawing import Svg

WIDTH = 400.0
HEIGHT = 320.0
LEFT, RIGHT, TOP, BOTTOM = 40.0, 8.0, 58.0, 34.0


def frontier_chart(
    steps: Sequence[tuple[float, float]],
    marks: Sequence[tuple[float, float]],
    here: tuple[float, float],
    names: tuple[str, str, str],
    label: str,
) -> Svg:
    """Draw the frontier as a staircase.

    Parameters
    ----------
    steps
        Cost and value of each efficient portfolio, rising.
    marks
        Cost and value of what a list achieves.
    here
        Cost and value of the recommended portfolio.
    names
        What the line, the marks and the ring are called.
    label
        What the chart shows, for those who cannot see it.
    """
    points = [*steps, *marks, here]
    widest = max(cost for cost, _ in points) * 1.04 or 1.0
    lowest = min(0.0, *(value for _, value in points))
    highest = max(value for _, value in points) * 1.06 or 1.0

    def at(cost: float, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * cost / widest
        y = HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - lowest) / (highest - lowest)
        return x, y

    parts = [
        line(0, 10, 22, 10, BLUE, 3), text(28, 15, names[0], size=13),
        mark(11, 30, PINK, "diamond"), text(28, 35, names[1], size=13),
        mark(211, 30, INK, "ring", 7), text(226, 35, names[2], size=13),
    ]  # fmt: skip
    for tick in _ticks(highest):
        _, y = at(0, tick)
        parts += [line(LEFT, y, WIDTH, y, PALE, 1), text(LEFT - 6, y + 5, number(tick), size=13, colour=MUTED,
                                                         anchor="end")]  # fmt: skip
    for tick in _ticks(widest):
        x, _ = at(tick, 0)
        anchor = "start" if tick == 0 else "middle"
        parts.append(text(x, HEIGHT - 12, money(tick) if tick else "£0", size=13, colour=MUTED, anchor=anchor))
    parts.append(element("path", d=_staircase([at(*step) for step in steps]), stroke=BLUE, stroke_width=3, fill="none"))
    parts.append(line(LEFT, HEIGHT - BOTTOM, WIDTH, HEIGHT - BOTTOM, LINE, 1.5))
    parts += [mark(*at(*point), PINK, "diamond") for point in marks]
    parts.append(mark(*at(*here), INK, "ring", 7))
    return drawing(WIDTH, HEIGHT, label, *parts)


def _staircase(points: Sequence[tuple[float, float]]) -> str:
    path = f"M{coordinate(points[0][0])} {coordinate(points[0][1])}"
    for x, y in points[1:]:
        path += f"H{coordinate(x)}V{coordinate(y)}"
    return path


def _ticks(highest: float) -> list[float]:
    """Return three to six round figures from 0 up."""
    power = 10.0 ** len(str(int(highest))) / 100
    step = next(size * power for size in (1, 2, 2.5, 5, 10, 20, 25, 50, 100) if highest <= 5 * size * power)
    return [step * at for at in range(int(highest / step) + 1)]
