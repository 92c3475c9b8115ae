"""Parameters that several methods share: shares, declared bounds and ranges."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError
from mcda.scoring._normalise import between, declared_range, minmax

if TYPE_CHECKING:
    from mcda.arrays import Array
    from mcda.scoring._recipe import Matrices


def number(value: Any, name: str, low: float, high: float) -> float:
    """Read a number from `low` to `high`."""
    try:
        read = float(value)
    except (TypeError, ValueError):
        read = math.nan
    if isinstance(value, str | bool) or not low <= read <= high:
        raise InputError(f"{name} must be a number from {low:g} to {high:g}. Got {value!r}.")
    return read


def share(value: Any, name: str) -> float:
    """Read a number from 0 to 1."""
    return number(value, name, 0.0, 1.0)


def declared_bounds(matrices: Matrices, bounds: Any) -> tuple[Array, Array]:
    """Read the lower and upper bound of each criterion; every level must lie between them."""
    read = matrices.per_criterion(bounds, "bounds", width=2)
    low, high = read[:, 0], read[:, 1]
    wrong = low >= high
    if bool(matrices.xp.any(wrong)):
        position = int(matrices.xp.nonzero(wrong)[0][0])
        raise InputError(
            f"bounds[{matrices.criterion(position)}] must have a lower bound below its upper bound. "
            f"Got {float(low[position]):g} and {float(high[position]):g}."
        )
    inside = (matrices.values >= low) & (matrices.values <= high)
    matrices.require(inside, "must lie within the bounds of its criterion; declare wider bounds")
    return low, high


def share_of_swing(matrices: Matrices, worse: Any, better: Any) -> Array:
    """Return the share of the swing from `worse` to `better`: declared levels, or the worst and best of the data."""
    if (worse is None) != (better is None):
        raise InputError("worse and better must be given together, or neither. Got one of them.")
    if worse is None:
        return minmax(matrices)
    return between(matrices, *declared_range(matrices, worse, better))
