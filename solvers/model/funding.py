"""How money may be spent: part of an option, value by amount, and capacity moved between periods and funds.

Every figure is taken as the decimal number that was written.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from solvers.errors import ProblemError
from solvers.model.rules import as_members

if TYPE_CHECKING:
    from solvers.model.rules import Reference

NONE = math.inf


@dataclass(frozen=True, slots=True)
class ValueCurve:
    """The value of an option by what is spent on it, piecewise linear between points.

    If the option is in, an amount from the first to the last point is spent, its resources are used in
    proportion, and the value read off the curve is added to the option's own; if it is out, nothing is spent. Any
    shape is allowed: rising or falling slopes, and a first amount above zero.

    Parameters
    ----------
    option : str or int
        The option that the curve belongs to.
    resources : str, int or mapping of resource to float
        What one unit of spend uses; a single resource means one unit of it.
    points : sequence of (spend, value) pairs
        At least two, with increasing, non-negative spend.
    name : str, optional
        What people call the curve.
    """

    option: Reference
    resources: Mapping[Reference, float] = field(hash=False)
    points: tuple[tuple[float, float], ...]
    name: str = ""

    def __init__(
        self,
        option: Reference,
        resources: Reference | Mapping[Reference, float],
        points: Iterable[Sequence[float]],
        name: str = "",
    ) -> None:
        what = f"the curve {name!r}" if name else f"the curve of {option!r}"
        rates = dict(resources) if isinstance(resources, Mapping) else {resources: 1.0}
        pairs = tuple((float(point[0]), float(point[1])) for point in points)
        if len(pairs) < 2 or not all(math.isfinite(figure) for pair in pairs for figure in pair):
            raise ProblemError(f"{what} needs at least two points of finite figures. Got {pairs}.")
        spends = [spend for spend, _ in pairs]
        if spends[0] < 0 or any(b <= a for a, b in pairwise(spends)):
            raise ProblemError(f"The spends of {what} must increase, from 0 or more. Got {spends}.")
        if not rates or not all(math.isfinite(rate) for rate in rates.values()):
            raise ProblemError(f"{what} needs resources with finite use per unit of spend. Got {rates}.")
        object.__setattr__(self, "option", option)
        object.__setattr__(self, "resources", {key: float(rate) for key, rate in rates.items()})
        object.__setattr__(self, "points", pairs)
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class CarryForward:
    """Capacity that a period leaves unspent may be used in the next one.

    Parameters
    ----------
    resources : sequence of str or int
        The periods of one fund, in order.
    most : float or sequence of float, optional
        The most carried from each period to the next (one figure per step, or one for all).
    share : float or sequence of float, optional
        The largest share of the period's own capacity carried. If `most` is given too, the smaller of the two counts.
    name : str, optional
        What people call the fund.
    """

    resources: tuple[Reference, ...]
    most: tuple[float, ...]
    share: tuple[float, ...]
    name: str = ""

    def __init__(
        self,
        resources: Iterable[Reference],
        most: float | Sequence[float] | None = None,
        share: float | Sequence[float] | None = None,
        name: str = "",
    ) -> None:
        what = f"the carry-forward {name!r}" if name else "a carry-forward"
        periods = as_members(resources, what)
        if len(periods) < 2:
            raise ProblemError(f"{what} needs at least two periods, in order. Got {periods}.")
        object.__setattr__(self, "resources", periods)
        object.__setattr__(self, "most", _each(most, len(periods) - 1, "most", what))
        object.__setattr__(self, "share", _each(share, len(periods) - 1, "share", what))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Transfer:
    """Capacity of `source` may be used as capacity of `target` (virement), up to a cap.

    Parameters
    ----------
    source, target : str or int
        Two resources.
    most : float, optional
        The most that is taken from the source.
    share : float, optional
        The largest share of the source's own capacity that is taken.
    rate : float
        What one unit of the source becomes in the target (1 between funds in the same money).
    name : str, optional
        What people call the transfer.
    """

    source: Reference
    target: Reference
    most: float = NONE
    share: float = NONE
    rate: float = 1.0
    name: str = ""

    def __init__(
        self,
        source: Reference,
        target: Reference,
        most: float | None = None,
        share: float | None = None,
        rate: float = 1.0,
        name: str = "",
    ) -> None:
        what = f"the transfer {name!r}" if name else f"the transfer from {source!r} to {target!r}"
        if source == target:
            raise ProblemError(f"{what} must be between two different resources.")
        if not (math.isfinite(rate) and rate > 0):
            raise ProblemError(f"The rate of {what} must be a finite number above 0. Got {rate!r}.")
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "most", _each(most, 1, "most", what)[0])
        object.__setattr__(self, "share", _each(share, 1, "share", what)[0])
        object.__setattr__(self, "rate", float(rate))
        object.__setattr__(self, "name", name)


@dataclass(frozen=True, slots=True)
class Movement:
    """One step of a carry-forward, or one transfer: capacity that may go from a resource to another."""

    name: str
    source: int
    target: int
    rate: float
    most: float
    share: float

    def cap(self, capacity: Sequence[float]) -> Fraction | None:
        """Return the most that may be moved, exactly on the figures as written; None for no limit."""
        limits = [] if self.most == NONE else [_written(self.most)]
        own = float(capacity[self.source])
        if NONE not in (self.share, own):
            limits.append(_written(self.share) * _written(max(own, 0.0)))
        return min(limits, default=None)


def _written(figure: float) -> Fraction:
    """Return the decimal number that a float prints as; the model's own copy, so that it depends on no solver code."""
    return Fraction(repr(float(figure)))


def _each(given: float | Sequence[float] | None, count: int, label: str, what: str) -> tuple[float, ...]:
    if given is None:
        return (NONE,) * count
    figures = tuple(float(figure) for figure in given) if isinstance(given, Iterable) else (float(given),) * count
    if len(figures) != count:
        raise ProblemError(f"{label} of {what} needs one figure per step ({count}). Got {len(figures)}.")
    for figure in figures:
        if math.isnan(figure) or figure < 0:
            raise ProblemError(f"{label} of {what} must be 0 or more. Got {figure!r}.")
    return figures
