"""What a solve answers: the best portfolio, that there is none, or that the answer is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import solvers
from solvers import Impossible, LimitReached, Termination, Unproven

if TYPE_CHECKING:
    from solvers import BatchSolution, Certificate, Problem, Solution

Answer = solvers.Certificate | Impossible | Unproven


def answer_of_solution(solution: Solution) -> Certificate | Impossible | Unproven:
    """Return the proven best portfolio of a solution."""
    if solution.termination is Termination.OPTIMAL:
        return solution.proof
    return _without(solution.termination, solution.limit)


def answer_of(batch: BatchSolution, row: int, problem: Problem) -> Certificate | Impossible | Unproven:
    """Return the proven best portfolio of one scenario of a batch, certified against `problem`."""
    termination = Termination.read(str(batch.termination[row]))
    if termination is Termination.OPTIMAL:
        return solvers.certify(problem, batch.names_of(row))
    limit = str(batch.limit[row])
    return _without(termination, LimitReached.read(limit) if limit else None)


def _without(termination: Termination, limit: LimitReached | None) -> Impossible | Unproven:
    if termination is Termination.INFEASIBLE:
        return Impossible()
    return Unproven(limit or LimitReached.FAILURE)
