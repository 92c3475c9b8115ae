"""One scenario after the other through `solve`: what every faster way must equal, and the way for all others."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from solvers.errors import SolversError
from solvers.interrupts import interrupts_raise
from solvers.solving._solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solvers.batch._solution import Results
    from solvers.solving.solution import Solution


@interrupts_raise()
def solve_each(results: Results, rows: Iterable[int], solver: str, ends: float | None, threads: int) -> None:
    """Solve the given scenarios one by one and write what came back into the results.

    `ends` is the moment (`time.perf_counter`) at which the batch has to stop; scenarios not reached by then keep
    "no_solution_found" with the limit "time".
    """
    for k in rows:
        left = None if ends is None else ends - time.perf_counter()
        if left is not None and left <= 0:
            results.limit[k] = "time"
            continue
        try:
            solution = solve(results.scenarios.problem_of(k), solver, time_limit=left, threads=threads)
        except SolversError as error:
            results.termination[k], results.events[k] = "failed", str(error)
            continue
        _record(results, k, solution)


def _record(results: Results, k: int, solution: Solution) -> None:
    results.termination[k] = solution.termination
    results.limit[k] = solution.limit or ""
    if solution.remarks:
        results.events[k] = "; ".join(solution.remarks)
    if solution.bound is not None:
        results.bound[k] = solution.bound
    if solution.termination in ("optimal", "infeasible"):
        results.proved_by[k] = solution.solver
    if solution.termination == "infeasible":
        results.bound[k] = float("-inf")
    if solution.has_portfolio:
        results.selected[k, solution.problem.positions(solution.selected)] = True
        results.value[k] = solution.value
        results.usage[k] = list(solution.usage.values())
    results.unique[k] = -1 if solution.unique is None else int(solution.unique)
