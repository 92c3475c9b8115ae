"""Figures as British readers expect them: £15.53m, 8.5 FTE, 85%, 3 November 2026."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime

MINUS = "\N{MINUS SIGN}"
NONE = "\N{EN DASH}"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Spelled out here because the names that `strftime` gives depend on the machine's locale."""


def number(value: float, digits: int = 0) -> str:
    """Return a figure with thousands separated and a real minus sign; a dash for NaN, words for infinity.

    Examples
    --------
    >>> number(-1234.5, 1), number(-0.001), number(float("inf"))
    ('−1,234.5', '0', 'no limit')
    """
    if math.isnan(value):
        return NONE
    if math.isinf(value):
        return "no limit"
    text = f"{abs(value):,.{digits}f}"
    negative = value < 0 and any(character in "123456789" for character in text)
    return f"{MINUS}{text}" if negative else text


def plain(value: float, digits: int = 1) -> str:
    """Return a figure without decimals where it is whole, else with at most `digits` of them.

    Examples
    --------
    >>> plain(4700.0), plain(8.5), plain(0.25)
    ('4,700', '8.5', '0.2')
    """
    return number(value, 0 if float(value).is_integer() else digits)


def signed(value: float, digits: int = 0) -> str:
    """Return a change, with its sign.

    Examples
    --------
    >>> signed(12.34, 1), signed(-3), signed(0)
    ('+12.3', '−3', '0')
    """
    text = number(value, digits)
    return f"+{text}" if value > 0 and any(character in "123456789" for character in text) else text


def money(thousands: float) -> str:
    """Return an amount given in thousands of pounds, in millions from £1m.

    Examples
    --------
    >>> money(15530), money(850), money(-1250), money(12.5)
    ('£15.53m', '£850k', '−£1.25m', '£12.5k')
    """
    if math.isnan(thousands) or math.isinf(thousands):
        return number(thousands)
    sign = MINUS if thousands < 0 else ""
    amount = abs(thousands)
    if round(amount) < 1000:
        return f"{sign}£{plain(amount)}k"
    return f"{sign}£{amount / 1000:,.2f}m"


def people(fte: float) -> str:
    """Return full-time equivalents.

    Examples
    --------
    >>> people(8.5), people(12)
    ('8.5 FTE', '12 FTE')
    """
    return f"{plain(fte)} FTE" if math.isfinite(fte) else number(fte)


def quantity(amount: float, kind: Literal["money", "team"]) -> str:
    """Return an amount of money (thousands of pounds) or of people (full-time equivalents), with its unit."""
    return money(amount) if kind == "money" else people(amount)


def figure(amount: float, kind: Literal["money", "team"]) -> str:
    """Return the same for a table whose heading states the unit: pounds without decimals if whole, people with one."""
    return plain(amount) if kind == "money" else number(amount, 1)


def percent(share: float, digits: int = 0) -> str:
    """Return a share of one as a percentage.

    Examples
    --------
    >>> percent(0.855), percent(0.0519, 1)
    ('86%', '5.2%')
    """
    return f"{number(100 * share, digits)}%" if math.isfinite(share) else NONE


def floor_percent(share: float, digits: int = 1) -> str:
    """Return a percentage rounded down, so that "at least" stays true and 100% means all of it.

    Examples
    --------
    >>> floor_percent(0.85999), floor_percent(0.9999), floor_percent(1.0), floor_percent(0.29, 0)
    ('85.9%', '99.9%', '100%', '29%')
    """
    if not math.isfinite(share):
        return NONE
    # A share of 0.29 is 28.999... in binary: what a person sees as 29 stays 29.
    steps = math.floor(round(100 * 10**digits * share, 6))
    return f"{number(steps // 10**digits)}%" if steps >= 100 * 10**digits else f"{number(steps / 10**digits, digits)}%"


def long_date(day: datetime.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> import datetime
    >>> long_date(datetime.date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
