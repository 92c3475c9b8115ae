"""The best-worst method: two vectors of judgements instead of a matrix."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from mcda.arrays import is_series
from mcda.errors import InputError, LabelError, NoAnswerError

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import FloatArray, Numbers
from mcda.weights.pairwise._labelled import read_numbers

CONSISTENCY_INDEX = (0.0, 0.44, 1.00, 1.63, 2.30, 3.00, 3.73, 4.47, 5.23)
"""Largest xi for a judgement of 1 to 9 of the best against the worst (Rezaei, 2015, table 1)."""


@dataclass(frozen=True, slots=True, eq=False)
class BestWorst:
    """Weights by the best-worst method.

    Attributes
    ----------
    weights
        (..., n) summing to 1; a Series if the judgements came as one.
    xi
        How far the judgements are from consistent, in the units of the model; 0 if they agree.
    consistency_ratio
        Non-linear model: xi over the consistency index (Rezaei, 2015). Linear model: xi itself, which Rezaei (2016)
        reads directly.
    input_consistency_ratio
        max_j |a_Bj a_jW - a_BW| / (a_BW^2 - a_BW) (Liang, Brunelli and Rezaei, 2020), known before any model is solved.
    lower, upper
        (..., n) smallest and largest weight among all solutions; the same for the linear model, which has one.
    model
        ``"linear"`` or ``"nonlinear"``.
    """

    weights: FloatArray | pd.Series[float]
    xi: float | FloatArray
    consistency_ratio: float | FloatArray
    input_consistency_ratio: float | FloatArray
    lower: FloatArray
    upper: FloatArray
    model: Literal["linear", "nonlinear"]


def best_worst(
    best_to_others: Numbers | pd.Series[Any],
    others_to_worst: Numbers | pd.Series[Any],
    *,
    best: Hashable = None,
    worst: Hashable = None,
    model: Literal["linear", "nonlinear"] = "linear",
) -> BestWorst:
    """Derive weights from how much better the best is than the others, and the others than the worst.

    Parameters
    ----------
    best_to_others : array_like or Series, shape (..., n)
        At least 1: how many times more the best criterion is worth than each; 1 for itself. One row per decision maker
        gives one row of weights each (`mcda.aggregate_priorities` combines them).
    others_to_worst : array_like or Series, shape (..., n)
        At least 1: how many times more each is worth than the worst; 1 for the worst itself.
    best, worst : position or label, optional
        Default: where its vector is 1; if it is 1 in several places, the one that the other vector puts highest.
    model : {"linear", "nonlinear"}
        Rezaei (2016), with one solution, or Rezaei (2015), whose solutions may form intervals: `weights` are then the
        centres of the intervals (Rezaei, 2016), and `lower` and `upper` their ends.

    Returns
    -------
    BestWorst
        Weights, intervals, and consistency.

    Raises
    ------
    InputError
        Judgements below 1, of different lengths, or in which the best or the worst is not 1 against itself.
    LabelError
        Labels that differ between the two, or an unknown best or worst.

    Notes
    -----
    Non-linear: min xi with |w_B / w_j - a_Bj| <= xi and |w_j / w_W - a_jW| <= xi, solved in closed form: the chains
    best, j, worst allow intervals of w_B / w_W, and xi is the least at which all of them overlap.
    Linear: min xi with |w_B - a_Bj w_j| <= xi and |w_j - a_jW w_W| <= xi.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("best_worst", [8, 2, 1], [1, 5, 8], model="nonlinear").weights.round(3)
    array([0.071, 0.339, 0.59 ])
    """
    if model not in ("linear", "nonlinear"):
        raise InputError(f"model must be 'linear' or 'nonlinear'. Got {model!r}.")
    labels = index = None
    if is_series(best_to_others) and is_series(others_to_worst):
        index = best_to_others.index
        labels = list(index)
        if set(labels) != set(others_to_worst.index) or len(set(labels)) != len(labels):
            raise LabelError("best_to_others and others_to_worst must name the same criteria, each once.")
        others_to_worst = others_to_worst.loc[labels]
    to_others, to_worst = _read(best_to_others, "best_to_others"), _read(others_to_worst, "others_to_worst")
    if to_others.shape != to_worst.shape:
        raise InputError(
            f"best_to_others and others_to_worst must have the same shape. Got {to_others.shape} and {to_worst.shape}."
        )
    shape, size = to_others.shape[:-1], to_others.shape[-1]
    solved = []
    for others, ones in zip(to_others.reshape(-1, size), to_worst.reshape(-1, size), strict=True):
        top, bottom = _place(others, ones, best, labels, "best"), _place(ones, others, worst, labels, "worst")
        solved.append(_solve(others, ones, top, bottom, model))
    weights, xi, ratio, given_ratio, lower, upper = (np.array(part) for part in zip(*solved, strict=True))
    named: Any = weights.reshape(*shape, size)
    if index is not None:
        import pandas as pd

        named = pd.Series(named, index=index, name="weight")
    return BestWorst(
        weights=named,
        xi=_shaped(xi, shape),
        consistency_ratio=_shaped(ratio, shape),
        input_consistency_ratio=_shaped(given_ratio, shape),
        lower=lower.reshape(*shape, size),
        upper=upper.reshape(*shape, size),
        model=model,
    )


def _shaped(values: FloatArray, shape: tuple[int, ...]) -> float | FloatArray:
    return values.reshape(shape) if shape else float(values[0])


def _read(judgements: Numbers | pd.Series[Any], name: str) -> FloatArray:
    values = read_numbers(judgements, name)
    if not (np.isfinite(values).all() and (values >= 1.0).all()):
        raise InputError(f"{name} must be numbers of at least 1. Got {values.tolist()}.")
    return values


def _place(own: FloatArray, other: FloatArray, given: Hashable, labels: list[Hashable] | None, which: str) -> int:
    """Position of the best or the worst, which is worth 1 times itself."""
    if given is None:
        ones = np.flatnonzero(own == 1.0)
        if len(ones) == 0:
            raise InputError(f"The {which} criterion must be judged 1 against itself. Got {own.tolist()}.")
        return int(ones[other[ones].argmax()])
    if labels is not None:
        if given not in labels:
            raise LabelError(f"The {which} criterion must be one of {labels}. Got {given!r}.")
        place = labels.index(given)
    elif isinstance(given, int) and 0 <= given < len(own):
        place = given
    else:
        raise LabelError(f"The {which} criterion must be a position from 0 to {len(own) - 1}. Got {given!r}.")
    if own[place] != 1.0:
        raise InputError(f"The {which} criterion must be judged 1 against itself. Got {own[place]:g}.")
    return place


def _solve(
    others: FloatArray, ones: FloatArray, top: int, bottom: int, model: str
) -> tuple[FloatArray, float, float, float, FloatArray, FloatArray]:
    whole = float(others[bottom])
    if whole != ones[top]:
        raise InputError(
            "The best against the worst is judged twice and must be the same in both: "
            f"best_to_others says {whole:g}, others_to_worst says {ones[top]:g}."
        )
    if whole == 1.0:
        # The best is worth no more than the worst: everything is worth the same, if the other judgements say so too.
        if not ((others == 1.0).all() and (ones == 1.0).all()):
            raise InputError("The best is judged equal to the worst, yet other judgements differ from 1.")
        equal = np.full(len(others), 1.0 / len(others))
        return equal, 0.0, 0.0, 0.0, equal, equal
    given_ratio = float(np.abs(others * ones - whole).max() / (whole * whole - whole))
    if model == "linear":
        weights, xi = _linear(others, ones, top, bottom)
        return weights, xi, xi, given_ratio, weights, weights
    xi, chain = _smallest_xi(others, ones, top, bottom)
    lower, upper = _intervals(others, ones, top, bottom, xi, chain)
    weights = (lower + upper) / 2.0
    limit = np.interp(whole, np.arange(1.0, 10.0), CONSISTENCY_INDEX) if whole <= 9.0 else _index_beyond(whole)
    return weights / weights.sum(), xi, xi / float(limit), given_ratio, lower, upper


def _index_beyond(whole: float) -> float:
    """Largest xi for a judgement above 9: the smaller root of (a - xi)^2 = a + xi, which gives the table as well."""
    return float((2.0 * whole + 1.0 - np.sqrt(8.0 * whole + 1.0)) / 2.0)


def _linear(others: FloatArray, ones: FloatArray, top: int, bottom: int) -> tuple[FloatArray, float]:
    from scipy.optimize import linprog

    size = len(others)
    rows = []
    for j in range(size):
        first, second = np.zeros(size), np.zeros(size)
        first[top] += 1.0
        first[j] -= others[j]
        second[j] += 1.0
        second[bottom] -= ones[j]
        rows += [[*row, -1.0] for row in (first, -first, second, -second)]
    cost = np.array([0.0] * size + [1.0])
    total = np.array([[1.0] * size + [0.0]])
    found = linprog(cost, A_ub=np.array(rows), b_ub=np.zeros(len(rows)), A_eq=total, b_eq=[1.0], method="highs")
    if found.x is None:
        raise NoAnswerError(f"The linear best-worst model was not solved: {found.message}")
    weights = np.maximum(found.x[:size], 0.0)
    return weights / weights.sum(), float(found.x[size])


def _smallest_xi(others: FloatArray, ones: FloatArray, top: int, bottom: int) -> tuple[float, float]:
    """Return xi and the ratio w_B / w_W at it.

    A chain best, j, worst allows w_B / w_W from (a_Bj - xi)(a_jW - xi) to (a_Bj + xi)(a_jW + xi), and the direct
    judgement from a_BW - xi to a_BW + xi. Intervals on a line have a point in common if every two of them do.
    """
    whole = float(others[bottom])
    chains = [(float(others[j]), float(ones[j])) for j in range(len(others)) if j not in (top, bottom)]
    candidates = [0.0]
    for a, b in chains:
        if a * b >= whole:
            # (a - xi)(b - xi) = a_BW + xi
            candidates.append((a + b + 1.0 - np.sqrt((a + b + 1.0) ** 2 - 4.0 * (a * b - whole))) / 2.0)
        else:
            # (a + xi)(b + xi) = a_BW - xi
            candidates.append((-(a + b + 1.0) + np.sqrt((a + b + 1.0) ** 2 + 4.0 * (whole - a * b))) / 2.0)
    for (a, b), (c, d) in itertools.permutations(chains, 2):
        candidates.append((a * b - c * d) / (a + b + c + d))
    xi = max(candidates)
    highest = min([whole + xi, *[(a + xi) * (b + xi) for a, b in chains]])
    lowest = max([whole - xi, *[(a - xi) * (b - xi) for a, b in chains]])
    return float(xi), float((lowest + highest) / 2.0)


def _intervals(
    others: FloatArray, ones: FloatArray, top: int, bottom: int, xi: float, chain: float
) -> tuple[FloatArray, FloatArray]:
    """Smallest and largest weight of each: every ratio to the worst may move freely within its bounds."""
    low = np.maximum(ones - xi, chain / (others + xi))
    high = np.minimum(ones + xi, chain / np.maximum(others - xi, 1e-300))
    for place, ratio in ((top, chain), (bottom, 1.0)):
        low[place] = high[place] = ratio
    # Rounding may cross the ends where there is a single solution.
    low, high = np.minimum(low, high), np.maximum(low, high)
    return low / (low + high.sum() - high), high / (high + low.sum() - low)
