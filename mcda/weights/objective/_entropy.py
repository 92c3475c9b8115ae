"""Entropy weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import Figures, read_figures, shared_out, shares_of_sum
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def entropy(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by how unevenly the figures are spread over the alternatives.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Non-negative; alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used: the published method does not reverse costs.

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
    Hwang and Yoon (1981), after Shannon: p_ij = x_ij / sum_i x_ij, E_j = -sum_i p_ij ln p_ij / ln a, w_j proportional
    to 1 - E_j, with 0 ln 0 = 0.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("entropy", [[1, 5], [3, 5]])
    array([1., 0.])
    """
    figures = read_figures(matrix, directions)
    return shared_out(divergence(figures, "entropy"), figures)


def divergence(figures: Figures, method: str) -> FloatArray:
    """1 - E_j of each criterion, (..., c)."""
    shares = shares_of_sum(figures, method)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0.0)
    alternatives = shares.shape[-2]
    if alternatives == 1:
        return np.zeros((*shares.shape[:-2], shares.shape[-1]))
    degree: FloatArray = 1.0 + (shares * logs).sum(axis=-2) / np.log(alternatives)
    return degree
