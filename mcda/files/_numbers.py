"""Numbers as people write them: what is read, and why the rest is not."""

from __future__ import annotations

import math
import re
from fractions import Fraction

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_FRACTION = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?/ ?([0-9]+(?:\.[0-9]+)?)")
_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"

# Tried in order; the first pattern that fits names the trouble.
_TROUBLES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), words)
    for pattern, words in (
        (r"#(n/a|ref!|value!|div/0!|name\?|null!|num!|spill!|calc!)|#+", "There is an Excel error instead of a number"),
        (r"=.*", "There is a formula instead of a number"),
        (r"[+-]?(nan|inf|infinity|∞)", "The number is not finite"),
        (r"n/?a|nil|none|null|tb[acd]|unknown|not known|not stated|[-–—?.]+", "A word for 'not known' is not a number"),
        (r".*[£$€].*|.*\b(gbp|usd|eur)\b.*", "The number has a currency sign"),
        (r".*%", "The number has a percent sign"),
        (r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", "The number has a thousands separator"),
        (r"[+-]?[0-9]{1,3}([ \u00a0\u202f'’][0-9]{3})+(\.[0-9]+)?", "The number has a thousands separator"),
        (r"[+-]?[0-9.]*,[0-9]+", "The number has a decimal comma"),
        (r"\([0-9.,]+\)", "There are brackets instead of a minus sign"),
        (r"[−–—][0-9.]+", "The minus sign is a typographic dash"),
        (rf"[0-9]{{1,2}}[-/ ]({_MONTHS}).*|({_MONTHS})[-/ ][0-9]+", "There is a date instead of a number"),
        (r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}", "There is a date instead of a number"),
        (r"[0-9.]+ ?/ ?[0-9.]+", "There is a fraction instead of a decimal number"),
        (r"[0-9.,]+ ?(k|m|bn|thousand|million|fte|wte)", "The number has a unit"),
    )
)


def read_number(text: str) -> float | None:
    """Return the number that a plain decimal text stands for, or None if it is not one (or not finite)."""
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if math.isfinite(number) else None


def read_ratio(text: str) -> float | None:
    """Return the number that a decimal or a fraction such as 1/3 stands for, or None."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        return read_number(text)
    below = Fraction(match[2])
    return float(Fraction(match[1]) / below) if below else None


def trouble(text: str) -> str:
    """Say why a text is not read as a number."""
    if _NUMBER.fullmatch(text):
        return "The number is too large"
    return next((words for pattern, words in _TROUBLES if pattern.fullmatch(text)), "This is not a number")
