"""MEREC weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import read_figures, shared_out
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def merec(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by how much the alternatives' overall performance changes when each is removed.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Positive; alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Default: more is better throughout.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0; equal weights if all are constant.

    Raises
    ------
    InputError
        A figure that is not positive.

    Notes
    -----
    Keshavarz-Ghorabaee, Amiri, Zavadskas, Turskis and Antucheviciene (2021), equations 1 to 6.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("merec", [[450, 8000], [10, 9100], [100, 8200]], ["max", "min"]).round(3)
    array([0.975, 0.025])
    """
    figures = read_figures(matrix, directions)
    values = figures.values
    figures.require(values > 0.0, "positive", "merec")
    low, high = values.min(axis=-2, keepdims=True), values.max(axis=-2, keepdims=True)
    logs = np.abs(np.log(np.where(figures.signs > 0.0, low / values, values / high)))
    total = logs.sum(axis=-1, keepdims=True)
    count = values.shape[-1]
    whole, without = np.log1p(total / count), np.log1p((total - logs) / count)
    return shared_out(np.abs(without - whole).sum(axis=-2), figures)
