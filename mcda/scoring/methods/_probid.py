"""PROBID: distances from a series of ideal solutions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import share_of_norm
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def probid(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by preference ranking on the basis of ideal-average distance (PROBID).

    The most ideal solution takes the best weighted value of each criterion, the second the second best, and so on
    to the most anti-ideal. Of the distances of an alternative to each, the positive-ideal distance sums the first half,
    weighted by 1, 1/2, 1/3, ..., and the negative-ideal distance sums the second half likewise from the end; R is their
    ratio and score = 1 / (1 + R²) + distance from the average solution. Higher is better. Not additive.

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
        Performance scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: Z. Wang, G. P. Rangaiah and X. Wang, *Industrial & Engineering Chemistry Research* 60(40), 2021,
    equations 3-10. A constant criterion plays no part. If all alternatives are equal on every criterion with a weight,
    R counts as 1 and every score is 0.5. The work grows with the square of the number of alternatives.

    Examples
    --------
    >>> import mcda
    >>> mcda.probid([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.1561, 0.8535, 0.3876, 0.9451])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    value = share_of_norm(matrices) * matrices.signs
    value = value - xp.min(value, axis=-2, keepdims=True)
    ideals = xp.flip(xp.sort(value, axis=-2), axis=-2)
    spread = ideals[:, :1, :]
    unit = xp.where(spread > 0, spread, 1.0)
    value, ideals = value / unit, ideals / unit
    average = xp.mean(value, axis=-2, keepdims=True)
    a = value.shape[-2]
    order = xp.arange(1, a + 1, dtype=value.dtype, **matrices.on_device)
    middle = (a + 1) // 2
    near, far = xp.where(order <= middle, 1.0 / order, 0.0), xp.where(order >= middle, 1.0 / (a + 1 - order), 0.0)
    return (
        xp.matrix_transpose(value),
        xp.matrix_transpose(ideals),
        xp.matrix_transpose((value - average) ** 2),
        spread,
        xp.broadcast_to(near, (value.shape[0], a)),
        xp.broadcast_to(far, (value.shape[0], a)),
    )


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    value, ideals, from_average, spread, near, far = prepared
    weighted = weights * spread
    largest = xp.max(weighted, axis=-1, keepdims=True)
    flat = largest <= 0
    # As in `closeness`: the largest weighted spread is scaled to 1, so that no square underflows or overflows.
    squares = (weighted / xp.where(flat, 1.0, largest)) ** 2
    scores = xp.sqrt(squares @ from_average) * largest
    for alternative in range(value.shape[-1]):
        distances = xp.sqrt(squares @ (value[:, :, alternative, None] - ideals) ** 2)
        positive = xp.sum(distances * near[:, None, :], axis=-1) ** 2
        negative = xp.sum(distances * far[:, None, :], axis=-1) ** 2
        # 1 / (1 + R²) without dividing by a distance of 0.
        both = positive + negative
        scores[:, :, alternative] += xp.where(both > 0, negative / xp.where(both > 0, both, 1.0), 0.5)
    return scores


RECIPE = Recipe(_prepare, _combine, compiled="probid", compiled_from=1 << 16)
METHOD = Method("probid", "PROBID", True, False, "Wang, Rangaiah & Wang 2021", probid)
