"""How figures are rounded: half away from zero, as a person sees them, in the direction that their meaning needs."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Literal

Rounding = Literal["nearest", "down", "up"]

SIGNIFICANT = 12
"""A float has some 16 digits and a sum of forty of them loses a few; nobody states figures with more than this."""
NOTHING = Decimal("1e-9")
"""What may remain of a difference of equal sums: smaller than any figure that people state."""

_SEEN = Context(prec=SIGNIFICANT, rounding=ROUND_HALF_UP)
_MODES = {"nearest": ROUND_HALF_UP, "down": ROUND_FLOOR, "up": ROUND_CEILING}


def as_seen(value: float) -> Decimal:
    """Return the decimal that a person sees in a float: twelve significant digits, and 0 for almost nothing.

    Examples
    --------
    >>> as_seen(0.1 + 0.2), as_seen(1e-14), as_seen(1e15 + 1)
    (Decimal('0.300000000000'), Decimal('0'), Decimal('1.00000000000E+15'))
    """
    exact = Decimal(value)
    return Decimal(0) if abs(exact) < NOTHING else _SEEN.plus(exact)


def rounded(figure: Decimal, digits: int, rounding: Rounding = "nearest") -> Decimal:
    """Return a decimal rounded to a given number of places.

    Examples
    --------
    >>> rounded(Decimal("0.125"), 2), rounded(Decimal("-0.125"), 2), rounded(Decimal("0.129"), 2, "down")
    (Decimal('0.13'), Decimal('-0.13'), Decimal('0.12'))
    """
    room = Context(prec=400, rounding=_MODES[rounding])  # any float, with its decimals
    return figure.quantize(Decimal(1).scaleb(-digits), context=room)
