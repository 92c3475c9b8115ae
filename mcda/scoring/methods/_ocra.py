"""OCRA: operational competitiveness rating."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def ocra(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by operational competitiveness rating (OCRA).

    Ī = Σ w (max x - x) / min x over criteria to be minimised and Ō = Σ w (x - min x) / min x over those to be
    maximised, each measured from its least value; the score is their sum, measured from its least value. Higher is
    better, the worst is 0. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; positive.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Overall preference ratings.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: C. Parkan and M.-L. Wu, *International Journal of Production Research* 38(13), 2000; as stated by M.
    Madić, D. Petković and M. Radovanović, *Serbian Journal of Management* 10(1), 2015, equations 1-5. A constant
    criterion plays no part. Levels of one criterion that differ by a factor above 1e300 are refused.

    Examples
    --------
    >>> import mcda
    >>> mcda.ocra([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.  , 0.62, 0.33, 0.67])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp, values, up = matrices.xp, matrices.values, matrices.signs > 0
    matrices.require(values > 0, "must be positive for OCRA, which divides by the least level")
    least, largest = xp.min(values, axis=-2, keepdims=True), xp.max(values, axis=-2, keepdims=True)
    matrices.require(values * 1e-300 <= least, "must be at most 1e300 times the least level of its criterion for OCRA")
    rating = xp.matrix_transpose((xp.where(up, values - least, largest - values)) / least)
    rising = xp.reshape(up, (-1, 1))
    return xp.where(rising, 0.0, rating), xp.where(rising, rating, 0.0)


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    costs, benefits = (weights @ part for part in prepared)
    costs -= xp.min(costs, axis=-1, keepdims=True)
    benefits -= xp.min(benefits, axis=-1, keepdims=True)
    benefits += costs
    benefits -= xp.min(benefits, axis=-1, keepdims=True)
    return benefits


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("ocra", "OCRA", True, False, "Parkan & Wu 2000", ocra)
