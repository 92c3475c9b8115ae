"""Many questions about one problem, put to one back end within one time limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.backends.base import Options
from solvers.backends.registry import linear_backend
from solvers.errors import BackendError
from solvers.linear.scaling import scaled
from solvers.solving.cuts import Proposal, propose
from solvers.solving.ties import Settled, settle_ties
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from solvers.backends.base import LinearBackend, Outcome
    from solvers.certificate import Certificate
    from solvers.linear import LinearModel
    from solvers.model.problem import Problem
    from solvers.solving.options import SolveOptions


class OutOfTimeError(Exception):
    """A limit was reached; what was found before it stands."""

    def __init__(self, limit: LimitReached = LimitReached.TIME) -> None:
        super().__init__(limit)
        self.limit = limit


class Questions:
    """Puts models to a back end; raises if an answer is neither proven nor "there is none"."""

    def __init__(self, how: SolveOptions) -> None:
        self.backend: LinearBackend = linear_backend(how.solver)
        self._deadline = how.deadline()

    def options(self) -> Options:
        """Return options with the time that is left."""
        if self._deadline.passed:
            raise OutOfTimeError
        return Options(time_limit=self._deadline.left)

    def best(self, problem: Problem, model: LinearModel) -> Proposal:
        """Return a proven optimum of the model, or a proposal without a certificate if there is none."""
        found = propose(problem, model, self.backend, self.options())
        if found.limit in (LimitReached.TIME, LimitReached.INTERRUPT):
            raise OutOfTimeError(found.limit)
        if found.termination is Termination.INFEASIBLE or (found.termination is Termination.OPTIMAL and found.proven):
            return found
        raise BackendError(
            f"{self.backend.name} did not settle a question: {found.termination} ({found.limit or found.said})."
        )

    def settled(self, problem: Problem, model: LinearModel, found: Certificate) -> Settled:
        """Settle ties of an optimum of the model."""
        return settle_ties(problem, model, found, self._maximise)

    def _maximise(self, model: LinearModel) -> Outcome:
        return self.backend.maximise(scaled(model).model, self.options())
