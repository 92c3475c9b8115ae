"""Weights from the spread of the figures: standard deviation and statistical variance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.errors import InputError
from mcda.weights.objective._read import near_one, read_figures, scaled_to_unit, shared_out, shares_of_sum
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def standard_deviation(
    matrix: Table,
    directions: Directions | None = None,
    *,
    normalisation: Literal["none", "minmax", "sum"] = "none",
) -> FloatArray | pd.Series[float]:
    """Weigh criteria by the standard deviation of their figures.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used.
    normalisation : {"none", "minmax", "sum"}
        ``"none"``: of the figures as they are (Sałabun, Wątróbski and Shekhovtsov, 2020), which makes sense only if all
        criteria have the same unit and range; ``"minmax"``: scaled to 0 to 1 first (Diakoulaki, Mavrotas and
        Papayannakis, 1995); ``"sum"``: divided by the sum of the criterion (non-negative figures).

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0; equal weights if all are constant.

    Raises
    ------
    InputError
        An unknown normalisation, or figures it is not defined for.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("standard_deviation", [[0, 0.2], [1, 0.4]]).round(3)
    array([0.833, 0.167])
    >>> mcda.weigh("standard_deviation", [[0, 0.2], [1, 0.4]], normalisation="minmax")
    array([0.5, 0.5])
    """
    figures = read_figures(matrix, directions)
    if normalisation == "none":
        values = near_one(figures.values, (-2, -1))
    elif normalisation == "minmax":
        values = scaled_to_unit(figures.values)
    elif normalisation == "sum":
        values = shares_of_sum(figures, "standard_deviation with normalisation='sum'")
    else:
        raise InputError(f"normalisation must be 'none', 'minmax' or 'sum'. Got {normalisation!r}.")
    # A constant criterion has spread 0, not the rounding of its mean.
    spread = np.where(np.ptp(values, axis=-2) > 0.0, values.std(axis=-2), 0.0)
    # Units may make the figures tiny or huge; only their proportions count.
    largest = spread.max(axis=-1, keepdims=True)
    return shared_out(spread / (largest + (largest == 0.0)), figures)


@objective_weights
def statistical_variance(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by the variance of their figures, scaled to 0 to 1.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used: reversing a cost does not change its variance.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0; equal weights if all are constant.

    Notes
    -----
    Rao and Patel (2010) on min-max scaled figures.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("statistical_variance", [[1, 10], [2, 20], [3, 20]]).round(3)
    array([0.429, 0.571])
    """
    figures = read_figures(matrix, directions)
    return shared_out(scaled_to_unit(figures.values).var(axis=-2), figures)
