"""Every portfolio, one by one, in whole-number arithmetic: the oracle for small problems.

It reads the rules themselves rather than the linear model, so an error there cannot hide here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.backends.base import SETTINGS, Feature, Options, Outcome
from solvers.certificate import certify
from solvers.completion import complete
from solvers.decimals import exact_integers

if TYPE_CHECKING:
    from solvers.problem import Problem

MOST_OPTIONS = 22  # four million portfolios
MOST_WITH_AMOUNTS = 12  # each portfolio takes an exact linear program
BLOCK = 1 << 14

IntArray = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Exhaustive:
    """The exhaustive back end."""

    name: str = "exhaustive"
    features: frozenset[Feature] = frozenset(Feature) - {
        Feature.THREADS,
        Feature.GAP,
        Feature.WARM_START,
        *SETTINGS.values(),
    }

    def version(self) -> str:
        """Return "" because this method comes with the package."""
        return ""

    def unusable(self) -> str | None:
        """Return None: it can always be used."""
        return None

    def lacks(self, problem: Problem) -> str | None:
        """Why this problem is too much for it; None if it is not."""
        open_ones = len(problem.names) - len(problem.mandatory) - len(problem.forbidden)
        most = MOST_WITH_AMOUNTS if problem.continuous else MOST_OPTIONS
        if open_ones <= most:
            return None
        return (
            f"exhaustive looks at every portfolio and takes at most {most} options that are free"
            f"{' where amounts are to be found' if problem.continuous else ''}. "
            f"Got {open_ones}. Remedy: solver='highs'."
        )

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Look at every portfolio; ties are settled by the rule of ties, exactly."""
        began = time.perf_counter()
        if problem.continuous:
            return _with_amounts(problem, options, began)
        figures = _Figures(problem)
        best: tuple[Any, ...] | None = None
        chosen: IntArray | None = None
        equals = 0
        for every in _blocks(problem):
            if _late(options, began):
                found = "no_solution_found" if chosen is None else "feasible"
                return Outcome(found, "time", chosen, None, "stopped before the last portfolio")
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
            return Outcome("infeasible", None, None, None, "no portfolio keeps every rule")
        return Outcome("optimal", None, chosen.astype(float), figures.value(best[0]), "all seen", equals == 1)


def _with_amounts(problem: Problem, options: Options, began: float) -> Outcome:
    """Look at every set of options, with the best amounts for each."""
    figures, first = _Figures(problem), problem.resources[:1]
    best: tuple[Any, ...] | None = None
    value, equals = None, 0
    for every in _blocks(problem):
        for inside in every[figures.keeps_choices(every)]:
            if _late(options, began):
                chosen = None if best is None else np.array(best[-1], dtype=float)
                found = "no_solution_found" if best is None else "feasible"
                return Outcome(found, "time", chosen, None, "stopped before the last portfolio")
            names = [problem.names[i] for i in np.flatnonzero(inside)]
            amounts = complete(problem, names)
            if amounts is None:
                continue
            certificate = certify(problem, names, amounts)
            rank = (certificate.value, *(-certificate.usage[name] for name in first), tuple(inside.tolist()))
            equals = 1 if best is None or rank[0] > best[0] else equals + (rank[0] == best[0])
            best, value = (rank, certificate.value) if best is None or rank > best else (best, value)
    if best is None or value is None:
        return Outcome("infeasible", None, None, None, "no portfolio keeps every rule")
    return Outcome("optimal", None, np.array(best[-1], dtype=float), float(value), "all seen", equals == 1)


def _late(options: Options, began: float) -> bool:
    stopped = options.stop is not None and options.stop.asked
    return stopped or (options.time_limit is not None and time.perf_counter() - began > options.time_limit)


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


class _Figures:
    """The problem's figures as whole numbers, and its rules as tests on many portfolios at once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.places, (self.worth, self.extra) = _integers(
            problem.values, np.array([s.value for s in problem.synergies])
        )
        effects = np.array(
            [[s.usage.get(resource, 0.0) for resource in problem.resources] for s in problem.synergies]
        ).reshape(len(problem.synergies), len(problem.resources))
        limited, floored = np.isfinite(problem.capacity), np.isfinite(problem.minimum_use)
        bounds = [b for s in problem.spends for b in (s.minimum, s.maximum) if b is not None]
        _, (self.use, self.effects, limit, least, self.spend_bounds) = _integers(
            problem.usage,
            effects,
            np.where(limited, problem.capacity, 0.0),
            np.where(floored, problem.minimum_use, 0.0),
            np.array(bounds),
        )
        self.limit, self.least, self.limited, self.floored = limit, least, limited, floored

    def value(self, whole: Any) -> float:
        return float(int(whole) / 10**self.places)

    def together(self, inside: IntArray) -> IntArray:
        at = self.problem.positions
        columns = [inside[:, at(s.members)].all(axis=1) for s in self.problem.synergies]
        return np.column_stack(columns) if columns else np.zeros((len(inside), 0), dtype=bool)

    def values(self, inside: IntArray) -> IntArray:
        return _dot(inside, self.worth) + _dot(self.together(inside), self.extra)

    def first_use(self, inside: IntArray) -> IntArray:
        if not self.problem.resources:
            return np.zeros(len(inside), dtype=np.int64)
        return _dot(inside, self.use[:, 0]) + _dot(self.together(inside), self.effects[:, 0])

    def keeps(self, inside: IntArray) -> NDArray[np.bool_]:
        own = _dot(inside, self.use)
        total = own + _dot(self.together(inside), self.effects)
        good = (~self.limited | (total <= self.limit)).all(axis=1) & (~self.floored | (total >= self.least)).all(axis=1)
        return good & self.keeps_choices(inside) & self._keeps_spends(inside) & self._keeps_shares(inside, own)

    def keeps_choices(self, inside: IntArray) -> NDArray[np.bool_]:
        """Say which portfolios keep the rules on which options are in."""
        problem, at = self.problem, self.problem.positions
        good = np.ones(len(inside), dtype=bool)
        for rule in problem.requires:
            enough = inside[:, at(rule.needs)].sum(axis=1) >= rule.number
            good &= ~inside[:, at([rule.option])[0]] | enough
        for exclusion in problem.excludes:
            good &= inside[:, at(exclusion.members)].sum(axis=1) <= 1
        for choice in problem.choices:
            number = inside[:, at(choice.members)].sum(axis=1)
            good &= (number <= 1) | (not choice.exclusive)
            good &= (number >= 1) | (not choice.required)
        for group in problem.counts:
            number = inside[:, at(group.members)].sum(axis=1)
            good &= number >= (0 if group.minimum is None else group.minimum)
            good &= number <= (number if group.maximum is None else group.maximum)
        return good

    def _spent(self, inside: IntArray, rule: Any) -> IntArray:
        members, columns = (
            self.problem.positions(rule.members),
            self.problem.resource_positions(rule.resources),
        )
        return _dot(inside[:, members], self.use[np.ix_(members, columns)].sum(axis=1))

    def _keeps_spends(self, inside: IntArray) -> NDArray[np.bool_]:
        good = np.ones(len(inside), dtype=bool)
        bounds = iter(self.spend_bounds)
        for rule in self.problem.spends:
            amount = self._spent(inside, rule)
            if rule.minimum is not None:
                good &= amount >= next(bounds)
            if rule.maximum is not None:
                good &= amount <= next(bounds)
        return good

    def _keeps_shares(self, inside: IntArray, own: IntArray) -> NDArray[np.bool_]:
        good = np.ones(len(inside), dtype=bool)
        for rule in self.problem.shares:
            part = self._spent(inside, rule).astype(object)
            whole = own[:, self.problem.resource_positions(rule.resources)].sum(axis=1).astype(object)
            for bound, sign in ((rule.minimum, -1), (rule.maximum, 1)):
                if bound is not None:
                    places, (share,) = exact_integers(np.array([bound]))
                    good &= (sign * (part * 10**places - share[0] * whole) <= 0).astype(bool)
        return good


def _integers(*arrays: NDArray[np.float64]) -> tuple[int, list[IntArray]]:
    """Whole numbers in 64 bits where every possible sum fits, else Python's own."""
    places, scaled = exact_integers(*arrays)
    if sum(sum(map(abs, array.ravel().tolist())) for array in scaled) < 2**62:
        return places, [array.astype(np.int64) for array in scaled]
    return places, list(scaled)


def _dot(inside: IntArray, figures: IntArray) -> IntArray:
    return inside.astype(figures.dtype) @ figures


BACKEND = Exhaustive()
