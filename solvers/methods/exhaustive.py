"""Every portfolio, one by one, in whole-number arithmetic: the oracle for small problems.

It reads the rules themselves rather than the linear model, so an error there cannot hide here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.backends.base import SETTINGS, Feature, Options, Outcome
from solvers.certificate import certify
from solvers.certificate._completion import complete
from solvers.methods._own import OwnMethod
from solvers.methods._whole_figures import WholeFigures
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from solvers.deadline import Deadline
    from solvers.model.problem import Problem

MOST_OPTIONS = 22  # four million portfolios
MOST_WITH_AMOUNTS = 12  # each portfolio takes an exact linear program
BLOCK = 1 << 14

IntArray = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Exhaustive(OwnMethod):
    """The exhaustive back end."""

    name: str = "exhaustive"
    features: frozenset[Feature] = frozenset(Feature) - {
        Feature.THREADS,
        Feature.GAP,
        Feature.WARM_START,
        *SETTINGS.values(),
    }

    def lacks(self, problem: Problem) -> str | None:
        """Why this problem is too much for it; None if it is not."""
        open_ones = len(problem.names) - len(problem.mandatory) - len(problem.forbidden)
        most = MOST_WITH_AMOUNTS if problem.continuous else MOST_OPTIONS
        if open_ones <= most:
            return None
        return (
            f"exhaustive looks at every portfolio, so it takes at most {most} free options"
            f"{' in a problem with amounts' if problem.continuous else ''}. "
            f"Got {open_ones}. Remedy: solver='highs'."
        )

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Look at every portfolio; ties are settled by the rule of ties, exactly."""
        deadline = options.deadline()
        if problem.continuous:
            return _with_amounts(problem, deadline)
        figures = WholeFigures(problem)
        best: tuple[Any, ...] | None = None
        chosen: IntArray | None = None
        equals = 0
        for every in _blocks(problem):
            if deadline.passed:
                point = None if chosen is None else chosen.astype(float)
                return Outcome.stopped(LimitReached.TIME, "stopped before the last portfolio", point)
            inside = every[figures.keeps(every)]
            if not len(inside):
                continue
            values, first = figures.values(inside), figures.first_use(inside)
            top = values == values.max()
            count, inside, first = int(top.sum()), inside[top], first[top]
            low = inside[first == first.min()]
            earliest = low[np.lexsort(~low.T[::-1])[0]]
            rank = (values.max(), -first.min(), tuple(earliest))
            if best is None or rank[0] > best[0]:
                equals = count
            elif rank[0] == best[0]:
                equals += count
            if best is None or rank > best:
                best, chosen = rank, earliest
        if best is None or chosen is None:
            return Outcome.infeasible("no portfolio keeps every rule")
        return Outcome.optimal(chosen.astype(float), figures.value(best[0]), "all seen", equals == 1)


def _with_amounts(problem: Problem, deadline: Deadline) -> Outcome:
    """Look at every set of options, with the best amounts for each."""
    figures, first = WholeFigures(problem), problem.resources[:1]
    best: tuple[Any, ...] | None = None
    value, equals = None, 0
    for every in _blocks(problem):
        for inside in every[figures.keeps_choices(every)]:
            if deadline.passed:
                chosen = None if best is None else np.array(best[-1], dtype=float)
                return Outcome.stopped(LimitReached.TIME, "stopped before the last portfolio", chosen)
            names = [problem.names[i] for i in np.flatnonzero(inside)]
            amounts = complete(problem, names)
            if amounts is None:
                continue
            certificate = certify(problem, names, amounts)
            rank = (certificate.value, *(-certificate.usage[name] for name in first), tuple(inside.tolist()))
            equals = 1 if best is None or rank[0] > best[0] else equals + (rank[0] == best[0])
            best, value = (rank, certificate.value) if best is None or rank > best else (best, value)
    if best is None or value is None:
        return Outcome.infeasible("no portfolio keeps every rule")
    return Outcome.optimal(np.array(best[-1], dtype=float), float(value), "all seen", equals == 1)


def _blocks(problem: Problem) -> Any:
    n = len(problem.names)
    base = np.zeros(n, dtype=bool)
    base[problem.positions(problem.mandatory)] = True
    fixed = base.copy()
    fixed[problem.positions(problem.forbidden)] = True
    free = np.flatnonzero(~fixed)
    for start in range(0, 1 << free.size, BLOCK):
        codes = np.arange(start, min(start + BLOCK, 1 << free.size))
        inside = np.broadcast_to(base, (codes.size, n)).copy()
        inside[:, free] = (codes[:, None] >> np.arange(free.size)) & 1
        yield inside


BACKEND = Exhaustive()
