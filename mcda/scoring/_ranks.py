"""Ranks of scores, with ties."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias, overload

import numpy as np

from mcda.arrays import as_floats, is_frame, is_series, require_finite
from mcda.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from mcda.arrays import FloatArray, IntArray, Numbers, Table

Ties: TypeAlias = Literal["average", "min", "dense"]

Ranks: TypeAlias = "FloatArray | IntArray | pd.Series[float] | pd.Series[int] | pd.DataFrame"
WholeRanks: TypeAlias = Literal["min", "dense"]


@overload
def ranks(
    scores: pd.Series, *, higher_is_better: bool = True, ties: Literal["average"] = "average", tolerance: float = 1e-12
) -> pd.Series[float]: ...
@overload
def ranks(
    scores: pd.Series, *, higher_is_better: bool = True, ties: WholeRanks, tolerance: float = 1e-12
) -> pd.Series[int]: ...
@overload
def ranks(
    scores: pd.DataFrame, *, higher_is_better: bool = True, ties: Ties = "average", tolerance: float = 1e-12
) -> pd.DataFrame: ...
@overload
def ranks(
    scores: Numbers, *, higher_is_better: bool = True, ties: Literal["average"] = "average", tolerance: float = 1e-12
) -> FloatArray: ...
@overload
def ranks(
    scores: Numbers, *, higher_is_better: bool = True, ties: WholeRanks, tolerance: float = 1e-12
) -> IntArray: ...
@overload
def ranks(
    scores: pd.Series, *, higher_is_better: bool = True, ties: Ties, tolerance: float = 1e-12
) -> pd.Series[float] | pd.Series[int]: ...
@overload
def ranks(
    scores: Numbers, *, higher_is_better: bool = True, ties: Ties, tolerance: float = 1e-12
) -> FloatArray | IntArray: ...
def ranks(
    scores: Table | pd.Series,
    *,
    higher_is_better: bool = True,
    ties: Ties = "average",
    tolerance: float = 1e-12,
) -> Ranks:
    """Rank alternatives: 1 is best.

    Parameters
    ----------
    scores : array_like, Series or DataFrame, shape (..., a)
        Scores of a alternatives, as the scoring functions return them.
    higher_is_better : bool, default True
        False for methods whose scores are distances or regrets: see `mcda.methods()`.
    ties : {"average", "min", "dense"}, default "average"
        What tied alternatives get: the mean of their places, the best of their places, or the next whole number.
    tolerance : float, default 1e-12
        Neighbouring scores tie if they differ by no more than this share of the largest magnitude: equal alternatives
        in a batch may differ in the last binary digit.

    Returns
    -------
    array, Series or DataFrame, shape (..., a)
        Ranks; whole numbers unless `ties` is "average".

    Raises
    ------
    InputError
        A score is not a finite number, or a parameter breaks its rule.

    Examples
    --------
    >>> import mcda
    >>> mcda.ranks([0.5, 0.62, 0.5])
    array([2.5, 1. , 2.5])
    >>> mcda.ranks([0.5, 0.62, 0.5], ties="min").tolist()
    [2, 1, 2]
    """
    if ties not in ("average", "min", "dense"):
        raise InputError(f'ties must be "average", "min" or "dense". Got {ties!r}.')
    if not 0 <= tolerance < 1:
        raise InputError(f"tolerance must be a share from 0 to below 1. Got {tolerance!r}.")
    values = as_floats(scores, "scores")
    if values.ndim == 0 or values.shape[-1] == 0:
        raise InputError(f"scores must have shape (..., alternatives). Got shape {values.shape}.")
    require_finite(values, "scores")
    ranked = _ranked(-values if higher_is_better else values, ties, tolerance)
    if is_frame(scores):
        return type(scores)(ranked, index=scores.index, columns=scores.columns)
    if is_series(scores):
        return type(scores)(ranked, index=scores.index, name="rank")
    return ranked


def dense_shares(scores: np.ndarray) -> np.ndarray:
    """Spread dense ranks from 0 (worst) to 1 (best); all are 1 if all are equal. Higher scores are better."""
    group = _ranked(scores, "dense", 1e-10) - 1
    most = group.max(axis=-1, keepdims=True)
    shares: np.ndarray = np.where(most > 0, group / np.maximum(most, 1), 1.0)
    return shares


def _ranked(values: np.ndarray, ties: str, tolerance: float) -> np.ndarray:
    order = np.argsort(values, axis=-1, kind="stable")
    in_order = np.take_along_axis(values, order, axis=-1)
    margin = tolerance * np.abs(values).max(axis=-1, keepdims=True)
    starts = np.ones(values.shape, dtype=bool)
    starts[..., 1:] = in_order[..., 1:] - in_order[..., :-1] > margin
    if ties == "dense":
        placed: np.ndarray = np.cumsum(starts, axis=-1)
    else:
        place = np.arange(1, values.shape[-1] + 1)
        first = np.maximum.accumulate(np.where(starts, place, 0), axis=-1)
        placed = first
        if ties == "average":
            ends = np.ones_like(starts)
            ends[..., :-1] = starts[..., 1:]
            last = np.minimum.accumulate(np.where(ends, place, len(place) + 1)[..., ::-1], axis=-1)[..., ::-1]
            placed = (first + last) / 2
    ranked = np.empty_like(placed)
    np.put_along_axis(ranked, order, placed, axis=-1)
    return ranked
