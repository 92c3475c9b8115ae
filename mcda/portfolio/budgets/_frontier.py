"""The efficient frontier of value against cost: every portfolio that no other portfolio dominates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.errors import InputError
from mcda.notebook import ShownAsTable
from mcda.portfolio._subject import read_subject
from mcda.portfolio.budgets._costs import cost_resources
from mcda.portfolio.budgets._sweep import Step, sweep, with_cost_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """An efficient portfolio: the best for every budget from its own cost up to just below the next point's cost.

    Attributes
    ----------
    cost, value
        What it costs and what it is worth.
    next_cost
        Cost of the next point; None for the last one.
    supported
        Whether some price of money makes it best, that is, whether it lies on the convex hull; value-for-money
        reasoning can find only such points.
    selected
        The projects in it.
    enters, leaves
        What changes from the point before.
    """

    cost: float
    value: float
    next_cost: float | None
    supported: bool
    selected: tuple[str, ...]
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class EfficientFrontier(ShownAsTable):
    """Every efficient portfolio, cheapest first.

    Attributes
    ----------
    points
        The portfolios.
    resources
        Resources that make up the cost.
    complete
        Whether these are all; false if a time limit came first.
    solves
        How many optimisations it took.
    """

    shown_digits: ClassVar[int | None] = 2

    points: tuple[FrontierPoint, ...]
    resources: tuple[str, ...]
    complete: bool
    solves: int

    def __len__(self) -> int:
        return len(self.points)

    def __repr__(self) -> str:
        supported = sum(point.supported for point in self.points)
        state = "" if self.complete else ", not all"
        return f"<EfficientFrontier: {len(self)} efficient portfolios, {supported} of them supported{state}>"

    def at(self, budget: float) -> FrontierPoint:
        """Return the best portfolio for a budget.

        Raises
        ------
        InputError
            If no portfolio is that cheap.
        """
        affordable = [point for point in self.points if point.cost <= budget]
        if not affordable:
            least = f"the cheapest costs {self.points[0].cost:g}" if self.points else "there is none"
            raise InputError(f"No portfolio costs {budget:g} or less: {least}.")
        return affordable[-1]

    def to_frame(self) -> pd.DataFrame:
        """One row per portfolio: cost, value, supported, number of projects, what enters and leaves."""
        rows = [
            (
                point.cost,
                point.value,
                point.supported,
                len(point.selected),
                ", ".join(point.enters),
                ", ".join(point.leaves),
            )
            for point in self.points
        ]
        columns = ["cost", "value", "supported", "projects", "enters", "leaves"]
        return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="point"))


def frontier(
    subject: Decision | Selection | solvers.Problem,
    *,
    cost: Iterable[str] | None = None,
    within_limits: bool = True,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> EfficientFrontier:
    """Return every efficient portfolio of value against cost, supported or not.

    An optimum stays optimal for every budget between its own cost and the budget for which it was found, so one proven
    solve settles each distinct portfolio and none is missed.

    Parameters
    ----------
    subject
        A decision (under the Board's weights), a selection under any weights and rules, or a `solvers.Problem`.
    cost
        Resources that make up the cost, such as ``["capital_k"]``; by default all money, of all years.
    within_limits
        Whether the yearly limits of those resources still hold; if false, only the total counts.
    solver
        Name of a back end, "auto", or `solvers.SolveOptions` that hold that and the rest.
    time_limit
        Seconds for the whole frontier; what is found by then comes back with ``complete`` false.

    Returns
    -------
    EfficientFrontier
        With ``.at(budget)`` and ``.to_frame()``.

    Raises
    ------
    NoAnswerError
        If there is no portfolio.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], 30, names="1234", resources=["budget"])
    >>> [(point.cost, point.value, point.supported) for point in frontier(problem).points]  # doctest: +ELLIPSIS
    [(0.0, 0.0, True), (4.0, 3.0, True), (8.0, 4.0, False), (12.0, 7.0, True), (20.0, 9.0, False), ...]
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    deadline = how.deadline()
    asked = read_subject(subject, how)
    return frontier_of(asked, cost_resources(asked, cost), within_limits, how.until(deadline))


def frontier_of(
    subject: Subject,
    resources: tuple[str, ...],
    within_limits: bool = True,
    how: solvers.SolveOptions | None = None,
) -> EfficientFrontier:
    """Return every efficient portfolio of a subject already read."""
    problem = subject.problem
    if not within_limits:
        capacity = problem.capacity.copy()
        capacity[problem.resource_positions(resources)] = np.inf
        problem = problem.replace(capacity=capacity)
    found = sweep(with_cost_first(problem, "total cost", resources), how=how)
    return EfficientFrontier(_points(problem.names, found.steps, resources), resources, found.complete, found.solves)


def _points(names: Sequence[str], steps: Sequence[Step], resources: Sequence[str]) -> tuple[FrontierPoint, ...]:
    supported = _supported(steps)
    costs = [float(sum(step.certificate.usage[name] for name in resources)) for step in steps]
    points, before = [], set[str]()
    for at, step in enumerate(steps):
        chosen = set(step.certificate.selected)
        points.append(
            FrontierPoint(
                costs[at],
                float(step.certificate.value),
                costs[at + 1] if at + 1 < len(steps) else None,
                supported[at],
                step.certificate.selected,
                tuple(name for name in names if name in chosen - before),
                tuple(name for name in names if name in before - chosen),
            )
        )
        before = chosen
    return tuple(points)


def _supported(steps: Sequence[Step]) -> list[bool]:
    """Say which steps lie on the upper hull of (cost, value), in exact arithmetic."""
    hull: list[int] = []
    for i, step in enumerate(steps):
        while len(hull) >= 2:
            a, b = steps[hull[-2]], steps[hull[-1]]
            across = (b.cost - a.cost) * (step.certificate.value - a.certificate.value)
            along = (b.certificate.value - a.certificate.value) * (step.cost - a.cost)
            if across <= along:
                break
            hull.pop()
        hull.append(i)
    return [i in set(hull) for i in range(len(steps))]
