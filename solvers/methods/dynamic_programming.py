"""Dynamic programming: one budget, no logic; exact in whole numbers, ties settled on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.backends.base import Feature, Options, Outcome
from solvers.methods._own import OwnMethod
from solvers.methods.knapsack import MOST_CELLS, as_whole, fill, not_one_budget
from solvers.termination import LimitReached

if TYPE_CHECKING:
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class DynamicProgramming(OwnMethod):
    """The dynamic-programming back end."""

    name: str = "dynamic_programming"
    features: frozenset[Feature] = frozenset({Feature.PROOF, Feature.TIME_LIMIT, Feature.INTERRUPT})

    def lacks(self, problem: Problem) -> str | None:
        """Why it does not take this problem; None if it does."""
        reason = not_one_budget(problem)
        if reason:
            return f"dynamic_programming takes one budget and no logic: {reason}. Remedy: solver='highs'."
        cells = self.cells(problem)
        if cells is not None and cells <= MOST_CELLS:
            return None
        return (
            "dynamic_programming counts the budget in the smallest unit in which every cost is a whole number, and "
            f"that makes a table of {'too many' if cells is None else f'{cells:,}'} cells (at most {MOST_CELLS:,}). "
            "Remedy: round the costs, or solver='highs'."
        )

    def cells(self, problem: Problem) -> int | None:
        """Return the size of the table; None if the figures do not fit into 64 bits."""
        whole = as_whole(problem)
        return None if whole is None else whole.values.size * (whole.budget + 1)

    def select(self, problem: Problem, options: Options) -> Outcome:
        """Fill the table and read the answer off it."""
        deadline = options.deadline()
        whole = as_whole(problem)
        assert whole is not None  # noqa: S101 - narrows the type; `lacks` has checked
        if whole.budget < 0:
            return Outcome.infeasible("the mandatory options exceed the budget")
        table = fill(whole, deadline)
        if table is None:
            return Outcome.stopped(LimitReached.TIME, "stopped before the table was full")
        x = np.zeros(len(problem.names))
        x[problem.positions(problem.mandatory)] = 1.0
        x[whole.free[table.walk(whole, whole.budget)]] = 1.0
        value = whole.fixed_value + int(table.best[-1]) * whole.value_unit
        return Outcome.optimal(x, float(value), "table filled", bool(table.count[-1] == 1))


BACKEND = DynamicProgramming()
