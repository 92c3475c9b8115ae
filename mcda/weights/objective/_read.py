"""What all objective methods share: reading the matrix, and turning a measure into weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import FloatArray, read_directions, read_matrix
from mcda.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from mcda.arrays import Directions, Table


@dataclass(frozen=True, slots=True)
class Figures:
    """A performance matrix that passed every check.

    Attributes
    ----------
    values
        (..., a, c).
    signs
        (c,) +1 where more is better, -1 where less is.
    columns
        Names of the criteria, or None.
    """

    values: FloatArray
    signs: FloatArray
    columns: Sequence[Hashable] | None

    def require(self, allowed: NDArray[np.bool_], rule: str, method: str) -> None:
        """Refuse figures that a method is not defined for, naming the first."""
        if allowed.all():
            return
        cell = tuple(int(k) for k in np.unravel_index(int(np.argmin(allowed)), allowed.shape))
        name = cell[-1] if self.columns is None else repr(self.columns[cell[-1]])
        raise InputError(
            f"{method} needs {rule} figures; criterion {name} has {self.values[cell]:g} (row {cell[-2]}). "
            "Use another method, or measure that criterion on a scale that starts above zero."
        )


def read_figures(matrix: Table, directions: Directions | None) -> Figures:
    """Read a performance matrix and, if given, the directions of its criteria (default: more is better)."""
    read = read_matrix(matrix)
    values = np.asarray(read.values, dtype=np.float64)
    count = values.shape[-1]
    signs = np.ones(count) if directions is None else read_directions(directions, read.columns, count)
    return Figures(values, signs, read.columns)


def shared_out(measure: FloatArray, figures: Figures) -> FloatArray | pd.Series[float]:
    """Divide a non-negative measure (..., c) by its sum; equal weights if it is 0 (to rounding) everywhere.

    Returns
    -------
    numpy.ndarray, shape (..., c), or Series
        A Series if the matrix was a DataFrame.
    """
    measure = np.where(measure > 1e-13, measure, 0.0)
    total = measure.sum(axis=-1, keepdims=True)
    weights: FloatArray = np.divide(
        measure, total, out=np.full_like(measure, 1.0 / measure.shape[-1]), where=total > 0.0
    )
    if figures.columns is None:
        return weights
    import pandas as pd

    return pd.Series(weights, index=list(figures.columns), name="weight")


def near_one(values: FloatArray, axis: int | tuple[int, ...]) -> FloatArray:
    """Values times a power of two, exactly, so that the largest along `axis` is near one and nothing overflows."""
    _, exponents = np.frexp(np.abs(values).max(axis=axis, keepdims=True))
    return np.asarray(np.ldexp(values, -exponents))


def scaled_to_unit(values: FloatArray) -> FloatArray:
    """Min-max scaling of each criterion, without reversing costs; 0 for a constant criterion."""
    values = near_one(values, -2)
    low = values.min(axis=-2, keepdims=True)
    span = values.max(axis=-2, keepdims=True) - low
    scaled: FloatArray = np.divide(values - low, span, out=np.zeros_like(values), where=span > 0.0)
    return scaled


def shares_of_sum(figures: Figures, method: str) -> FloatArray:
    """Figures divided by the sum of their criterion; refuses negative figures and criteria that are all zero."""
    values = near_one(figures.values, -2)
    figures.require(values >= 0.0, "non-negative", method)
    total = values.sum(axis=-2, keepdims=True)
    figures.require(np.broadcast_to(total > 0.0, values.shape), "not all zero", method)
    shares: FloatArray = values / total
    return shares
