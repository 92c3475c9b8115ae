"""CRITIC weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import read_figures, scaled_to_unit, shared_out
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def critic(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by contrast and conflict: standard deviation times lack of correlation with the others.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Alternatives in rows, criteria in columns; negative figures are allowed.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Checked, not used: published applications scale costs like benefits (Tuş and Aytaç Adalı, 2019). To reverse
        costs, pass their negatives.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0 and conflicts with nothing; equal weights if nothing conflicts.

    Notes
    -----
    Diakoulaki, Mavrotas and Papayannakis (1995): C_j = s_j sum_k (1 - r_jk) on min-max scaled figures.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("critic", [[1, 9, 4], [2, 7, 1], [3, 5, 4]]).round(3)
    array([0.361, 0.361, 0.278])
    """
    figures = read_figures(matrix, directions)
    scaled = scaled_to_unit(figures.values)
    centred = scaled - scaled.mean(axis=-2, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-2))
    varies = spread > 1e-13
    standard = centred / np.where(varies, spread, 1.0)[..., None, :]
    correlation = np.einsum("...aj,...ak->...jk", standard, standard) / scaled.shape[-2]
    conflict = np.where(varies[..., None, :], 1.0 - correlation, 0.0).sum(axis=-1)
    return shared_out(spread * np.where(conflict > 1e-12, conflict, 0.0), figures)
