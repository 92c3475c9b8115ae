"""Angle weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import read_figures, shared_out, shares_of_sum
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def angle(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by the angle between their figures and a criterion that is the same for all alternatives.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Non-negative; alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0; equal weights if all are constant.

    Raises
    ------
    InputError
        A negative figure, or a criterion that is 0 throughout.

    Notes
    -----
    Shuai, Zongzhun, Yongji and Lei (2012). The tangent is the coefficient of variation, which keeps small angles
    exact where the arc cosine of a number near 1 would not.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("angle", [[1, 1], [3, 1]])
    array([1., 0.])
    """
    figures = read_figures(matrix, directions)
    shares = shares_of_sum(figures, "angle")
    return shared_out(np.arctan2(shares.std(axis=-2), shares.mean(axis=-2)), figures)
