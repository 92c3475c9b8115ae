"""Value functions: what share of the swing from worse to better a level is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import numpy as np

from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import ModuleType

    import pandas as pd

    from mcda.arrays import Array


class ValueFunction(Protocol):
    """Turns levels of one criterion into partial value: 0 at `worse`, 1 at `better`."""

    def __call__(self, xp: ModuleType, levels: Array, worse: float, better: float) -> Array:
        """Return the value of each level."""


ValueFunctions: TypeAlias = "Sequence[ValueFunction | None] | Mapping[Any, ValueFunction | None] | pd.Series[Any]"


@dataclass(frozen=True, slots=True)
class PiecewiseLinear:
    """Straight lines between stated points; beyond the end points, the end lines continue.

    Parameters
    ----------
    levels : sequence of float
        Levels of the criterion, strictly rising or strictly falling; at least two.
    values : sequence of float
        The value of each level. Usually 0 at the worse and 1 at the better reference level.

    Examples
    --------
    >>> import mcda
    >>> waiting_days = mcda.PiecewiseLinear([60, 18, 0], [0, 0.8, 1])
    >>> mcda.additive([[18], [39]], [1], ["min"], worse=[60], better=[0], value_functions=[waiting_days])
    array([0.8, 0.4])
    """

    levels: Sequence[float]
    values: Sequence[float]

    def __post_init__(self) -> None:
        levels, values = np.asarray(self.levels, dtype=float), np.asarray(self.values, dtype=float)
        if levels.ndim != 1 or levels.shape != values.shape or len(levels) < 2:
            raise InputError(
                "PiecewiseLinear needs two or more levels and one value for each. "
                f"Got {levels.size} levels and {values.size} values."
            )
        if not (np.isfinite(levels).all() and np.isfinite(values).all()):
            raise InputError(f"PiecewiseLinear needs finite levels and values. Got {self.levels} and {self.values}.")
        steps = np.diff(levels)
        if not ((steps > 0).all() or (steps < 0).all()):
            raise InputError(f"PiecewiseLinear needs strictly rising or falling levels. Got {self.levels}.")
        object.__setattr__(self, "levels", tuple(levels.tolist()))
        object.__setattr__(self, "values", tuple(values.tolist()))

    def __call__(self, xp: ModuleType, levels: Array, worse: float, better: float) -> Array:
        """Return the value of each level; the reference levels play no part."""
        del worse, better
        order = np.argsort(self.levels)
        at, value = np.asarray(self.levels)[order], np.asarray(self.values)[order]
        slope = np.diff(value) / np.diff(at)
        result = float(value[0]) + (levels - float(at[0])) * float(slope[0])
        for position in range(1, len(slope)):
            bend = float(at[position])
            line = float(value[position]) + (levels - bend) * float(slope[position])
            result = xp.where(levels > bend, line, result)
        return result


@dataclass(frozen=True, slots=True)
class Exponential:
    """A curve of constant risk attitude: (1 - exp(-ρz)) / (1 - exp(-ρ)), with z the share of the swing.

    Parameters
    ----------
    rho : float
        Curvature: if positive, the first part of the swing is worth most; if negative, the last; 0 is a straight line.

    Notes
    -----
    Source: C. W. Kirkwood, *Strategic Decision Making*, Duxbury, 1997, section 4.3.

    Examples
    --------
    >>> import mcda
    >>> mcda.additive([[5], [10]], [1], ["max"], worse=[0], better=[10], value_functions=[mcda.Exponential(2)]).round(3)
    array([0.731, 1.   ])
    """

    rho: float

    def __post_init__(self) -> None:
        if not np.isfinite(self.rho) or abs(self.rho) > 100:
            raise InputError(f"Exponential needs a curvature rho between -100 and 100. Got {self.rho}.")

    def __call__(self, xp: ModuleType, levels: Array, worse: float, better: float) -> Array:
        """Return the value of each level."""
        share = (levels - worse) / (better - worse)
        # Below 1e-8 the curve is a straight line to double precision, and its formula is 0/0.
        return share if abs(self.rho) < 1e-8 else xp.expm1(-self.rho * share) / np.expm1(-self.rho)
