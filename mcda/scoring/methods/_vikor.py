"""VIKOR: a compromise between group utility and individual regret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import minmax
from mcda.scoring._parameters import share
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def vikor(
    matrix: Matrix, weights: Weights, directions: Directions, *, v: float = 0.5, **options: Unpack[Options]
) -> Scores:
    """Score by VIKOR: group utility and individual regret, the lower the better.

    With regrets d from the best level, as a share of the range: S = Σ w·d, R = max w·d and Q = v (S - S*) / (S⁻ -
    S*) + (1 - v) (R - R*) / (R⁻ - R*), where * is the least and ⁻ the largest among the alternatives. Q is
    returned: lower is better, between 0 and 1. Not additive. `mcda.vikor_compromise` gives S, R, the compromise set
    and both conditions.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    v : float, default 0.5
        Weight of the strategy of the majority (group utility), from 0 to 1.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Q.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: S. Opricovic and G.-H. Tzeng, *European Journal of Operational Research* 156(2), 2004, equations 1-5. A
    constant criterion plays no part. If all S (or all R) are equal, to rounding, their term is 0 / 0 and counts as 0.

    Examples
    --------
    >>> import mcda
    >>> mcda.vikor([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([1.    , 0.1333, 0.7   , 0.    ])
    """
    return scores(RECIPE, matrix, weights, directions, options, v=share(v, "v"))


def _prepare(matrices: Matrices, v: float) -> Prepared:
    xp = matrices.xp
    regret = xp.matrix_transpose(1.0 - minmax(matrices))
    return xp.full((1,), v, dtype=regret.dtype, **matrices.on_device), regret


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    v, regret = prepared
    # Q does not change when a weighting is multiplied by a number.
    weights = weights / xp.max(weights, axis=-1, keepdims=True)
    utility = _from_least(xp, weights @ regret, weights.shape[-1])
    most = _from_least(xp, largest_regret(xp, regret, weights), 2)
    utility *= v
    most *= 1.0 - v
    utility += most
    return utility


def largest_regret(xp: ModuleType, regret: Array, weights: Array) -> Array:
    """Return R = max over the criteria of weight times regret."""
    most = weights[:, :, 0, None] * regret[:, None, 0, :]
    for criterion in range(1, regret.shape[-2]):
        most = xp.maximum(most, weights[:, :, criterion, None] * regret[:, None, criterion, :])
    return most


def _from_least(xp: ModuleType, part: Array, terms: int) -> Array:
    """Return (part - least) / (largest - least), and 0 if all are equal within the rounding of such a sum."""
    least, largest = xp.min(part, axis=-1, keepdims=True), xp.max(part, axis=-1, keepdims=True)
    width = largest - least
    apart = width > 4 * terms * xp.finfo(part.dtype).eps * largest
    part -= least
    part /= xp.where(apart, width, xp.inf)
    return part


RECIPE = Recipe(_prepare, _combine, compiled="vikor")
METHOD = Method("vikor", "VIKOR", False, False, "Opricovic & Tzeng 2004", vikor)
