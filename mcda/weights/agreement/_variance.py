"""Does the disagreement lie between groups or within them?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.arrays import read_rng
from mcda.errors import InputError
from mcda.weights.agreement._aggregate import read_priorities

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from numpy.typing import NDArray

    from mcda.arrays import FloatArray, Table


@dataclass(frozen=True, slots=True)
class VarianceShare:
    """How much of the disagreement lies between groups.

    Attributes
    ----------
    between
        Share of the total variance of log-ratios that lies between groups, 0 to 1.
    within
        The rest: inside groups.
    p_value
        Share of random assignments of people to groups of these sizes (the given one included) that separate at least
        as well.
    permutations
        How many were drawn.
    """

    between: float
    within: float
    p_value: float
    permutations: int


def variance_between_groups(
    priorities: Table,
    groups: Sequence[Hashable],
    *,
    permutations: int = 9999,
    rng: np.random.Generator | int | None = 0,
) -> VarianceShare:
    """Split the variance of people's weights into between and within groups, with a permutation test.

    Parameters
    ----------
    priorities : array_like, shape (members, n)
        One weighting per member, positive, each summing to 1.
    groups : sequence of labels, shape (members,)
        The group of each member.
    permutations : int
        Random assignments for the test; 0 for none (p_value is then 1).
    rng : numpy.random.Generator or int
        Source of the random numbers; the default gives the same test every time.

    Returns
    -------
    VarianceShare
        If everyone has the same weights, there is nothing to split: `between` is 0.

    Raises
    ------
    InputError
        Weights that are 0 or do not sum to 1, not one group per member, or fewer than two groups.

    Notes
    -----
    Variance of centred log-ratios (Aitchison, 1986); permutation test of Anderson (2001).

    Examples
    --------
    >>> from mcda.weights import variance_between_groups
    >>> people = [[0.7, 0.3], [0.8, 0.2], [0.2, 0.8], [0.3, 0.7]]
    >>> round(variance_between_groups(people, ["a", "a", "b", "b"]).between, 2)
    0.94
    """
    logs = centred_log_ratios(priorities)
    codes = group_codes(groups, len(logs))
    logs = logs - logs.mean(axis=0)
    total = float((logs**2).sum())
    if total <= 1e-24 * logs.size:
        return VarianceShare(0.0, 1.0, 1.0, permutations)
    members = np.eye(codes.max() + 1)[codes]
    sizes = members.sum(axis=0)

    def between(order: NDArray[np.intp]) -> FloatArray:
        sums = np.einsum("...mg,mn->...gn", members[order], logs)
        found: FloatArray = (sums**2 / sizes[:, None]).sum(axis=(-1, -2)) / total
        return found

    share = float(between(np.arange(len(logs))))
    generator = read_rng(rng)
    orders = generator.permuted(np.tile(np.arange(len(logs)), (permutations, 1)), axis=1)
    at_least = int((between(orders) >= share - 1e-12).sum()) if permutations else 0
    return VarianceShare(share, 1.0 - share, (at_least + 1) / (permutations + 1), permutations)


def centred_log_ratios(priorities: Table) -> FloatArray:
    """Logarithms of positive weights, centred per member: the coordinates in which ratios are distances."""
    logs = np.log(read_priorities(priorities, positive=True))
    centred: FloatArray = logs - logs.mean(axis=1, keepdims=True)
    return centred


def group_codes(groups: Sequence[Hashable], members: int) -> NDArray[np.intp]:
    """Read the group of each member as a number from 0, in order of appearance."""
    if len(groups) != members:
        raise InputError(f"groups must name the group of each of the {members} members. Got {len(groups)}.")
    names = list(dict.fromkeys(groups))
    if len(names) < 2:
        raise InputError(f"Comparing groups needs two groups or more. Got {names}.")
    return np.array([names.index(group) for group in groups], dtype=np.intp)
