"""Colours that survive print and colour blindness, with the contrast that proves it.

No chart tells things apart by colour alone: series also differ in shape, states also in outline and in words.
"""

from __future__ import annotations

from solvers.drawing import INK, WHITE, Shape

MUTED = "#4c6272"
NAVY = "#0b2f5b"
BLUE = "#005eb8"
PURPLE = "#330072"
PINK = "#ae2573"
GREEN = "#007f3b"
RED = "#b3121d"
GREY = "#4c6272"
PALE = "#eef3f8"
FOCUS = "#fff3b0"
"""Background of what has the keyboard's focus, in addition to an outline in ink."""
LINE = "#7a8b99"
"""Line between things that must be told apart: at least 3:1 on white (WCAG 2.2, 1.4.11)."""

SERIES: tuple[tuple[str, Shape], ...] = (
    (BLUE, "circle"),
    (PINK, "square"),
    (GREEN, "triangle"),
    (PURPLE, "diamond"),
    (RED, "cross"),
    (GREY, "ring"),
)
"""Colour and shape of each series. The shapes alone tell them apart in greyscale."""

TEXT = {"ink": INK, "muted": MUTED, "navy": NAVY, "blue": BLUE, "green": GREEN, "red": RED}
"""Colours of text, on white and on the pale background."""

GRAPHICS = {"line": LINE, **{f"series {shape}": colour for colour, shape in SERIES}}
"""Colours that carry meaning without being text."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2, definition of relative luminance)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio).

    Examples
    --------
    >>> contrast("#ffffff", "#000000"), round(contrast(BLUE, WHITE), 1)
    (21.0, 6.4)
    """
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def series(position: int) -> tuple[str, Shape]:
    """Return colour and shape of a series; beyond the sixth, shapes repeat in other colours.

    The pairs stay distinct for 30 series.
    """
    colours = [colour for colour, _ in SERIES]
    turn, place = divmod(position, len(SERIES))
    return colours[(place + turn) % len(SERIES)], SERIES[place][1]


def css_variables() -> str:
    """Return the palette as custom properties, so that style sheet and charts cannot drift apart."""
    named = {
        "white": WHITE, "ink": INK, "muted": MUTED, "navy": NAVY, "blue": BLUE, "purple": PURPLE, "green": GREEN,
        "red": RED, "pale": PALE, "focus": FOCUS, "line": LINE,
    }  # fmt: skip
    return ":root{" + "".join(f"--{name}:{colour};" for name, colour in named.items()) + "}\n"
