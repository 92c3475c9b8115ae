"""Our own branch and bound as a back end of `solve`."""

from __future__ import annotations

import math
import subprocess
import sys
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import solvers
from solvers.backends import registry
from solvers.branch_and_bound import readiness
from solvers.branch_and_bound._form import dense_form, scaled_limits, whole_row
from solvers.linear import linearise
from solvers.solving import _auto
from solvers.testing import random_problem

compiled = pytest.mark.skipif(
    not readiness.is_warm(),
    reason="the engine is not compiled here: run `mcda doctor --warm` once, then these tests too",
)


def test_rows_become_the_smallest_whole_numbers():
    figures, multiple, common = whole_row(np.array([0.5, 1.5, 2.0]))
    assert (figures.tolist(), multiple, common) == ([1.0, 3.0, 4.0], 10.0, 5.0)
    assert scaled_limits(np.array([2.4, 2.5, 0.1 + 0.2, np.inf]), 10.0, 1.0).tolist() == [24.0, 25.0, 3.0, np.inf]
    assert whole_row(np.array([np.pi, 1.0]))[2] == 0.0


@given(
    st.lists(st.decimals(-(10**6), 10**6, places=5) | st.integers(-(10**9), 10**9), min_size=1, max_size=6),
    st.integers(0, 6),
    st.integers(1, 1000),
)
def test_limits_are_the_decimals_they_print_as(limits, places, common):
    figures = np.array([float(limit) for limit in limits])
    exact = [math.floor(Fraction(repr(float(limit))) * 10**places / common) for limit in limits]
    assert scaled_limits(figures, 10.0**places, float(common)).tolist() == exact


def test_every_row_of_the_dense_form_says_what_the_model_says():
    for seed in range(60):
        problem = random_problem(seed, most_options=6)
        if problem.continuous:
            continue
        model = linearise(problem)
        form = dense_form(model)
        table = np.zeros((model.row_lower.size, model.objective.size))
        table[np.repeat(np.arange(len(table)), np.diff(model.starts)), model.indices] = model.coefficients
        points = (np.arange(64)[:, None] >> np.arange(model.objective.size)) & 1
        use = points @ table.T
        tight = 1e-9 * (1 + np.abs(table).sum(axis=1))
        inside = ((use <= model.row_upper + tight) & (use >= model.row_lower - tight)).all(axis=1)
        np.testing.assert_array_equal((points @ form.A.T <= form.b + 1e-9).all(axis=1), inside)


def test_it_does_not_make_anyone_wait_for_a_compiler(monkeypatch):
    monkeypatch.setattr(readiness, "is_warm", lambda: False)
    monkeypatch.setattr(registry, "why_unusable", lambda name: registry.load(name).unusable())
    monkeypatch.setattr(_auto, "why_unusable", registry.why_unusable)
    assert "mcda doctor --warm" in readiness.cold()
    solution = solvers.solve(random_problem(3, most_options=20), "auto")
    assert "branch_and_bound" not in " ".join(solution.events)


def test_a_small_solve_in_a_fresh_process_does_not_even_load_the_compiler():
    script = (
        "import sys, solvers\n"
        "problem = solvers.Problem([3, 4, 5] * 8, [[2, 1], [3, 2], [4, 4]] * 8, [20, 15], excludes=[[0, 1]])\n"
        "print(solvers.solve(problem).termination, 'numba' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["optimal", "False"]


@compiled
@pytest.mark.parametrize("block", range(3))
def test_it_agrees_with_every_portfolio_of_up_to_twelve_options(block):
    for seed in range(5000 + 60 * block, 5060 + 60 * block):
        problem = random_problem(seed, most_options=12)
        if problem.continuous:
            continue
        ours, slow = solvers.solve(problem, "branch_and_bound"), solvers.solve(problem, "exhaustive")
        assert ours.termination == slow.termination, seed
        if slow.has_portfolio:
            assert (ours.selected, ours.unique) == (slow.selected, slow.unique), seed
            assert ours.certificate.value == slow.certificate.value, seed


@compiled
def test_many_equal_portfolios_are_settled_by_the_rule_of_ties():
    problem = solvers.Problem([1] * 16, [1] * 16, 8)
    solution = solvers.solve(problem, "branch_and_bound")
    assert solution.selected == problem.names[:8]
    assert solution.unique is False


@compiled
def test_a_time_limit_leaves_a_portfolio_and_an_honest_bound():
    rng = np.random.default_rng(0)
    usage = rng.integers(1, 1000, (200, 10)).astype(float)
    problem = solvers.Problem(usage.mean(axis=1).round() + rng.integers(0, 50, 200), usage, usage.sum(axis=0) // 2)
    solution = solvers.solve(problem, "branch_and_bound", time_limit=0.5)
    assert solution.termination == "feasible"
    assert solution.limit == "time"
    assert solution.value <= solution.bound
    assert 0 < solution.gap < 0.1


@compiled
def test_rounding_that_piles_up_on_the_way_down_is_mended():
    """A child's relaxation could neither be solved nor shown infeasible after 23,000 nodes of this problem."""
    rng = np.random.default_rng(3)
    usage = np.round(rng.uniform(1, 100, (100, 11)), 1)
    scores, order = rng.uniform(0, 100, (100, 5)), rng.permutation(100)
    limits = np.round(usage.sum(axis=0) * 0.5, 1)
    draw = np.random.default_rng(7)
    draw.dirichlet(np.ones(5) * 20, 60)
    problem = solvers.Problem(
        scores.mean(axis=1),
        usage,
        np.round(limits * draw.uniform(0.9, 1.1, (40, 11)), 1)[17],
        requires=[(int(order[2 * i]), [int(order[2 * i + 1])]) for i in range(10)],
        excludes=[[int(order[-1 - 2 * i]), int(order[-2 - 2 * i])] for i in range(10)],
    )
    assert solvers.solve(problem, "branch_and_bound").termination == "optimal"


@compiled
def test_amounts_are_refused_by_name():
    with pytest.raises(solvers.BackendError, match="not amounts"):
        solvers.solve(solvers.Problem([1, 2], [1, 1], 1, partial={0: 0.5}), "branch_and_bound")
