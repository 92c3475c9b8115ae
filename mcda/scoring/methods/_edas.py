"""EDAS: distances from the average solution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import scaled_columns
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def edas(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by evaluation based on distance from average solution (EDAS).

    Per criterion, the positive and the negative distance from the mean, divided by the mean; SP and SN are their
    weighted sums; score = (SP / max SP + 1 - SN / max SN) / 2. Higher is better, between 0 and 1. Not additive.

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
        Appraisal scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: M. Keshavarz Ghorabaee, E. K. Zavadskas, L. Olfat and Z. Turskis, *Informatica* 26(3), 2015, equations
    5-15. A constant criterion plays no part. If no alternative differs from the mean on any criterion with a weight, SP
    / max SP and SN / max SN count as 0 and every score is 0.5.

    Examples
    --------
    >>> import mcda
    >>> mcda.edas([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.    , 0.9301, 0.4975, 1.    ])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    matrices.require(matrices.values >= 0, "must not be negative for EDAS, which divides by the mean")
    values = scaled_columns(matrices)
    mean = xp.mean(values, axis=-2, keepdims=True)
    constant = xp.max(values, axis=-2, keepdims=True) == xp.min(values, axis=-2, keepdims=True)
    # The rounding error of the mean must not tell equal alternatives apart.
    gap = xp.where(constant, 0.0, matrices.signs * (values - mean) / xp.where(constant, 1.0, mean))
    above, below = xp.where(gap > 0, gap, 0.0), xp.where(gap < 0, -gap, 0.0)
    return xp.matrix_transpose(above), xp.matrix_transpose(below)


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    above, below = (weights @ part for part in prepared)
    best, worst = xp.max(above, axis=-1, keepdims=True), xp.max(below, axis=-1, keepdims=True)
    above *= 0.5 / xp.where(best > 0, best, 1.0)
    below *= 0.5 / xp.where(worst > 0, worst, 1.0)
    above -= below
    above += 0.5
    return above


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("edas", "EDAS", True, False, "Keshavarz Ghorabaee et al. 2015", edas)
