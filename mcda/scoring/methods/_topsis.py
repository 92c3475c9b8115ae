"""TOPSIS: closeness to the ideal and distance from the anti-ideal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import closeness
from mcda.scoring._engine import scores
from mcda.scoring._normalise import normalised
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def topsis(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    normalisation: str = "vector",
    **options: Unpack[Options],
) -> Scores:
    """Score by relative closeness to the ideal alternative (TOPSIS).

    The ideal takes the best weighted normalised value of each criterion, the anti-ideal the worst;
    closeness = D⁻ / (D⁺ + D⁻), with Euclidean distances D⁺ to the ideal and D⁻ to the anti-ideal.
    Higher is better, between 0 and 1. Not additive: closeness must not be summed over a portfolio.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    normalisation : str, default "vector"
        Any name of `mcda.normalise`; "vector" is Hwang & Yoon's.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Closeness.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: C.-L. Hwang and K. Yoon, *Multiple Attribute Decision Making*, Springer, 1981, section 3.2.
    A constant criterion plays no part. If all alternatives are equal on every criterion with a weight, each is as near
    to the ideal as to the anti-ideal and closeness is 0.5.

    Examples
    --------
    >>> import mcda
    >>> mcda.topsis([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max"] * 3).round(4)
    array([0.5037, 0.6581, 0.7482, 0.334 ])
    """
    return scores(RECIPE, matrix, weights, directions, options, normalisation=normalisation)


def _prepare(matrices: Matrices, normalisation: str) -> Prepared:
    xp = matrices.xp
    value = normalised(matrices, normalisation)
    top, bottom = xp.max(value, axis=-2, keepdims=True), xp.min(value, axis=-2, keepdims=True)
    spread = top - bottom
    unit = xp.where(spread > 0, spread, 1.0)
    return (
        xp.matrix_transpose(((top - value) / unit) ** 2),
        xp.matrix_transpose(((value - bottom) / unit) ** 2),
        spread,
    )


RECIPE = Recipe(_prepare, closeness, compiled="closeness")
METHOD = Method("topsis", "TOPSIS", True, False, "Hwang & Yoon 1981", topsis)
