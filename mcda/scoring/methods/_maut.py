"""MAUT: expected-utility scores with a risk attitude."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mcda.errors import InputError
from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._parameters import share_of_swing
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Directions, Matrix, PerCriterion, Weights
    from mcda.scoring._signatures import Scores


@scoring_function
def maut(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    risk_aversion: PerCriterion = 0.0,
    worse: PerCriterion | None = None,
    better: PerCriterion | None = None,
    **options: Unpack[Options],
) -> Scores:
    """Score by additive multi-attribute utility (MAUT).

    score = Σ w u(z), with z the share of the swing from worst to best level and u(z) = (1 - e^(-ρz)) / (1 -
    e^(-ρ)), the utility of constant risk aversion ρ; ρ = 0 is risk neutral. Higher is better. Not additive over a
    portfolio.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    risk_aversion : float, array_like, Series or mapping, shape (c,), default 0
        ρ of every criterion, between -100 and 100: positive is risk-averse, negative risk-seeking.
    worse, better : array_like, Series or mapping, shape (c,), optional
        The levels of utility 0 and 1 (both or neither). Default: the worst and the best level among the alternatives.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Utilities.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: R. L. Keeney and H. Raiffa, *Decisions with Multiple Objectives*, Wiley, 1976, sections 4.8 and 5.3.
    A criterion constant among the alternatives, with no declared range, has utility 1.

    Examples
    --------
    >>> import mcda
    >>> mcda.maut([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"],
    ...           risk_aversion=1.5).round(4)
    array([0.    , 0.8158, 0.5038, 0.8479])
    """
    return scores(RECIPE, matrix, weights, directions, options, risk_aversion=risk_aversion, worse=worse, better=better)


def _prepare(
    matrices: Matrices, risk_aversion: PerCriterion, worse: PerCriterion | None, better: PerCriterion | None
) -> Prepared:
    xp = matrices.xp
    rho = matrices.per_criterion(risk_aversion, "risk_aversion")
    if bool(xp.any(abs(rho) > 100)):
        raise InputError(f"risk_aversion must lie between -100 and 100. Got {risk_aversion!r}.")
    share = share_of_swing(matrices, worse, better)
    # Below 1e-8 the curve is a straight line to double precision, and its formula is 0/0.
    straight = abs(rho) < 1e-8
    curved = xp.where(straight, 1.0, rho)
    utility = xp.where(straight, share, xp.expm1(-curved * share) / xp.expm1(-curved))
    if not bool(xp.all(xp.isfinite(utility))):
        raise InputError("A utility is too large to represent. Check worse, better and risk_aversion.")
    return (xp.matrix_transpose(utility),)


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("maut", "MAUT", True, False, "Keeney & Raiffa 1976", maut)
