"""How far can one weight move before the best portfolio changes? Exact, by solving where two portfolios are equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, scored_problem
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import ArrayLike

    import solvers
    from mcda.decision import Decision

_LEVEL = 1e-9  # a portfolio better by less than this share counts as equal: two portfolios meet at the point solved


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class PortfolioStability(ShownAsTable):
    """The interval within which each weight can move, the others in proportion, without changing the best portfolio.

    Attributes
    ----------
    criteria
        The criteria (or nodes of the criteria tree) whose weights were moved.
    weights, lower, upper
        (m,) present weights, and the ends of the intervals, from 0 to 1.
    below, above
        For each, (enter, leave): what changes beyond the end; None if nothing does.
    selected
        The best portfolio now.
    solves
        How many problems were solved.
    """

    shown_digits: ClassVar[int | None] = 4

    criteria: tuple[str, ...]
    weights: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    below: tuple[tuple[tuple[str, ...], tuple[str, ...]] | None, ...]
    above: tuple[tuple[tuple[str, ...], tuple[str, ...]] | None, ...]
    selected: tuple[str, ...]
    solves: int

    @property
    def most_critical(self) -> str:
        """The criterion whose weight needs to move least to change the portfolio."""
        return self.criteria[int(self.room.argmin())]

    @property
    def room(self) -> np.ndarray:
        """(m,) least move of each weight that changes the portfolio; infinite if none does."""
        down = np.where([one is None for one in self.below], np.inf, self.weights - self.lower)
        up = np.where([one is None for one in self.above], np.inf, self.upper - self.weights)
        return np.asarray(np.minimum(down, up))

    def to_frame(self) -> pd.DataFrame:
        """One row per criterion: weight, interval, and what enters and leaves beyond either end."""

        def words(change: tuple[tuple[str, ...], tuple[str, ...]] | None) -> str:
            if change is None:
                return ""
            return " ".join([*(f"+{name}" for name in change[0]), *(f"-{name}" for name in change[1])])

        return pd.DataFrame(
            {
                "weight": self.weights,
                "lower": self.lower,
                "upper": self.upper,
                "below": [words(change) for change in self.below],
                "above": [words(change) for change in self.above],
            },
            index=pd.Index(self.criteria, name="criterion"),
        )

    def __repr__(self) -> str:
        free = int(np.isinf(self.room).sum())
        return (
            f"<PortfolioStability: {free} of {len(self.criteria)} weights can take any value; the most critical is "
            f"{self.most_critical}>"
        )


def portfolio_stability(
    given: Decision | ScoredProblem,
    weights: ArrayLike | None = None,
    *,
    criteria: Iterable[str] | None = None,
    solver: solvers.SolverLike = "auto",
    threads: int | None = None,
) -> PortfolioStability:
    """Find how far each weight can move, the others scaled in proportion, before the best portfolio changes.

    Parameters
    ----------
    given
        A decision, or a scored problem.
    weights
        (c,) default: the decision's Board weights.
    criteria
        Which weights to move; inner nodes of a decision's criteria tree are allowed (their leaves move together).
        Default: all leaves.
    solver, threads
        Passed to `solvers.solve_batch`.

    Returns
    -------
    PortfolioStability
        Exact intervals: at each end another portfolio is equally good, and beyond it better, to a relative 1e-9 of
        value.

    Raises
    ------
    InputError, LabelError
        No weights, or an unknown criterion.
    NoAnswerError
        If no portfolio keeps limits and rules.

    Notes
    -----
    Along such a move the value of a portfolio is linear in the weight, and the best value convex. Start at the far end;
    while another portfolio is better, step to the weight at which the two are equal and solve again
    (parametric optimisation: Eisner and Severance, *Journal of the ACM* 23(4), 1976).

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 2, [1, 1], 1, names=["A", "B"])
    >>> seen = mcda.scored_problem(problem, [[3, 0], [0, 2]], criteria=["reach", "risk"])
    >>> mcda.portfolio_stability(seen, [0.6, 0.4]).to_frame()
               weight  lower  upper  below  above
    criterion
    reach         0.6    0.4    1.0  +B -A
    risk          0.4    0.0    0.6         +B -A
    """
    problem = scored_problem(given)
    if weights is None:
        if problem.decision is None:
            raise InputError("Give the weights to move: (criteria,).")
        weights = weigh_decision(problem.decision).board
    base = _read(problem, weights)
    names, groups = _moved(problem, criteria)
    settings = {"solver": solver, "threads": threads}
    own = problem.solve(base[None], **settings).selected[0]
    line = problem.totals(own)[0]
    ways = [_Way(base, group, end) for group in groups for end in (0.0, 1.0)]
    solves, open_ways = 1, list(ways)
    while open_ways:
        batch = problem.solve(np.array([way.weights(way.at) for way in open_ways]), **settings)
        solves += len(open_ways)
        totals = problem.totals(batch.selected)
        still = [
            way.step(line, row, chosen) for way, row, chosen in zip(open_ways, totals, batch.selected, strict=True)
        ]
        open_ways = [way for way, more in zip(open_ways, still, strict=True) if more]
    changes = [None if way.rival is None else (way.rival & ~own, own & ~way.rival) for way in ways]
    named = [None if one is None else (problem.names_of(one[0]), problem.names_of(one[1])) for one in changes]
    return PortfolioStability(
        names,
        np.array([float(base[group].sum()) for group in groups]),
        np.array([way.at for way in ways[::2]]),
        np.array([way.at for way in ways[1::2]]),
        tuple(named[::2]),
        tuple(named[1::2]),
        problem.names_of(own),
        solves,
    )


class _Way:
    """One move: the weight of a group of criteria from where it is towards 0 or 1."""

    def __init__(self, base: np.ndarray, group: list[int], end: float) -> None:
        inside = np.zeros(len(base), dtype=bool)
        inside[group] = True
        self.start = float(base[inside].sum())
        self.zero, self.one = np.zeros(len(base)), np.zeros(len(base))
        # Shares within the group and within the rest stay; if all are 0, they grow in equal parts.
        for part, target in ((inside, self.one), (~inside, self.zero)):
            total = float(base[part].sum())
            target[part] = base[part] / total if total else 1.0 / max(1, int(part.sum()))
        self.at = end
        self.rival: np.ndarray | None = None

    def weights(self, level: float) -> np.ndarray:
        """Return all weights when that of the group is `level`."""
        return np.asarray((1.0 - level) * self.zero + level * self.one)

    def step(self, own: np.ndarray, best: np.ndarray, chosen: np.ndarray) -> bool:
        """Take the best portfolio found here; say whether another point must be solved."""
        here = self.weights(self.at)
        gap = float(here @ (best - own))
        if gap <= _LEVEL * (1.0 + abs(float(here @ own))):
            return False
        at_start = float(self.weights(self.start) @ (best - own))
        level = self.start if at_start >= 0 else self.start + (self.at - self.start) * at_start / (at_start - gap)
        self.at, self.rival = level, chosen
        return abs(self.at - self.start) > 1e-12


def _read(problem: ScoredProblem, weights: ArrayLike) -> np.ndarray:
    from mcda.arrays import read_weights

    read = np.asarray(read_weights(weights, list(problem.criteria), len(problem.criteria)).values, dtype=np.float64)
    if read.ndim != 1:
        raise InputError(f"Stability needs one weighting, shape ({len(problem.criteria)},). Got shape {read.shape}.")
    return read


def _moved(problem: ScoredProblem, criteria: Iterable[str] | None) -> tuple[tuple[str, ...], list[list[int]]]:
    names = problem.criteria if criteria is None else tuple(criteria)
    groups = []
    for name in names:
        if name in problem.criteria:
            groups.append([problem.criteria.index(name)])
        elif problem.decision is not None:
            tree = problem.decision.criteria
            groups.append([problem.criteria.index(leaf) for leaf in tree.leaves_below(tree[name].id)])
        else:
            raise InputError(f"There is no criterion {name!r}. The criteria are {', '.join(problem.criteria)}.")
    return names, groups
