"""Compromise: what it costs the Board to guarantee every group a share of its own best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.notebook import ShownAsTable
from mcda.portfolio._scored import ScoredProblem, read_views, scored_problem
from mcda.portfolio.risk._max_min import PRECISION, Lines, at_least, best_worst_case
from mcda.wording import guaranteed, points
from solvers import Termination

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from mcda.decision import Decision
    from mcda.portfolio._scored import Views

MOST_STEPS = 200


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Consensus(ShownAsTable):
    """Every trade-off between value to the Board and the share that every group is guaranteed.

    Attributes
    ----------
    views
        The groups.
    guaranteed
        (p,) the least share of its own best that any group gets, rising.
    board_value
        (p,) the greatest value to the Board with that guarantee, falling.
    portfolios
        The options of each.
    shares
        (p, v) share of its own best that each group gets.
    least_regret
        The portfolio with the smallest greatest loss, in value, over the groups.
    greatest_loss
        That loss.
    """

    shown_digits: ClassVar[int | None] = 3

    views: tuple[str, ...]
    guaranteed: np.ndarray
    board_value: np.ndarray
    portfolios: tuple[tuple[str, ...], ...]
    shares: np.ndarray
    least_regret: tuple[str, ...]
    greatest_loss: float

    @property
    def fairest(self) -> tuple[str, ...]:
        """The portfolio with the greatest guarantee, and among those the one worth most to the Board."""
        return self.portfolios[-1]

    @property
    def price(self) -> float:
        """What the greatest guarantee costs the Board: the value of its best portfolio less that of the fairest."""
        return float(self.board_value[0] - self.board_value[-1])

    def to_frame(self) -> pd.DataFrame:
        """One row per trade-off: guaranteed share, value to the Board, price, what changes from the Board's best."""
        first = set(self.portfolios[0])
        rows = [
            {
                "guaranteed_share": share,
                "board_value": value,
                "price": self.board_value[0] - value,
                "enter": " ".join(name for name in chosen if name not in first),
                "leave": " ".join(name for name in self.portfolios[0] if name not in set(chosen)),
            }
            for share, value, chosen in zip(self.guaranteed, self.board_value, self.portfolios, strict=True)
        ]
        return pd.DataFrame(rows)

    def __repr__(self) -> str:
        return (
            f"<Consensus of {len(self.views)} groups: {guaranteed(self.guaranteed[0])} guaranteed by the Board's best, "
            f"{guaranteed(self.guaranteed[-1])} at most, for {points(self.price)} in value>"
        )


@solvers.interrupts_raise()
def consensus_frontier(
    given: Decision | ScoredProblem,
    board: ArrayLike | None = None,
    views: Views | None = None,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> Consensus:
    """Find every trade-off between value to the Board and what every group is guaranteed.

    Parameters
    ----------
    given
        A decision, or a scored problem.
    board
        (c,) the weights of the Board's value; default: the decision's Board weights.
    views
        Weights by name, (v, c); default: the decision's groups.
    solver, time_limit
        Passed to `solvers.solve`, for each question.

    Returns
    -------
    Consensus
        From the Board's best portfolio to the fairest one, each step proven.

    Raises
    ------
    InputError
        A scored problem without weights.
    NoAnswerError
        If no portfolio keeps limits and rules, or a time limit came first.

    Notes
    -----
    Maximise the Board's value with every group's share above the last one found, until there is no such portfolio: the
    epsilon-constraint method, exact for the pairs (value, guarantee); steps of less than 1e-6 of a share count as one.
    Price of fairness: Bertsimas, Farias and Trichakis, *Operations Research* 59(1), 2011.

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0] * 3, [1, 1, 1], 1, names=["A", "B", "C"])
    >>> seen = mcda.scored_problem(problem, [[10, 0], [0, 10], [6, 6]])
    >>> found = mcda.consensus_frontier(seen, [0.9, 0.1], {"one": [1, 0], "two": [0, 1]})
    >>> found.portfolios, found.guaranteed.tolist(), round(found.price, 2)
    ((('A',), ('C',)), [0.0, 0.6], 3.0)
    """
    from mcda.weights import weigh_decision

    problem = scored_problem(given)
    names, weights = read_views(problem, views)
    if board is None:
        if problem.decision is None:
            raise InputError("Give the weights of the Board's value, shape (criteria,).")
        board = weigh_decision(problem.decision).board
    own = problem.solve(np.vstack([np.asarray(board, dtype=float), weights]), solver=solver, time_limit=time_limit)
    groups = pd.DataFrame(weights, index=list(names))
    return consensus_of(
        problem, np.asarray(board, dtype=float), groups, own.selected, solver=solver, time_limit=time_limit
    )


@solvers.interrupts_raise()
def consensus_of(
    problem: ScoredProblem, board: np.ndarray, groups: pd.DataFrame, own: np.ndarray, **settings: Any
) -> Consensus:
    """Find the trade-offs, given the Board's and every group's own best portfolio (1 + v, n)."""
    weights = groups.to_numpy()
    options, synergies = weights @ problem.scores.T, weights @ problem.synergy_scores.T
    best = np.einsum("vc,vc->v", weights, problem.totals(own[1:]))
    size = max(float(np.abs(best).max()), 1e-300)
    names = tuple(str(name) for name in groups.index)
    count = best > 0  # where a group's best adds nothing, every portfolio gives it all it can have
    which = count if count.any() else ~count
    shares = Lines(
        tuple(name for name, there in zip(names, which, strict=True) if there),
        options[which],
        synergies[which],
        np.zeros(int(which.sum())),
        np.where(best > 0, best, size)[which],
    )
    seen = problem.weighted(board)
    found = [own[0]]
    level = shares.worst(problem.problem, own[0])
    for _ in range(MOST_STEPS):
        solution = solvers.solve(at_least(seen, shares, level + PRECISION), **settings)
        if solution.termination is Termination.INFEASIBLE:
            break
        if solution.termination is not Termination.OPTIMAL:
            raise NoAnswerError(
                f"A step of the consensus frontier was not settled ('{solution.termination}'). Allow more time."
            )
        found.append(problem.mask(solution.selected))
        level = shares.worst(problem.problem, found[-1])
    else:
        raise NoAnswerError(f"There are more than {MOST_STEPS} trade-offs. Ask mcda.regret for the fairest portfolio.")
    losses = Lines(names, options, synergies, best, np.full(len(names), size))
    least = best_worst_case(seen, losses, [*own, *found], **settings)
    values = problem.totals(np.array(found)) @ board
    got = problem.totals(np.array(found)) @ weights.T
    return Consensus(
        names,
        np.array([shares.worst(problem.problem, chosen) for chosen in found]),
        values,
        tuple(problem.names_of(chosen) for chosen in found),
        np.divide(got, best, out=np.ones_like(got), where=best > 0),
        problem.names_of(least.selected),
        float(max(0.0, -least.worst * size)),
    )
