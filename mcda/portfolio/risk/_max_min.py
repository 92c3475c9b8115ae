"""The portfolio with the best worst case: exact, by asking for one that is better than the best so far."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

import solvers
from mcda.errors import NoAnswerError
from solvers import Termination

if TYPE_CHECKING:
    from collections.abc import Sequence

PRECISION = 1e-6
"""The best worst case is proven to within this share of its scale."""


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Several values of one portfolio: in each view, what every option and every synergy adds, over a scale.

    Attributes
    ----------
    names
        What people call the views.
    options, synergies
        (v, n) and (v, k).
    offset, scale
        (v,) a portfolio counts ``(value - offset) / scale`` in a view.
    """

    names: tuple[str, ...]
    options: np.ndarray
    synergies: np.ndarray
    offset: np.ndarray
    scale: np.ndarray

    def values(self, problem: solvers.Problem, selected: np.ndarray) -> np.ndarray:
        """(v,) values of a portfolio (n,), before offset and scale."""
        together = [bool(selected[problem.positions(synergy.members)].all()) for synergy in problem.synergies]
        return np.asarray(self.options @ selected + self.synergies @ np.array(together, dtype=float))

    def worst(self, problem: solvers.Problem, selected: np.ndarray) -> float:
        """The least that a portfolio is worth in any view."""
        return float(((self.values(problem, selected) - self.offset) / self.scale).min())


@dataclass(frozen=True, slots=True, eq=False)
class WorstCase:
    """The portfolio with the best worst case.

    Attributes
    ----------
    selected
        (n,) booleans.
    worst
        What it is worth in its worst view.
    solves
        How many problems were solved; the last proved that nothing is better.
    """

    selected: np.ndarray
    worst: float
    solves: int


def at_least(problem: solvers.Problem, lines: Lines, level: float) -> solvers.Problem:
    """Return the problem with one more row per view, in which a portfolio must be worth at least `level`.

    In a view with scale s and offset b: value / s >= level + b / s. Synergies count in every view.
    """
    problem = with_distinct_synergies(problem)
    keys = [*problem.names, *(synergy.name for synergy in problem.synergies)]
    figures = np.hstack([lines.options, lines.synergies]) / lines.scale[:, None]
    least = level + lines.offset / lines.scale
    rows = [
        solvers.Row({key: figure for key, figure in zip(keys, row, strict=True) if figure}, minimum=low, name=name)
        for row, low, name in zip(
            figures.tolist(), least.tolist(), (f"worth to {name}" for name in lines.names), strict=True
        )
    ]
    return problem.replace(rows=[*problem.rows, *rows])


def with_distinct_synergies(problem: solvers.Problem) -> solvers.Problem:
    """Return the problem with a name of its own for every synergy, so that a row can name each.

    Synergies that need another name are in no row of the problem, because a row accepts only names of one thing.
    """
    taken = Counter([*problem.names, *(synergy.name for synergy in problem.synergies)])
    if max(taken.values()) == 1:
        return problem
    synergies = [
        replace(synergy, name=f"synergy {i + 1} ({synergy.name})") if taken[synergy.name] > 1 else synergy
        for i, synergy in enumerate(problem.synergies)
    ]
    return problem.replace(synergies=synergies)


@solvers.interrupts_raise()
def best_worst_case(
    problem: solvers.Problem,
    lines: Lines,
    starts: Sequence[np.ndarray] = (),
    **settings: Any,
) -> WorstCase:
    """Find the portfolio with the greatest least worth over the views.

    Parameters
    ----------
    problem
        Limits and rules; its own value decides between portfolios with the same worst case (to 1e-6).
    lines
        The views.
    starts
        Portfolios that keep limits and rules, to start from.
    **settings
        Passed to `solvers.solve`.

    Returns
    -------
    WorstCase
        Proven: the last problem, which asked for a worst case better by 1e-6, has no solution.

    Raises
    ------
    NoAnswerError
        If no portfolio keeps limits and rules, or a question was not settled within the time limit.
    """
    solves = 0
    best: np.ndarray | None = None
    worst = -np.inf
    for start in starts:
        if lines.worst(problem, start) > worst:
            best, worst = start, lines.worst(problem, start)
    if best is None:
        first = _asked(problem, **settings)
        solves += 1
        if first is None:
            raise NoAnswerError("No portfolio keeps every limit and rule. solvers.conflict says which of them clash.")
        best, worst = first, lines.worst(problem, first)
    # Every view's own best is a ceiling: halve the way to it, and finish with the proof that nothing is better.
    spread = lines.options.clip(min=0).sum(axis=1) + lines.synergies.clip(min=0).sum(axis=1)
    ceiling = float(((spread - lines.offset) / lines.scale).min())
    step = max(PRECISION, 0.25 * (ceiling - worst))
    while True:
        target = worst + step
        found = _asked(at_least(problem, lines, target), **settings)
        solves += 1
        if found is not None:
            best, worst = found, max(worst, lines.worst(problem, found))
            step = max(PRECISION, min(4.0 * step, 0.5 * (ceiling - worst)))
            continue
        if step <= PRECISION * 1.5:
            break
        ceiling = target
        # Far off: halve. Once within a hundredth, try for the proof at once.
        step = PRECISION if ceiling - worst < 0.01 and step > 0.002 else max(PRECISION, 0.5 * step)
    chosen = _asked(at_least(problem, lines, worst - PRECISION), **settings)
    if chosen is not None and lines.worst(problem, chosen) >= worst - 2 * PRECISION:
        best = chosen
    return WorstCase(best, lines.worst(problem, best), solves + 1)


def _asked(problem: solvers.Problem, **settings: Any) -> np.ndarray | None:
    solution = solvers.solve(problem, **settings)
    if solution.termination is Termination.INFEASIBLE:
        return None
    if solution.termination is not Termination.OPTIMAL:
        raise NoAnswerError(
            f"A question about the worst case was not settled ('{solution.termination}', limit {solution.limit}). "
            "Allow more time."
        )
    selected = np.zeros(len(problem.names), dtype=bool)
    selected[problem.positions(solution.selected)] = True
    return selected
