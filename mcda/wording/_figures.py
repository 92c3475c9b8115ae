"""Plain figures: thousands separated, a real minus sign, and nothing that reads as zero without being zero."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mcda.wording._rounding import Rounding, as_seen, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal
    from fractions import Fraction

MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
"""Written when there is no figure."""
NO_LIMIT = "no limit"


def number(value: float | Fraction, digits: int = 0, rounding: Rounding = "nearest") -> str:
    """Return a figure with a given number of decimals; a dash for NaN, words for infinity.

    Parameters
    ----------
    value
        The figure. What is not zero never reads as zero.
    digits
        How many decimals.
    rounding
        ``"nearest"`` (half away from zero), ``"down"`` if the figure is a guarantee, ``"up"`` if it is a need.

    Examples
    --------
    >>> number(-1234.5, 1), number(0.125, 2), number(0.001, 2), number(float("inf"))
    ('−1,234.5', '0.13', '<0.01', 'no limit')
    """
    return not_finite(float(value)) or worded(as_seen(float(value)), digits, rounding)


def signed(value: float | Fraction, digits: int = 0) -> str:
    """Return a change, with its sign.

    Examples
    --------
    >>> signed(12.34, 1), signed(-3), signed(0), signed(0.001, 2)
    ('+12.3', '−3', '0', '<+0.01')
    """
    return not_finite(float(value)) or worded(as_seen(float(value)), digits, plus="+")


def plain(value: float | Fraction, digits: int = 1, rounding: Rounding = "nearest") -> str:
    """Return a figure that stands alone in a sentence: no decimals if it is whole, otherwise at most `digits`.

    Examples
    --------
    >>> plain(4700.0), plain(8.5), plain(0.25), plain(2.999), plain(3.10, 2)
    ('4,700', '8.5', '0.3', '3', '3.1')
    """
    return not_finite(float(value)) or worded(as_seen(float(value)), digits, rounding, trim=True)


def points(value: float | Fraction, rounding: Rounding = "nearest") -> str:
    """Return a value: two decimals wherever it stands.

    Examples
    --------
    >>> points(1234.5), points(-0.001), points(0.0), points(22.3861, "up")
    ('1,234.50', '>−0.01', '0.00', '22.39')
    """
    return number(value, 2, rounding)


def signed_points(value: float | Fraction) -> str:
    """Return a change of value.

    Examples
    --------
    >>> signed_points(0.392), signed_points(-1.0)
    ('+0.39', '−1.00')
    """
    return signed(value, 2)


def decimals(values: Iterable[float], most: int = 1) -> int:
    """Return how many decimals a column needs for all its figures to have the same number: 0 if all are whole.

    Examples
    --------
    >>> decimals([4700, 320]), decimals([4700, 12.5]), decimals([0.25, float("inf")], most=1)
    (0, 1, 1)
    """
    seen = [as_seen(float(value)) for value in values if math.isfinite(value)]
    return next((digits for digits in range(most) if all(rounded(one, digits) == one for one in seen)), most)


def plain_text(text: str) -> str:
    """Return a text for a terminal or a file of plain letters: its minus signs are hyphens.

    Examples
    --------
    >>> plain_text(number(-3)), plain_text("−0.39 points")
    ('-3', '-0.39 points')
    """
    return text.replace(MINUS, "-")


def not_finite(value: float) -> str:
    """Return the words for NaN and infinity; empty for a finite figure."""
    return NONE if math.isnan(value) else NO_LIMIT if math.isinf(value) else ""


def worded(
    figure: Decimal, digits: int, rounding: Rounding = "nearest", *, unit: str = "", plus: str = "", trim: bool = False
) -> str:
    """Return a figure with its sign and unit; if rounding would leave nothing, write "<" and the smallest step.

    Examples
    --------
    >>> from decimal import Decimal
    >>> worded(Decimal("-1250"), 0, unit="£"), worded(Decimal("0.04"), 1, unit="£"), worded(Decimal("-0.04"), 1)
    ('−£1,250', '<£0.1', '>−0.1')
    """
    shown = rounded(figure, digits, rounding)
    sign = MINUS if figure < 0 else plus if figure > 0 else ""
    if figure and not shown:
        least = f"{sign}{unit}{rounded(figure, digits, 'down' if figure < 0 else 'up').copy_abs():,f}"
        return f"{'>' if figure < 0 else '<'}{least}"
    text = f"{shown.copy_abs():,f}"
    return f"{sign}{unit}{text.rstrip('0').rstrip('.') if trim and '.' in text else text}"
