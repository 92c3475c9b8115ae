"""Every optimum along one limit: one solve for each distinct portfolio, with none in between missed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.errors import InputError, NoAnswerError
from mcda.portfolio._answers import Answer, answer_of, answer_of_solution
from mcda.portfolio._subject import exact

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROUND = 32
"""How many budgets to ask in one batch while fewer intervals than this are open."""


@dataclass(frozen=True, slots=True)
class Step:
    """The best portfolio for every budget from its own cost up to the next step's."""

    cost: Fraction
    certificate: solvers.Certificate


@dataclass(frozen=True, slots=True)
class Sweep:
    """All steps, cheapest first; `complete` says that none is missing."""

    steps: tuple[Step, ...]
    complete: bool
    solves: int


def with_cost_first(problem: solvers.Problem, cost: str, resources: Sequence[str]) -> solvers.Problem:
    """Return the problem with one more resource in first place: the sum of some of its resources, without a limit.

    Ties go to lower use of the first resource, so each optimum is then the cheapest portfolio of its value.
    """
    positions = problem.resource_positions(resources).tolist()
    total = [float(sum(exact(use) for use in row)) for row in problem.usage[:, positions].tolist()]
    synergies = [
        solvers.Synergy(
            synergy.members,
            synergy.value,
            {**synergy.usage, cost: float(sum(exact(synergy.usage.get(name, 0.0)) for name in resources))},
            synergy.name,
        )
        for synergy in problem.synergies
    ]
    return problem.replace(
        usage=np.column_stack([total, problem.usage]) if len(problem.names) else problem.usage,
        capacity=np.append(np.inf, problem.capacity),
        minimum_use=np.append(-np.inf, problem.minimum_use),
        resources=(cost, *problem.resources),
        synergies=synergies,
    )


def with_resource_first(problem: solvers.Problem, resource: str) -> solvers.Problem:
    """Return the problem with one of its resources moved to the front, where it decides between equal values."""
    order = [resource, *(name for name in problem.resources if name != resource)]
    at = problem.resource_positions(order)
    return problem.replace(
        usage=problem.usage[:, at],
        capacity=problem.capacity[at],
        minimum_use=problem.minimum_use[at],
        resources=order,
    )


@solvers.interrupts_raise()
def sweep(
    problem: solvers.Problem,
    *,
    lowest: Fraction | None = None,
    highest: Fraction | None = None,
    how: solvers.SolveOptions | None = None,
) -> Sweep:
    """Return the best portfolio for every limit of the first resource within a range, exactly.

    An optimum found for a budget stays optimal for every budget down to its own cost: fewer portfolios are possible
    there, and it is one of them. So each solve settles an interval, and the next question is just below it. Open
    intervals are solved in batches.

    Parameters
    ----------
    problem
        Its first resource is the one whose limit moves.
    lowest
        Least limit of interest; by default that of the cheapest portfolio there is.
    highest
        Largest limit of interest; by default the problem's own.
    how
        How to solve; its time limit is for the whole sweep.

    Raises
    ------
    NoAnswerError
        If no portfolio is possible even at the highest limit.
    """
    if problem.partial or problem.curves:
        raise InputError(
            "With partial funding or curves of value by spend there are infinitely many efficient portfolios. Fund "
            "projects whole, or in a few versions, to list them."
        )
    return _Sweep(problem, how or solvers.SolveOptions()).run(lowest, highest)


class _Sweep:
    def __init__(self, problem: solvers.Problem, how: solvers.SolveOptions) -> None:
        self.problem, self.how, self.solves = problem, how, 0
        self.deadline = how.deadline()
        self.unit = _unit([*problem.usage[:, 0].tolist(), *_effects(problem)])
        self.found: dict[Fraction, solvers.Certificate] = {}

    def run(self, lowest: Fraction | None, highest: Fraction | None) -> Sweep:
        top = float(self.problem.capacity[0]) if highest is None else float(highest)
        first = self._solve([top])[0]
        if not isinstance(first, solvers.Certificate):
            return Sweep((), False, self.solves)
        floor = self._cheapest() if lowest is None else lowest
        if isinstance(floor, solvers.Unproven):
            return Sweep((self._step(first),), False, self.solves)
        open_ones = [(floor, self._below(self._step(first).cost))]
        complete = True
        while open_ones := [(low, high) for low, high in open_ones if low <= high]:
            asked = [budget for low, high in open_ones for budget in self._budgets(low, high, len(open_ones))]
            answers = dict(zip(asked, self._solve([float(budget) for budget in asked]), strict=True))
            if any(isinstance(answer, solvers.Unproven) for answer in answers.values()):
                complete = False
                break
            open_ones = [part for low, high in open_ones for part in self._left(low, high, answers)]
        steps = sorted(map(self._step, self.found.values()), key=lambda step: step.cost)
        kept: list[Step] = []
        for step in steps:
            if not kept or step.certificate.value > kept[-1].certificate.value:
                kept.append(step)
        return Sweep(tuple(kept), complete, self.solves)

    def _budgets(self, low: Fraction, high: Fraction, intervals: int) -> list[Fraction]:
        """Return the budgets to ask in one open interval: its upper end, and more while there is room in a batch."""
        wanted = max(1, ROUND // intervals)
        count = min(wanted, int((high - low) / self.unit) + 1)
        width = (high - low) / self.unit
        wanted_budgets = (high - self.unit * int(width * i / count) for i in range(1, count))
        return sorted({high, *(exact(_rounded_down(budget)) for budget in wanted_budgets)})

    def _left(self, low: Fraction, high: Fraction, answers: dict[Fraction, Answer]) -> list[tuple[Fraction, Fraction]]:
        """Return what is still open in an interval after its budgets have been solved."""
        left, above = [], high
        for budget in sorted((b for b in answers if low <= b <= high), reverse=True):
            if budget > above:
                continue  # settled by an optimum found for a larger budget
            if budget < above:
                left.append((budget + self.unit, above))
            answer = answers[budget]
            # No portfolio at this budget means none below it.
            reached = answer if isinstance(answer, solvers.Certificate) else None
            above = low - self.unit if reached is None else self._below(self._step(reached).cost)
        return [*left, (low, above)]

    def _below(self, cost: Fraction) -> Fraction:
        """Return the largest budget below a cost that any other portfolio could have, as the decimal of a float."""
        return exact(_rounded_down(cost - self.unit))

    def _step(self, certificate: solvers.Certificate) -> Step:
        return Step(certificate.usage[self.problem.resources[0]], certificate)

    def _cheapest(self) -> Fraction | solvers.Unproven:
        """Return the cost of the cheapest portfolio: there is one, since the sweep began with one."""
        effects = [
            solvers.Synergy(s.members, -_effect(self.problem, s), s.usage, s.name) for s in self.problem.synergies
        ]
        cheapest = self.problem.replace(values=-self.problem.usage[:, 0], synergies=effects)
        best = answer_of_solution(solvers.solve(cheapest, self.how.until(self.deadline)))
        self.solves += 1
        if isinstance(best, solvers.Certificate):
            return -best.value
        return best if isinstance(best, solvers.Unproven) else solvers.Unproven(solvers.LimitReached.FAILURE)

    def _solve(self, budgets: Sequence[float]) -> list[Answer]:
        capacity = np.tile(self.problem.capacity, (len(budgets), 1))
        capacity[:, 0] = budgets
        batch = solvers.solve_batch(self.problem, capacity=capacity, solver=self.how.until(self.deadline))
        self.solves += len(budgets)
        answers = [answer_of(batch, row, self.problem) for row in range(len(budgets))]
        for row, answer in enumerate(answers):
            if isinstance(answer, solvers.Certificate):
                self.found[answer.value] = answer
            elif answer == solvers.Unproven(solvers.LimitReached.FAILURE):
                text = batch.events.get(row, "no reason given")
                raise NoAnswerError(f"A solve along the budget ended with '{batch.termination[row]}': {text}")
        return answers


def _effect(problem: solvers.Problem, synergy: solvers.Synergy) -> float:
    return float(synergy.usage.get(problem.resources[0], 0.0))


def _effects(problem: solvers.Problem) -> list[float]:
    return [_effect(problem, synergy) for synergy in problem.synergies]


def _rounded_down(amount: Fraction) -> float:
    """Return the largest float whose decimal is not above the amount."""
    figure = float(amount)
    return figure if exact(figure) <= amount else float(np.nextafter(figure, -np.inf))


def _unit(figures: Iterable[float]) -> Fraction:
    """Return the largest step that divides each figure: costs of portfolios are whole multiples of it."""
    amounts = [exact(figure) for figure in figures if figure]
    if not amounts:
        return Fraction(1)
    places = math.lcm(*(amount.denominator for amount in amounts))
    return Fraction(math.gcd(*(int(amount * places) for amount in amounts)), places)
