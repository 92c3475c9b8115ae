"""Three ways to spend a budget, side by side: the exact optimum, the value-for-money list, the best nested list."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.portfolio._subject import exact, read_subject
from mcda.portfolio.budgets._costs import cost_resources
from mcda.portfolio.budgets._frontier import EfficientFrontier, frontier_of
from mcda.portfolio.budgets._sweep import with_cost_first
from mcda.portfolio.lists._nested import NestedList, nested_list
from mcda.portfolio.lists._value_for_money import PriorityList, list_of
from mcda.wording import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection

LIMIT = 60.0
"""Seconds for the nested list, by default."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ListComparison(ShownAsTable):
    """What each way of spending achieves with each budget.

    Attributes
    ----------
    budgets
        Limits on the total cost; infinity means that only the other limits hold.
    frontier
        The exact optimum for every budget.
    lists
        The value-for-money list that passes over what does not fit, for each budget.
    bundles
        The same with prerequisites bundled.
    nested
        The best nested list over these budgets, equally weighted, or the best found with its bound.
    """

    shown_digits: ClassVar[int | None] = 3

    budgets: tuple[float, ...]
    frontier: EfficientFrontier
    lists: tuple[PriorityList, ...]
    bundles: tuple[PriorityList, ...]
    nested: NestedList

    def __repr__(self) -> str:
        frame = self.to_frame()
        worst = {name: frame[f"{name}_loss"].max() for name in ("list", "bundles", "nested")}
        shown = ", ".join(f"{name} up to {percent(loss)}" for name, loss in worst.items())
        return f"<ListComparison: {len(self.budgets)} budgets; value lost: {shown}>"

    def to_frame(self) -> pd.DataFrame:
        """One row per budget: the value of the optimum, of each list, and the share of the optimum each list loses."""
        best = np.array([self.frontier.at(budget).value for budget in self.budgets])
        columns = {
            "list": [item.value for item in self.lists],
            "bundles": [item.value for item in self.bundles],
            "nested": list(self.nested.values),
        }
        frame = pd.DataFrame({"optimum": best}, index=pd.Index(self.budgets, name="budget"))
        for name, values in columns.items():
            frame[name] = values
            frame[f"{name}_loss"] = [_loss(value, top) for value, top in zip(values, best.tolist(), strict=True)]
        return frame


def compare_lists(
    subject: Decision | Selection | solvers.Problem,
    budgets: Iterable[float] | int = 10,
    *,
    cost: Iterable[str] | None = None,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = LIMIT,
) -> ListComparison:
    """Compare the exact optimum, the value-for-money lists and the best nested list over a range of budgets.

    Optimal portfolios need not nest as the budget grows: a project may enter and leave again. In a list it cannot, and
    that costs value.

    Parameters
    ----------
    subject
        A decision, a selection, or a `solvers.Problem`.
    budgets
        Limits on the total cost, rising, or how many to spread evenly from the cheapest portfolio (excluded) to the
        best one; the last of these is then infinite, so that only the limits of the decision hold.
    cost
        Resources that make up the cost; by default all money, of all years.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds for the search of the nested list. It is exact if it is proven in that time, otherwise the best found
        with a proven bound (`.nested.proven` says which).

    Returns
    -------
    ListComparison
        With ``.to_frame()``.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], 30, names="1234", resources=["budget"])
    >>> compare_lists(problem, [12, 20, 22]).to_frame()[["optimum", "list", "nested"]].values.tolist()
    [[7.0, 7.0, 7.0], [9.0, 9.0, 9.0], [10.0, 10.0, 9.0]]
    """
    how = solvers.SolveOptions.of(solver)
    asked = read_subject(subject, how)
    resources = cost_resources(asked, cost)
    curve = frontier_of(asked, resources, how=how)
    limits = _budgets(curve, budgets)
    problem = with_cost_first(asked.problem, "total cost", resources)
    capacity = np.tile(problem.capacity, (len(limits), 1))
    capacity[:, 0] = limits
    lists = tuple(list_of(asked, resources, budget=limit) for limit in limits)
    bundles = tuple(list_of(asked, resources, budget=limit, bundles=True) for limit in limits)
    nested = nested_list(problem, capacity, solver=solver, time_limit=time_limit)
    return ListComparison(limits, curve, lists, bundles, nested)


def _budgets(curve: EfficientFrontier, wanted: Iterable[float] | int) -> tuple[float, ...]:
    if isinstance(wanted, int):
        if wanted < 1:
            raise InputError(
                f"budgets must be a number of budgets, at least 1, or the budgets themselves. Got {wanted}."
            )
        low, high = curve.points[0].cost, curve.points[-1].cost
        inner = [float(round(low + (high - low) * k / wanted, 2)) for k in range(1, wanted)]
        return (*inner, float("inf"))
    limits = tuple(float(budget) for budget in wanted)
    if not limits or any(b <= a for a, b in itertools.pairwise(limits)) or np.isnan(limits).any():
        raise InputError(f"budgets must rise from one to the next. Got {limits}.")
    curve.at(limits[0])
    return limits


def _loss(value: float, best: float) -> float:
    return float((exact(best) - exact(value)) / abs(exact(best))) if best else 0.0
