"""The additive value model: what an alternative adds over doing nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Unpack

import numpy as np

from mcda.arrays import is_frame, is_series, namespace_of, read_matrix
from mcda.errors import InputError
from mcda.scoring._combine import weighted_sum
from mcda.scoring._engine import scores
from mcda.scoring._normalise import declared_range
from mcda.scoring._recipe import Matrices, Method, Options, Prepared, Recipe
from mcda.scoring._signatures import scoring_function

if TYPE_CHECKING:
    from mcda.arrays import Array, Directions, Matrix, Number, PerCriterion, Weights
    from mcda.scoring._signatures import Scores
    from mcda.scoring._value_functions import ValueFunctions


@scoring_function
def additive(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    worse: PerCriterion,
    better: PerCriterion,
    baseline: Matrix | PerCriterion | None = None,
    value_functions: ValueFunctions | None = None,
    scale: Number = 1.0,
    **options: Unpack[Options],
) -> Scores:
    """Score by additive value: the weighted sum of partial values over declared ranges.

    partial value = (level - baseline) / (better - worse): the share of the swing that the weight belongs to, counted
    from doing nothing. It is positive for an improvement whatever the direction, may exceed 1 and may be negative.
    Higher is better. Additive: the values of projects add up over a portfolio when `baseline` is the level without
    the project.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (..., a, c)
        Levels of a alternatives on c criteria.
    weights : array_like, Series, DataFrame or mapping, shape (..., c)
        Swing weights: non-negative, each weighting summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    worse, better : array_like, Series or mapping, shape (c,)
        The declared reference levels between which each swing was judged; better lies on the better side.
    baseline : array_like or DataFrame, shape (c,) or (a, c), optional
        The do-nothing level of each alternative on each criterion. Default: `worse`.
    value_functions : sequence or mapping of PiecewiseLinear, Exponential or None, optional
        The shape of the partial value of a criterion; None is a straight line. The value of the baseline is
        subtracted.
    scale : float, default 1
        The value of all swings together.
    **options
        `normalise_weights`, `out`, `threads`, `dtype`: see `mcda.score`.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Value.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: R. L. Keeney and H. Raiffa, *Decisions with Multiple Objectives*, Wiley, 1976, chapter 3; the zero at
    doing nothing: R. T. Clemen and J. E. Smith, *Decision Analysis* 6(3), 2009, and A. Morton, *Decision Analysis*
    12(1), 2015.
    Ranges are declared, never taken from the data: ranges of the data would change what the weights mean.

    Examples
    --------
    Two projects, one cutting a wait of 40 days to 20, one raising satisfaction from 60 to 75 points:

    >>> import mcda
    >>> mcda.additive([[20, 60], [40, 75]], [0.6, 0.4], ["min", "max"], worse=[50, 0], better=[0, 100],
    ...               baseline=[40, 60], scale=100)
    array([24.,  6.])
    """
    if not isinstance(scale, int | float | np.number) or not np.isfinite(scale):
        raise InputError(f"scale must be a finite number. Got {scale!r}.")
    return scores(
        RECIPE,
        matrix,
        weights,
        directions,
        options,
        worse=worse,
        better=better,
        baseline=baseline,
        value_functions=value_functions,
        scale=float(scale),
    )


def _prepare(
    matrices: Matrices, *, worse: Any, better: Any, baseline: Any, value_functions: Any, scale: float
) -> Prepared:
    xp, levels = matrices.xp, matrices.values
    low, high = declared_range(matrices, worse, better)
    start = _baseline(matrices, baseline) if baseline is not None else low
    functions = _functions(matrices, value_functions)
    if functions is None:
        value = (levels - start) / (high - low)
    else:
        start = xp.broadcast_to(start, levels.shape[-2:])
        each = []
        for position, function in enumerate(functions):
            ends = float(low[position]), float(high[position])
            level, zero = levels[:, :, position], start[:, position]
            if function is None:
                each.append((level - zero) / (ends[1] - ends[0]))
            else:
                each.append(function(xp, level, *ends) - function(xp, zero, *ends))
        value = xp.stack(each, axis=-1)
    if not bool(xp.all(xp.isfinite(value))):
        raise InputError(
            "A partial value is too large to represent. Check the levels, worse, better and the curvature."
        )
    return (xp.matrix_transpose(value) * scale,)


def _baseline(matrices: Matrices, baseline: Any) -> Array:
    a = matrices.values.shape[-2]
    if not (is_frame(baseline) or np.ndim(baseline) == 2):
        return matrices.per_criterion(baseline, "baseline")
    if is_frame(baseline) and matrices.columns is not None and matrices.rows is not None:
        for axis, wanted in (("index", matrices.rows), ("columns", matrices.columns)):
            if set(getattr(baseline, axis)) != set(wanted):
                raise InputError(f"baseline must have the same {axis} labels as matrix.")
        baseline = baseline.loc[list(matrices.rows), list(matrices.columns)]
    read = read_matrix(baseline, "baseline").values
    if tuple(read.shape) != (a, matrices.values.shape[-1]):
        raise InputError(f"baseline must have shape {tuple(matrices.values.shape[-2:])}. Got {tuple(read.shape)}.")
    on = {} if namespace_of(matrices.values) is np else {"device": matrices.values.device}
    return matrices.xp.asarray(read, dtype=matrices.values.dtype, **on)


def _functions(matrices: Matrices, given: Any) -> list[Any] | None:
    if given is None:
        return None
    count = matrices.values.shape[-1]
    if isinstance(given, Mapping) or is_series(given):
        columns = list(range(count)) if matrices.columns is None else list(matrices.columns)
        unknown = [label for label in given.keys() if label not in columns]  # noqa: SIM118 - iterating a Series gives its values
        if unknown:
            raise InputError(f"value_functions names {unknown[0]!r}, which is not a criterion. Criteria: {columns}.")
        given = [given.get(label) for label in columns]
    functions = list(given)
    if len(functions) != count:
        raise InputError(f"value_functions must have one entry per criterion ({count}). Got {len(functions)}.")
    for function in functions:
        if function is not None and not callable(function):
            raise InputError(f"A value function must be PiecewiseLinear, Exponential or None. Got {function!r}.")
    return functions


RECIPE = Recipe(_prepare, weighted_sum, compiled="weighted_sum")
METHOD = Method("additive", "Additive value", True, True, "Keeney & Raiffa 1976", additive)
