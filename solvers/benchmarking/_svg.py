"""Small static charts: step curves and lines over a logarithmic axis, and bars with intervals."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COLOURS = ("#005eb8", "#d5281b", "#007f3b", "#330072", "#ae2573", "#4c6272", "#7c2855", "#00a499", "#231f20")
DASHES = ("", "7 3", "2 3", "9 3 2 3", "1 3", "12 4", "4 2", "6 2 1 2", "3 5")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 340, 56, 170, 12, 44


def curves(lines: Mapping[str, Sequence[tuple[float, float]]], title: str, across: str, up: str, *, steps: bool) -> str:
    """Draw shares (0 to 1) over a logarithmic axis; each line has a colour, a dash and its name at its end."""
    points = [x for line in lines.values() for x, _ in line if x > 0]
    low, high = (min(points), max(points)) if points else (1.0, 10.0)
    high = max(high, low * 10)
    span = math.log(high / low)

    def place(x: float, y: float) -> tuple[float, float]:
        share = math.log(max(x, low) / low) / span
        return LEFT + share * (WIDTH - LEFT - RIGHT), TOP + (1 - y) * (HEIGHT - TOP - BOTTOM)

    parts = [_axes(low, high, across, up, place)]
    for number, (name, line) in enumerate(lines.items()):
        path, before = [], None
        for x, y in line:
            px, py = place(x, y)
            if steps and before is not None:
                path.append(f"{px:.1f},{before:.1f}")
            path.append(f"{px:.1f},{py:.1f}")
            before = py
        if path:
            end = WIDTH - RIGHT
            path.append(f"{end:.1f},{before:.1f}")
            style = f'stroke="{COLOURS[number % 9]}" stroke-dasharray="{DASHES[number % 9]}"'
            parts.append(f'<polyline points="{" ".join(path)}" fill="none" stroke-width="2.2" {style}/>')
        y = TOP + 14 + 18 * number
        colour = COLOURS[number % 9]
        parts.append(
            f'<line x1="{WIDTH - RIGHT + 12}" x2="{WIDTH - RIGHT + 44}" y1="{y - 4}" y2="{y - 4}" stroke="{colour}"'
            f' stroke-width="2.2" stroke-dasharray="{DASHES[number % 9]}"/>'
            f'<text x="{WIDTH - RIGHT + 50}" y="{y}">{escape(name)}</text>'
        )
    return _svg("".join(parts), title, HEIGHT)


def bars(rows: Sequence[tuple[str, float, float, float]], title: str, across: str) -> str:
    """Draw horizontal bars (name, figure, low, high) over a logarithmic axis, with their intervals."""
    figures = [figure for row in rows for figure in row[1:] if figure > 0 and math.isfinite(figure)]
    low, high = (min(figures) / 2, max(figures) * 1.2) if figures else (0.1, 1.0)
    span, height, left = math.log(high / low), 26 * len(rows) + 50, 150

    def at(x: float) -> float:
        return left + math.log(max(x, low) / low) / span * (WIDTH - left - 90)

    parts = []
    for number, (name, figure, least, most) in enumerate(rows):
        y = 8 + 26 * number
        parts.append(
            f'<text x="{left - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
            f'<rect x="{left}" y="{y}" width="{at(figure) - left:.1f}" height="18" fill="{COLOURS[0]}"/>'
            f'<line x1="{at(least):.1f}" x2="{at(most):.1f}" y1="{y + 9}" y2="{y + 9}" stroke="#231f20"/>'
            f'<text x="{at(max(most, figure)) + 6:.1f}" y="{y + 14}">{figure:.3g}</text>'
        )
    parts.append(f'<text x="{left}" y="{height - 12}">{escape(across)}</text>')
    return _svg("".join(parts), title, height)


def _axes(low: float, high: float, across: str, up: str, place: Callable[[float, float], tuple[float, float]]) -> str:
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x, y = place(low, share)
        parts.append(
            f'<line x1="{x:.1f}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="#d8dde0"/>'
            f'<text x="{x - 6:.1f}" y="{y + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        )
    exponent = math.ceil(math.log10(low) - 1e-9)
    while 10.0**exponent <= high * (1 + 1e-9):
        x, y = place(10.0**exponent, 0.0)
        parts.append(f'<text x="{x:.1f}" y="{y + 18:.1f}" text-anchor="middle">{10.0**exponent:g}</text>')
        exponent += 1
    parts.append(f'<text x="{LEFT}" y="{HEIGHT - 6}">{escape(across)}</text>')
    parts.append(f"<title>{escape(up)}</title>")
    return "".join(parts)


def _svg(inside: str, title: str, height: int) -> str:
    return (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(title, quote=True)}"'
        f' xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    )
