"""Near scenarios of small problems, held to every portfolio: ``python -m tests.solvers.batch.group_cases``."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

import solvers
from solvers.batch import _engine
from solvers.batch._scenarios import read_scenarios
from solvers.testing import random_problem


def scenario_values(problem: solvers.Problem, count: int, rng: np.random.Generator) -> np.ndarray:
    """Draw mixes of three views, with equal scenarios, whole figures (ties), near ties and a view alone among them."""
    n = len(problem.names)
    views = np.vstack([problem.values, problem.values * rng.uniform(0.8, 1.2, n), rng.integers(-3, 9, n)])
    values = np.asarray(rng.dirichlet((4, 3, 1), count) @ views)
    kind = rng.integers(0, 6, count)
    values[kind == 0] = problem.values
    values[kind == 1] = np.round(values[kind == 1])
    values[kind == 2] = problem.values + rng.integers(-1, 2, (int((kind == 2).sum()), n)) * 1e-9
    values[kind == 3] = np.round(values[kind == 3], 2)
    return values


def disagreements(seeds: Any, most_options: int, count: int) -> tuple[list[str], int]:
    """Scenarios whose portfolio or uniqueness is not what every portfolio says, and how many were searched together."""
    wrong, together = list[str](), 0
    solve_group = _engine.solve_group

    def counted(*given: Any) -> Any:
        nonlocal together
        held = solve_group(*given)
        together += int((given[-1] != _engine.EJECTED).sum())
        return held

    _engine.solve_group = counted
    try:
        for seed in seeds:
            problem = random_problem(seed, most_options=most_options)
            if problem.continuous:
                continue
            values = scenario_values(problem, count, np.random.default_rng(seed))
            batch = solvers.solve_batch(problem, values=values, solver="branch_and_bound", threads=1)
            scenarios = read_scenarios(problem, values=values)
            for k in range(count):
                slow = solvers.solve(scenarios.problem_of(k), "exhaustive")
                same = slow.termination == batch.termination[k]
                if same and slow.has_portfolio:
                    same = batch.names_of(k) == slow.selected and batch.unique[k] == int(slow.unique)
                if not same:
                    wrong.append(f"problem {seed}, scenario {k}: {batch.termination[k]}, {slow.termination}")
    finally:
        _engine.solve_group = solve_group
    return wrong, together


if __name__ == "__main__":
    FIRST, LAST, OPTIONS, COUNT = map(int, sys.argv[1:5])
    found, number = disagreements(range(FIRST, LAST), OPTIONS, COUNT)
    sys.stdout.write("\n".join(found) or f"no disagreement, {number} scenarios in groups\n")
    sys.exit(bool(found) or not number)
