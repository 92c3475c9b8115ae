"""The best portfolio at every budget at once, for problems with one budget and no logic."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from solvers.certificate import Certificate, certify
from solvers.errors import NoSolutionError, ProblemError
from solvers.methods.knapsack import MOST_CELLS, Table, Whole, as_whole, fill, not_one_budget

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class BudgetCurve:
    """The best value at every budget from zero to the whole.

    Attributes
    ----------
    problem : Problem
        What was asked.
    budgets : ndarray of float, shape (k,)
        The budgets at which the best value rises, in increasing order; the first is the least feasible one.
    values : ndarray of float, shape (k,)
        The best value from that budget up to the next.
    """

    problem: Problem
    budgets: NDArray[np.float64]
    values: NDArray[np.float64]
    _whole: Whole
    _table: Table

    def value(self, budget: float) -> float:
        """Return the best value within a budget, exact.

        Raises
        ------
        NoSolutionError
            If what is mandatory costs more than the budget.
        """
        return float(self._whole.fixed_value + int(self._table.best[self._cell(budget)]) * self._whole.value_unit)

    def portfolio(self, budget: float) -> Certificate:
        """Return the portfolio that is best within a budget, by the rule of ties, certified.

        Raises
        ------
        NoSolutionError
            If what is mandatory costs more than the budget.
        """
        inside = np.zeros(len(self.problem.names), dtype=bool)
        inside[self.problem.positions(self.problem.mandatory)] = True
        inside[self._whole.free[self._table.walk(self._whole, self._cell(budget))]] = True
        return certify(self.problem.replace(capacity=[budget]), np.flatnonzero(inside).tolist())

    def _cell(self, budget: float) -> int:
        left = (Fraction(repr(float(budget))) - self._whole.fixed_cost) / self._whole.cost_unit
        if left < 0:
            raise NoSolutionError(f"The mandatory options cost {float(self._whole.fixed_cost):g}, above {budget:g}.")
        return min(int(left), self._whole.budget)

    def to_frame(self) -> pd.DataFrame:
        """Return one row per distinct best value: least budget for it, value, number of options, what changes."""
        import pandas as pd

        rows = []
        before: set[str] = set()
        for budget, value in zip(self.budgets.tolist(), self.values.tolist(), strict=True):
            chosen = self.portfolio(budget).selected
            come, go = [name for name in chosen if name not in before], sorted(before - set(chosen))
            rows.append((budget, value, len(chosen), ", ".join(come), ", ".join(go)))
            before = set(chosen)
        return pd.DataFrame(rows, columns=["budget", "value", "options", "come in", "go out"])

    def __repr__(self) -> str:
        return (
            f"<BudgetCurve: {self.budgets.size} best portfolios from a budget of {self.budgets[0]:g} "
            f"to {self.budgets[-1]:g}, value {self.values[0]:g} to {self.values[-1]:g}>"
        )

    def _repr_html_(self) -> str:
        from html import escape

        return f"<p>{escape(repr(self))}</p>"


def every_budget(problem: Problem) -> BudgetCurve:
    """Find the best portfolio at every budget up to the problem's own, all at once.

    Best portfolios need not nest: an option that is in at one budget may be out at a larger one.

    Parameters
    ----------
    problem : Problem
        One resource and no rules besides mandatory and forbidden options. Without a limit (infinity) the curve
        runs up to the cost of everything.

    Returns
    -------
    BudgetCurve
        `.budgets`, `.values`, `.value(budget)`, `.portfolio(budget)`, `.to_frame()`.

    Raises
    ------
    ProblemError
        If the problem has several resources, rules, synergies or amounts, or the table would be too large.
    NoSolutionError
        If the mandatory options exceed the budget.

    Examples
    --------
    >>> from solvers import Problem
    >>> curve = every_budget(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names=["A", "B", "C", "D"]))
    >>> curve.value(9), curve.portfolio(9).selected
    (28.0, ('A', 'C'))
    >>> curve.budgets.tolist()
    [0.0, 3.0, 4.0, 5.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 14.0]
    """
    reason = not_one_budget(problem)
    if reason:
        raise ProblemError(f"every_budget takes one resource and no logic: {reason}. Use pareto or several solves.")
    whole = as_whole(problem)
    if whole is None or whole.values.size * (whole.budget + 1) > MOST_CELLS:
        raise ProblemError(
            "every_budget counts the budget in the smallest unit in which every cost is a whole number, and that "
            f"makes a table of more than {MOST_CELLS:,} cells. Round the costs."
        )
    if whole.budget < 0:
        raise NoSolutionError("The mandatory options exceed the budget.")
    table = fill(whole)
    assert table is not None  # noqa: S101 - narrows the type: nothing stops it
    rises = np.concatenate([[0], 1 + np.flatnonzero(np.diff(table.best))])
    budgets = [float(whole.fixed_cost + int(c) * whole.cost_unit) for c in rises]
    values = [float(whole.fixed_value + int(table.best[c]) * whole.value_unit) for c in rises]
    return BudgetCurve(problem, np.array(budgets), np.array(values), whole, table)
