"""From many people's judgements or priorities to one set: AIJ and AIP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.errors import InputError, LabelError
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons
from mcda.weights.pairwise._graph import log_judgements
from mcda.weights.pairwise._group import read_member_weights

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from mcda.arrays import FloatArray, Table
    from mcda.weights.pairwise._comparisons import Judgements
    from mcda.weights.pairwise._group import MemberWeights


def aggregate_judgements(
    pairwise: Judgements,
    member_weights: MemberWeights | None = None,
    *,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> FloatArray:
    """Aggregate individual judgements (AIJ) by their weighted geometric mean.

    Parameters
    ----------
    pairwise : array_like, shape (members, n, n)
        One judgement matrix per member, NaN or None where someone did not answer.
    member_weights : array_like, shape (members,), optional
        How much each member counts; default: equally. See `member_shares` for weighted groups.
    reciprocity_tolerance : float
        How far a_ij * a_ji may be from 1.

    Returns
    -------
    numpy.ndarray, shape (n, n)
        Reciprocal; NaN where nobody answered. Each judgement is the mean over those who answered it.

    Raises
    ------
    InputError
        No members, judgements that break a rule, or weights that are negative or all zero.

    Notes
    -----
    Aczél and Saaty (1983): only the geometric mean keeps group judgements reciprocal, so there is no arithmetic
    variant. `mcda.group_priorities`, which derives weights, also uses how many answered each question.

    Examples
    --------
    >>> from mcda.weights import aggregate_judgements
    >>> aggregate_judgements([[[1, 8], [1 / 8, 1]], [[1, 2], [1 / 2, 1]]])
    array([[1.  , 4.  ],
           [0.25, 1.  ]])
    """
    values = read_comparisons(pairwise, tolerance=reciprocity_tolerance).values
    if values.ndim != 3:
        raise InputError(f"pairwise must hold one matrix per member, shape (members, n, n). Got shape {values.shape}.")
    shares = read_member_weights(member_weights, len(values))
    present = np.einsum("m,mij->ij", shares, (~np.isnan(values)).astype(np.float64))
    sums = np.einsum("m,mij->ij", shares, log_judgements(values))
    logs = np.divide(sums, present, out=np.full_like(sums, np.nan), where=present > 0.0)
    judgements: FloatArray = np.exp(logs)
    return judgements


def aggregate_priorities(
    priorities: Table,
    member_weights: MemberWeights | None = None,
    *,
    mean: Literal["geometric", "arithmetic"] = "geometric",
) -> FloatArray:
    """Aggregate individual priorities (AIP) by their weighted mean.

    Parameters
    ----------
    priorities : array_like, shape (members, n)
        One weighting per member, each summing to 1.
    member_weights : array_like, shape (members,), optional
        How much each member counts; default: equally.
    mean : {"geometric", "arithmetic"}
        Geometric means are divided by their sum.

    Returns
    -------
    numpy.ndarray, shape (n,)
        Summing to 1.

    Raises
    ------
    InputError
        No members, weights that are negative or do not sum to 1, or an unknown mean.

    Notes
    -----
    Forman and Peniwati (1998). Geometric AIP of row geometric means equals AIJ followed by the row geometric mean.

    Examples
    --------
    >>> from mcda.weights import aggregate_priorities
    >>> aggregate_priorities([[0.8, 0.2], [0.2, 0.8]], [3, 1], mean="arithmetic")
    array([0.65, 0.35])
    """
    values = read_priorities(priorities)
    shares = read_member_weights(member_weights, len(values))
    if mean == "arithmetic":
        return np.asarray(shares @ values)
    if mean != "geometric":
        raise InputError(f"mean must be 'geometric' or 'arithmetic'. Got {mean!r}.")
    # A weight of 0 from anyone who counts makes the geometric mean 0; people who do not count are left out.
    counts = shares > 0.0
    with np.errstate(divide="ignore"):
        means: FloatArray = np.exp(shares[counts] @ np.log(values[counts]))
    if means.sum() == 0.0:
        raise InputError(
            "The geometric mean of these priorities is 0 everywhere: each is 0 for someone. Use mean='arithmetic'."
        )
    means /= means.sum()
    return means


def member_shares(groups: Sequence[Hashable], group_weights: Mapping[Hashable, float] | None = None) -> FloatArray:
    """Return how much each member counts when groups, not people, have weights.

    Parameters
    ----------
    groups : sequence of labels, shape (members,)
        The group of each member.
    group_weights : mapping, optional
        Weight of each group; default: equally. Members of a group share its weight equally.

    Returns
    -------
    numpy.ndarray, shape (members,)
        Summing to 1.

    Raises
    ------
    LabelError
        A group has weight but no member, or members but no weight.
    InputError
        Weights that are negative or all zero.

    Examples
    --------
    >>> from mcda.weights import member_shares
    >>> member_shares(["board", "board", "ward"], {"board": 1, "ward": 3})
    array([0.125, 0.125, 0.75 ])
    """
    names = list(dict.fromkeys(groups))
    given = dict.fromkeys(names, 1.0) if group_weights is None else dict(group_weights)
    if empty := [name for name in given if name not in names]:
        raise LabelError(f"Group {empty[0]!r} has a weight but no member. Groups with members: {names}.")
    if missing := [name for name in names if name not in given]:
        raise LabelError(f"Group {missing[0]!r} has members but no weight. Weights are given for {list(given)}.")
    weights = read_member_weights([given[name] for name in names], len(names), "group_weights")
    sizes = {name: sum(group == name for group in groups) for name in names}
    return np.array([weights[names.index(group)] / sizes[group] for group in groups])


def read_priorities(priorities: Table, name: str = "priorities", *, positive: bool = False) -> FloatArray:
    """Read one weighting per member, shape (members, n): finite, not negative, each summing to 1."""
    values = np.array(priorities, dtype=np.float64)
    if values.ndim != 2 or 0 in values.shape:
        raise InputError(f"{name} must have one row per member, shape (members, n). Got shape {values.shape}.")
    if not np.isfinite(values).all() or (values < 0.0).any():
        row = int(np.argmax(~(np.isfinite(values) & (values >= 0.0)).all(axis=1)))
        raise InputError(
            f"{name} must be finite and not negative; leave out members without weights. Row {row} is "
            f"{values[row].tolist()}."
        )
    if (off := np.abs(values.sum(axis=1) - 1.0) > 1e-6).any():
        row = int(np.argmax(off))
        raise InputError(f"Each row of {name} must sum to 1. Row {row} sums to {values[row].sum():.9g}.")
    if positive and (values <= 0.0).any():
        row, column = (int(k) for k in np.argwhere(values <= 0.0)[0])
        raise InputError(f"{name} must be positive: ratios of weights are compared. {name}[{row}, {column}] is 0.")
    return values
