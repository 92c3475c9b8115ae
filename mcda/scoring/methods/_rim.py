"""RIM: closeness to a reference ideal interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.errors import InputError
from mcda.scoring._combine import closeness
from mcda.scoring._engine import scores
from mcda.scoring._parameters import declared_bounds
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PairPerCriterion, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def rim(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    bounds: PairPerCriterion,
    ideal: PairPerCriterion | None = None,
    **options: Unpack[Options],
) -> Scores:
    """Score by the reference ideal method (RIM).

    Each level is rated f between 0 (at the bound) and 1 (inside the reference ideal interval); score = I⁻ / (I⁺ + I⁻),
    where I⁻ and I⁺ are the Euclidean distances of the weighted ratings from all-0 and from all-1. Higher is better,
    between 0 and 1. Not additive.

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
    ideal : array_like, DataFrame or mapping, shape (c, 2), optional
        The reference ideal interval of each criterion, within the bounds. Default: the better bound alone.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Relative indices.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: E. Cables, M. T. Lamata and J. L. Verdegay, *Information Sciences* 337-338, 2016, equations 3-12.
    Bounds are declared, so adding an alternative never reverses a ranking.

    Examples
    --------
    >>> import mcda
    >>> mcda.rim([[30, 0], [25, 5]], [0.5, 0.5], ["max", "max"], bounds=[[20, 60], [0, 10]],
    ...          ideal=[[30, 35], [8, 10]]).round(3)
    array([0.5  , 0.562])
    """
    return scores(RECIPE, matrix, weights, directions, options, bounds=bounds, ideal=ideal)


def _prepare(matrices: Matrices, bounds: PairPerCriterion, ideal: PairPerCriterion | None) -> Prepared:
    xp, values = matrices.xp, matrices.values
    low, high = declared_bounds(matrices, bounds)
    if ideal is None:
        start = end = xp.where(matrices.signs > 0, high, low)
    else:
        interval = matrices.per_criterion(ideal, "ideal", width=2)
        start, end = interval[:, 0], interval[:, 1]
        if bool(xp.any((start < low) | (start > end) | (end > high))):
            raise InputError(f"ideal must be an interval within the bounds of every criterion. Got {ideal!r}.")
    below, above = start - low, high - end
    short = xp.where(values < start, (start - values) / xp.where(below > 0, below, 1.0), 0.0)
    long = xp.where(values > end, (values - end) / xp.where(above > 0, above, 1.0), 0.0)
    off = short + long
    return (
        xp.matrix_transpose(off**2),
        xp.matrix_transpose((1.0 - off) ** 2),
        xp.ones_like(values[:, :1, :]),
    )


RECIPE = Recipe(_prepare, closeness, compiled="closeness")
METHOD = Method("rim", "RIM", True, False, "Cables, Lamata & Verdegay 2016", rim)
