"""How much people agree: consensus, concordance, compatibility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.arrays import vector_comparison
from mcda.errors import InputError
from mcda.weights.agreement._aggregate import read_priorities

if TYPE_CHECKING:
    from mcda.arrays import FloatArray, Table, Vectors

Variant = Literal["ahp_os", "goepel_2013"]
VARIANTS: tuple[Variant, ...] = ("ahp_os", "goepel_2013")


@dataclass(frozen=True, slots=True)
class Consensus:
    """Goepel's AHP consensus indicator.

    Attributes
    ----------
    s_star
        From 0 (as far apart as the judgement scale allows) to 1 (the same weights).
    unbounded
        The formula before it is limited to [0, 1]: below 0 if weights are more extreme than consistent judgements on
        the scale can give.
    alpha_entropy, gamma_entropy, beta_entropy
        Mean Shannon entropy of the members' weights, entropy of their mean, and by how much the second exceeds the
        first.
    variant
        Which largest gamma entropy was used.
    """

    s_star: float
    unbounded: float
    alpha_entropy: float
    gamma_entropy: float
    beta_entropy: float
    variant: Variant

    def __float__(self) -> float:
        return self.s_star


def consensus(priorities: Table, variant: Variant = "ahp_os", *, scale_maximum: float = 9.0) -> Consensus:
    """Return Goepel's consensus indicator S* of several people's weights.

    Parameters
    ----------
    priorities : array_like, shape (members, n)
        One weighting per member, each summing to 1.
    variant : {"ahp_os", "goepel_2013"}
        What the largest possible gamma entropy is: ln n, as the AHP-OS software uses (Goepel, 2018), or the one that
        k members can reach, which is smaller if k < n (Goepel, 2013). They are the same if k >= n.
    scale_maximum : float
        The largest judgement of the scale, 9 for Saaty's.

    Returns
    -------
    Consensus
        `s_star` in [0, 1], and the entropies behind it.

    Raises
    ------
    InputError
        Fewer than two things weighed, weights that do not sum to 1, or an unknown variant.

    Notes
    -----
    S* = (1 / exp(H_beta) - c) / (1 - c) with c = exp(H_alpha,min - H_gamma,max), Goepel (2018), equations 11 to 21.

    Examples
    --------
    >>> from mcda.weights import consensus
    >>> round(consensus([[0.6, 0.3, 0.1], [0.5, 0.3, 0.2]]).s_star, 3)
    0.973
    """
    values = read_priorities(priorities)
    if variant not in VARIANTS:
        raise InputError(f"variant must be one of {', '.join(VARIANTS)}. Got {variant!r}.")
    members, count = values.shape
    if count < 2:
        raise InputError("Consensus compares weights of two things or more. Got one.")
    if not scale_maximum > 1.0:
        raise InputError(f"scale_maximum must be above 1. Got {scale_maximum}.")
    alpha = float(_entropy(values).mean())
    gamma = float(_entropy(values.mean(axis=0)))
    beta = gamma - alpha
    whole = count + scale_maximum - 1.0
    lowest_alpha = float(_entropy(np.array([scale_maximum, *[1.0] * (count - 1)]) / whole))
    if variant == "ahp_os" or members >= count:
        highest_gamma = float(np.log(count))
    else:
        each = (scale_maximum + members - 1.0) / (members * whole)
        highest_gamma = float(_entropy(np.array([each] * members + [1.0 / whole] * (count - members))))
    floor = float(np.exp(lowest_alpha - highest_gamma))
    unbounded = float((np.exp(-beta) - floor) / (1.0 - floor))
    return Consensus(min(max(unbounded, 0.0), 1.0), unbounded, alpha, gamma, beta, variant)


def _entropy(shares: FloatArray) -> FloatArray:
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0.0)
    entropy: FloatArray = -(shares * logs).sum(axis=-1)
    return entropy


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's coefficient of concordance.

    Attributes
    ----------
    w
        0: no agreement on the order; 1: the same order.
    chi_square, degrees_of_freedom, p_value
        Test of "the orders are random": members * (n - 1) * W against the chi-square distribution; reliable from about
        seven things ranked.
    """

    w: float
    chi_square: float
    degrees_of_freedom: int
    p_value: float

    def __float__(self) -> float:
        return self.w


def kendall_w(scores: Table, *, tie_tolerance: float = 1e-9) -> Concordance:
    """Return Kendall's coefficient of concordance W, corrected for ties.

    Parameters
    ----------
    scores : array_like, shape (members, n)
        Weights, scores or ranks: one row per member. Only the order within each row counts.
    tie_tolerance : float
        Values whose difference is at most this share of the larger are tied, so that rounding does not break ties.

    Returns
    -------
    Concordance
        W, and the test against random orders. If every member ties everything, all orders are the same and W is 1.

    Raises
    ------
    InputError
        Fewer than two members or two things, or a score that is not finite.

    Notes
    -----
    Kendall and Babington Smith (1939); with ties W = 12 S / (m^2 (n^3 - n) - m T), T the sum of t^3 - t over ties.

    Examples
    --------
    >>> from mcda.weights import kendall_w
    >>> round(kendall_w([[1, 2, 3, 4], [1, 3, 2, 4], [2, 1, 3, 4]]).w, 3)
    0.778
    """
    values = np.array(scores, dtype=np.float64)
    if values.ndim != 2 or min(values.shape) < 2:
        raise InputError(
            f"scores must have at least two members and two things, shape (members, n). Got shape {values.shape}."
        )
    if not np.isfinite(values).all():
        raise InputError("scores must be finite numbers; leave out members without scores.")
    members, count = values.shape
    ranks = np.empty_like(values)
    ties = 0.0
    for row, line in enumerate(values):
        ranks[row], tied = _average_ranks(line, tie_tolerance)
        ties += tied
    spread = float(((ranks.sum(axis=0) - ranks.sum(axis=0).mean()) ** 2).sum())
    largest = members**2 * (count**3 - count) - members * ties
    w = 1.0 if largest == 0.0 else 12.0 * spread / largest
    from scipy.special import chdtrc

    statistic = members * (count - 1) * w
    return Concordance(w, statistic, count - 1, float(chdtrc(count - 1, statistic)))


def _average_ranks(line: FloatArray, tolerance: float) -> tuple[FloatArray, float]:
    """Ranks with ties averaged, and the sum of t^3 - t over the ties."""
    order = np.argsort(line, kind="stable")
    ordered = line[order]
    gaps = np.diff(ordered) > tolerance * np.maximum(np.abs(ordered[1:]), np.abs(ordered[:-1]))
    block = np.concatenate([[0], np.cumsum(gaps)])
    sizes = np.bincount(block)
    ends = np.cumsum(sizes)
    ranks = np.empty_like(line)
    ranks[order] = (ends - (sizes - 1) / 2.0)[block]
    return ranks, float((sizes**3 - sizes).sum())


@vector_comparison
def garuti_compatibility(first: Vectors, second: Vectors) -> float | FloatArray:
    """Return Garuti's compatibility index G of two weightings.

    Parameters
    ----------
    first, second : array_like, shape (..., n)
        Weights summing to 1; leading dimensions broadcast.

    Returns
    -------
    float or numpy.ndarray, shape (...)
        From 0 to 1. Garuti's scale: 0.90 and above compatible, 0.85 to 0.90 nearly so, 0.75 to 0.85 somewhat,
        below 0.65 different.

    Raises
    ------
    InputError
        Weights that are negative, not finite, or do not sum to 1.

    Notes
    -----
    Garuti (2012): G = sum_i (x_i + y_i) / 2 * min(x_i, y_i) / max(x_i, y_i).

    Examples
    --------
    >>> from mcda.weights import garuti_compatibility
    >>> round(garuti_compatibility([0.6, 0.3, 0.1], [0.5, 0.3, 0.2]), 3)
    0.833
    """
    x, y = (np.asarray(side, dtype=np.float64) for side in (first, second))
    for name, side in (("first", x), ("second", y)):
        read_priorities(side.reshape(-1, side.shape[-1] if side.ndim else 0), name)
    smaller, larger = np.minimum(x, y), np.maximum(x, y)
    # If both are 0, the term has no weight, whatever the ratio.
    ratio = np.divide(smaller, larger, out=np.ones_like(larger), where=larger > 0.0)
    index = ((x + y) / 2.0 * ratio).sum(axis=-1)
    return float(index) if np.ndim(index) == 0 else index
