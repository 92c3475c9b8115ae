"""Weights from points that people give: swing weighting, SMART, direct points."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._labelled import labelled_like, read_numbers, same_kind

if TYPE_CHECKING:
    from mcda.weights.pairwise._labelled import Figures, Weighting


@same_kind
def points(values: Figures) -> Weighting:
    """Turn direct points into weights: each divided by the sum.

    Parameters
    ----------
    values : array_like, Series, DataFrame or mapping, shape (..., n)
        Non-negative, not all zero: one row per person, one column per criterion. The total does not matter (100 points
        shared out, or any rating).

    Returns
    -------
    numpy.ndarray, Series, DataFrame or dict
        The same kind with the same labels; each row sums to 1.

    Raises
    ------
    InputError
        A negative figure, one that is not a number, or a row that is all zero.

    Notes
    -----
    Direct rating, von Winterfeldt and Edwards (1986).

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("points", {"cost": 60, "safety": 40})
    {'cost': 0.6, 'safety': 0.4}
    """
    return _shares(values, "points", highest=np.inf, lowest=0.0)


@same_kind
def swing(values: Figures) -> Weighting:
    """Turn swing points into weights.

    Parameters
    ----------
    values : array_like, Series, DataFrame or mapping, shape (..., n)
        From 0 to 100: how much the swing of each criterion from its worse to its better reference level is worth; the
        most valued swing has 100.

    Returns
    -------
    numpy.ndarray, Series, DataFrame or dict
        The same kind with the same labels; each row sums to 1.

    Raises
    ------
    InputError
        Points outside 0 to 100, one that is not a number, or a row that is all zero.

    Notes
    -----
    Von Winterfeldt and Edwards (1986), chapter 8.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("swing", [100, 60, 40])
    array([0.5, 0.3, 0.2])
    """
    return _shares(values, "swing points", highest=100.0, lowest=0.0)


@same_kind
def smart(values: Figures) -> Weighting:
    """Turn SMART ratings into weights.

    Parameters
    ----------
    values : array_like, Series, DataFrame or mapping, shape (..., n)
        At least 10: the least important criterion has 10, and one that is twice as important has 20.

    Returns
    -------
    numpy.ndarray, Series, DataFrame or dict
        The same kind with the same labels; each row sums to 1.

    Raises
    ------
    InputError
        A rating below 10, or one that is not a number.

    Notes
    -----
    Edwards (1977). Importance judged without a swing ignores the ranges of the criteria: prefer `swing`, with which
    Edwards and Barron (1994) replaced it (SMARTS); their SMARTER is ``"rank_order_centroid"``.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("smart", [40, 20, 10, 10])
    array([0.5  , 0.25 , 0.125, 0.125])
    """
    return _shares(values, "SMART ratings", highest=np.inf, lowest=10.0)


def _shares(values: Figures, name: str, *, highest: float, lowest: float) -> Weighting:
    figures = read_numbers(values, name)
    wrong = ~((figures >= lowest) & (figures <= highest) & np.isfinite(figures))
    if wrong.any():
        cell = tuple(int(k) for k in np.unravel_index(int(np.argmax(wrong)), wrong.shape))
        allowed = f"from {lowest:g} to {highest:g}" if np.isfinite(highest) else f"numbers of at least {lowest:g}"
        raise InputError(f"{name} must be {allowed}. Got {figures[cell]:g} at {', '.join(map(str, cell))}.")
    total = figures.sum(axis=-1, keepdims=True)
    if (total == 0.0).any():
        raise InputError(f"{name} must not be all zero: something must matter. Leave such a person out.")
    return labelled_like(values, figures / total)
