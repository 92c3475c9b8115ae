"""CoCoSo: a combined compromise of sums and powers."""

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
def cocoso(
    matrix: Matrix, weights: Weights, directions: Directions, *, lambda_: float = 0.5, **options: Unpack[Options]
) -> Scores:
    """Score by the combined compromise solution (CoCoSo).

    With min-max normalised performance r: S = Σ w·r and P = Σ r^w; three appraisals,
    ka = (P + S) / Σ(P + S), kb = S / min S + P / min P, kc = (λS + (1 - λ)P) / (λ max S + (1 - λ) max P);
    score = (ka kb kc)^(1/3) + (ka + kb + kc) / 3. Higher is better. Not additive.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    lambda_ : float, default 0.5
        Share of the sums in the third appraisal, from 0 to 1.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Compromise scores.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: M. Yazdani, P. Zarate, E. K. Zavadskas and Z. Turskis, *Management Decision* 57(9), 2019, equations
    3-13. 0^0 counts as 1, and a constant criterion as r = 1. If the least S (or P) is 0, the published formula divides
    by 0: then the least positive one takes its place (anything below 1e-100 of the largest counts as 0), so an
    alternative that is worst on every criterion scores 0 there.

    Examples
    --------
    >>> import mcda
    >>> mcda.cocoso([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max", "min", "max"]).round(4)
    array([0.    , 2.4768, 1.6583, 2.5752])
    """
    return scores(RECIPE, matrix, weights, directions, options, lambda_=share(lambda_, "lambda_"))


def _prepare(matrices: Matrices, lambda_: float) -> Prepared:
    xp = matrices.xp
    value = xp.matrix_transpose(minmax(matrices))
    proportion = xp.full((1,), lambda_, dtype=value.dtype, **matrices.on_device)
    return proportion, value


def _combine(xp: ModuleType, prepared: Prepared, weights: Array) -> Array:
    proportion, value = prepared
    powers = value[:, None, 0, :] ** weights[:, :, 0, None]
    for criterion in range(1, value.shape[-2]):
        powers += value[:, None, criterion, :] ** weights[:, :, criterion, None]
    return _appraise(xp, weights @ value, powers, proportion)


def _appraise(xp: ModuleType, sums: Array, powers: Array, proportion: Array) -> Array:
    both = sums + powers
    first = both / xp.sum(both, axis=-1, keepdims=True)
    second = sums / _least_positive(xp, sums) + powers / _least_positive(xp, powers)
    mixed = proportion * sums + (1.0 - proportion) * powers
    top_sum, top_power = xp.max(sums, axis=-1, keepdims=True), xp.max(powers, axis=-1, keepdims=True)
    most = proportion * top_sum + (1.0 - proportion) * top_power
    third = mixed / xp.where(most > 0, most, 1.0)
    return (first * second * third) ** (1.0 / 3.0) + (first + second + third) / 3.0


def _least_positive(xp: ModuleType, parts: Array) -> Array:
    most = xp.max(parts, axis=-1, keepdims=True)
    counted = parts > most * (1e-100 if parts.dtype == xp.float64 else 1e-20)
    least = xp.min(xp.where(counted, parts, most), axis=-1, keepdims=True)
    return xp.where(least > 0, least, 1.0)


RECIPE = Recipe(_prepare, _combine, compiled="cocoso", compiled_from=1 << 18)
METHOD = Method("cocoso", "CoCoSo", True, False, "Yazdani et al. 2019", cocoso)
