"""Everyone's own weights at one node, even if some left gaps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._ahp import Method, ahp
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons
from mcda.weights.pairwise._graph import is_connected
from mcda.weights.pairwise._group import group_priorities

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from mcda.arrays import FloatArray
    from mcda.weights.pairwise._comparisons import Judgements

Gaps = Literal["borrow", "leave_out"]


@dataclass(frozen=True, slots=True, eq=False)
class IndividualPriorities:
    """Weights of each member, and how their gaps were handled.

    Attributes
    ----------
    weights
        (members, n), each row summing to 1; NaN for members left out.
    consistency_ratio
        (members,) of their own answers; NaN if these do not connect everything.
    gaps
        The rule for members whose answers do not connect everything: ``"borrow"`` or ``"leave_out"``.
    borrowed, left_out
        Positions of the members who were given their group's weights, or left out.
    """

    weights: FloatArray
    consistency_ratio: FloatArray
    gaps: Gaps
    borrowed: tuple[int, ...]
    left_out: tuple[int, ...]


def individual_priorities(
    pairwise: Judgements,
    groups: Sequence[Hashable] | None = None,
    *,
    gaps: Gaps,
    method: Method = "logarithmic_least_squares",
    random_index: str = "saaty",
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> IndividualPriorities:
    """Return everyone's own weights, with a stated rule for those who left gaps that nothing bridges.

    Parameters
    ----------
    pairwise : array_like, shape (members, n, n)
        One judgement matrix per member, NaN or None where someone did not answer.
    groups : sequence of labels, shape (members,), optional
        The group of each member; default: all are one group.
    gaps : {"borrow", "leave_out"}
        What to do about a member whose answers do not connect everything compared: give them the weights of their group
        (`mcda.group_priorities` over the answers of all its members, their own included), or leave them out. A gap that
        the member's other answers bridge calls for neither.
    method, random_index, reciprocity_tolerance
        As in `mcda.ahp`.

    Returns
    -------
    IndividualPriorities
        The weights, and who borrowed or was left out.

    Raises
    ------
    InputError
        Judgements that break a rule, an unknown rule for gaps, or a group whose answers together do not connect
        everything, so that nothing can be borrowed.
    """
    if gaps not in ("borrow", "leave_out"):
        raise InputError(f"gaps must be 'borrow' or 'leave_out'. Got {gaps!r}.")
    values = read_comparisons(pairwise, tolerance=reciprocity_tolerance).values
    if values.ndim != 3:
        raise InputError(f"pairwise must hold one matrix per member, shape (members, n, n). Got shape {values.shape}.")
    names = [0] * len(values) if groups is None else list(groups)
    if len(names) != len(values):
        raise InputError(f"groups must name the group of each of the {len(values)} members. Got {len(names)}.")
    weights = np.full(values.shape[:2], np.nan)
    ratios = np.full(len(values), np.nan)
    joined = np.array([is_connected(matrix) for matrix in values])
    if joined.any():
        own = ahp(values[joined], method, random_index=random_index, reciprocity_tolerance=reciprocity_tolerance)
        weights[joined], ratios[joined] = own.weights, own.consistency_ratio
    lacking = tuple(int(row) for row in np.flatnonzero(~joined))
    if gaps == "leave_out":
        return IndividualPriorities(weights, ratios, gaps, (), lacking)
    for row in lacking:
        members = [place for place, name in enumerate(names) if name == names[row]]
        try:
            weights[row] = group_priorities(values[members], reciprocity_tolerance=reciprocity_tolerance)
        except InputError as error:
            raise InputError(f"Member {row} cannot borrow the view of group {names[row]!r}: {error}") from error
    return IndividualPriorities(weights, ratios, gaps, lacking, ())
