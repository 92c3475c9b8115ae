"""Quantiles of what is drawn, from uniform numbers; and correlated numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.uncertainty._special import special

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from mcda.arrays import FloatArray
    from mcda.uncertainty._sources import Distribution


PERT_SHAPE = 4.0
"""The weight of the mode in the PERT mean (Malcolm et al., 1959)."""
_REACH, _NODES = 8.5, 2049
"""The table of a PERT quantile spans normal scores from -8.5 to 8.5."""


class Quantiles:
    """Quantile functions on [0, 1] of many figures at once, each with its own mode, from normal scores.

    Parameters
    ----------
    distribution
        ``"uniform"``, ``"triangular"`` or ``"pert"``.
    modes : numpy.ndarray, shape (m,)
        Between 0 and 1.

    Notes
    -----
    PERT: beta(1 + 4 m, 1 + 4 (1 - m)), read from a table over normal scores, where the quantile is smooth: linear
    interpolation is within 1e-5 of the range.
    """

    def __init__(self, distribution: Distribution, modes: FloatArray) -> None:
        self._distribution = distribution
        self._modes = modes
        if distribution == "pert":
            different, self._row = np.unique(modes, return_inverse=True)
            grid = special.ndtr(np.linspace(-_REACH, _REACH, _NODES))
            alpha = 1.0 + PERT_SHAPE * different[:, None]
            beta = 1.0 + PERT_SHAPE * (1.0 - different[:, None])
            self._table = np.ascontiguousarray(special.betaincinv(alpha, beta, grid[None, :]))

    def __call__(self, scores: FloatArray) -> FloatArray:
        """Return (rows, m) quantiles of (rows, m) normal scores."""
        if self._distribution == "pert":
            place = (np.clip(scores, -_REACH, _REACH) + _REACH) * ((_NODES - 1) / (2.0 * _REACH))
            node = np.minimum(place.astype(np.intp), _NODES - 2)
            below, above = self._table[self._row, node], self._table[self._row, node + 1]
            return np.asarray(below + (place - node) * (above - below))
        uniform = special.ndtr(scores)
        if self._distribution == "uniform":
            return np.asarray(uniform)
        return triangular(uniform, self._modes)


def triangular(uniform: FloatArray, mode: FloatArray | float) -> FloatArray:
    """Return quantiles of the triangular distribution on [0, 1]."""
    return np.where(uniform < mode, np.sqrt(uniform * mode), 1.0 - np.sqrt((1.0 - uniform) * (1.0 - np.asarray(mode))))


class Together:
    """Normal scores of many figures, correlated within groups: a Gaussian copula with one common factor per group.

    Parameters
    ----------
    groups
        The group of each figure.
    correlation
        Between any two figures of a group.
    """

    def __init__(self, groups: Sequence[Hashable], correlation: float) -> None:
        names = list(dict.fromkeys(groups)) if correlation > 0.0 else []
        self._group = np.array([names.index(name) for name in groups] if names else [], dtype=np.intp)
        self._groups = len(names)
        self._own = len(groups) if correlation < 1.0 else 0
        self._parts = (np.sqrt(correlation), np.sqrt(1.0 - correlation))

    @property
    def columns(self) -> int:
        """How many uniform numbers a draw uses."""
        return self._groups + self._own

    def __call__(self, uniform: FloatArray) -> FloatArray:
        """Return (rows, figures) normal scores from (rows, columns) uniform numbers."""
        scores = special.ndtri(uniform)
        if not self._groups:
            return np.asarray(scores)
        common = scores[:, self._group]
        if not self._own:
            return np.asarray(common)
        return np.asarray(self._parts[0] * common + self._parts[1] * scores[:, self._groups :])


def dirichlet(uniform: FloatArray, alpha: FloatArray) -> FloatArray:
    """Return (rows, k) Dirichlet shares from uniform numbers, by normalised gamma quantiles; zero if alpha is zero.

    Small shapes are handled in logarithms: the quantile of a gamma with shape a near zero is (u Γ(a + 1))^(1 / a).
    """
    present = alpha > 0.0
    shape = np.where(present, alpha, 1.0)
    if np.all(shape == 1.0):
        logs = np.log(-np.log1p(-uniform))
    else:
        quantile = special.gammaincinv(shape, uniform)
        small = (np.log(uniform) + special.gammaln(shape + 1.0)) / shape
        logs = np.where(quantile > 1e-200, np.log(np.maximum(quantile, 1e-300)), small)
    logs = np.where(present, logs, -np.inf)
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(shares / in_order(shares)[:, None])


def in_order(parts: FloatArray) -> FloatArray:
    """Sum the last axis in order, column by column: the same bits for a row, whatever rows are around it."""
    total = parts[..., 0].copy()
    for column in range(1, parts.shape[-1]):
        total += parts[..., column]
    return np.asarray(total)


def combine(shares: FloatArray, rows: FloatArray) -> FloatArray:
    """Return ``shares @ rows`` for (s, k) and (k, m), in a fixed order of additions.

    A library's matrix product may differ in the last bits for another number of rows; a scenario must not depend on the
    chunk it is in. Each term is one multiplication and one addition, so the result does not depend on the machine.
    """
    total: FloatArray = shares[:, :1] * rows[0]
    for part in range(1, rows.shape[0]):
        total += shares[:, part : part + 1] * rows[part]
    return total


def weighted(leaves: FloatArray, weights: FloatArray) -> FloatArray:
    """Return (s, n) weighted sums of leaf values (n, c) or (s, n, c) under weights (s, c), in a fixed order."""
    if leaves.ndim == 2:
        return combine(weights, np.ascontiguousarray(leaves.T))
    total = weights[:, :1] * leaves[:, :, 0]
    for column in range(1, leaves.shape[2]):
        total += weights[:, column : column + 1] * leaves[:, :, column]
    return np.asarray(total)
