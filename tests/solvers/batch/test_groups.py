"""One tree for near scenarios: the same answers as a search for each, as `solve`, and as looking at every portfolio."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import solvers
from solvers.batch import _engine
from solvers.batch._groups import near_groups
from solvers.branch_and_bound import readiness
from solvers.testing import random_problem
from tests.solvers.batch.group_cases import disagreements, scenario_values

ROOT = Path(__file__).parents[3]
compiled = pytest.mark.skipif(
    not readiness.is_warm(), reason="the engine is not compiled here: run `mcda doctor --warm`, then these tests too"
)


def test_groups_hold_every_row_once_and_keep_near_ones_together():
    figures = np.random.default_rng(3).normal(size=(1000, 7))
    groups = near_groups(figures, 60)
    assert sorted(np.concatenate(groups).tolist()) == list(range(1000))
    assert max(map(len, groups)) <= 60
    spread = np.mean([figures[rows].var(axis=0).sum() for rows in groups])
    assert spread < 0.8 * figures.var(axis=0).sum()


@pytest.mark.parametrize("figures", [np.ones((100, 3)), np.zeros((100, 2)), np.eye(1)])
def test_groups_of_equal_scenarios_and_of_one(figures):
    groups = near_groups(figures, 7)
    assert sorted(np.concatenate(groups).tolist()) == list(range(len(figures)))
    assert max(map(len, groups)) <= 7


def test_as_plain_python_it_agrees_with_every_portfolio():
    script = [sys.executable, "-m", "tests.solvers.batch.group_cases", "0", "12", "6", "34"]
    done = subprocess.run(
        script,
        cwd=ROOT,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@compiled
@pytest.mark.parametrize("block", range(2))
def test_compiled_it_agrees_with_every_portfolio_of_up_to_ten_options(block):
    wrong, together = disagreements(range(2000 + 40 * block, 2040 + 40 * block), 10, 48)
    assert not wrong
    assert together > 200


@compiled
def test_rows_are_the_same_alone_in_groups_and_in_any_number_of_threads(monkeypatch):
    problem = random_problem(21, most_options=12)
    values = scenario_values(problem, 1500, np.random.default_rng(5))
    one = solvers.solve_batch(problem, values=values, solver="branch_and_bound", threads=1)
    two = solvers.solve_batch(problem, values=values[::-1], solver="branch_and_bound", threads=2)
    monkeypatch.setattr(_engine, "WORTH_GROUPING", 10**9)
    alone = solvers.solve_batch(problem, values=values, solver="branch_and_bound", threads=1)
    for other in (two.selected[::-1], alone.selected):
        np.testing.assert_array_equal(one.selected, other)
    for name in ("value", "unique", "termination", "bound"):
        np.testing.assert_array_equal(getattr(one, name), getattr(two, name)[::-1])
        np.testing.assert_array_equal(getattr(one, name), getattr(alone, name))


@compiled
def test_many_near_scenarios_hardly_need_a_search_of_their_own(monkeypatch):
    rng = np.random.default_rng(8)
    usage = rng.integers(1, 100, (30, 3)).astype(float)
    problem = solvers.Problem(usage.mean(axis=1), usage, usage.sum(axis=0) // 2)
    values = rng.dirichlet(np.full(5, 50.0), 400) @ (rng.uniform(0, 100, (5, 30)) + usage.mean(axis=1))
    searched = list[int]()
    solve_block = readiness.load()

    def counted(*given):
        searched.append(len(given[0]))
        return solve_block(*given)

    monkeypatch.setattr(readiness, "load", lambda: counted)
    batch = solvers.solve_batch(problem, values=values, solver="branch_and_bound", threads=1)
    assert (batch.termination == "optimal").all()
    assert sum(searched) < 200
    for k in (0, 7, 133, 399):
        assert batch.names_of(k) == solvers.solve(batch.problem_of(k), "highs").selected


@compiled
def test_nothing_feasible_is_said_for_every_scenario():
    problem = solvers.Problem([1, 2], [3, 4], 5, names=["A", "B"], mandatory=["A", "B"])
    batch = solvers.solve_batch(
        problem, values=np.random.default_rng(1).uniform(size=(300, 2)), solver="branch_and_bound"
    )
    assert set(batch.termination.tolist()) == {"infeasible"}
