"""One back end's attempt at a problem: run it, certify what it says, settle ties."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.backends.base import Feature
from solvers.backends.registry import LINEAR, linear_backend, load, why_unusable
from solvers.certificate import Certificate, certify
from solvers.errors import BackendError, SolversError
from solvers.events import Event, EventKind, of_kind
from solvers.linear.cliques import strong_model
from solvers.linear.scaling import scaled
from solvers.solving.cuts import Proposal, propose
from solvers.solving.solution import Solution
from solvers.solving.ties import LOST, Settled, settle_ties
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from solvers.backends.base import Options, Outcome
    from solvers.deadline import Deadline
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the problem, how to solve it, by when, and the portfolio to start from.

    `began` is when the call began, as `time.perf_counter` counts.
    """

    problem: Problem
    options: Options
    deadline: Deadline
    began: float
    start: Certificate | None = None

    @classmethod
    def of(cls, problem: Problem, options: Options, start: Certificate | None = None) -> Request:
        """Return a request that begins now."""
        return cls(problem, options, options.deadline(), time.perf_counter(), start)

    def options_until(self, deadline: Deadline) -> Options:
        """Return the options with what is left of the time."""
        return replace(self.options, time_limit=deadline.left)


def attempt(request: Request, backend: Any, seconds: float | None = None) -> Solution:
    """Solve with one back end, within `seconds` if given; only certified portfolios are returned."""
    run = _Attempt(request, backend, seconds)
    reason = unsuited(backend, request.problem)
    if reason:
        raise BackendError(reason)
    try:
        return run.direct() if hasattr(backend, "select") else run.linear()
    except SolversError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever goes wrong inside a solver is an answer of its own
        return run.failed(f"{type(error).__name__}: {error}")


def unsuited(backend: Any, problem: Problem) -> str | None:
    """Say why a back end does not take a problem, with the remedy; None if it does."""
    if hasattr(backend, "lacks"):
        reason: str | None = backend.lacks(problem)
        return reason
    if problem.continuous and Feature.FRACTIONS not in backend.features:
        return (
            f"{backend.name} takes whole numbers only, and this problem has amounts that may be fractions (partial "
            "funding, value by spend, capacity that moves, columns). Remedy: solver='highs'."
        )
    return None


def stopped_for(request: Request, limit: LimitReached | None) -> LimitReached | None:
    """Name the limit: a solver that was told to stop may call it anything."""
    return LimitReached.INTERRUPT if limit and request.deadline.asked else limit


class _Attempt:
    def __init__(self, request: Request, backend: Any, seconds: float | None) -> None:
        self.request, self.problem, self.backend = request, request.problem, backend
        self.events: tuple[Event, ...] = ()
        self.deadline = request.deadline.within(seconds)

    def left(self) -> Options:
        return self.request.options_until(self.deadline)

    def note(self, kind: EventKind, text: str) -> None:
        self.events += (Event(kind, text),)

    def finish(
        self,
        termination: Termination,
        certificate: Certificate | None = None,
        *,
        limit: LimitReached | None = None,
        bound: float | None = None,
        unique: bool | None = None,
    ) -> Solution:
        return Solution(
            termination,
            stopped_for(self.request, limit),
            certificate,
            bound,
            f"{self.backend.name} {self.backend.version()}".strip(),
            time.perf_counter() - self.request.began,
            unique,
            self.events,
            self.problem,
        )

    def without(self, outcome: Outcome | Proposal) -> Solution:
        """Return what came back without a portfolio."""
        if outcome.termination is Termination.FAILED:
            return self.failed(outcome.said)
        return self.finish(outcome.termination, limit=outcome.limit, bound=outcome.bound)

    def failed(self, said: str, kind: EventKind = EventKind.FAILED) -> Solution:
        self.note(kind, f"{self.backend.name} failed: {said}")
        return self.finish(Termination.FAILED)

    def direct(self) -> Solution:
        """Run a back end that works on the problem itself."""
        outcome: Outcome = self.backend.select(self.problem, self._with_start(self.left(), None))
        if outcome.x is None:
            return self.without(outcome)
        certificate = certify(self.problem, np.flatnonzero(outcome.x > 0.5).tolist())
        if not certificate.holds:
            broken = ", ".join(check.name for check in certificate.violations[:3])
            text = f"{self.backend.name} returned a portfolio that breaks {broken}; it was discarded"
            self.note(EventKind.DISCARDED, text)
            return self.failed("its answers failed their certificate", EventKind.UNBELIEVED)
        value = float(certificate.value)
        bound = None if outcome.bound is None else max(value, outcome.bound)
        settled = Settled(certificate, outcome.unique)
        if outcome.termination is Termination.OPTIMAL and outcome.unique is None and self._exact():
            settled = self._settle_by_linear_model(certificate)
        return self.finish(
            outcome.termination, settled.certificate, limit=outcome.limit, bound=bound, unique=settled.unique
        )

    def linear(self) -> Solution:
        """Run a mathematical-programming back end on the linear model, then settle ties."""
        model = strong_model(self.problem)
        found = propose(self.problem, model, self.backend, self._with_start(self.left(), model))
        self.events += found.events
        if found.certificate is None:
            return self.without(found)
        bound = None if found.bound is None else max(float(found.certificate.value), found.bound)
        if found.termination is not Termination.OPTIMAL:
            return self.finish(found.termination, found.certificate, limit=found.limit, bound=bound)
        if not self._exact():
            return self._within_gap(found.certificate, bound)
        if not found.proven:
            if bound is not None:
                text = "the solver's bound is above the exact value: optimality is not proven"
                self.note(EventKind.NOT_PROVEN, text)
            return self.finish(Termination.FEASIBLE, found.certificate, limit=LimitReached.PRECISION, bound=bound)
        settled = self._settle(model, found.certificate, self.backend)
        best = settled.certificate
        return self.finish(Termination.OPTIMAL, best, bound=float(best.value), unique=settled.unique)

    def _exact(self) -> bool:
        return self.request.options.gap == 0.0 and self.request.options.absolute_gap == 0.0

    def _within_gap(self, certificate: Certificate, bound: float | None) -> Solution:
        """Hold a solver to our meaning of the gap: solvers divide by different things."""
        value, options = float(certificate.value), self.request.options
        allowed = max(options.gap * abs(value), options.absolute_gap) + 1e-9 * max(1.0, abs(value))
        if bound is not None and bound - value <= allowed:
            return self.finish(Termination.OPTIMAL, certificate, bound=bound)
        self.note(EventKind.NOT_PROVEN, "the solver stopped at a gap above the gap asked for")
        return self.finish(Termination.FEASIBLE, certificate, limit=LimitReached.GAP, bound=bound)

    def _settle(self, model: LinearModel, found: Certificate, backend: Any) -> Settled:
        def maximise(question: LinearModel) -> Outcome:
            outcome: Outcome = backend.maximise(scaled(question).model, self.left())
            return outcome

        settled = settle_ties(self.problem, model, found, maximise)
        if of_kind(settled.events, EventKind.LOST):
            # It contradicted itself: it had the portfolio before. Another solver takes over.
            other = next((name for name in LINEAR if name != backend.name and why_unusable(name) is None), None)
            if other is not None and backend is self.backend:
                self.note(EventKind.LOST, f"{backend.name} {LOST}; {other} settles ties")
                return self._settle(model, settled.certificate, load(other))
        self.events += settled.events
        return settled

    def _settle_by_linear_model(self, found: Certificate) -> Settled:
        try:
            return self._settle(strong_model(self.problem), found, linear_backend("auto"))
        except BackendError as reason:
            self.note(EventKind.TIES, f"ties not settled: {reason}")
            return Settled(found, None)

    def _with_start(self, options: Options, model: LinearModel | None) -> Options:
        if self.request.start is None:
            return options
        inside = np.zeros(len(self.problem.names))
        inside[self.problem.positions(self.request.start.selected)] = 1.0
        if model is not None:
            point = start_point(self.problem, model, inside)
            return options if point is None else replace(options, start=point)
        return replace(options, start=inside)


def start_point(problem: Problem, model: LinearModel, inside: Any) -> Any:
    """Return the model's columns at a portfolio: the options, then the synergies; None if it has others."""
    count = len(problem.names)
    if model.objective.size != count + len(problem.synergies):
        return None
    together = [float(inside[problem.positions(synergy.members)].all()) for synergy in problem.synergies]
    return np.concatenate([inside, together])
