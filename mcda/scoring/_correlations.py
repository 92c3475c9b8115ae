"""How alike two rankings are, with ties accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import as_floats, require_finite, vector_comparison
from mcda.errors import InputError
from mcda.scoring._ranks import ranks

if TYPE_CHECKING:
    from mcda.arrays import FloatArray, Vectors


@vector_comparison
def spearman(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return Spearman's rank correlation: Pearson's correlation of average ranks.

    Parameters
    ----------
    first, second : array_like, shape (..., a)
        Ranks, 1 for the best; leading dimensions broadcast. Ties may be given by any rule: they get average ranks.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From -1 to 1. Two rankings that both tie everything agree (1); if only one does, they have nothing in common
        (0).

    Raises
    ------
    InputError
        The shapes do not match, or a rank is not a finite number.

    Notes
    -----
    Source: C. Spearman, *American Journal of Psychology* 15(1), 1904. The short formula with squared differences is
    wrong with ties and is not used.

    Examples
    --------
    >>> import mcda
    >>> round(mcda.spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.9
    """
    a, b = _read(first, second)
    a, b = a - a.mean(axis=-1, keepdims=True), b - b.mean(axis=-1, keepdims=True)
    return _ratio((a * b).sum(axis=-1), np.sqrt((a**2).sum(axis=-1)), np.sqrt((b**2).sum(axis=-1)))


@vector_comparison
def kendall_tau_b(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return Kendall's tau-b: concordant less discordant pairs, corrected for ties.

    Parameters
    ----------
    first, second : array_like, shape (..., a)
        Ranks, 1 for the best; leading dimensions broadcast. Ties may be given by any rule: they get average ranks.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From -1 to 1. Two rankings that both tie everything agree (1); if only one does, they have nothing in common
        (0).

    Raises
    ------
    InputError
        The shapes do not match, or a rank is not a finite number.

    Notes
    -----
    Source: M. G. Kendall, *Biometrika* 33(3), 1945.

    Examples
    --------
    >>> import mcda
    >>> round(mcda.kendall_tau_b([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8
    """
    a, b = _read(first, second)
    together, apart_first, apart_second = _pairs(a, b)[:3]
    return _ratio(together, np.sqrt(apart_first), np.sqrt(apart_second))


@vector_comparison
def goodman_kruskal_gamma(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return Goodman and Kruskal's gamma: concordant less discordant pairs among the pairs tied in neither ranking.

    Parameters
    ----------
    first, second : array_like, shape (..., a)
        Ranks, 1 for the best; leading dimensions broadcast. Ties may be given by any rule: they get average ranks.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From -1 to 1. If every pair is tied in one ranking or the other: 1 if both tie everything, else 0.

    Raises
    ------
    InputError
        The shapes do not match, or a rank is not a finite number.

    Notes
    -----
    Source: L. A. Goodman and W. H. Kruskal, *Journal of the American Statistical Association* 49(268), 1954.

    Examples
    --------
    >>> import mcda
    >>> round(mcda.goodman_kruskal_gamma([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8
    """
    a, b = _read(first, second)
    together, apart_first, apart_second, untied = _pairs(a, b)
    both_level = (apart_first == 0) & (apart_second == 0)
    return _plain(np.where(untied > 0, together / np.where(untied > 0, untied, 1.0), np.where(both_level, 1.0, 0.0)))


@vector_comparison
def weighted_spearman(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return the weighted rank correlation r_w, in which differences near the top count more.

    Parameters
    ----------
    first, second : array_like, shape (..., a)
        Ranks, 1 for the best; leading dimensions broadcast. Ties may be given by any rule: they get average ranks.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From -1 to 1; 1 for a single alternative.

    Raises
    ------
    InputError
        The shapes do not match, or a rank is not a finite number.

    Notes
    -----
    Source: J. Pinto da Costa and C. Soares, *Australian & New Zealand Journal of Statistics* 47(4), 2005, equation 4.

    Examples
    --------
    >>> import mcda
    >>> round(mcda.weighted_spearman([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8833
    """
    a, b = _read(first, second)
    n = a.shape[-1]
    if n == 1:
        return _plain(np.ones(a.shape[:-1]))
    weighted = ((a - b) ** 2 * ((n - a + 1) + (n - b + 1))).sum(axis=-1)
    return _plain(1.0 - 6.0 * weighted / (float(n) ** 4 + float(n) ** 3 - float(n) ** 2 - n))


@vector_comparison
def ws(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return the WS coefficient of rankings similarity; `first` is the reference ranking, so it is not symmetric.

    Parameters
    ----------
    first, second : array_like, shape (..., a)
        Ranks, 1 for the best; leading dimensions broadcast. Ties may be given by any rule: they get average ranks.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From 0 to 1 without ties; 1 for a single alternative.

    Raises
    ------
    InputError
        The shapes do not match, or a rank is not a finite number.

    Notes
    -----
    Source: W. Sałabun and K. Urbaniak, *ICCS 2020*, LNCS 12138, equation 6.

    Examples
    --------
    >>> import mcda
    >>> round(mcda.ws([1, 2, 3, 4, 5], [1, 3, 2, 4, 5]), 4)
    0.8542
    """
    a, b = _read(first, second)
    n = a.shape[-1]
    furthest = np.maximum(np.abs(1 - a), np.abs(n - a))
    return _plain(1.0 - (2.0**-a * np.abs(a - b) / np.where(furthest > 0, furthest, 1.0)).sum(axis=-1))


def _read(first: Vectors, second: Vectors) -> tuple[np.ndarray, np.ndarray]:
    read = []
    for name, given in (("first", first), ("second", second)):
        values = as_floats(given, name)
        if values.ndim == 0 or values.shape[-1] == 0:
            raise InputError(f"{name} must have shape (..., alternatives) with at least one. Got shape {values.shape}.")
        require_finite(values, name)
        read.append(ranks(values, higher_is_better=False, tolerance=0.0))
    if read[0].shape[-1] != read[1].shape[-1]:
        raise InputError(
            "first and second must rank the same alternatives. "
            f"Got {read[0].shape[-1]} and {read[1].shape[-1]} alternatives."
        )
    try:
        a, b = np.broadcast_arrays(*read)
    except ValueError:
        raise InputError(
            f"Leading dimensions of first and second must broadcast. Got shapes {read[0].shape} and {read[1].shape}."
        ) from None
    return a, b


def _pairs(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Count pairs: concordant less discordant, untied in the first, untied in the second, untied in both."""
    counts = [np.zeros(a.shape[:-1]) for _ in range(4)]
    for i in range(a.shape[-1] - 1):
        of_a, of_b = np.sign(a[..., i, None] - a[..., i + 1 :]), np.sign(b[..., i, None] - b[..., i + 1 :])
        for count, part in zip(counts, (of_a * of_b, abs(of_a), abs(of_b), abs(of_a * of_b)), strict=True):
            np.add(count, part.sum(axis=-1), out=count)
    return counts[0], counts[1], counts[2], counts[3]


def _ratio(together: np.ndarray, first: np.ndarray, second: np.ndarray) -> float | FloatArray:
    """Divide by both spreads; if a ranking ties everything, return 1 if the other does too, else 0."""
    spread = first * second
    level = np.where((first == 0) & (second == 0), 1.0, 0.0)
    return _plain(np.where(spread > 0, np.clip(together / np.where(spread > 0, spread, 1.0), -1.0, 1.0), level))


def _plain(values: np.ndarray) -> float | FloatArray:
    return float(values) if np.ndim(values) == 0 else values
