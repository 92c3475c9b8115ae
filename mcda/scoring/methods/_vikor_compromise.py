"""The compromise solution of VIKOR, with its two conditions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.scoring._normalise import minmax
from mcda.scoring._ranks import ranks
from mcda.scoring._single import read_single
from mcda.scoring.methods._vikor import vikor

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, Weights


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class VikorCompromise(ShownAsTable):
    """What VIKOR proposes: the compromise set, and why.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    Q, S, R : numpy.ndarray, shape (a,)
        Compromise score, group utility and individual regret: lower is better.
    compromise_set : tuple of labels
        The proposed solution: one alternative if both conditions hold, else several.
    acceptable_advantage : bool
        The best Q leads the second best by at least 1 / (a - 1).
    acceptable_stability : bool
        The best by Q is also best by S or by R.
    """

    alternatives: tuple[Hashable, ...]
    Q: np.ndarray
    S: np.ndarray
    R: np.ndarray
    compromise_set: tuple[Hashable, ...]
    acceptable_advantage: bool
    acceptable_stability: bool

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: Q, S, R, the rank by Q, and whether it is in the compromise set."""
        import pandas as pd

        columns = {"Q": self.Q, "S": self.S, "R": self.R, "rank": ranks(self.Q, higher_is_better=False, ties="min")}
        frame = pd.DataFrame(columns, index=list(self.alternatives))
        return frame.assign(in_compromise_set=[label in self.compromise_set for label in self.alternatives])

    def __repr__(self) -> str:
        return (
            f"<VikorCompromise: {', '.join(map(str, self.compromise_set))}; "
            f"advantage {'acceptable' if self.acceptable_advantage else 'not acceptable'}, "
            f"stability {'acceptable' if self.acceptable_stability else 'not acceptable'}>"
        )


def vikor_compromise(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    v: float = 0.5,
    normalise_weights: NormaliseWeights = False,
) -> VikorCompromise:
    """Propose the compromise solution of VIKOR for one problem.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    v : float, default 0.5
        Weight of the strategy of the majority (group utility), from 0 to 1.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    VikorCompromise
        Q, S, R, the compromise set and both conditions.

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: S. Opricovic and G.-H. Tzeng, *European Journal of Operational Research* 156(2), 2004, steps (a) to (e).
    Without acceptable advantage, the set is every alternative that trails the best by less than 1 / (a - 1);
    if only stability is not acceptable, the best two. Alternatives whose Q ties for best share the lead, so that the
    advantage is not acceptable. A single alternative is its own compromise.

    Examples
    --------
    >>> import mcda
    >>> mcda.vikor_compromise([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3], ["max"] * 3)
    <VikorCompromise: 1, 2; advantage not acceptable, stability acceptable>
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    weighted = problem.weights * (1.0 - minmax(problem.matrices)[0])
    utility, regret = weighted.sum(axis=1), weighted.max(axis=1)
    scores = vikor(problem.matrices.values[0], problem.weights, problem.matrices.signs, v=v, normalise_weights="keep")
    chosen, advantage, stability = _choose(scores, utility, regret)
    labels = tuple(problem.alternatives[i] for i in chosen)
    return VikorCompromise(problem.alternatives, scores, utility, regret, labels, advantage, stability)


def _choose(scores: np.ndarray, utility: np.ndarray, regret: np.ndarray) -> tuple[list[int], bool, bool]:
    order = np.argsort(scores, kind="stable")
    if len(order) == 1:
        return [0], True, True
    slack = 1e-12
    best = order[0]
    lead = scores[order] - scores[best]
    needed = 1.0 / (len(order) - 1)
    advantage = bool(lead[1] >= needed - slack)
    first_by_either = utility[best] <= utility.min() * (1 + slack) or regret[best] <= regret.min() * (1 + slack)
    stability = bool(first_by_either)
    chosen = order[lead < needed - slack] if not advantage else order[: 1 if stability else 2]
    return sorted(int(i) for i in chosen), advantage, stability
