"""ELECTRE III: credibility of outranking with thresholds and veto, distilled from the top and from the bottom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from mcda.notebook import ShownAsTable
from mcda.scoring._recipe import Method
from mcda.scoring._single import read_single
from mcda.scoring.outranking._preorder import PreOrder, intersection
from mcda.scoring.outranking._relations import credibility, read_thresholds

if TYPE_CHECKING:
    from collections.abc import Hashable

    import pandas as pd

    from mcda.arrays import Directions, Matrix, NormaliseWeights, PerCriterion, Weights
    from mcda.scoring.outranking._relations import Veto

_ALPHA, _BETA = -0.15, 0.30  # the discrimination threshold s = alpha * credibility + beta of the source


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ElectreIII(ShownAsTable):
    """The two distillations of ELECTRE III and the pre-order in which they agree.

    Attributes
    ----------
    alternatives : tuple of labels, length a
    credibility : numpy.ndarray, shape (a, a)
        That the row's alternative outranks the column's.
    descending, ascending : numpy.ndarray of int, shape (a,)
        Ranks from the distillation that starts with the best, and from the one that starts with the worst; 1 is best.
    pre_order : PreOrder
        Preference where the two agree or one ties, indifference where both tie, else incomparability.
    """

    alternatives: tuple[Hashable, ...]
    credibility: np.ndarray
    descending: np.ndarray
    ascending: np.ndarray
    pre_order: PreOrder

    def to_frame(self) -> pd.DataFrame:
        """Return one row per alternative: both ranks and their mean."""
        import pandas as pd

        mean = (self.descending + self.ascending) / 2
        columns = {"descending": self.descending, "ascending": self.ascending, "mean": mean}
        return pd.DataFrame(columns, index=list(self.alternatives))

    def __repr__(self) -> str:
        best = self.descending + self.ascending
        first = [str(self.alternatives[i]) for i in np.flatnonzero(best == best.min())]
        return f"<ElectreIII of {len(self.alternatives)} alternatives: {', '.join(first)} first; {self.pre_order!r}>"


def electre_iii(
    matrix: Matrix,
    weights: Weights,
    directions: Directions,
    *,
    q: PerCriterion = 0.0,
    p: PerCriterion = 0.0,
    v: Veto | None = None,
    normalise_weights: NormaliseWeights = False,
) -> ElectreIII:
    """Rank by ELECTRE III: credibility of outranking, two distillations, one partial pre-order.

    Parameters
    ----------
    matrix : array_like or DataFrame, shape (a, c)
        Performance of a alternatives on c criteria.
    weights : array_like, Series or mapping, shape (c,)
        Non-negative, summing to 1.
    directions : sequence of {"max", "min", 1, -1}, shape (c,)
        Whether more or less is better on each criterion.
    q, p : float, array_like, Series or mapping, shape (c,), default 0
        Indifference and preference thresholds in the units of the criteria, 0 <= q <= p.
    v : float, sequence, Series or mapping, shape (c,), optional
        Veto thresholds, v >= p; None (for all, or for one criterion) never vetoes.
    normalise_weights : bool or "keep", default False
        See `mcda.score`.

    Returns
    -------
    ElectreIII

    Raises
    ------
    InputError, LabelError
        The input breaks a rule; the message names the cell.

    Notes
    -----
    Source: B. Roy, *Cahiers du CERO* 20(1), 1978; the distillation as stated by J. Figueira, V. Mousseau and B. Roy
    in *Multiple Criteria Decision Analysis: State of the Art Surveys*, Springer, 2005, chapter 4, with the
    discrimination threshold s(λ) = 0.30 - 0.15 λ. Identical alternatives share every rank.

    Examples
    --------
    >>> import mcda
    >>> result = mcda.electre_iii([[6, 5, 28], [4, 2, 25], [5, 7, 35]], [0.4, 0.4, 0.2], ["max", "max", "min"],
    ...                           q=[0, 0, 1], p=[1, 2, 4], v=[4, None, None])
    >>> result.pre_order.to_frame()
                 0            1            2
    0  indifferent    preferred  indifferent
    1        worse  indifferent        worse
    2  indifferent    preferred  indifferent
    """
    problem = read_single(matrix, weights, directions, normalise_weights)
    levels = problem.levels
    credible = credibility(levels, levels, problem.weights, read_thresholds(problem.matrices, q=q, p=p, v=v))
    descending, upwards = distillation(credible, best=True), distillation(credible, best=False)
    ascending = upwards.max() + 1 - upwards
    pre_order = intersection(problem.alternatives, descending, ascending)
    return ElectreIII(problem.alternatives, credible, descending, ascending, pre_order)


def distillation(credible: np.ndarray, *, best: bool) -> np.ndarray:
    """Number the classes in the order in which they are distilled: the best first, or else the worst first."""
    placed = np.zeros(len(credible), dtype=np.int64)
    place = 1
    while (placed == 0).any():
        placed[_distilled(credible, np.flatnonzero(placed == 0), best=best)] = place
        place += 1
    return placed


def _distilled(credible: np.ndarray, candidates: np.ndarray, *, best: bool) -> np.ndarray:
    """Take from the candidates those of the best (or worst) qualification, at ever lower levels of credibility."""
    level = _largest_between(credible, candidates)
    while len(candidates) > 1 and level > 0:
        among = credible[np.ix_(candidates, candidates)]
        apart = ~np.eye(len(candidates), dtype=bool)
        below = among[apart & (among < level - _discrimination(level) - 1e-12)]
        level = below.max() if below.size else 0.0
        outranks = apart & (among > level + 1e-12) & (among > among.T + _discrimination(among) + 1e-12)
        qualification = outranks.sum(axis=1) - outranks.sum(axis=0)
        wanted = qualification.max() if best else qualification.min()
        candidates = candidates[qualification == wanted]
    return candidates


def _largest_between(credible: np.ndarray, candidates: np.ndarray) -> float:
    among = credible[np.ix_(candidates, candidates)]
    return float(among[~np.eye(len(candidates), dtype=bool)].max(initial=0.0))


def _discrimination(level: Any) -> Any:
    return _BETA + _ALPHA * level


METHOD = Method("electre_iii", "ELECTRE III", None, False, "Roy 1978", electre_iii)
