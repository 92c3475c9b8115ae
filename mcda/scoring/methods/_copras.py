"""COPRAS: benefits, and costs in inverse proportion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import share_of_sum
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def copras(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by complex proportional assessment (COPRAS).

    With sum-normalised performance d: S⁺ = Σ w·d over criteria to be maximised, S⁻ over those to be minimised; Q = S⁺
    + ΣS⁻ / (S⁻ Σ(1/S⁻)), and the utility degree Q / max Q is returned. Higher is better, at most 1. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Utility degrees.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: E. K. Zavadskas, A. Kaklauskas and V. Sarka, *Technological and Economic Development of Economy* 1(3),
    1994; E. K. Zavadskas, A. Kaklauskas, F. Peldschus and Z. Turskis, *Baltic Journal of Road and Bridge
    Engineering* 2(4), 2007, equations 1-8. Without costs (or with no weight on them) Q = S⁺. If S⁻ is 0 for some
    alternatives, these share the second term equally (the limit), and the others get none of it. A column of zeros
    counts as a constant column.

    Examples
    --------
    >>> import mcda
    >>> mcda.copras([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.5963, 0.9174, 0.789 , 1.    ])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    matrices.require(matrices.values >= 0, "must not be negative for COPRAS")
    share = xp.matrix_transpose(share_of_sum(xp, matrices.values))
    up = xp.reshape(matrices.signs > 0, (-1, 1))
    return xp.where(up, share, 0.0), xp.where(up, 0.0, share)


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    benefits, costs = prepared
    cost = weights @ costs
    least = xp.min(cost, axis=-1, keepdims=True)
    # min S- / S-, with 0/0 = 1: if some alternatives cost nothing, they share the second term between them.
    frugality = least / cost if bool(xp.all(least > 0)) else _frugality(xp, least, cost)
    frugality *= xp.sum(cost, axis=-1, keepdims=True) / xp.sum(frugality, axis=-1, keepdims=True)
    frugality += weights @ benefits
    frugality /= xp.max(frugality, axis=-1, keepdims=True)
    return frugality


def _frugality(xp: ModuleType, least: Array, cost: Array) -> Array:
    return xp.where(cost > 0, least / xp.where(cost > 0, cost, 1.0), 1.0)


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("copras", "COPRAS", True, False, "Zavadskas, Kaklauskas & Sarka 1994", copras)
