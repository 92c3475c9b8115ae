"""WPM: the weighted product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import logarithms, weighted_product
from mcda.scoring._engine import scores
from mcda.scoring._normalise import normalised
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def wpm(
    matrix: Matrix, weights: Weights, directions: Directions, *, normalisation: str = "sum", **options: Unpack[Options]
) -> Scores:
    """Score by the weighted product of normalised performance (WPM).

    score = Π n^w, with normalised performance n. Higher is better. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    normalisation : str, default "sum"
        Any name of `mcda.normalise` without negative values. Those that divide by a constant ("sum", "linear", "max"
        for criteria to be maximised) give the same ranking.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Weighted products.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: P. W. Bridgman, *Dimensional Analysis*, Yale, 1922; D. W. Miller and M. K. Starr, *Executive Decisions and
    Operations Research*, Prentice-Hall, 1969.
    A normalised value of 0 with a positive weight makes the product 0; with weight 0 it plays no part.

    Examples
    --------
    >>> import mcda
    >>> mcda.wpm([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.1803, 0.2755, 0.2345, 0.2972])
    """
    return scores(RECIPE, matrix, weights, directions, options, normalisation=normalisation)


def _prepare(matrices: Matrices, normalisation: str) -> Prepared:
    return logarithms(matrices.xp, normalised(matrices, normalisation))


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    return weighted_product(xp, prepared, weights)


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("wpm", "WPM", True, False, "Bridgman 1922, Miller & Starr 1969", wpm)
