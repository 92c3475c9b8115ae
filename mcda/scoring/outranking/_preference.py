"""Preference functions of PROMETHEE, and the flows of one criterion at a time.

The sums over all other alternatives are read off sorted levels: how many lie below a threshold, and the running sum
of their levels. `flows_by_pairs` computes the same from all pairs; it serves the Gaussian function (which has no such
short cut), other array libraries, and the tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    import pandas as pd

    from mcda.arrays import Array, PerCriterion
    from mcda.scoring._recipe import Matrices

Preferences: TypeAlias = "str | Sequence[str] | Mapping[Any, str] | pd.Series[Any]"

NAMES = ("usual", "u-shape", "v-shape", "level", "linear", "gaussian")
_PAIRS_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class Preference:
    """The preference function of one criterion, with its thresholds."""

    name: str
    q: float
    p: float
    s: float

    def of(self, xp: ModuleType, difference: Array) -> Array:
        """Return the preference for each difference in favour of the first of a pair."""
        zero = xp.zeros_like(difference)
        one = xp.ones_like(difference)
        if self.name == "level":
            return xp.where(difference > self.p, one, xp.where(difference > self.q, 0.5 * one, zero))
        if self.name == "gaussian":
            favour = xp.where(difference > 0, difference, zero)
            return -xp.expm1(-0.5 * (favour / self.s) ** 2)
        if self.q == self.p:
            return xp.where(difference > self.q, one, zero)
        part = xp.where(difference > self.p, one, (difference - self.q) / (self.p - self.q))
        return xp.where(difference > self.q, part, zero)


def read_preferences(
    matrices: Matrices, preference: Preferences, *, q: PerCriterion, p: PerCriterion, s: PerCriterion
) -> list[Preference]:
    """Read the preference function of each criterion and the thresholds it uses."""
    count = matrices.values.shape[-1]
    if isinstance(preference, str):
        names = [preference] * count
    else:
        given: Any = preference
        labelled = hasattr(given, "keys") and matrices.columns is not None
        names = [given[label] for label in matrices.columns or ()] if labelled else list(given)
    if len(names) != count:
        raise InputError(f"preference must have one name, or one per criterion ({count}). Got {len(names)}.")
    thresholds = [
        [float(number) for number in matrices.per_criterion(value, name)]
        for name, value in (("q", q), ("p", p), ("s", s))
    ]
    return [
        _preference(names[i], *(given[i] for given in thresholds), label=matrices.criterion(i)) for i in range(count)
    ]


def _preference(given: Any, q: float, p: float, s: float, *, label: str) -> Preference:
    known = {name.replace("-", ""): name for name in NAMES}
    name = known.get(str(given).replace("-", "").replace("_", "").lower(), "")
    if not name:
        raise InputError(f"preference[{label}] must be one of {', '.join(NAMES)}. Got {given!r}.")
    if name in {"u-shape", "level", "linear"} and q < 0:
        raise InputError(f"q[{label}] must be at least 0 for the preference function {name}. Got {q:g}.")
    if name == "v-shape" and p <= 0:
        raise InputError(f"p[{label}] must be positive for the preference function v-shape. Got {p:g}.")
    if name in {"level", "linear"} and p < q:
        raise InputError(f"p[{label}] must be at least q[{label}] = {q:g}. Got {p:g}.")
    if name == "gaussian" and s <= 0:
        raise InputError(f"s[{label}] must be positive for the preference function gaussian. Got {s:g}.")
    if name == "usual":
        return Preference(name, 0.0, 0.0, s)
    if name == "u-shape":
        return Preference(name, q, q, s)
    if name == "v-shape":
        return Preference(name, 0.0, p, s)
    return Preference(name, q, p, s)


def flows(matrices: Matrices, preferences: list[Preference]) -> tuple[Array, Array]:
    """Return the leaving and the entering flow of each criterion, (b, c, a), divided by the number of others."""
    xp, values = matrices.xp, matrices.values
    blocks, a, criteria = values.shape
    leaving, entering = xp.empty_like(xp.matrix_transpose(values)), xp.empty_like(xp.matrix_transpose(values))
    for block in range(blocks):
        for criterion in range(criteria):
            levels = values[block, :, criterion] * matrices.signs[criterion]
            preference = preferences[criterion]
            by_order = xp is np and preference.name != "gaussian"
            out, into = flows_by_order(levels, preference) if by_order else flows_by_pairs(xp, levels, preference)
            leaving[block, criterion, :] = out / max(a - 1, 1)
            entering[block, criterion, :] = into / max(a - 1, 1)
    return leaving, entering


def flows_by_pairs(xp: ModuleType, levels: Array, preference: Preference) -> tuple[Array, Array]:
    """Sum the preferences of each alternative over all others, and of all others over it; more is better."""
    a = levels.shape[0]
    out, into = xp.empty_like(levels), xp.empty_like(levels)
    step = max(1, _PAIRS_AT_ONCE // a)
    for start in range(0, a, step):
        some = slice(start, min(start + step, a))
        difference = levels[some, None] - levels[None, :]
        out[some] = xp.sum(preference.of(xp, difference), axis=-1)
        into[some] = xp.sum(preference.of(xp, -difference), axis=-1)
    return out, into


def flows_by_order(levels: Array, preference: Preference) -> tuple[Array, Array]:
    """Return what `flows_by_pairs` gives, from sorted levels, in a log a steps (NumPy; not for the Gaussian)."""
    out = _sum_over_worse(levels, preference)
    return out, _sum_over_worse(-levels, preference)


def _sum_over_worse(levels: Array, preference: Preference) -> Array:
    order = np.sort(levels)
    beyond_q = _count_beyond(order, levels, preference.q)
    if preference.name == "level":
        return 0.5 * (beyond_q + _count_beyond(order, levels, preference.p))
    if preference.q == preference.p:
        return beyond_q.astype(np.float64)
    # Between q and p preference is a straight line: read off the running sum of levels, taken in units of p - q from
    # the middle of the levels so that it loses no digits.
    beyond_p = _count_beyond(order, levels, preference.p)
    width, middle = preference.p - preference.q, order[len(order) // 2]
    running = np.concatenate(([0.0], np.cumsum((order - middle) / width)))
    between = beyond_q - beyond_p
    own = (levels - middle - preference.q) / width
    return beyond_p + between * own - (running[beyond_q] - running[beyond_p])


def _count_beyond(order: Array, levels: Array, threshold: float) -> Array:
    """Count the levels that each exceeds by more than the threshold, judged on the difference itself."""
    count = np.searchsorted(order, levels - threshold, side="left")
    padded = np.concatenate((order, [np.inf]))
    while (more := (levels - padded[count] > threshold)).any():
        count += more
    padded = np.concatenate(([-np.inf], order))
    while (fewer := (levels - padded[count] <= threshold)).any():
        count -= fewer
    return count
