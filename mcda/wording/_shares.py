"""Shares of one as percentages: one decimal, and "100%" or "0%" only if that is exact."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING

from mcda.wording._figures import NONE, number, plain, worded
from mcda.wording._rounding import NOTHING, Rounding, as_seen, rounded

if TYPE_CHECKING:
    from fractions import Fraction

DIGITS = 1


def percent(share: float | Fraction, rounding: Rounding = "nearest", digits: int = DIGITS) -> str:
    """Return a share of one as a percentage with one decimal.

    Examples
    --------
    >>> percent(0.855), percent(0.99999), percent(1), percent(0.0001), percent(0), percent(float("nan"))
    ('85.5%', '>99.9%', '100%', '<0.1%', '0%', '–')
    """
    figure = percent_figure(share, rounding, digits)
    return figure if figure == NONE else f"{figure}%"


def percent_figure(share: float | Fraction, rounding: Rounding = "nearest", digits: int = DIGITS) -> str:
    """Return the same without the percent sign, for a column whose heading states it.

    Examples
    --------
    >>> percent_figure(0.0519), percent_figure(0.0519, "down"), percent_figure(1)
    ('5.2', '5.1', '100')
    """
    if not math.isfinite(share):
        return NONE
    seen = as_seen(float(share))
    if seen == 0:
        return "0"
    if abs(seen - 1) < NOTHING:
        return "100"
    figure = seen.scaleb(2)
    if figure < 100 <= rounded(figure, digits, rounding):
        return f">{Decimal(100) - Decimal(1).scaleb(-digits):f}"
    if figure > 100 >= rounded(figure, digits, rounding):
        return f"{rounded(figure, digits, 'up'):,f}"
    return worded(figure, digits, rounding)


def guaranteed(share: float | Fraction) -> str:
    """Return a share that somebody gets, always rounded down, so that "at least 85.1%" is true.

    Examples
    --------
    >>> guaranteed(0.8519), guaranteed(0.99999), guaranteed(1), guaranteed(0.29)
    ('85.1%', '99.9%', '100%', '29.0%')
    """
    return percent(share, "down")


def gap(share: float | Fraction) -> str:
    """Return how far below the best something is or may be: two decimals, rounded up.

    Examples
    --------
    >>> gap(0.00301), gap(0), gap(1e-6)
    ('0.31%', '0%', '0.01%')
    """
    return percent(share, "up", 2)


def stated_percent(share: float | Fraction) -> str:
    """Return a share that an input or a rule states, as it was stated; also used for the ticks of an axis.

    Examples
    --------
    >>> stated_percent(0.85), stated_percent(0.125), stated_percent(3 * 0.05)
    ('85%', '12.5%', '15%')
    """
    return f"{plain(100 * float(share), 9)}%" if math.isfinite(share) else NONE


def percentage_points(difference: float | Fraction) -> str:
    """Return a difference of two shares.

    Examples
    --------
    >>> percentage_points(0.0213), percentage_points(0.01)
    ('2.1 percentage points', '1.0 percentage points')
    """
    return f"{number(100 * float(difference), DIGITS)} percentage points"
