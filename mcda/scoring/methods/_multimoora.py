"""MULTIMOORA: ratio system, reference point and multiplicative form, joined by dominance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import share_of_norm
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function
from mcda.scoring.methods._vikor import largest_regret

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def multimoora(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by MULTIMOORA: how many alternatives each dominates, less how many dominate it.

    Three scores are compared pair by pair: the ratio system (`mcda.moora`), the reference point max w·|best -
    x/‖x‖| (lower is better) and the full multiplicative form Π x^(±w). An alternative dominates another if it is
    better in more of the three than it is worse; the score is the number dominated less the number dominating.
    Higher is better. Not additive. `mcda.multimoora_parts` gives the three scores.

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
        Net number of dominated alternatives.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: W. K. M. Brauers and E. K. Zavadskas, *Technological and Economic Development of Economy* 16(1), 2010,
    equations 1-9; dominance: W. K. M. Brauers and E. K. Zavadskas, *Informatica* 23(1), 2012, section 5. Counting pairs
    makes their theory of dominance a complete rule, in which cycles end in ties. A constant criterion plays no part.
    Scores within 1e-12 of the largest magnitude of each other count as equal.

    Examples
    --------
    >>> import mcda
    >>> mcda.multimoora([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([-3.,  1., -1.,  3.])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp, values = matrices.xp, matrices.values
    matrices.require(values > 0, "must be positive for MULTIMOORA, which multiplies powers")
    share = share_of_norm(matrices) * matrices.signs
    regret = xp.max(share, axis=-2, keepdims=True) - share
    logs = xp.log(values) * matrices.signs
    # Measured from the mean, so that a constant criterion adds no rounding.
    logs = logs - xp.mean(logs, axis=-2, keepdims=True)
    return xp.matrix_transpose(share), xp.matrix_transpose(regret), xp.matrix_transpose(logs)


def parts(xp: ModuleType, prepared: Prepared, weights: Array) -> tuple[Array, Array, Array]:
    """Return the ratio system, the reference point and the logarithm of the multiplicative form."""
    share, regret, logs = prepared
    return weights @ share, largest_regret(xp, regret, weights), weights @ logs


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    ratio, reference, product = parts(xp, prepared, weights)
    judged = (ratio, -reference, product)
    margins = [1e-12 * xp.max(abs(part), axis=-1, keepdims=True) for part in judged]
    scores = xp.empty_like(ratio)
    for i in range(ratio.shape[-1]):
        balance = xp.zeros_like(ratio)
        for part, margin in zip(judged, margins, strict=True):
            gap = part[..., i, None] - part
            balance += xp.where(abs(gap) > margin, xp.sign(gap), 0.0)
        scores[..., i] = xp.sum(xp.sign(balance), axis=-1)
    return scores


RECIPE = Recipe(_prepare, _combine, compiled="multimoora", compiled_from=1 << 16)
METHOD = Method("multimoora", "MULTIMOORA", True, False, "Brauers & Zavadskas 2010", multimoora)
