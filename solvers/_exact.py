"""Figures as the decimal numbers that people wrote, with nothing but the standard library."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def fraction(number: float) -> Fraction:
    """Return the decimal number that a float prints as, exactly.

    Examples
    --------
    >>> fraction(0.1) + fraction(0.2) == fraction(0.3)
    True
    """
    return Fraction(repr(float(number)))
