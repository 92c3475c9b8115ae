"""MOORA, the ratio system: benefits minus costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._normalise import share_of_norm
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def moora(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by the ratio system of multi-objective optimisation by ratio analysis (MOORA).

    score = Σ w·x/‖x‖ over criteria to be maximised minus the same over those to be minimised. Higher is better. Not
    additive over a portfolio. `mcda.multimoora` adds the reference point and the multiplicative form.

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
        Ratio-system scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. K. M. Brauers and E. K. Zavadskas, *Control and Cybernetics* 35(2), 2006, equations 1-3.
    A constant criterion adds the same to every alternative; a column of zeros counts as a constant column.

    Examples
    --------
    >>> import mcda
    >>> mcda.moora([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([-0.0315,  0.1693,  0.083 ,  0.1803])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    return (matrices.xp.matrix_transpose(matrices.signs * share_of_norm(matrices)),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("moora", "MOORA", True, False, "Brauers & Zavadskas 2006", moora)
