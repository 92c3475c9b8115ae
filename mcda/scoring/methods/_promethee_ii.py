"""PROMETHEE II: net flows of pairwise preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function
from mcda.scoring.outranking._preference import flows, read_preferences

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PerCriterion, Weights
    from mcda.scoring._signatures import Scores
    from mcda.scoring.outranking._preference import Preferences


@scoring_function
def promethee_ii(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    preference: Preferences = "usual",
    q: PerCriterion = 0.0,
    p: PerCriterion = 0.0,
    s: PerCriterion = 0.0,
    **options: Unpack[Options],
) -> Scores:
    """Score by the net outranking flow (PROMETHEE II).

    Each pair is compared on each criterion by a preference function of the difference d in favour of the first; the net
    flow is the mean preference over the others minus the mean preference of the others over it. Higher is better,
    between -1 and 1. Not additive over a portfolio. `mcda.promethee_i` gives both flows and the partial pre-order.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    preference : str or sequence of str, shape (c,), default "usual"
        "usual": 1 where d > 0. "u-shape": 1 where d > q. "v-shape": d / p up to 1. "level": 1/2 where d > q, 1
        where d > p. "linear": (d - q) / (p - q) from q to p. "gaussian": 1 - exp(-d² / 2s²).
    q, p, s : float, array_like, Series or mapping, shape (c,)
        Indifference threshold, preference threshold and Gaussian spread, in the units of the criterion; read only if
        the preference function uses them.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Net flows.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: J. P. Brans, P. Vincke and B. Mareschal, *European Journal of Operational Research* 24(2), 1986,
    sections 2-4; flows are divided by a - 1. A constant criterion plays no part; a single alternative has flow 0.
    Preparing a matrix takes of the order of a log a steps per criterion (from sorted levels and their running sums),
    and a² for "gaussian".

    Examples
    --------
    >>> import mcda
    >>> mcda.promethee_ii([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([-0.8667,  0.4333,  0.0333,  0.4   ])
    """
    return scores(RECIPE, matrix, weights, directions, options, preference=preference, q=q, p=p, s=s)


def _prepare(
    matrices: Matrices, preference: Preferences, q: PerCriterion, p: PerCriterion, s: PerCriterion
) -> Prepared:
    leaving, entering = flows(matrices, read_preferences(matrices, preference, q=q, p=p, s=s))
    return (leaving - entering,)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("promethee_ii", "PROMETHEE II", True, False, "Brans, Vincke & Mareschal 1986", promethee_ii)
