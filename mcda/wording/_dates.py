"""Dates in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""Spelled out here because the names that `strftime` gives depend on the machine's locale."""


def long_date(day: datetime.date) -> str:
    """Return a date in words.

    Examples
    --------
    >>> import datetime
    >>> long_date(datetime.date(2026, 11, 3))
    '3 November 2026'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
