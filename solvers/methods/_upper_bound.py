"""A true upper bound from the linear relaxation, and whether it proves a portfolio best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solvers.backends.relaxation import lagrangian_bound, relax
from solvers.decimals import decimals
from solvers.errors import BackendError
from solvers.linear.scaling import scaled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.backends.base import Options
    from solvers.linear import LinearModel


def upper_bound(model: LinearModel, options: Options | None = None) -> tuple[float | None, NDArray[np.float64] | None]:
    """Return a bound on the value of every portfolio, and the relaxation's point; None if there is none.

    There may be none within the time limit of `options`. The bound is a Lagrangian one: it holds whatever the accuracy
    of the linear solver. If all values have few decimals, it is rounded down to the next value that a portfolio can
    have.
    """
    units = scaled(model)
    try:
        relaxed = relax(units.model, options)
    except BackendError:
        return None, None
    if not relaxed.feasible:
        return None, None
    bound = lagrangian_bound(units.model, relaxed.prices)[0] / units.factor
    bound += 1e-9 * max(1.0, abs(bound))
    places = decimals(model.objective) if model.integral else None
    if places is not None and abs(bound) * 10.0**places < 1e14:
        bound = float(np.floor(bound * 10.0**places + 1e-6) / 10.0**places)
    return bound, relaxed.x
