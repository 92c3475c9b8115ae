"""Rules for the settings of what is drawn; an error names the setting, the rule and what was given."""

from __future__ import annotations

import math
import operator

from mcda.errors import InputError


def number(
    name: str,
    value: object,
    *,
    least: float | None = None,
    most: float | None = None,
    above: float | None = None,
    below: float | None = None,
) -> None:
    """Raise an error unless the value is a finite number within its bounds."""
    rules = (
        ("at least", least, operator.ge),
        ("at most", most, operator.le),
        ("above", above, operator.gt),
        ("below", below, operator.lt),
    )
    given = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    if not math.isfinite(given) or not all(bound is None or holds(given, bound) for _, bound, holds in rules):
        allowed = " and ".join(f"{words} {bound:g}" for words, bound, _ in rules if bound is not None)
        raise InputError(f"{name} must be a number {allowed}. Got {value!r}.")


def one_of(name: str, value: object, allowed: tuple[str, ...]) -> None:
    """Raise an error unless the word is one of those allowed."""
    if value not in allowed:
        raise InputError(f"{name} must be one of {listed(allowed)}. Got {value!r}.")


def listed(words: tuple[str, ...] | list[str]) -> str:
    """Return words in quotation marks, with commas."""
    return ", ".join(f"'{word}'" for word in words)
