"""SMART: weighted ratings from 0 to 100."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._parameters import share_of_swing
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PerCriterion, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def smart(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    worse: PerCriterion | None = None,
    better: PerCriterion | None = None,
    **options: Unpack[Options],
) -> Scores:
    """Score by the simple multi-attribute rating technique (SMART).

    Each criterion is rated from 0 (at `worse`) to 100 (at `better`) in a straight line; the score is the weighted
    mean of the ratings. Higher is better. To use importance points instead of weights, pass them with
    `normalise_weights=True`. Not additive over a portfolio: a rating is not measured from doing nothing; see
    `mcda.additive`.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    worse, better : array_like, Series or mapping, shape (c,), optional
        The levels rated 0 and 100 (both or neither). Default: the worst and the best level among the alternatives.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Weighted ratings.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. Edwards, *IEEE Transactions on Systems, Man, and Cybernetics* 7(5), 1977; W. Edwards and F. H.
    Barron, *Organizational Behavior and Human Decision Processes* 60(3), 1994. Levels outside a declared range are
    rated below 0 or above 100. A criterion constant among the alternatives, with no declared range, is rated 100.

    Examples
    --------
    >>> import mcda
    >>> mcda.smart([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(2)
    array([ 0., 70., 45., 75.])
    """
    return scores(RECIPE, matrix, weights, directions, options, worse=worse, better=better)


def _prepare(matrices: Matrices, worse: PerCriterion | None, better: PerCriterion | None) -> Prepared:
    return (matrices.xp.matrix_transpose(share_of_swing(matrices, worse, better)) * 100.0,)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("smart", "SMART", True, False, "Edwards 1977", smart)
