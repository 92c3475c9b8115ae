"""Batches on our own branch and bound against every portfolio of small problems; run as a script by the tests.

With NUMBA_DISABLE_JIT=1 the same functions run as plain Python, so that no compiler is needed.
"""

from __future__ import annotations

import sys

import numpy as np

import solvers
from solvers.testing import random_problem


def changes(problem, rng, count):
    """Every kind of change at once, with figures of the problem's own kind."""
    n, r, k = len(problem.names), len(problem.resources), len(problem.synergies)
    use = np.array([[s.usage.get(name, 0.0) for name in problem.resources] for s in problem.synergies]).reshape(k, r)
    return {
        "values": problem.values * rng.integers(0, 4, (count, n)),
        "synergy_values": np.array([s.value for s in problem.synergies]) * rng.integers(-1, 3, (count, k)),
        "capacity": problem.capacity * rng.integers(1, 4, (count, r)) / 2,
        "usage": problem.usage * rng.integers(1, 3, (count, n, r)),
        "synergy_usage": use * rng.integers(0, 2, (count, k, r)),
        "forced": rng.random((count, n)) < 0.1,
        "forbidden": rng.random((count, n)) < 0.1,
    }


def disagreements(seeds, most_options, count=4):
    """Scenarios where the engine and the exhaustive search differ, and how many the engine proved itself."""
    wrong, proved, total = [], 0, 0
    for seed in seeds:
        problem, rng = random_problem(seed, most_options=most_options), np.random.default_rng(seed)
        every = changes(problem, rng, count)
        if problem.continuous:
            continue
        if problem.spends or problem.shares:
            del every["usage"]
        some = {key: every[key] for key in every if rng.random() < 0.5} or {"values": every["values"]}
        batch = solvers.solve_batch(problem, **some, solver="branch_and_bound", threads=1)
        for k in range(len(batch)):
            total += 1
            proved += batch.proved_by[k] == "branch_and_bound"
            if not (batch.scenarios.must()[k] & batch.scenarios.never()[k]).any():
                alone = solvers.solve(batch.problem_of(k), "exhaustive")
                same = batch.termination[k] == alone.termination
                if same and alone.has_portfolio:
                    same = batch.names_of(k) == alone.selected and batch.unique[k] == alone.unique
                    same = same and np.isclose(batch.value[k], alone.value, rtol=1e-13, atol=1e-13)
                if not same:
                    wrong.append((seed, k))
    return wrong, proved, total


if __name__ == "__main__":
    first, last, most = map(int, sys.argv[1:])
    wrong, proved, total = disagreements(range(first, last), most)
    sys.stdout.write(f"{total} scenarios, {proved} proved by the engine, {len(wrong)} wrong: {wrong[:10]}\n")
    sys.exit(bool(wrong) or proved < total // 2)
