"""WASPAS: between the weighted sum and the weighted product."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import logarithms, weighted_product
from mcda.scoring._engine import scores
from mcda.scoring._normalise import normalised
from mcda.scoring._parameters import share
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from types import ModuleType

    from mcda.arrays import Array, Directions, Matrix, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def waspas(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    lambda_: float = 0.5,
    normalisation: str = "linear",
    **options: Unpack[Options],
) -> Scores:
    """Score by a mix of weighted sum and weighted product (WASPAS).

    score = λ Σ w·n + (1 - λ) Π n^w, with normalised performance n. Higher is better. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria; non-negative, and positive on criteria to be minimised.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    lambda_ : float, default 0.5
        Share of the weighted sum, from 0 (product only) to 1 (sum only).
    normalisation : str, default "linear"
        Any name of `mcda.normalise`; "linear" is the source's (x/max, min/x).
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Joint scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: E. K. Zavadskas, Z. Turskis, J. Antucheviciene and A. Zakarevicius, *Elektronika ir Elektrotechnika*
    122(6), 2012, equation 8. The product depends on the sum of the weights: to reproduce printed weights that do not
    sum to 1, pass `normalise_weights="keep"`. A normalised value of 0 with a positive weight makes the product 0.

    Examples
    --------
    >>> import mcda
    >>> mcda.waspas([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.5361, 0.823 , 0.7101, 0.8844])
    """
    return scores(
        RECIPE, matrix, weights, directions, options, lambda_=share(lambda_, "lambda_"), normalisation=normalisation
    )


def _prepare(matrices: Matrices, lambda_: float, normalisation: str) -> Prepared:
    xp = matrices.xp
    value = normalised(matrices, normalisation)
    proportion = xp.full((1,), lambda_, dtype=value.dtype, **matrices.on_device)
    return proportion, xp.matrix_transpose(value), *logarithms(xp, value)


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    proportion, value, *logs = prepared
    product = weighted_product(xp, tuple(logs), weights)
    product *= 1.0 - proportion
    total = (weights * proportion) @ value
    total += product
    return total


RECIPE = Recipe(_prepare, _combine)
METHOD = Method("waspas", "WASPAS", True, False, "Zavadskas et al. 2012", waspas)
