"""MARCOS: utility between an anti-ideal and an ideal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._engine import scores
from mcda.scoring._normalise import linear
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def marcos(matrix: Matrix, weights: Weights, directions: Directions, **options: Unpack[Options]) -> Scores:
    """Score by measurement of alternatives and ranking according to compromise solution (MARCOS).

    With ratios n to the best level (x / best, or best / x for criteria to be minimised), S = Σ w·n of an alternative,
    of the ideal and of the anti-ideal; K⁻ = S / S_anti-ideal, K⁺ = S / S_ideal, and f(K) = (K⁺ + K⁻) / (1 + (1 -
    f(K⁺))/f(K⁺) + (1 - f(K⁻))/f(K⁻)), f(K⁺) = K⁻/(K⁺ + K⁻), f(K⁻) = K⁺/(K⁺ + K⁻). Higher is better. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Utility functions.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: Ž. Stević, D. Pamučar, A. Puška and P. Chatterjee, *Computers & Industrial Engineering* 140, 2020,
    equations 2-12. With ρ = S_anti-ideal / S_ideal the formula is (S / S_ideal) (1 + ρ) / (1 + ρ + ρ²), which also
    holds in the limit ρ = 0. A constant criterion adds the same to every alternative. Multiplying all weights by a
    number changes nothing.

    Examples
    --------
    >>> import mcda
    >>> mcda.marcos([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.4525, 0.698 , 0.6103, 0.7471])
    """
    return scores(RECIPE, matrix, weights, directions, options)


def _prepare(matrices: Matrices) -> Prepared:
    xp = matrices.xp
    value = linear(matrices, "MARCOS")
    return xp.matrix_transpose(value), xp.matrix_transpose(xp.min(value, axis=-2, keepdims=True))


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    value, anti_ideal = prepared
    ideal = xp.sum(weights, axis=-1, keepdims=True)
    rho = (weights @ anti_ideal) / ideal
    return (weights * ((1.0 + rho) / (1.0 + rho + rho**2) / ideal)) @ value


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("marcos", "MARCOS", True, False, "Stević et al. 2020", marcos)
