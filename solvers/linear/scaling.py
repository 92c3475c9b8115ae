"""Scales a model into the range where a solver's absolute tolerances mean something.

Solvers take rows and objectives as met within about 1e-6, whatever their units: a row in thousandths of a
unit would never bind, and two portfolios worth 2.0000001 and 2.0000002 would look equal. Scaling by powers of
two loses no digit; values with few decimals become whole numbers, which solvers prove faster.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from solvers.decimals import decimals

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.linear.model import LinearModel

LARGEST_WHOLE = 1e7
USUAL_SIZE = 14  # largest coefficient of a scaled objective: 2 ** 14


@dataclass(frozen=True, slots=True)
class Scaled:
    """A model in solver-friendly units: its objective is `factor` times the original one.

    `whole` says that every objective coefficient is a whole number, so different values differ by at least 1.
    """

    model: LinearModel
    factor: float
    whole: bool


def scaled(model: LinearModel) -> Scaled:
    """Return the model with objective and rows in a solver-friendly range."""
    objective, factor, whole = scaled_objective(model.objective)
    return Scaled(replace(_with_scaled_rows(model), objective=objective), factor, whole)


def scaled_objective(objective: NDArray[np.float64]) -> tuple[NDArray[np.float64], float, bool]:
    """Return an objective in a solver-friendly range, the factor, and whether it is in whole numbers."""
    largest = float(np.abs(objective).max(initial=0.0))
    if largest == 0.0:
        return objective, 1.0, True
    places = decimals(objective)
    if places is not None and largest * 10.0**places <= LARGEST_WHOLE:
        return np.rint(objective * 10.0**places), 10.0**places, True
    factor = 2.0 ** (USUAL_SIZE - int(np.frexp(largest)[1]))
    return objective * factor, factor, False


def _with_scaled_rows(model: LinearModel) -> LinearModel:
    sizes = np.diff(model.starts)
    filled = sizes > 0
    if not filled.any():
        return model
    largest = np.ones(sizes.size)
    largest[filled] = np.maximum.reduceat(np.abs(model.coefficients), model.starts[:-1][filled])
    factor = np.ones(sizes.size)
    odd = filled & ((largest < 1.0) | (largest > 1e6))
    factor[odd] = 2.0 ** (10 - np.frexp(largest[odd])[1])
    if not odd.any():
        return model
    return replace(
        model,
        coefficients=model.coefficients * np.repeat(factor, sizes),
        row_lower=model.row_lower * factor,
        row_upper=model.row_upper * factor,
    )
