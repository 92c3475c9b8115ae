"""Solving: the solver proposes, exact arithmetic disposes."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers._proposals import propose
from solvers.backends.base import Options
from solvers.backends.registry import usable
from solvers.certificate import Certificate, certify
from solvers.errors import BackendError, ProblemError
from solvers.linear import linearise
from solvers.problem import Problem
from solvers.scaling import scaled
from solvers.solution import Solution
from solvers.ties import settle_ties

if TYPE_CHECKING:
    from solvers.backends.base import DirectBackend, LinearBackend


def solve(
    problem: Problem,
    solver: str = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    threads: int = 1,
) -> Solution:
    """Find the portfolio of greatest value, prove it, and certify it in exact arithmetic.

    Among portfolios of equal value the one that uses least of the first resource is returned, and among those
    the one that holds the earlier options; `Solution.unique` says whether there was a choice.

    Parameters
    ----------
    problem : Problem
        What is asked.
    solver : str
        Name of a back end, or "auto".
    time_limit : float, optional
        Seconds for the whole call; None for no limit.
    gap : float
        Stop when the bound is within this share of the value; 0 means proven optimal.
    threads : int
        Threads that the solver may use.

    Returns
    -------
    Solution
        With `.termination`, `.value`, `.bound`, `.gap`, `.selected`, `.usage`, `.certificate`, `.unique`,
        `.events`.

    Raises
    ------
    ProblemError
        If an option of the call is out of its range.
    BackendError
        If the solver is unknown, missing, refused, or lacks what the problem needs.

    Examples
    --------
    >>> from solvers import Problem, solve
    >>> solution = solve(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14))
    >>> solution.selected, solution.value, solution.termination
    (('option 2', 'option 3', 'option 4'), 42.0, 'optimal')
    """
    began = time.perf_counter()
    if not isinstance(problem, Problem):
        raise ProblemError(f"solve takes a solvers.Problem. Got {type(problem).__name__}.")
    options = check_options(time_limit, gap, threads)
    backend = usable("highs" if solver == "auto" else solver)
    run = _Run(problem, options, began, backend)
    if not problem.names:
        return run.without_options()
    return run.direct(backend) if hasattr(backend, "select") else run.linear(backend)


def check_options(time_limit: float | None, gap: float, threads: int) -> Options:
    """Refuse options of a call that are out of range."""
    if time_limit is not None and not (math.isfinite(time_limit) and time_limit > 0):
        raise ProblemError(f"time_limit is in seconds, above 0, or None for no limit. Got {time_limit!r}.")
    if not (math.isfinite(gap) and 0 <= gap < 1):
        raise ProblemError(f"gap is a share of the value, from 0 to below 1. Got {gap!r}.")
    if threads is True or threads != int(threads) or threads < 1:
        raise ProblemError(f"threads is a whole number, at least 1. Got {threads!r}.")
    return Options(None if time_limit is None else float(time_limit), float(gap), threads)


@dataclass(slots=True)
class _Run:
    """One call of solve: what was asked, and what has happened so far."""

    problem: Problem
    options: Options
    began: float
    backend: Any
    events: tuple[str, ...] = ()

    def left(self) -> Options:
        """Return the options with what is left of the time."""
        if self.options.time_limit is None:
            return self.options
        spent = time.perf_counter() - self.began
        return replace(self.options, time_limit=max(0.0, self.options.time_limit - spent))

    def finish(
        self,
        termination: str,
        certificate: Certificate | None = None,
        *,
        limit: str | None = None,
        bound: float | None = None,
        unique: bool | None = None,
    ) -> Solution:
        version = self.backend.version()
        return Solution(
            termination,
            limit,
            certificate,
            bound,
            f"{self.backend.name} {version}".strip(),
            time.perf_counter() - self.began,
            unique,
            self.events,
            self.problem,
        )

    def without_options(self) -> Solution:
        """Answer for a problem with no options: the empty portfolio, if it keeps the limits."""
        certificate = certify(self.problem, ())
        if not certificate.holds:
            return self.finish("infeasible")
        return self.finish("optimal", certificate, bound=0.0, unique=True)

    def direct(self, backend: DirectBackend) -> Solution:
        """Run a back end that works on the problem itself."""
        reason = backend.lacks(self.problem)
        if reason:
            raise BackendError(reason)
        outcome = backend.select(self.problem, self.left())
        if outcome.x is None:
            return self.finish(outcome.termination, limit=outcome.limit, bound=outcome.bound)
        certificate = certify(self.problem, np.flatnonzero(outcome.x > 0.5).tolist())
        if not certificate.holds:
            broken = ", ".join(check.name for check in certificate.violations[:3])
            self.events += (f"{backend.name} returned a portfolio that breaks {broken}; it was discarded",)
            return self.finish("failed")
        value = float(certificate.value)
        bound = None if outcome.bound is None else max(value, outcome.bound)
        return self.finish(outcome.termination, certificate, limit=outcome.limit, bound=bound, unique=outcome.unique)

    def linear(self, backend: LinearBackend) -> Solution:
        """Run a mathematical-programming back end on the linear model, then settle ties."""
        model = linearise(self.problem)
        found = propose(self.problem, model, backend, self.left())
        self.events += found.events
        if found.certificate is None:
            return self.finish(found.termination, limit=found.limit, bound=found.bound)
        bound = None if found.bound is None else max(float(found.certificate.value), found.bound)
        if found.termination != "optimal" or self.options.gap > 0:
            return self.finish(found.termination, found.certificate, limit=found.limit, bound=bound)
        if not found.proven:
            self.events += ("the solver's bound is above the exact value: optimality is not proven",)
            return self.finish("feasible", found.certificate, limit="precision", bound=bound)
        settled = settle_ties(
            self.problem, model, found.certificate, lambda m: backend.maximise(scaled(m).model, self.left())
        )
        self.events += settled.events
        best = settled.certificate
        return self.finish("optimal", best, bound=float(best.value), unique=settled.unique)
