"""SPOTIS: distance from an ideal point in declared bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.errors import InputError
from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._parameters import declared_bounds
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PairPerCriterion, PerCriterion, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def spotis(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    bounds: PairPerCriterion,
    esp: PerCriterion | None = None,
    **options: Unpack[Options],
) -> Scores:
    """Score by the stable preference ordering towards ideal solution (SPOTIS).

    score = Σ w |x - s| / (upper bound - lower bound), with s the expected solution point, or else the ideal one:
    the better bound. Lower is better. Bounds are declared, so adding an alternative never reverses a ranking.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria, within the bounds.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    bounds : array_like, DataFrame or mapping, shape (c, 2)
        Lower and upper bound of each criterion.
    esp : array_like, Series or mapping, shape (c,), optional
        Expected solution point, within the bounds. Default: the ideal solution point.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Distances.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: J. Dezert, A. Tchamova, D. Han and J.-M. Tacnet, *IEEE FUSION*, 2020, equations 1-4; the expected
    solution point: A. Shekhovtsov, B. Kizielewicz and W. Sałabun, *Expert Systems with Applications*, 2022.

    Examples
    --------
    >>> import mcda
    >>> mcda.spotis([[15000, 4.3], [15290, 5.0]], [0.6, 0.4], ["min", "max"], bounds=[[14000, 16000], [3, 8]]).round(3)
    array([0.596, 0.627])
    """
    return scores(RECIPE, matrix, weights, directions, options, bounds=bounds, esp=esp)


def _prepare(matrices: Matrices, bounds: PairPerCriterion, esp: PerCriterion | None) -> Prepared:
    xp = matrices.xp
    low, high = declared_bounds(matrices, bounds)
    if esp is None:
        aim = xp.where(matrices.signs > 0, high, low)
    else:
        aim = matrices.per_criterion(esp, "esp")
        if bool(xp.any((aim < low) | (aim > high))):
            raise InputError(f"esp must lie within the bounds of every criterion. Got {esp!r}.")
    half = 0.5  # halves, so that the width of the widest range does not overflow
    distance = abs(matrices.values * half - aim * half) / (high * half - low * half)
    return (xp.matrix_transpose(distance),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("spotis", "SPOTIS", False, False, "Dezert et al. 2020", spotis)
