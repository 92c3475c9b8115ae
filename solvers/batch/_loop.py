"""One scenario after another through `solve`: the reference for the faster ways, and the way for all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solvers.errors import SolversError
from solvers.interrupts import interrupts_raise
from solvers.solving._solve import solve
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solvers.batch._solution import Results
    from solvers.deadline import Deadline
    from solvers.solving.options import SolveOptions
    from solvers.solving.solution import Solution


@interrupts_raise()
def solve_each(results: Results, rows: Iterable[int], how: SolveOptions, deadline: Deadline) -> None:
    """Solve the given scenarios one by one and write what came back into the results.

    Scenarios not reached by the deadline keep "no_solution_found" with the limit "time".
    """
    for k in rows:
        if deadline.passed:
            results.limit[k] = LimitReached.TIME
            continue
        try:
            solution = solve(results.scenarios.problem_of(k), how.until(deadline))
        except SolversError as error:
            results.termination[k], results.events[k] = Termination.FAILED, str(error)
            continue
        _record(results, k, solution)


def _record(results: Results, k: int, solution: Solution) -> None:
    results.termination[k] = solution.termination
    results.limit[k] = solution.limit or ""
    if solution.remarks:
        results.events[k] = "; ".join(solution.remarks)
    if solution.bound is not None:
        results.bound[k] = solution.bound
    if solution.termination in (Termination.OPTIMAL, Termination.INFEASIBLE):
        results.proved_by[k] = solution.solver
    if solution.termination is Termination.INFEASIBLE:
        results.bound[k] = float("-inf")
    if solution.has_portfolio:
        results.selected[k, solution.problem.positions(solution.selected)] = True
        results.value[k] = solution.value
        results.usage[k] = list(solution.usage.values())
    results.unique[k] = -1 if solution.unique is None else int(solution.unique)
