"""Many questions about one problem, put to one back end within one time limit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from solvers.backends.base import Options
from solvers.backends.registry import linear_backend
from solvers.errors import BackendError
from solvers.linear.scaling import scaled
from solvers.solving.cuts import Proposal, propose
from solvers.solving.ties import Settled, settle_ties

if TYPE_CHECKING:
    from solvers.backends.base import LinearBackend, Outcome
    from solvers.certificate import Certificate
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem


class OutOfTimeError(Exception):
    """The time limit was reached; what was found before it stands."""


class Questions:
    """Puts models to a back end; raises where an answer is neither proven nor "there is none"."""

    def __init__(self, solver: str, time_limit: float | None) -> None:
        self.backend: LinearBackend = linear_backend(solver)
        self._ends = None if time_limit is None else time.perf_counter() + time_limit

    def options(self) -> Options:
        """Return options with the time that is left."""
        if self._ends is None:
            return Options()
        left = self._ends - time.perf_counter()
        if left <= 0:
            raise OutOfTimeError
        return Options(time_limit=left)

    def best(self, problem: Problem, model: LinearModel) -> Proposal:
        """Return a proven optimum of the model, or a proposal without a certificate where there is none."""
        found = propose(problem, model, self.backend, self.options())
        if found.limit == "time":
            raise OutOfTimeError
        if found.termination == "infeasible" or (found.termination == "optimal" and found.proven):
            return found
        raise BackendError(
            f"{self.backend.name} did not settle a question: {found.termination} ({found.limit or found.said})."
        )

    def settled(self, problem: Problem, model: LinearModel, found: Certificate) -> Settled:
        """Settle ties of an optimum of the model."""
        return settle_ties(problem, model, found, self._maximise)

    def _maximise(self, model: LinearModel) -> Outcome:
        return self.backend.maximise(scaled(model).model, self.options())
