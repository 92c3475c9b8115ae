"""`solve_batch`: row k equals `solve` of scenario k, whatever changes; bad arrays are refused by cell."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

import solvers
from solvers.batch._certify import certified
from solvers.batch._scenarios import read_scenarios
from solvers.testing import random_problem
from tests.solvers.batch.engine_cases import changes


def assert_equals_solve(batch, solver="highs"):
    for k in range(len(batch)):
        try:
            alone = solvers.solve(batch.problem_of(k), solver)
        except solvers.ProblemError:
            assert batch.termination[k] == "infeasible"
            continue
        assert batch.termination[k] == alone.termination, k
        if alone.has_portfolio:
            assert batch.names_of(k) == alone.selected, k
            assert batch.value[k] == pytest.approx(alone.value, rel=1e-14)
            assert batch.bound[k] == pytest.approx(alone.bound, rel=1e-14)
            assert batch.unique[k] == alone.unique, k
            np.testing.assert_allclose(batch.usage[k], list(alone.usage.values()), rtol=1e-14, atol=1e-14)
            assert batch.certificate_of(k).holds


@pytest.mark.parametrize("seed", range(25))
def test_each_row_equals_solve_alone(seed):
    problem, rng = random_problem(seed, most_options=8), np.random.default_rng(seed)
    every = changes(problem, rng, 4)
    some = {key: every[key] for key in every if rng.random() < 0.6} or {"values": every["values"]}
    assert_equals_solve(solvers.solve_batch(problem, **some))


def test_equal_scenarios_are_solved_once_and_order_does_not_matter():
    problem, rng = random_problem(11, most_options=8), np.random.default_rng(0)
    values = problem.values * rng.integers(0, 4, (6, len(problem.names)))
    whole = solvers.solve_batch(problem, values=values)
    again = solvers.solve_batch(problem, values=np.vstack([values[::-1], values]))
    np.testing.assert_array_equal(again.selected, np.vstack([whole.selected[::-1], whole.selected]))


def test_columns_of_a_frame_are_matched_by_label():
    problem = solvers.Problem([1, 2], [1, 1], 1, names=["A", "B"])
    frame = pd.DataFrame({"B": [1.0, 5.0], "A": [3.0, 4.0]})
    assert solvers.solve_batch(problem, values=frame).value.tolist() == [3.0, 5.0]


def test_results_print_travel_and_become_tables():
    problem = solvers.Problem([1, 2], [1, 1], 1, names=["A", "B"])
    batch = solvers.solve_batch(problem, values=[[1, 2], [2, 2]], forced=[[0, 0], [0, 0]])
    assert "2 scenarios (2 optimal), 2 portfolios" in repr(batch)
    frame = pickle.loads(pickle.dumps(batch)).to_frame()  # noqa: S301 - our own bytes
    assert frame["unique"].tolist() == [True, False]
    assert frame[["A", "B"]].to_numpy().tolist() == [[False, True], [True, False]]
    assert [row.tolist() for row in batch.portfolios()] == [[[False, True], [True, False]], [1, 1]]
    with pytest.raises(ValueError, match="read-only"):
        batch.value[0] = 3


def test_a_scenario_that_forces_and_forbids_one_option_is_infeasible():
    problem = solvers.Problem([1, 2], [1, 1], 1, names=["A", "B"])
    batch = solvers.solve_batch(problem, forced=[[1, 0], [0, 0]], forbidden=[[1, 0], [0, 1]])
    assert batch.termination.tolist() == ["infeasible", "optimal"]
    assert batch.bound[0] == -np.inf
    with pytest.raises(solvers.NoSolutionError, match="Scenario 0 has no portfolio"):
        batch.names_of(0)


def test_scenarios_that_time_does_not_reach_say_so():
    problem = random_problem(11, most_options=8)
    batch = solvers.solve_batch(problem, values=problem.values + np.arange(300)[:, None], time_limit=1e-9)
    assert set(batch.termination) == {"no_solution_found"}
    assert set(batch.limit) == {"time"}


@pytest.mark.parametrize(
    ("arrays", "message"),
    [
        ({}, "at least one array"),
        ({"values": np.zeros((0, 2))}, r"at least one scenario. values has no rows: its shape is \(0, 2\)"),
        ({"values": [[1.0]]}, r"values must have shape \(scenarios, 2\). Got \(1, 1\)"),
        ({"values": [[1.0, np.nan]]}, "values of scenario 0, column 1, must be a finite number. Got nan"),
        ({"capacity": [[-np.inf]]}, "capacity of scenario 0, column 0, must be a number or infinity"),
        ({"forced": [[0.5, 0]]}, "must be true or false. Got 0.5"),
        ({"values": [[1, 2]], "capacity": [[1], [2]]}, "capacity has 2 rows, others 1"),
        ({"values": pd.DataFrame({"A": [1], "C": [2]})}, "Missing: 'B'. Unknown: 'C'"),
    ],
)
def test_bad_arrays_are_refused(arrays, message):
    problem = solvers.Problem([1, 2], [1, 1], 1, names=["A", "B"])
    with pytest.raises(solvers.ProblemError, match=message):
        solvers.solve_batch(problem, **arrays)


def test_certificates_of_a_batch_agree_with_certify():
    held = 0
    for seed in range(60):
        problem, rng = random_problem(seed, most_options=8), np.random.default_rng(seed)
        if problem.continuous:
            continue
        every = changes(problem, rng, 10)
        if problem.spends or problem.shares:
            del every["usage"]
        some = {key: array for key, array in every.items() if rng.random() < 0.6} or {"values": every["values"]}
        scenarios = read_scenarios(problem, **some)
        selected = rng.random((10, len(problem.names))) < 0.4
        for k, holds in enumerate(certified(scenarios, selected)):
            if (scenarios.must()[k] & scenarios.never()[k]).any():
                assert not holds
                continue
            alone = solvers.certify(scenarios.problem_of(k), np.flatnonzero(selected[k]).tolist())
            assert holds == alone.holds, (seed, k)
            held += alone.holds
    assert held > 50
