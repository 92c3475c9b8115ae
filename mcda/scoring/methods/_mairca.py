"""MAIRCA: the gap between theoretical and real ratings."""

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
def mairca(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by multi-attributive ideal-real comparative analysis (MAIRCA).

    The theoretical rating of every alternative is w / a; the real one is that times the min-max normalised
    performance; the score is the sum of the gaps. Lower is better. Not additive over a portfolio.

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
        Total gaps.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: D. Pamučar, L. Vasin and L. Lukovac, *XVI International Scientific-expert Conference on Railways*, 2014;
    L. Gigović, D. Pamučar, Z. Bajić and M. Milićević, *Sustainability* 8(4), 2016, equations 8-14.
    A constant criterion has no gap.

    Examples
    --------
    >>> import mcda
    >>> mcda.mairca([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.25  , 0.075 , 0.1375, 0.0625])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    gap = (1.0 - minmax(matrices)) / matrices.values.shape[-2]
    return (matrices.xp.matrix_transpose(gap),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("mairca", "MAIRCA", False, False, "Pamučar, Vasin & Lukovac 2014", mairca)
