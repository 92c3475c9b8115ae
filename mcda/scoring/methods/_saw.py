"""SAW: simple additive weighting of normalised performance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._normalise import normalised
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def saw(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    normalisation: str = "linear",
    **options: Unpack[Options],
) -> Scores:
    """Score by the weighted sum of normalised performance (SAW).

    score = Σ w·n, with normalised performance n. Higher is better. Not additive over a portfolio: the normalisation
    takes its range from the alternatives at hand; `mcda.additive` takes declared ranges.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria (what the normalisation allows).
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    normalisation : str, default "linear"
        Any name of `mcda.normalise`. The choice matters: "sum" and "minmax" can give different winners.
        "linear" (x/max, min/x) is Hwang & Yoon's linear scale transformation.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Weighted sums.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: C.-L. Hwang and K. Yoon, *Multiple Attribute Decision Making*, Springer, 1981, section 3.1.2.
    A constant criterion adds the same to every alternative.

    Examples
    --------
    >>> import mcda
    >>> mcda.saw([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.5375, 0.8292, 0.725 , 0.8875])
    """
    return scores(RECIPE, matrix, weights, directions, options, normalisation=normalisation)


def _prepare(matrices: Matrices, normalisation: str) -> Prepared:
    return (matrices.xp.matrix_transpose(normalised(matrices, normalisation)),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("saw", "SAW", True, False, "Hwang & Yoon 1981", saw)
