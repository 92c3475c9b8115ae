"""ARAS: utility relative to an ideal alternative."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import linear, share_of_sum
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def aras(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by additive ratio assessment (ARAS).

    The best levels of the criteria form an optimal alternative, which joins the others before the sum
    normalisation (1/x for criteria to be minimised); the score is the weighted sum of an alternative divided by that
    of the optimal one. Higher is better, at most 1. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
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
    Source: E. K. Zavadskas and Z. Turskis, *Technological and Economic Development of Economy* 16(2), 2010,
    equations 1-9. A constant criterion adds the same to every alternative. Multiplying all weights by a number
    changes nothing.

    Examples
    --------
    >>> import mcda
    >>> mcda.aras([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.5339, 0.8222, 0.7099, 0.8919])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    # Best = 1 after the linear transformation, and dividing by the sum cancels the scale.
    value = linear(matrices, "sum")
    best = xp.ones_like(value[:, :1, :])
    share = share_of_sum(xp, xp.concat((best, value), axis=1))
    return xp.matrix_transpose(share[:, 1:, :]), xp.matrix_transpose(share[:, :1, :])


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    alternatives, optimal = prepared
    return (weights / (weights @ optimal)) @ alternatives


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("aras", "ARAS", True, False, "Zavadskas & Turskis 2010", aras)
