"""The portfolio that does best in the worst of the sampled futures: greatest conditional value at risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio.risk._max_min import Lines, best_worst_case
from solvers import Termination

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

MOST_ROUNDS = 60


@dataclass(frozen=True, slots=True, eq=False)
class TailSelection:
    """The portfolio with the greatest mean value over its worst futures.

    Attributes
    ----------
    selected
        Names of the options chosen.
    conditional_value_at_risk
        Mean value over the worst futures.
    mean
        Mean value over all futures.
    tail
        Share of the futures that count as the worst.
    values
        (s,) value in each future.
    neutral
        The portfolio of greatest mean value, for comparison.
    neutral_tail, neutral_mean
        Its mean over its own worst futures, and over all.
    solves
        How many problems were solved.
    """

    selected: tuple[str, ...]
    conditional_value_at_risk: float
    mean: float
    tail: float
    values: np.ndarray
    neutral: tuple[str, ...]
    neutral_tail: float
    neutral_mean: float
    solves: int

    def __repr__(self) -> str:
        return (
            f"TailSelection(worst {self.tail:.0%}: {self.conditional_value_at_risk:.2f} against "
            f"{self.neutral_tail:.2f}; mean {self.mean:.2f} against {self.neutral_mean:.2f})"
        )


@solvers.interrupts_raise()
def best_tail(
    problem: solvers.Problem,
    values: ArrayLike,
    tail: float = 0.1,
    *,
    synergy_values: ArrayLike | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> TailSelection:
    """Find the portfolio with the greatest conditional value at risk on sampled futures.

    Parameters
    ----------
    problem
        Limits and rules; its own values are not used.
    values : array_like, shape (s, n)
        Value of each option in each future, equally likely.
    tail
        Share of the futures that count as the worst, above 0 and at most 1; rounded up to whole futures.
    synergy_values : array_like, shape (s, k), optional
        Value of each synergy in each future; default: its own value in all.
    solver, time_limit
        Passed to `solvers.solve`.

    Returns
    -------
    TailSelection
        Proven best to 1e-6 of the value.

    Raises
    ------
    InputError
        Values of another shape, or a tail outside its range.
    NoAnswerError
        No portfolio keeps limits and rules, or a time limit came first.

    Notes
    -----
    Rockafellar and Uryasev, *Journal of Risk* 2(3), 2000. The mean of the m worst futures is the least mean of any m of
    them; a set of m is added whenever the best portfolio so far shows a worse one (Künzi-Bay and Mayer, 2006).

    Examples
    --------
    >>> import mcda, solvers
    >>> problem = solvers.Problem([0, 0], [[1], [1]], [1], names=["steady", "risky"])
    >>> found = mcda.best_tail(problem, [[4, 9], [4, 9], [4, 0], [4, 9]], 0.25)
    >>> found.selected, found.neutral, found.conditional_value_at_risk
    (('steady',), ('risky',), 4.0)
    """
    table = np.asarray(values, dtype=np.float64)
    n, k = len(problem.names), len(problem.synergies)
    if table.ndim != 2 or table.shape[1] != n or not len(table) or not np.isfinite(table).all():
        raise InputError(f"values must be finite, of shape (futures, {n}). Got {table.shape}.")
    if not 0 < tail <= 1:
        raise InputError(f"tail must be a share above 0 and at most 1. Got {tail!r}.")
    own = np.tile([synergy.value for synergy in problem.synergies], (len(table), 1)).reshape(len(table), k)
    extra = own if synergy_values is None else np.asarray(synergy_values, dtype=np.float64)
    if extra.shape != (len(table), k):
        raise InputError(f"synergy_values must have shape ({len(table)}, {k}). Got {extra.shape}.")
    settings: dict[str, Any] = {"solver": solver, "time_limit": time_limit}
    count = int(np.ceil(tail * len(table) - 1e-9))
    rows, together = [table.mean(axis=0)], [extra.mean(axis=0)]
    average = problem.replace(
        values=rows[0],
        synergies=[
            solvers.Synergy(synergy.members, float(value), synergy.usage, synergy.name)
            for synergy, value in zip(problem.synergies, together[0], strict=True)
        ],
    )
    every = Lines(tuple(map(str, range(len(table)))), table, extra, np.zeros(len(table)), np.ones(len(table)))
    first = solvers.solve(average, **settings)
    if first.termination is not Termination.OPTIMAL:
        raise NoAnswerError(f"There is no proven portfolio: the search ended with '{first.termination}'.")
    mask = np.zeros(n, dtype=bool)
    mask[problem.positions(first.selected)] = True
    neutral, starts, solves = mask, [mask], 1
    size = max(abs(float(first.value)), 1e-300)
    best, least, bound = mask, _tail_mean(every.values(problem, mask), count), np.inf
    for _ in range(MOST_ROUNDS):
        at = np.argsort(every.values(problem, starts[-1]), kind="stable")[:count]
        rows.append(table[at].mean(axis=0))
        together.append(extra[at].mean(axis=0))
        names = tuple(f"set {i}" for i in range(len(rows)))
        lines = Lines(names, np.array(rows), np.array(together), np.zeros(len(rows)), np.full(len(rows), size))
        found = best_worst_case(average, lines, [best], **settings)
        solves += found.solves
        bound = found.worst * size
        reached = _tail_mean(every.values(problem, found.selected), count)
        if reached > least:
            best, least = found.selected, reached
        starts.append(found.selected)
        if least >= bound - 3e-6 * size:
            break
    else:
        raise NoAnswerError(f"The worst {tail:.0%} of {len(table)} futures were not settled in {MOST_ROUNDS} rounds.")
    outcome = every.values(problem, best)
    base = every.values(problem, neutral)
    return TailSelection(
        _names(problem, best),
        least,
        float(outcome.mean()),
        tail,
        outcome,
        _names(problem, neutral),
        _tail_mean(base, count),
        float(base.mean()),
        solves,
    )


def _tail_mean(values: np.ndarray, count: int) -> float:
    return float(np.sort(values)[:count].mean())


def _names(problem: solvers.Problem, selected: Any) -> tuple[str, ...]:
    return tuple(name for name, chosen in zip(problem.names, selected, strict=True) if chosen)
