"""RAM: a root of benefits, with costs in the index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import share_of_sum
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def ram(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by the root assessment method (RAM).

    With sum-normalised performance r: S⁺ = Σ w·r over criteria to be maximised, S⁻ over those to be minimised;
    score = (2 + S⁺)^(1 / (2 + S⁻)). Higher is better. Not additive.

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
        Root scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: A. Sotoudeh-Anvari, *Applied Soft Computing* 138, 2023 (the root assessment method), equations 1-5.
    A constant criterion adds the same to every S⁺ or to every S⁻; a column of zeros counts as a constant column.

    Examples
    --------
    >>> import mcda
    >>> mcda.ram([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([1.4201, 1.4506, 1.4385, 1.4505])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    matrices.require(matrices.values >= 0, "must not be negative for RAM")
    share = xp.matrix_transpose(share_of_sum(xp, matrices.values))
    up = xp.reshape(matrices.signs > 0, (-1, 1))
    return xp.where(up, share, 0.0), xp.where(up, 0.0, share)


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    gain, loss = (weights @ part for part in prepared)
    loss += 2.0
    gain += 2.0
    root = xp.log(gain)
    root /= loss
    return xp.exp(root)


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("ram", "RAM", True, False, "Sotoudeh-Anvari 2023", ram)
