"""The value-for-money list: projects in order of value per pound, funded while they fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd

import solvers
from mcda.notebook import ShownAsTable
from mcda.portfolio._requirements import prerequisites
from mcda.portfolio._subject import read_subject
from mcda.portfolio.budgets._costs import cost_resources
from mcda.portfolio.budgets._sweep import with_cost_first

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject

MINIMA = frozenset({"minimum use", "count minimum", "spend minimum", "share minimum", "choice minimum", "mandatory"})
"""Rules that projects further down the list may still satisfy."""


@dataclass(frozen=True, slots=True)
class ListStep:
    """One step down the list: the projects taken together, what they add, and the totals so far."""

    projects: tuple[str, ...]
    value: float
    cost: float
    total_value: float
    total_cost: float

    @property
    def ratio(self) -> float:
        """Value per unit of cost; infinite if it costs nothing."""
        return self.value / self.cost if self.cost else float("inf")


@dataclass(frozen=True, slots=True)
class PriorityList(ShownAsTable):
    """The result of funding down a value-for-money list.

    Attributes
    ----------
    rule
        In words, how the list was made.
    steps
        What was funded, in order; the first step holds the mandatory projects, if any.
    passed_over
        Projects with a positive value that did not fit when their turn came.
    certificate
        The resulting portfolio, checked exactly; it holds unless some rule sets a minimum that the steps did not reach.
    """

    shown_digits: ClassVar[int | None] = 2

    rule: str
    steps: tuple[ListStep, ...]
    passed_over: tuple[str, ...]
    certificate: solvers.Certificate

    @property
    def selected(self) -> tuple[str, ...]:
        """The projects funded, in file order."""
        return self.certificate.selected

    @property
    def value(self) -> float:
        """Value of the portfolio, synergies included."""
        return float(self.certificate.value)

    @property
    def feasible(self) -> bool:
        """Whether the portfolio keeps every limit and rule."""
        return self.certificate.holds

    def __repr__(self) -> str:
        return f"<PriorityList: {self.rule}; {len(self.selected)} projects, value {self.value:.2f}>"

    def to_frame(self) -> pd.DataFrame:
        """One row per step, in order."""
        rows = [
            (", ".join(step.projects), step.value, step.cost, step.ratio, step.total_value, step.total_cost)
            for step in self.steps
        ]
        columns = ["projects", "value", "cost", "ratio", "total_value", "total_cost"]
        return pd.DataFrame(rows, columns=columns, index=pd.RangeIndex(1, len(rows) + 1, name="step"))


def value_for_money(
    subject: Decision | Selection | solvers.Problem,
    *,
    bundles: bool = False,
    skip: bool = True,
    cost: Iterable[str] | None = None,
    budget: float | None = None,
) -> PriorityList:
    """Fund projects in order of value for money while every limit and rule allows: the list most people make.

    Mandatory projects come first. It is not the best portfolio; `mcda.compare_lists` says what it loses.

    Parameters
    ----------
    subject
        A decision, a selection, or a `solvers.Problem`.
    bundles
        If true, a project is taken together with the prerequisites it still lacks; of the bundles that fit, the one
        with the most value (synergies included) per unit of cost comes next. If false, projects keep the order of
        their own value per unit of cost, and a project does not fit while prerequisites are missing.
    skip
        If true, a project that does not fit is passed over and the list goes on; if false, the list stops there.
    cost
        Resources that make up the cost; by default all money, of all years.
    budget
        Limit on the total cost, on top of all other limits.

    Returns
    -------
    PriorityList
        The steps, and the portfolio they lead to.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([3, 4, 3, 2], [4, 8, 10, 8], 20, names="1234", resources=["budget"])
    >>> value_for_money(problem), value_for_money(problem, skip=False).selected
    (<PriorityList: value for money, passing over what does not fit; 3 projects, value 9.00>, ('1', '2'))
    """
    asked = read_subject(subject, solvers.SolveOptions())
    return list_of(asked, cost_resources(asked, cost), bundles, skip, budget)


def list_of(
    subject: Subject,
    resources: tuple[str, ...],
    bundles: bool = False,
    skip: bool = True,
    budget: float | None = None,
) -> PriorityList:
    """Return the value-for-money list of a subject already read."""
    problem = with_cost_first(subject.problem, "total cost", resources)
    if budget is not None:
        problem = problem.replace(capacity=[budget, *problem.capacity[1:].tolist()])
    maker = _List(problem, skip)
    maker.start()
    if bundles:
        maker.take_bundles()
    else:
        maker.take_one_by_one()
    rule = f"value for money{' of bundles' if bundles else ''}, " + (
        "passing over what does not fit" if skip else "stopping at the first that does not fit"
    )
    chosen = solvers.certify(problem, maker.chosen)
    passed = [
        name
        for name, value in zip(problem.names, problem.values.tolist(), strict=True)
        if value > 0 and name not in chosen.selected
    ]
    return PriorityList(rule, tuple(maker.steps), tuple(passed), chosen)


class _List:
    def __init__(self, problem: solvers.Problem, skip: bool) -> None:
        self.problem, self.skip = problem, skip
        self.chosen: list[str] = []
        self.steps: list[ListStep] = []
        self.now = solvers.certify(problem, [])
        self.values = dict(zip(problem.names, problem.values.tolist(), strict=True))
        self.costs = dict(zip(problem.names, problem.usage[:, 0].tolist(), strict=True))

    def start(self) -> None:
        """Fund the mandatory projects."""
        needed: dict[str, None] = {}
        for name in self.problem.mandatory:
            needed |= dict.fromkeys([*prerequisites(self.problem, name), name])
        if needed:
            self._take(tuple(needed))

    def take_one_by_one(self) -> None:
        """Go down the list of single projects."""
        order = [name for name in self.problem.names if self.values[name] > 0 and name not in self.chosen]
        for name in sorted(order, key=lambda name: -_ratio(self.values[name], self.costs[name])):
            if self._fits((name,)):
                self._take((name,))
            elif not self.skip:
                return

    def take_bundles(self) -> None:
        """Take the best bundle that fits, again and again."""
        while True:
            ranked: list[tuple[float, tuple[str, ...]]] = []
            for bundle in self._bundles():
                then = solvers.certify(self.problem, [*self.chosen, *bundle])
                gain = float(then.value - self.now.value)
                if gain > 0:
                    ranked.append((-_ratio(gain, float(self._cost(then) - self._cost(self.now))), bundle))
            ranked.sort(key=lambda pair: pair[0])
            fitting = next((bundle for _, bundle in ranked if self._fits(bundle)), None)
            if fitting is None or (not self.skip and fitting != ranked[0][1]):
                return
            self._take(fitting)

    def _bundles(self) -> Iterator[tuple[str, ...]]:
        """Each project that is not in, with each smallest set of prerequisites that it lacks."""
        chosen = set(self.chosen)
        for name in self.problem.names:
            if name not in chosen:
                for first in self._ways(name):
                    needed = [need for need in (*first, *prerequisites(self.problem, name)) if need not in chosen]
                    yield tuple(dict.fromkeys([*needed, name]))

    def _ways(self, name: str) -> list[tuple[str, ...]]:
        """Return the alternatives that would meet a need, each with its own prerequisites; nothing if it is met."""
        for rule in self.problem.requires:
            if rule.option == name and rule.number < len(rule.needs):
                there = sum(need in self.chosen for need in rule.needs)
                if there < rule.number:
                    return [
                        (*prerequisites(self.problem, str(need)), str(need))
                        for need in rule.needs
                        if need not in self.chosen
                    ]
        return [()]

    def _cost(self, certificate: solvers.Certificate) -> float:
        return float(certificate.usage[self.problem.resources[0]])

    def _fits(self, more: tuple[str, ...]) -> bool:
        then = [*self.chosen, *more]
        if not self.problem.synergies:
            use = self.problem.usage[self.problem.positions(then)].sum(axis=0)
            if (use > self.problem.capacity + 1e-6 * np.abs(use)).any():
                return False
        return all(check.kind in MINIMA for check in solvers.certify(self.problem, then).violations)

    def _take(self, more: tuple[str, ...]) -> None:
        self.chosen += [name for name in more if name not in self.chosen]
        before, self.now = self.now, solvers.certify(self.problem, self.chosen)
        self.steps.append(
            ListStep(
                more,
                float(self.now.value - before.value),
                self._cost(self.now) - self._cost(before),
                float(self.now.value),
                self._cost(self.now),
            )
        )


def _ratio(value: float, cost: float) -> float:
    return value / cost if cost > 0 else float("inf")
