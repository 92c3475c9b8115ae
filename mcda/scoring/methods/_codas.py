"""CODAS: Euclidean distance from the worst, and taxicab distance if that is close."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Unpack

import numpy as np

from mcda.scoring._engine import scores
from mcda.scoring._normalise import linear
from mcda.scoring._parameters import number
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def codas(
    matrix: Matrix, weights: Weights, directions: Directions, *, tau: float = 0.02, **options: Unpack[Options]
) -> Scores:
    """Score by combinative distance-based assessment (CODAS).

    With weighted linear-normalised performance, E and T are the Euclidean and the taxicab distance from the
    negative-ideal solution; score of i = Σ over k of (E_i - E_k) + ψ (T_i - T_k), with ψ = 1 where |E_i - E_k| >= τ
    and 0 else. Higher is better. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    tau : float, default 0.02
        Threshold τ from which the taxicab distances count, at least 0; the source suggests 0.01 to 0.05.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Assessment scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: M. Keshavarz Ghorabaee, E. K. Zavadskas, Z. Turskis and J. Antucheviciene, *Economic Computation and
    Economic Cybernetics Studies and Research* 50(3), 2016, equations 2-11. A constant criterion plays no part;
    if all alternatives are equal, every score is 0. The sums over pairs are taken from sorted distances, so the
    work grows as a log a.

    Examples
    --------
    >>> import mcda
    >>> mcda.codas([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([-1.3712,  0.5173, -0.0804,  0.9343])
    """
    return scores(RECIPE, matrix, weights, directions, options, tau=number(tau, "tau", 0.0, math.inf))


def _prepare(matrices: Matrices, tau: float) -> Prepared:
    xp = matrices.xp
    value = linear(matrices, "CODAS")
    gap = xp.matrix_transpose(value - xp.min(value, axis=-2, keepdims=True))
    return xp.full((1,), tau, dtype=gap.dtype, **matrices.on_device), gap, gap**2


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    del xp
    tau, gap, squared = prepared
    euclidean, taxicab = np.sqrt(weights**2 @ squared), weights @ gap
    scores = np.empty_like(euclidean)
    for cell in np.ndindex(scores.shape[:-1]):
        scores[cell] = _by_order(euclidean[cell], taxicab[cell], float(tau[0]))
    return scores


def _by_order(euclidean: Array, taxicab: Array, tau: float) -> Array:
    """Sum over the others from sorted distances: those at least tau below or above are the ends of the order."""
    count = len(euclidean)
    order = np.argsort(euclidean)
    in_order = euclidean[order]
    below_of = np.searchsorted(in_order, euclidean - tau, side="right")
    above_of = np.searchsorted(in_order, euclidean + tau, side="left") if tau > 0 else below_of
    sums = np.concatenate(([0.0], np.cumsum(taxicab[order])))
    counted = below_of + (count - above_of)
    far = sums[below_of] + (sums[-1] - sums[above_of])
    return count * euclidean - euclidean.sum() + (counted * taxicab - far)


RECIPE = Recipe(_prepare, _combine, compiled="codas", compiled_from=1 << 18, numpy_only="CODAS")
METHOD = Method("codas", "CODAS", True, False, "Keshavarz Ghorabaee et al. 2016", codas)
