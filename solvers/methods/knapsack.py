"""One budget, no logic: the best value at every budget at once, by dynamic programming in whole numbers.

``best_i[c]`` is the greatest value of options i, i+1, ... within a budget of c; the table is filled from the last
option to the first (Bellman 1957; Kellerer, Pferschy & Pisinger 2004, section 2.3), so that walking it forwards
meets the earlier options first, as the rule of ties requires.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.deadline import NEVER, Deadline
from solvers.decimals import exact_integers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.model.problem import Problem

MOST_CELLS = 400_000_000  # one bit each to keep, a few nanoseconds each to fill
RULES = ("requires", "excludes", "choices", "counts", "spends", "shares", "synergies", "rows")


@dataclass(frozen=True, slots=True)
class Whole:
    """A problem of one budget in whole numbers: the options that are free, their values and costs, the budget."""

    free: NDArray[np.intp]
    values: NDArray[np.int64]
    costs: NDArray[np.int64]
    budget: int
    value_unit: Fraction
    cost_unit: Fraction
    fixed_value: Fraction
    fixed_cost: Fraction


@dataclass(frozen=True, slots=True)
class Table:
    """The filled table: best value and number of portfolios (2 means several) by budget; which options to take."""

    best: NDArray[np.int64]
    count: NDArray[np.uint8]
    take: tuple[NDArray[np.uint8], ...]

    def cheapest(self, budget: int) -> int:
        """Return the least budget that gives the same value."""
        return int(np.searchsorted(self.best, self.best[budget], side="left"))

    def walk(self, whole: Whole, budget: int) -> NDArray[np.bool_]:
        """Return which free options the rule of ties picks at a budget."""
        left, inside = self.cheapest(budget), np.zeros(whole.values.size, dtype=bool)
        for i, bits in enumerate(self.take):
            if bits.size and (bits[left >> 3] >> (7 - (left & 7))) & 1:
                inside[i] = True
                left -= int(whole.costs[i])
        return inside


def not_one_budget(problem: Problem) -> str | None:
    """Say why a problem is not one of a single budget without logic; None if it is."""
    if len(problem.resources) != 1:
        return f"it has {len(problem.resources)} resources"
    if any(getattr(problem, rule) for rule in RULES) or problem.continuous:
        return "it has rules, synergies or amounts"
    if np.isfinite(problem.minimum_use).any():
        return "it has a minimum use"
    if (problem.usage < 0).any():
        return "an option has a negative use"
    return None


def as_whole(problem: Problem) -> Whole | None:
    """Return a problem of one budget in whole numbers; None if they do not fit into 64 bits."""
    every = np.arange(len(problem.names))
    fixed = np.isin(every, problem.positions(problem.mandatory))
    free = every[~fixed & ~np.isin(every, problem.positions(problem.forbidden))]
    limit = np.where(np.isfinite(problem.capacity), problem.capacity, 0.0)
    value_places, (values,) = exact_integers(problem.values)
    cost_places, (costs, budget) = exact_integers(problem.usage[:, 0], limit)
    left = int(budget[0]) - int(sum(costs[fixed]))
    largest = int(sum(costs[free])) if free.size else 0
    if not np.isfinite(problem.capacity[0]):
        left = largest
    step = int(np.gcd.reduce(costs[free])) if free.size and largest else 1
    if largest >= 2**62 or sum(map(abs, values.tolist())) >= 2**62:
        return None
    return Whole(
        free,
        values[free].astype(np.int64),
        np.array([int(cost) // step for cost in costs[free]], dtype=np.int64),
        -1 if left < 0 else min(left, largest) // step,
        Fraction(1, 10**value_places),
        Fraction(step, 10**cost_places),
        Fraction(int(sum(values[fixed])), 10**value_places),
        Fraction(int(sum(costs[fixed])), 10**cost_places),
    )


def fill(whole: Whole, deadline: Deadline = NEVER) -> Table | None:
    """Fill the table for every budget up to the problem's own; None if the deadline passes."""
    size = whole.budget + 1
    best, count = np.zeros(size, dtype=np.int64), np.ones(size, dtype=np.uint8)
    take: list[NDArray[np.uint8]] = []
    for value, cost in zip(whole.values[::-1].tolist(), whole.costs[::-1].tolist(), strict=True):
        if deadline.passed:
            return None
        if cost >= size:
            take.append(np.empty(0, dtype=np.uint8))
            continue
        taken = best[: size - cost] + value
        ways = count[: size - cost].copy()
        left, left_ways = best[cost:], count[cost:]
        better, equal = taken > left, taken == left
        bits = np.zeros(size, dtype=bool)
        bits[cost:] = better | equal
        take.append(np.packbits(bits))
        best = np.concatenate([best[:cost], np.maximum(taken, left)])
        some: Any = np.where(equal, np.minimum(2, ways + left_ways), np.where(better, ways, left_ways))
        count = np.concatenate([count[:cost], some.astype(np.uint8)])
    return Table(best, count, tuple(reversed(take)))
