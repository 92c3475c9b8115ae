"""IDOCRIW weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.weights.objective._cilos import impact_loss
from mcda.weights.objective._entropy import divergence
from mcda.weights.objective._read import read_figures, shared_out
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def idocriw(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by entropy and impact loss together.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Positive; alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Default: more is better throughout.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. A constant criterion gets 0 and is left out of the losses; equal weights if all are constant.

    Raises
    ------
    InputError
        A figure that is not positive.

    Notes
    -----
    Zavadskas and Podvezko (2016): w_j proportional to q_j W_j, with CILOS weights q and entropy weights W.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("idocriw", [[3, 100], [2.5, 80], [1.8, 50]], ["min", "max"]).round(3)
    array([0.412, 0.588])
    """
    figures = read_figures(matrix, directions)
    losses = impact_loss(figures, "idocriw", leave_out_constant=True)
    return shared_out(divergence(figures, "idocriw") * losses, figures)
