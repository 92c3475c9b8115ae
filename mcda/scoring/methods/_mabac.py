"""MABAC: distance from the border approximation area."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._normalise import minmax
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def mabac(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by multi-attributive border approximation area comparison (MABAC).

    With min-max normalised performance n: v = w (n + 1), the border is the geometric mean of v over the
    alternatives, and the score is the sum of v - border. Higher is better; positive lies above the border. Not
    additive over a portfolio.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Sums of distances from the border.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: D. Pamučar and G. Ćirović, *Expert Systems with Applications* 42(6), 2015, equations 3-13.
    A constant criterion plays no part.

    Examples
    --------
    >>> import mcda
    >>> mcda.mabac([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([-0.424,  0.276,  0.026,  0.326])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    value = minmax(matrices) + 1.0
    border = xp.exp(xp.mean(xp.log(value), axis=-2, keepdims=True))
    constant = xp.max(value, axis=-2, keepdims=True) == xp.min(value, axis=-2, keepdims=True)
    return (xp.matrix_transpose(xp.where(constant, 0.0, value - border)),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("mabac", "MABAC", True, False, "Pamučar & Ćirović 2015", mabac)
