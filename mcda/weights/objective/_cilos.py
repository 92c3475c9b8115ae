"""CILOS weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.weights.objective._read import Figures, read_figures, shared_out
from mcda.weights.objective._signature import objective_weights

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import Directions, FloatArray, Table


@objective_weights
def cilos(matrix: Table, directions: Directions | None = None) -> FloatArray | pd.Series[float]:
    """Weigh criteria by how little is lost on each when another is at its best (criterion impact loss).

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Positive; alternatives in rows, criteria in columns.
    directions : sequence of {"max", "min", 1, -1}, shape (c,), optional
        Default: more is better throughout.

    Returns
    -------
    numpy.ndarray or Series, shape (..., c)
        Summing to 1. If the equations have more than one solution (several criteria on which nothing is lost), the
        one reached from equal weights; equal weights if nothing is lost anywhere.

    Raises
    ------
    InputError
        A figure that is not positive.

    Notes
    -----
    Zavadskas and Podvezko (2016): q solves F q = 0 with F = P - diag(column sums of P) and P the relative losses.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("cilos", [[3, 100], [2.5, 80], [1.8, 50]], ["min", "max"]).round(3)
    array([0.556, 0.444])
    """
    figures = read_figures(matrix, directions)
    return shared_out(impact_loss(figures, "cilos"), figures)


def impact_loss(figures: Figures, method: str, *, leave_out_constant: bool = False) -> FloatArray:
    """Return the solution q of the equations, (..., c), summing to 1; 0 for constant criteria that are left out."""
    values = figures.values
    figures.require(values > 0.0, "positive", method)
    benefits = np.where(figures.signs > 0.0, values, values.min(axis=-2, keepdims=True) / values)
    flat = benefits.reshape(-1, *benefits.shape[-2:])
    solutions = np.zeros((len(flat), flat.shape[-1]))
    for solution, rows in zip(solutions, flat, strict=True):
        kept = np.ptp(rows, axis=0) > 0.0 if leave_out_constant else np.ones(len(solution), dtype=bool)
        if kept.any():
            solution[kept] = _long_run(_losses(rows[:, kept]))
    return solutions.reshape(*benefits.shape[:-2], benefits.shape[-1])


def _losses(benefits: FloatArray) -> FloatArray:
    """Share of criterion j that is lost at the alternative that is best on criterion i, (i, j)."""
    at_best = benefits[benefits.argmax(axis=0)]
    own = np.diag(at_best)
    losses: FloatArray = (own - at_best) / own
    return losses


def _long_run(losses: FloatArray) -> FloatArray:
    """Solve F q = 0: where weight settles if it moves between criteria at the rates of the losses."""
    rates = losses - np.diag(losses.sum(axis=0))
    left, sizes, right = np.linalg.svd(rates)
    free = int((sizes <= 1e-12 * max(float(sizes[0]), 1e-300)).sum()) if sizes[0] > 1e-13 else len(sizes)
    kernel, cokernel = right[-free:].T, left[:, -free:]
    # The projection of equal weights along the flow; with a single solution this is that solution.
    equal = np.full(len(losses), 1.0 / len(losses))
    weights: FloatArray = kernel @ np.linalg.solve(cokernel.T @ kernel, cokernel.T @ equal)
    weights = np.maximum(weights, 0.0)
    weights /= weights.sum()
    return weights
