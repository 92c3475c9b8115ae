"""A problem's figures as whole numbers, and its rules as tests on many portfolios at once.

It reads the rules themselves rather than the linear model, so an error there cannot hide here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solvers.decimals import exact_integers

if TYPE_CHECKING:
    from solvers.model.problem import Problem
    from solvers.model.rules import Row

IntArray = NDArray[Any]


class WholeFigures:
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
        """Value as people write it, from its whole number."""
        return float(int(whole) / 10**self.places)

    def together(self, inside: IntArray) -> IntArray:
        """Which synergies take effect, shape (p, k)."""
        at = self.problem.positions
        columns = [inside[:, at(s.members)].all(axis=1) for s in self.problem.synergies]
        return np.column_stack(columns) if columns else np.zeros((len(inside), 0), dtype=bool)

    def values(self, inside: IntArray) -> IntArray:
        """Value of each portfolio as a whole number, synergies included, shape (p,)."""
        return _dot(inside, self.worth) + _dot(self.together(inside), self.extra)

    def first_use(self, inside: IntArray) -> IntArray:
        """Use of the first resource as a whole number, shape (p,); 0 if there is none."""
        if not self.problem.resources:
            return np.zeros(len(inside), dtype=np.int64)
        return _dot(inside, self.use[:, 0]) + _dot(self.together(inside), self.effects[:, 0])

    def keeps(self, inside: IntArray) -> NDArray[np.bool_]:
        """Say which portfolios keep every limit and rule, shape (p,)."""
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
        return good & self._keeps_rows(inside)

    def _keeps_rows(self, inside: IntArray) -> NDArray[np.bool_]:
        """Say which portfolios keep the linear rules on options and synergies."""
        problem, good = self.problem, np.ones(len(inside), dtype=bool)
        names = [*problem.names, *(synergy.name for synergy in problem.synergies)]
        there = np.hstack([inside, self.together(inside)])
        amounts = {column.name for column in problem.columns}
        for row in problem.rows:
            if not amounts.isdisjoint(row.coefficients):
                continue  # it depends on amounts
            least, most = _bounds(row)
            figures = np.array([row.coefficients.get(name, 0.0) for name in names])
            _, (whole, low, high) = _integers(figures, np.nan_to_num(least), np.nan_to_num(most))
            amount = _dot(there, whole)
            good &= (np.isnan(least[0]) | (amount >= low[0])) & (np.isnan(most[0]) | (amount <= high[0]))
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


def _bounds(row: Row) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    least, most = (np.array([np.nan if bound is None else bound]) for bound in (row.minimum, row.maximum))
    return least, most


def _integers(*arrays: NDArray[np.float64]) -> tuple[int, list[IntArray]]:
    """Whole numbers in 64 bits if every possible sum fits, else Python integers."""
    places, scaled = exact_integers(*arrays)
    if sum(sum(map(abs, array.ravel().tolist())) for array in scaled) < 2**62:
        return places, [array.astype(np.int64) for array in scaled]
    return places, list(scaled)


def _dot(inside: IntArray, figures: IntArray) -> IntArray:
    return inside.astype(figures.dtype) @ figures
