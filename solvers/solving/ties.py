"""Equal-valued optima: one answer, whichever solver found the first.

Among portfolios of the best value the one that uses least of the first resource is taken, and among those the
one that holds the earlier options (compare options in order; at the first difference, in beats out). Solvers
compare values in floating point, so every candidate is compared in exact arithmetic before it counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solvers.backends.relaxation import fixed_by_bound
from solvers.certificate import Certificate, certify
from solvers.events import Event, EventKind
from solvers.linear import LinearModel, Row
from solvers.linear.columns import resource_row
from solvers.linear.scaling import scaled_objective
from solvers.solving.cuts import no_good
from solvers.termination import Termination

if TYPE_CHECKING:
    from fractions import Fraction

    from numpy.typing import NDArray

    from solvers.backends.base import Outcome
    from solvers.model.problem import Problem

BLOCK = 20  # options compared at once: weights up to 2 ** 20 stay exact in a solver's arithmetic
PATIENCE = 50  # nearly equal portfolios set aside before the search for an exactly equal one is given up

LOST = "lost a portfolio that exists"

Maximise = Callable[[LinearModel], "Outcome"]


class UnsettledError(Exception):
    """A limit was hit, or a solver gave up, before the question of ties was settled."""

    def __init__(self, text: str, kind: EventKind = EventKind.TIES) -> None:
        super().__init__(text)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Settled:
    """The portfolio that the rule of ties picks, and whether it is the only one of its value."""

    certificate: Certificate
    unique: bool | None
    events: tuple[Event, ...] = ()


def settle_ties(problem: Problem, model: LinearModel, found: Certificate, maximise: Maximise) -> Settled:
    """Return the portfolio of the same value that the rule of ties picks.

    `model` is the problem's linear model, `found` an optimal portfolio, `maximise` solves a model.
    """
    search = _Search(problem, model, found, maximise)
    try:
        return search.settle()
    except UnsettledError as reason:
        return Settled(search.best, search.unique, (Event(reason.kind, f"ties not settled: {reason}"),))


def worth_at_least(model: LinearModel, value: float) -> LinearModel:
    """Return the model of portfolios worth at least `value`, less a solver's tolerance; smaller if bounds allow."""
    narrowed = fixed_by_bound(model, value)
    objective, factor, whole = scaled_objective(model.objective)
    at = np.flatnonzero(objective)
    if at.size == 0:
        return narrowed
    least = value * factor
    if whole and model.integral:
        # Whole numbers: the next one at or above the value, and half a unit away from the solver's tolerance.
        least = float(np.ceil(least - 1e-6)) - 0.5
    return narrowed.with_rows([Row(at, objective[at], least, np.inf)])


class _Search:
    def __init__(self, problem: Problem, model: LinearModel, found: Certificate, maximise: Maximise) -> None:
        self.problem, self.best, self.maximise = problem, found, maximise
        self.count = len(problem.names)
        self.unique: bool | None = None
        self.events: list[Event] = []
        self.target = found.value
        self.model = worth_at_least(model, float(self.target))

    def settle(self) -> Settled:
        first = self._first_resource()
        others = self.model.with_rows([self._other_than(self.best)])
        rival = self._equal(others, -first)
        if rival is None:
            self.unique = True
            return Settled(self.best, True, tuple(self.events))
        self.unique = False
        if self._use(rival) < self._use(self.best):
            self.best = rival
        self._limit_first_resource(first)
        self._prefer_earlier()
        return Settled(self.best, False, tuple(self.events))

    def _first_resource(self) -> NDArray[np.float64]:
        if not self.problem.resources:
            return np.zeros(self.model.objective.size)
        return scaled_objective(resource_row(self.problem, 0))[0]

    def _use(self, certificate: Certificate) -> Fraction | int:
        return certificate.usage[self.problem.resources[0]] if self.problem.resources else 0

    def _limit_first_resource(self, row: NDArray[np.float64]) -> None:
        at = np.flatnonzero(row)
        if at.size:
            _, factor, whole = scaled_objective(resource_row(self.problem, 0))
            slack = 0.5 if whole and self.model.integral else 0.0
            most = float(self._use(self.best)) * factor + slack
            self.model = self.model.with_rows([Row(at, row[at], -np.inf, most)])

    def _prefer_earlier(self) -> None:
        n = self.count
        for start in range(0, n, BLOCK):
            block = np.arange(start, min(start + BLOCK, n))
            open_ones = block[self.model.lower[block] < self.model.upper[block]]
            if not self._inside(self.best)[open_ones].all():
                weights = np.zeros(self.model.objective.size)
                weights[open_ones] = 2.0 ** np.arange(open_ones.size - 1, -1, -1)
                better = self._equal(self.model, weights, self._use(self.best))
                if better is None:
                    raise UnsettledError(f"the solver {LOST}", EventKind.LOST)
                if tuple(self._inside(better)) > tuple(self._inside(self.best)):
                    self.best = better
            lower, upper = self.model.lower.copy(), self.model.upper.copy()
            lower[block] = upper[block] = self._inside(self.best)[block]
            self.model = self.model.with_bounds(lower, upper)

    def _equal(
        self, model: LinearModel, objective: NDArray[np.float64], most: Fraction | int | None = None
    ) -> Certificate | None:
        """Return the portfolio of exactly the target value that is best by another objective, if any."""
        model = model.with_objective(objective)
        for _ in range(PATIENCE):
            outcome = self.maximise(model)
            if outcome.termination is Termination.INFEASIBLE:
                return None
            if outcome.termination is not Termination.OPTIMAL or outcome.x is None:
                raise UnsettledError(f"{outcome.termination}, {outcome.limit or outcome.said}")
            candidate = certify(self.problem, np.flatnonzero(outcome.x[: self.count] > 0.5).tolist())
            equal = candidate.holds and candidate.value == self.target
            if equal and (most is None or self._use(candidate) <= most):
                return candidate
            if candidate.holds and candidate.value > self.target:
                text = "a portfolio of slightly higher value was found while looking for equal ones"
                self.events.append(Event(EventKind.TIES, text))
                self.best, self.target = candidate, candidate.value
            model = model.with_rows([self._other_than(candidate)])
        raise UnsettledError(f"{PATIENCE} portfolios have nearly, but not exactly, the same value")

    def _other_than(self, certificate: Certificate) -> Row:
        free = self.model.lower[: self.count] < self.model.upper[: self.count]
        return no_good(self._inside(certificate), free)

    def _inside(self, certificate: Certificate) -> NDArray[np.bool_]:
        inside = np.zeros(self.count, dtype=bool)
        inside[self.problem.positions(certificate.selected)] = True
        return inside
