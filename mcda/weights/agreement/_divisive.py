"""The questions on which groups differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

import numpy as np

from mcda.errors import InputError
from mcda.weights.agreement._variance import group_codes
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from mcda.weights.pairwise._comparisons import Judgements


class DivisiveJudgement(TypedDict):
    """A question on which groups differ.

    `means` are the groups' geometric mean answers (how many times more `a` is worth than `b`); `ratio` is the largest
    mean over the smallest; `between` is the share of the variance of the answers' logarithms that lies between groups.
    """

    a: Hashable
    b: Hashable
    means: dict[Hashable, float]
    ratio: float
    between: float


def divisive_judgements(
    pairwise: Judgements,
    groups: Sequence[Hashable],
    *,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> list[DivisiveJudgement]:
    """Return the judgements on which groups differ most, the widest gap first.

    Parameters
    ----------
    pairwise : array_like, shape (members, n, n)
        One judgement matrix per member, NaN or None where someone did not answer.
    groups : sequence of labels, shape (members,)
        The group of each member.
    labels : sequence, optional
        Names of what is compared; default: positions.
    reciprocity_tolerance : float
        How far a_ij * a_ji may be from 1.

    Returns
    -------
    list of dict
        Each question answered by two groups or more: see `DivisiveJudgement`.

    Raises
    ------
    InputError
        Judgements that break a rule, not one group per member, or fewer than two groups.

    Examples
    --------
    >>> from mcda.weights import divisive_judgements
    >>> people = [[[1, 4], [1 / 4, 1]], [[1, 1 / 2], [2, 1]]]
    >>> round(divisive_judgements(people, ["clinical", "finance"])[0]["ratio"], 3)
    8.0
    """
    comparisons = read_comparisons(pairwise, labels, tolerance=reciprocity_tolerance)
    values = comparisons.values
    if values.ndim != 3:
        raise InputError(f"pairwise must hold one matrix per member, shape (members, n, n). Got shape {values.shape}.")
    codes = group_codes(groups, len(values))
    names = list(dict.fromkeys(groups))
    labels_of = comparisons.labels if comparisons.labels is not None else tuple(range(comparisons.size))
    found: list[DivisiveJudgement] = []
    for row, column in zip(*np.triu_indices(comparisons.size, 1), strict=True):
        logs = np.log(values[:, row, column])
        answered = ~np.isnan(logs)
        present = [code for code in range(len(names)) if (answered & (codes == code)).any()]
        if len(present) < 2:
            continue
        means = {code: float(logs[answered & (codes == code)].mean()) for code in present}
        own = np.array([means[code] for code in codes[answered]])
        total = float(((logs[answered] - logs[answered].mean()) ** 2).sum())
        inside = float(((logs[answered] - own) ** 2).sum())
        found.append(
            DivisiveJudgement(
                a=labels_of[row],
                b=labels_of[column],
                means={names[code]: float(np.exp(mean)) for code, mean in means.items()},
                ratio=float(np.exp(max(means.values()) - min(means.values()))),
                between=1.0 - inside / total if total > 0.0 else 0.0,
            )
        )
    return sorted(found, key=lambda item: -item["ratio"])
