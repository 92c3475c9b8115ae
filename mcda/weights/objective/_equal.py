"""Equal weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import read_figures, shared_out
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def equal(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Give every criterion the same weight.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)

    Notes
    -----
    Dawes and Corrigan (1974): hard to beat when nothing is known about importance.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("equal", [[1, 2], [3, 4]])
    array([0.5, 0.5])
    """
    figures = read_figures(matrix, directions)
    shape = figures.values.shape
    return shared_out(np.ones((*shape[:-2], shape[-1])), figures)
