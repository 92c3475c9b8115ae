"""Weights from a ranking of the criteria: centroid, sum, reciprocal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._labelled import labelled_like, read_numbers, same_kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from mcda.arrays import FloatArray
    from mcda.weights.pairwise._labelled import Figures, Weighting


@same_kind
def rank_order_centroid(ranks: Figures) -> Weighting:
    """Return the centre of all weights that respect a ranking (ROC).

    Parameters
    ----------
    ranks : array_like, Series or mapping, shape (n,)
        1 for the most important criterion. Tied criteria share a rank, in any usual way of counting (1, 2, 2, 4 or
        1, 2.5, 2.5, 4 or 1, 2, 2, 3).

    Returns
    -------
    numpy.ndarray, Series or dict, shape (n,)
        Summing to 1; tied criteria share the mean weight of their places.

    Raises
    ------
    InputError
        A rank that is not a number of at least 1, or no rank 1 at all.

    Notes
    -----
    Barron (1992), Edwards and Barron (1994): w_k = sum_{i=k}^{n} 1/i / n.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("rank_order_centroid", [1, 2, 3]).round(3)
    array([0.611, 0.278, 0.111])
    """
    return _from_places(ranks, lambda places: np.cumsum((1.0 / places)[::-1])[::-1])


@same_kind
def rank_sum(ranks: Figures) -> Weighting:
    """Return weights that fall linearly with the rank.

    Parameters
    ----------
    ranks : array_like, Series or mapping, shape (n,)
        1 for the most important criterion; tied criteria share a rank.

    Returns
    -------
    numpy.ndarray, Series or dict, shape (n,)
        Summing to 1; tied criteria share the mean weight of their places.

    Raises
    ------
    InputError
        A rank that is not a number of at least 1, or no rank 1 at all.

    Notes
    -----
    Stillwell, Seaver and Edwards (1981): w_k = 2 (n + 1 - k) / (n (n + 1)).

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("rank_sum", [1, 2, 3]).round(3)
    array([0.5  , 0.333, 0.167])
    """
    return _from_places(ranks, lambda places: places[::-1])


@same_kind
def rank_reciprocal(ranks: Figures) -> Weighting:
    """Return weights proportional to the reciprocal of the rank.

    Parameters
    ----------
    ranks : array_like, Series or mapping, shape (n,)
        1 for the most important criterion; tied criteria share a rank.

    Returns
    -------
    numpy.ndarray, Series or dict, shape (n,)
        Summing to 1; tied criteria share the mean weight of their places.

    Raises
    ------
    InputError
        A rank that is not a number of at least 1, or no rank 1 at all.

    Notes
    -----
    Stillwell, Seaver and Edwards (1981): w_k = (1/k) / sum_i 1/i.

    Examples
    --------
    >>> import mcda
    >>> mcda.weigh("rank_reciprocal", [1, 2, 3]).round(3)
    array([0.545, 0.273, 0.182])
    """
    return _from_places(ranks, lambda places: 1.0 / places)


def _from_places(ranks: Figures, by_place: Callable[[FloatArray], FloatArray]) -> Weighting:
    figures = read_numbers(ranks, "ranks")
    if figures.ndim != 1:
        raise InputError(f"ranks must have one entry per criterion, shape (n,). Got shape {figures.shape}.")
    if not (np.isfinite(figures).all() and (figures >= 1.0).all() and (figures <= len(figures)).all()):
        raise InputError(f"ranks must be from 1 (most important) to {len(figures)}. Got {figures.tolist()}.")
    best = float(figures.min())
    if best != 1.0 and best != ((figures == best).sum() + 1) / 2.0:
        raise InputError(
            f"Some criterion must have rank 1 (or those tied for first their mean rank). Got {figures.tolist()}."
        )
    _, block, sizes = np.unique(figures, return_inverse=True, return_counts=True)
    in_order = np.asarray(by_place(np.arange(1.0, len(figures) + 1.0)))
    in_order = in_order / in_order.sum()
    ends = np.cumsum(sizes)
    means = np.array([in_order[end - size : end].mean() for end, size in zip(ends, sizes, strict=True)])
    return labelled_like(ranks, means[block])
