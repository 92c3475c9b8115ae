"""Many scenarios of one problem: the public function."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from solvers.batch._arrays import why_not
from solvers.batch._loop import solve_each
from solvers.batch._sample import certify_sample
from solvers.batch._scenarios import read_scenarios
from solvers.batch._solution import Results
from solvers.branch_and_bound import readiness
from solvers.errors import BackendError, ProblemError
from solvers.model.problem import Problem
from solvers.solving.options import SolveOptions, SolverLike
from solvers.termination import Termination

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from solvers.batch._scenarios import Scenarios
    from solvers.batch._solution import BatchSolution


def solve_batch(
    problem: Problem,
    *,
    values: ArrayLike | None = None,
    synergy_values: ArrayLike | None = None,
    capacity: ArrayLike | None = None,
    usage: ArrayLike | None = None,
    synergy_usage: ArrayLike | None = None,
    forced: ArrayLike | None = None,
    forbidden: ArrayLike | None = None,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
    threads: int | None = None,
) -> BatchSolution:
    """Solve many scenarios of one problem, each proven and certified as `solve` does.

    Portfolios found many at a time are certified many at a time, in exact arithmetic; one in 64 of them (including the
    first and the last, at most 16) is also certified alone, and any disagreement between the two is an error.

    Ctrl-C ends the batch with KeyboardInterrupt: a batch that comes back was not cut short by it.

    Parameters
    ----------
    problem : Problem
        What stays the same; its figures stand wherever no array is given.
    values : array-like, shape (s, n), optional
        Values of the options. The columns of a DataFrame are matched by label.
    synergy_values : array-like, shape (s, k), optional
        Values of the synergies, in the order of ``problem.synergies``.
    capacity : array-like, shape (s, r), optional
        Limits of the resources.
    usage : array-like, shape (s, n, r), optional
        Use of resources by options.
    synergy_usage : array-like, shape (s, k, r), optional
        Change of use by synergies.
    forced, forbidden : array-like of bool, shape (s, n), optional
        Options that must be in, and out, on top of the problem's own. A scenario that forces and forbids one
        option is infeasible.
    solver : str, back end or SolveOptions
        "auto": our own branch and bound if it can be used and nobody has to wait for a compiler, else the usual
        solvers one by one. "branch_and_bound": that, compiled if need be. Else the name of a back end that then solves
        every scenario.
    time_limit : float, optional
        Seconds for the whole batch; scenarios not reached or not finished by then come back as "no_solution_found" with
        the limit "time".
    threads : int, optional
        Threads to use; by default as many as this process may use.

    Returns
    -------
    BatchSolution
        Arrays with one row per scenario; row k equals ``solve`` of that scenario, whatever the number of threads
        and whatever the other scenarios of the batch.

    Raises
    ------
    ProblemError
        If an array has the wrong shape or holds an illegal figure, or an option of the call is out of range.
    BackendError
        If the solver is unknown, missing, refused, or lacks what the problem needs.
    SolversError
        If the two ways of certifying disagree on a scenario of the sample.

    Examples
    --------
    >>> from solvers import Problem, solve_batch
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names=["A", "B", "C", "D"])
    >>> batch = solve_batch(problem, capacity=[[14], [12], [4]])
    >>> batch.value, batch.names_of(2)
    (array([42., 38., 12.]), ('C',))
    """
    began = time.perf_counter()
    if not isinstance(problem, Problem):
        raise ProblemError(f"solve_batch takes a solvers.Problem. Got {type(problem).__name__}.")
    how = SolveOptions.of(solver, time_limit=time_limit, threads=threads).exact_for("solve_batch")
    scenarios = read_scenarios(
        problem,
        values=values,
        synergy_values=synergy_values,
        capacity=capacity,
        usage=usage,
        synergy_usage=synergy_usage,
        forced=forced,
        forbidden=forbidden,
    )
    deadline = how.deadline()
    first, same = scenarios.distinct()
    results = Results(scenarios.take(first))
    clash = results.scenarios.contradictory()
    results.infeasible(np.flatnonzero(clash), "forced and forbidden")
    left = np.flatnonzero(~clash)
    if how.solver == "branch_and_bound" or (how.solver == "auto" and pays(results.scenarios, len(left))):
        reason = readiness.unusable() or why_not(results.scenarios)
        if reason is None:
            from solvers.batch._engine import solve_by_engine  # numba, which takes half a second to import

            asked = left
            left = solve_by_engine(results, left, deadline, how.threads or cores())
            settled = np.setdiff1d(asked, left)
            certify_sample(results, settled[results.termination[settled] == Termination.OPTIMAL], first)
        elif how.solver == "branch_and_bound":
            raise BackendError(f"branch_and_bound cannot take these scenarios: {reason}. Remedy: solver='auto'.")
        how = replace(how, solver="auto")
    solve_each(results, left.tolist(), how, deadline)
    return results.spread(scenarios, same).freeze(time.perf_counter() - began)


def pays(scenarios: Scenarios, count: int) -> bool:
    """Whether our own branch and bound is worth its start: at once if it is compiled, else for large batches only.

    Compiling takes a minute or two, once per installation (`mcda doctor --warm`); other solvers take about a tenth of a
    second for a small scenario.
    """
    if readiness.unusable() is not None or why_not(scenarios) is not None:
        return False
    return readiness.is_loaded() or count >= (
        readiness.WORTH_LOADING if readiness.is_warm() else readiness.WORTH_COMPILING
    )


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
