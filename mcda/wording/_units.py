"""Money and people: £850k, £15.53m, 8.5 FTE."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from mcda.wording._figures import decimals, not_finite, plain, worded
from mcda.wording._rounding import Rounding, as_seen, rounded

if TYPE_CHECKING:
    from collections.abc import Iterable
    from fractions import Fraction

Kind = Literal["money", "team"]


def money(thousands: float | Fraction, rounding: Rounding = "nearest") -> str:
    """Return an amount given in thousands of pounds: in millions, with two decimals, from £1m.

    Examples
    --------
    >>> money(15530), money(850), money(-1250), money(12.5), money(0.01), money(1591, "up")
    ('£15.53m', '£850k', '−£1.25m', '£12.5k', '<£0.1k', '£1.60m')
    """
    words = not_finite(float(thousands))
    if words:
        return words
    figure = as_seen(float(thousands))
    if abs(rounded(figure, 1, rounding)) < 1000:
        return f"{worded(figure, 1, rounding, unit='£', trim=True)}k"
    return f"{worded(figure.scaleb(-3), 2, rounding, unit='£')}m"


def people(fte: float | Fraction, rounding: Rounding = "nearest") -> str:
    """Return full-time equivalents, with at most one decimal.

    Examples
    --------
    >>> people(8.5), people(12), people(float("inf"))
    ('8.5 FTE', '12 FTE', 'no limit')
    """
    return not_finite(float(fte)) or f"{plain(fte, 1, rounding)} FTE"


def quantity(amount: float | Fraction, kind: Kind, rounding: Rounding = "nearest") -> str:
    """Return an amount of money (thousands of pounds) or of people (full-time equivalents), with its unit.

    Examples
    --------
    >>> quantity(540, "money"), quantity(1.5, "team")
    ('£540k', '1.5 FTE')
    """
    return money(amount, rounding) if kind == "money" else people(amount, rounding)


def digits_of(kind: Kind, values: Iterable[float]) -> int:
    """Return the decimals of a column whose heading states the unit: one for people; one for money if any is not whole.

    Examples
    --------
    >>> digits_of("money", [4700, 320]), digits_of("money", [12.5, 3]), digits_of("team", [6])
    (0, 1, 1)
    """
    return decimals(values) if kind == "money" else 1
