"""The few SVG elements that charts and pages of figures are made of; every text is escaped on the way in."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

FONT = "Arial, Helvetica, 'Liberation Sans', sans-serif"
WHITE, INK = "#ffffff", "#16202b"

Shape = Literal["circle", "square", "triangle", "diamond", "cross", "ring"]


class Svg(str):
    """Text that is already markup: templates take it as it is, since `__html__` says so."""

    __slots__ = ()

    def __html__(self) -> str:
        return str(self)


def joined(parts: Iterable[Svg | str]) -> Svg:
    """Return elements one after the other; plain text among them is escaped."""
    return Svg("".join(part if isinstance(part, Svg) else escape(part) for part in parts))


def coordinate(value: float) -> str:
    """Return a coordinate with at most two decimals, the same on every platform.

    Examples
    --------
    >>> coordinate(12.0), coordinate(0.125), coordinate(-0.001)
    ('12', '0.12', '0')
    """
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


def element(name: str, *children: Svg | str, **attributes: str | float) -> Svg:
    """Return an element; ``stroke_width`` becomes ``stroke-width``, ``class_`` becomes ``class``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value) if isinstance(value, str) else coordinate(value)}"'
        for key, value in attributes.items()
    )
    return Svg(f"<{name}{written}>{joined(children)}</{name}>")


def drawing(width: float, height: float, label: str, *children: Svg, standalone: bool = False) -> Svg:
    """Return a picture with a name for those who cannot see it; it scales with the column that holds it.

    A file of its own (`standalone`) states the namespace, which a picture within a page does without.
    """
    namespace = {"xmlns": "http://www.w3.org/2000/svg"} if standalone else {}
    ground = box(0, 0, width, height, fill=WHITE)
    return element(
        "svg", ground, *children,
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}", width=width, height=height,
        role="img", aria_label=label, font_family=FONT, **namespace,
    )  # fmt: skip


def text(
    x: float, y: float, words: str, *, size: float = 14, colour: str = INK, anchor: str = "start", bold: bool = False
) -> Svg:
    """Return a line of text."""
    weight = "bold" if bold else "normal"
    return element("text", words, x=x, y=y, font_size=size, fill=colour, text_anchor=anchor, font_weight=weight)


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1, dashes: str = "none") -> Svg:
    """Return a straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=colour, stroke_width=width, stroke_dasharray=dashes)


def box(
    x: float, y: float, width: float, height: float, *, fill: str, stroke: str = "none", stroke_width: float = 1
) -> Svg:
    """Return a rectangle."""
    return element("rect", x=x, y=y, width=width, height=height, fill=fill, stroke=stroke, stroke_width=stroke_width)


def mark(x: float, y: float, colour: str, shape: Shape, size: float = 6) -> Svg:
    """Return a data point; the white rim keeps neighbours apart."""
    if shape == "circle":
        return element("circle", cx=x, cy=y, r=size, fill=colour, stroke=WHITE, stroke_width=1.2)
    if shape == "ring":
        return element("circle", cx=x, cy=y, r=size - 1, fill=WHITE, stroke=colour, stroke_width=3)
    if shape == "square":
        return box(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8, fill=colour, stroke=WHITE, stroke_width=1.2)
    if shape == "cross":
        arm = size * 0.8
        strokes = [((-arm, -arm), (arm, arm)), ((-arm, arm), (arm, -arm))]
        path = "".join(
            f"M{coordinate(x + a)} {coordinate(y + b)}L{coordinate(x + c)} {coordinate(y + d)}"
            for (a, b), (c, d) in strokes
        )
        return element("path", d=path, stroke=colour, stroke_width=3.4, fill="none")
    corners = {
        "triangle": [(0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
        "diamond": [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
    }[shape]
    points = " ".join(f"{coordinate(x + size * dx)},{coordinate(y + size * dy)}" for dx, dy in corners)
    return element("polygon", points=points, fill=colour, stroke=WHITE, stroke_width=1.2)
