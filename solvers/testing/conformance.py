"""The questions that a back end must answer correctly, with their answers; published through `solvers.testing`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from solvers.backends.base import Feature
from solvers.model.problem import Problem
from solvers.model.rules import Choice, CountRule, Excludes, Requires, ShareRule, SpendRule, Synergy
from solvers.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solvers.backends.base import Backend
    from solvers.solving.solution import Solution


@dataclass(frozen=True, slots=True)
class Case:
    """A problem with its answer.

    Attributes
    ----------
    name : str
        What the case is about.
    problem : Problem
        The problem.
    value : float or None
        Value of the best portfolio; None if there is none.
    selected : tuple of int or None
        Positions of the options that the rule of ties picks; None if the case leaves that open.
    unique : bool or None
        Whether no other portfolio has the value; None if the case leaves that open.
    termination : str
        "optimal", "infeasible" or "unbounded"; "limited" if the search may stop before proof.
    options : mapping
        Further arguments of `solve`.
    """

    name: str
    problem: Problem
    value: float | None = None
    selected: tuple[int, ...] | None = None
    unique: bool | None = None
    termination: Termination | Literal["limited"] = Termination.OPTIMAL
    options: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.name

    def unsuited(self, backend: Backend) -> str | None:
        """Why a back end does not take this problem; None if it does."""
        from solvers.solving._attempt import unsuited

        return unsuited(backend, self.problem) if self.problem.names else None

    def check(self, backend: Backend) -> Solution:
        """Put the question to a back end.

        Raises
        ------
        AssertionError
            If the answer is wrong; the message says what was expected.
        """
        from solvers.solving._solve import solve

        answer = solve(self.problem, backend, **self.options)
        for fault in self._faults(answer, Feature.PROOF in backend.features):
            raise AssertionError(f"{backend.name} on {self.name!r}: {fault}. Got {answer!r}; events: {answer.events}")
        return answer

    def _faults(self, answer: Solution, proves: bool) -> Iterator[str]:
        if self.termination == "limited":
            yield from self._faults_at_a_limit(answer)
        elif self.value is None:
            if answer.termination != self.termination and (proves or answer.has_portfolio):
                yield f"expected {self.termination!r}"
        else:
            yield from self._faults_of_value(answer, proves, self.value)

    def _faults_at_a_limit(self, answer: Solution) -> Iterator[str]:
        if answer.termination not in (Termination.OPTIMAL, Termination.FEASIBLE, Termination.NO_SOLUTION_FOUND):
            yield "expected a portfolio, or none before the limit"
        if answer.limit not in {None, "time", "heuristic"}:
            yield "expected the limit 'time'"
        if answer.has_portfolio and answer.bound is not None and answer.bound < answer.value:
            yield "the bound is below the value"

    def _faults_of_value(self, answer: Solution, proves: bool, best: float) -> Iterator[str]:
        tolerance = 1e-9 * max(1.0, abs(best))
        if answer.bound is not None and answer.bound < best - tolerance:
            yield f"the bound {answer.bound!r} is below the best value, {best!r}"
        if answer.termination == Termination.INFEASIBLE or (proves and answer.termination != Termination.OPTIMAL):
            yield f"expected 'optimal' with {best!r}"
        if answer.termination != Termination.OPTIMAL:
            return
        allowed = max(self.options.get("gap", 0.0) * abs(answer.value), self.options.get("absolute_gap", 0.0))
        if best - answer.value > allowed + tolerance:
            yield f"the value is not within {allowed!r} of {best!r}"
        if not allowed:
            yield from self._faults_of_ties(answer, best)

    def _faults_of_ties(self, answer: Solution, best: float) -> Iterator[str]:
        if answer.value != best:
            yield f"expected the value {best!r}"
        names = None if self.selected is None else tuple(self.problem.names[i] for i in self.selected)
        if names is not None and answer.selected != names:
            yield f"the rule of ties picks {names}, not {answer.selected}"
        if self.unique is not None and answer.unique is not self.unique:
            yield f"expected unique={self.unique}, not {answer.unique}"


@cache
def conformance_cases() -> tuple[Case, ...]:
    """Return the conformance suite: what a back end must answer correctly, for every problem that it takes.

    A back end that proves nothing (without `Feature.PROOF`) must return certified portfolios and true bounds, and
    call nothing optimal or infeasible that is not.

    Examples
    --------
    >>> from solvers.backends.registry import load
    >>> highs = load("highs")
    >>> for case in conformance_cases()[:3]:
    ...     if not case.unsuited(highs):
    ...         print(case.check(highs).termination)
    optimal
    optimal
    optimal
    """
    return (*_plain(), *_ties(), *_rules(), *_numbers(), *_edges(), *_limits())


def _plain() -> tuple[Case, ...]:
    knapsack = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14)
    two = Problem([5, 4, 3, 7], [[2, 3], [3, 1], [1, 2], [4, 4]], [6, 6])
    return (
        Case("one budget", knapsack, 42.0, (1, 2, 3), True),
        Case("two budgets", two, 12.0, (0, 1, 2), True),
        Case("a negative value stays out", Problem([3, -1], [1, 1], 5), 3.0, (0,), True),
        Case("only losses", Problem([-3, -1], [1, 1], 5), 0.0, (), True),
        Case("whole portfolio fits", Problem([3, 1], [1, 1], 5), 4.0, (0, 1), True),
        Case("no limit", Problem([3, -2, 1], [1, 1, 1], float("inf")), 4.0, (0, 2), True),
        Case("negative use makes room", Problem([1, 9], [[-3], [5]], [2]), 10.0, (0, 1), True),
    )


def _ties() -> tuple[Case, ...]:
    exclusive = Problem([1, 1, -1], np.empty((3, 0)), [], counts=[CountRule([0, 1, 2], maximum=1)])
    return (
        Case(
            "tie: less of the first resource", Problem([2, 2, 4], [[3, 0], [2, 9], [5, 9]], [5, 9]), 4.0, (0, 1), False
        ),
        Case("tie: cheaper single option", Problem([2, 2, 4], [[3, 0], [2, 9], [4, 9]], [5, 9]), 4.0, (2,), False),
        Case("tie: earlier options", Problem(np.ones(12), np.ones((12, 1)), [5]), 5.0, (0, 1, 2, 3, 4), False),
        Case("tie: worthless and free is in", Problem([0, 5, 0], [[0], [1], [1]], [2]), 5.0, (0, 1), False),
        Case("tie: without resources", exclusive, 1.0, (0,), False),
        Case("no tie in the ninth decimal", Problem([1.000000001, 1.000000002], [1, 1], 1), 1.000000002, (1,), True),
    )


def _rules() -> tuple[Case, ...]:
    plain = Problem([5, 4, 3], [[2], [2], [2]], [6])
    tight = Problem([9, -2, -1], [[2], [1], [1]], [4])
    pair, trio = Synergy([0, 1], -6), Synergy([0, 1, 2], 50)
    share = plain.replace(values=[5, 1, 1], shares=[ShareRule([0], [0], maximum=0.5)])
    least = plain.replace(values=[5, 4, -1], shares=[ShareRule([2], [0], minimum=0.4)])
    return (
        Case("prerequisite", tight.replace(requires=[(0, [1])]), 7.0, (0, 1), True),
        Case("any prerequisite", tight.replace(requires=[Requires(0, [1, 2], 1)]), 8.0, (0, 2), True),
        Case("exclusion", plain.replace(excludes=[Excludes([0, 1])]), 8.0, (0, 2), True),
        Case("a required choice", tight.replace(choices=[Choice([1, 2], required=True)]), 8.0, (0, 2), True),
        Case("exactly one", plain.replace(counts=[CountRule([0, 1, 2], 1, 1)]), 5.0, (0,), True),
        Case("spend at most", plain.replace(spends=[SpendRule([0, 1], [0], maximum=3)]), 8.0, (0, 2), True),
        Case("share at most", share, 7.0, (0, 1, 2), True),
        Case("share at least", least, 4.0, (0, 2), True),
        Case("minimum use", Problem([-1, -5, 3], [[2], [4], [1]], [10], minimum_use=[5]), -2.0, (1, 2), True),
        Case("overlap cannot be switched off", Problem([5, 5], [1, 1], 2, synergies=[pair]), 5.0, (0,), False),
        Case("synergy of three", Problem([1, 1, 1], [1, 1, 1], 3, synergies=[trio]), 53.0, (0, 1, 2), True),
        Case("synergy out of reach", Problem([1, 1, 1], [1, 1, 1], 2, synergies=[trio]), 2.0, (0, 1), False),
        Case("a saving", Problem([3, 3], [6, 6], 10, synergies=[Synergy([0, 1], 0, {0: -2})]), 6.0, (0, 1), True),
    )


def _numbers() -> tuple[Case, ...]:
    row = [[1e9], [1e9], [1e-9]]
    return (
        Case("0.1 + 0.2 fits in 0.3", Problem([1, 1], [[0.1], [0.2]], [0.3]), 2.0, (0, 1), True),
        Case("1e-9 to 1e9 in one row: just too much", Problem([1, 1, 1], row, [2e9]), 2.0, None, False),
        Case("1e-9 to 1e9 in one row: just fits", Problem([1, 1, 1], row, [2000000000.000001]), 3.0, (0, 1, 2), True),
        Case("tiny figures bind", Problem([1, 1], [1e-8, 1e-8], 1.5e-8), 1.0, (0,), False),
        Case(
            "one part in ten million too much", Problem([1000, 1], [[10_000_001], [3]], [10_000_000]), 1.0, (1,), True
        ),
        Case("values from 1e-6 to 1e6", Problem([1e6, 1e6, 1e-6], [[2], [2], [2]], [4]), 2e6, (0, 1), True),
        Case(
            "thirds", Problem([1 / 3, 1 / 3, 1 / 3], [[1 / 3], [1 / 3], [1 / 3]], [0.7]), 1 / 3 + 1 / 3, (0, 1), False
        ),
    )


def _edges() -> tuple[Case, ...]:
    empty = Problem([], np.empty((0, 1)), [3])
    pair = Problem([1, -2], [1, 1], 2)
    contradictory = pair.replace(mandatory=[0, 1], excludes=[[0, 1]])
    return (
        Case("no options", empty, 0.0, (), True),
        Case(
            "no options, but something must be used", empty.replace(minimum_use=[1]), termination=Termination.INFEASIBLE
        ),
        Case("everything mandatory", pair.replace(mandatory=[0, 1]), -1.0, (0, 1), True),
        Case("everything forbidden", pair.replace(forbidden=[0, 1]), 0.0, (), True),
        Case("zero capacity", pair.replace(capacity=[0]), 0.0, (), True),
        Case("negative capacity", pair.replace(capacity=[-1]), termination=Termination.INFEASIBLE),
        Case(
            "mandatory beyond capacity", Problem([1, 1], [5, 5], 4, mandatory=[0]), termination=Termination.INFEASIBLE
        ),
        Case("rules that contradict each other", contradictory, termination=Termination.INFEASIBLE),
        Case(
            "nothing whole between the limits",
            Problem([1, 1], [2, 2], 3, minimum_use=[3]),
            termination=Termination.INFEASIBLE,
        ),
        Case("a single option", Problem([1], [1], 1), 1.0, (0,), True),
        Case("no resources", Problem([1, -1], np.empty((2, 0)), []), 1.0, (0,), True),
    )


def hard_problem(seed: int = 0, options: int = 90, resources: int = 10) -> Problem:
    """Return a problem that takes long to prove: correlated values, every limit at half of total use."""
    rng = np.random.default_rng(seed)
    usage = rng.integers(1, 1000, (options, resources)).astype(float)
    values = np.round(usage.mean(axis=1) + rng.uniform(0, 500, options), 1)
    return Problem(values, usage, usage.sum(axis=0) // 2, name=f"hard {seed}")


def _limits() -> tuple[Case, ...]:
    rng = np.random.default_rng(5)
    usage = rng.integers(1, 60, (16, 2)).astype(float)
    values = usage.sum(axis=1) + rng.integers(0, 20, 16)
    loose = Problem(values, usage, usage.sum(axis=0) // 2)
    return (
        Case("time limit", hard_problem(), termination="limited", options={"time_limit": 0.5}),
        Case("time limit before anything", hard_problem(1), termination="limited", options={"time_limit": 1e-6}),
        Case("relative gap", loose, 553.0, options={"gap": 0.2}),
        Case("absolute gap", loose, 553.0, options={"absolute_gap": 60.0}),
        Case("two threads", loose, 553.0, unique=None, options={"threads": 2}),
        Case("a start", loose, 553.0, options={"warm_start": [0, 1]}),
        Case("a start that breaks a limit", loose, 553.0, options={"warm_start": list(range(16))}),
    )
