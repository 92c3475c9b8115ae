"""Gini weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import read_figures, shared_out, shares_of_sum
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def gini(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by the Gini coefficient of their figures.

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
    Li and Chi (2009): G_j = sum_i sum_k |x_ij - x_kj| / (2 a^2 mean_j), w_j proportional to G_j. Computed from sorted
    figures, sum_i sum_k |x_i - x_k| = 2 sum_r (2r - a - 1) x_(r).

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("gini", [[1, 2], [3, 2], [5, 3]]).round(3)
    array([0.757, 0.243])
    """
    figures = read_figures(matrix, directions)
    shares = np.sort(shares_of_sum(figures, "gini"), axis=-2)
    alternatives = shares.shape[-2]
    places = 2.0 * np.arange(1, alternatives + 1) - alternatives - 1.0
    return shared_out(np.einsum("r,...rc->...c", places, shares) / alternatives, figures)
