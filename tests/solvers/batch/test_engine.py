"""Our own branch and bound behind `solve_batch`: the same answers as looking at every portfolio, in both forms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import solvers
from solvers.branch_and_bound import readiness
from solvers.testing import random_problem
from tests.solvers.batch.engine_cases import disagreements

ROOT = Path(__file__).parents[3]
compiled = pytest.mark.skipif(
    not readiness.is_warm(),
    reason="the engine is not compiled here: run `mcda doctor --warm` once, then these tests too",
)


def test_as_plain_python_it_agrees_with_every_portfolio():
    script = [sys.executable, "-m", "tests.solvers.batch.engine_cases", "0", "40", "7"]
    done = subprocess.run(
        script, cwd=ROOT, env=os.environ | {"NUMBA_DISABLE_JIT": "1"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@compiled
@pytest.mark.parametrize("block", range(4))
def test_compiled_it_agrees_with_every_portfolio_of_up_to_twelve_options(block):
    wrong, proved, total = disagreements(range(1000 + 100 * block, 1100 + 100 * block), 12)
    assert not wrong
    assert proved > 0.9 * total


@compiled
def test_answers_do_not_depend_on_threads_or_company():
    problem, rng = random_problem(21, most_options=12), np.random.default_rng(1)
    values = problem.values * rng.uniform(0.5, 2.0, (1500, len(problem.names)))
    one = solvers.solve_batch(problem, values=values, solver="branch_and_bound", threads=1)
    two = solvers.solve_batch(problem, values=values[::-1], solver="branch_and_bound", threads=2)
    np.testing.assert_array_equal(one.selected, two.selected[::-1])
    np.testing.assert_array_equal(one.value, two.value[::-1])


@compiled
def test_a_limit_that_people_see_as_met_is_met():
    problem = solvers.Problem([1, 1, 1], [0.1, 0.2, 0.4], 0.5, names=["A", "B", "C"])
    batch = solvers.solve_batch(problem, capacity=[[0.3], [0.29999999], [0.7], [0.6]], solver="branch_and_bound")
    assert batch.value.tolist() == [2.0, 1.0, 3.0, 2.0]
    assert batch.unique.tolist() == [1, 0, 1, 0]


@compiled
def test_what_it_does_not_take_is_refused_by_name_or_left_to_others():
    problem = solvers.Problem(
        [1, 2], [[1.0], [1.0]], [1], names=["A", "B"], spends=[solvers.SpendRule(["A"], [0], maximum=1)]
    )
    usage = np.ones((3, 2, 1)) * np.array([1.0, 0.5, 2.0])[:, None, None]
    with pytest.raises(solvers.BackendError, match="changed use under rules on spends or shares"):
        solvers.solve_batch(problem, usage=usage, solver="branch_and_bound")
    assert solvers.solve_batch(problem, usage=usage).value.tolist() == [2.0, 3.0, 0.0]


def test_without_numba_the_usual_solvers_answer(monkeypatch):
    monkeypatch.setattr(readiness, "unusable", lambda: "numba is not installed.")
    problem = solvers.Problem([1, 2], [1, 1], 1, names=["A", "B"])
    assert solvers.solve_batch(problem, values=[[3, 2]]).names_of(0) == ("A",)
    with pytest.raises(solvers.BackendError, match="numba is not installed"):
        solvers.solve_batch(problem, values=[[3, 2]], solver="branch_and_bound")


@compiled
@pytest.mark.parametrize("changed", ["values", "capacity"])
def test_a_time_limit_ends_the_search_of_a_scenario_under_way(monkeypatch, changed):
    monkeypatch.setattr("solvers.batch._engine.MOST_NODES", 10**12)  # a search that nothing else would end
    monkeypatch.setattr("solvers.batch._engine.GROUP_NODES", 10**12)
    rng = np.random.default_rng(0)
    usage = rng.integers(1, 1000, (200, 10)).astype(float)
    problem = solvers.Problem(usage.mean(axis=1).round() + rng.integers(0, 50, 200), usage, usage.sum(axis=0) // 2)
    figures = {"values": problem.values, "capacity": problem.capacity}[changed] + np.arange(40)[:, None]
    batch = solvers.solve_batch(problem, **{changed: figures}, solver="branch_and_bound", time_limit=0.2)
    assert set(batch.termination) == {"no_solution_found"}
    assert set(batch.limit) == {"time"}
