"""Weights of a group at one node, from all its members' answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons
from mcda.weights.pairwise._graph import log_judgements, logarithmic_least_squares, normalised, require_connected

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from mcda.arrays import FloatArray, Number
    from mcda.weights.pairwise._comparisons import Judgements

MemberWeights: TypeAlias = "Sequence[Number] | NDArray[Any] | pd.Series[Any]"
"""How much each member counts, in proportion to the others."""


def group_priorities(
    pairwise: Judgements,
    member_weights: MemberWeights | None = None,
    *,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> FloatArray:
    """Return the weights that best fit all answered comparisons of a group's members.

    Parameters
    ----------
    pairwise : array_like, shape (members, n, n)
        One judgement matrix per member, NaN or None where someone did not answer.
    member_weights : array_like, shape (members,), optional
        How much each member counts; default: equally.
    labels : sequence, optional
        Names of what is compared, for messages.
    reciprocity_tolerance : float
        How far a_ij * a_ji may be from 1.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Positive, summing to 1.

    Raises
    ------
    InputError
        No members, judgements that break a rule, negative or all-zero member weights, or answers that fall into parts
        which no judgement of any member connects.

    Notes
    -----
    Logarithmic least squares over all answers at once (Crawford and Williams, 1985; Bozóki, Fülöp and Rónyai, 2010,
    section 5, for gaps). If everyone answered everything, this is the geometric mean of the judgements, then the row
    geometric mean.

    Examples
    --------
    >>> from mcda.weights import group_priorities
    >>> group_priorities([[[1, 4], [1 / 4, 1]], [[1, 1], [1, 1]]]).round(3)
    array([0.667, 0.333])
    """
    comparisons = read_comparisons(pairwise, labels, tolerance=reciprocity_tolerance)
    values = comparisons.values
    if values.ndim != 3:
        raise InputError(f"pairwise must hold one matrix per member, shape (members, n, n). Got shape {values.shape}.")
    shares = read_member_weights(member_weights, len(values))
    counts: FloatArray = np.einsum("m,mij->ij", shares, (~np.isnan(values)).astype(np.float64))
    require_connected(counts > 0.0, comparisons.labels, "the group")
    sums = np.einsum("m,mij->ij", shares, log_judgements(values))
    logs: FloatArray = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0.0)
    return normalised(logarithmic_least_squares(logs, counts))


def read_member_weights(weights: MemberWeights | None, count: int, name: str = "member_weights") -> FloatArray:
    """Read one non-negative number per member, summing to 1 on return."""
    if weights is None:
        return np.full(count, 1.0 / count)
    shares: FloatArray = np.array(weights, dtype=np.float64)
    if shares.shape != (count,):
        raise InputError(f"{name} must have one entry per member, shape ({count},). Got shape {shares.shape}.")
    if not (np.isfinite(shares).all() and (shares >= 0.0).all() and shares.sum() > 0.0):
        raise InputError(f"{name} must be non-negative numbers that are not all zero. Got {shares.tolist()}.")
    shares /= shares.sum()
    return shares
