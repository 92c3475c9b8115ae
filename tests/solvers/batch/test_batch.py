"""`solve_batch`: row k equals `solve` of scenario k, whatever changes; bad arrays are refused by cell."""

from __future__ import annotations

import pickle

import numpy as np
import pandas as pd
import pytest

import solvers
from solvers.batch._sample import certify_sample, sample
from solvers.batch._scenarios import read_scenarios
from solvers.batch._solution import Results
from solvers.certificate._many import certify_many
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
    for seed in range(80):
        problem, rng = random_problem(seed, most_options=8), np.random.default_rng(seed)
        every = changes(problem, rng, 10)
        if seed % 2:  # figures of 16 and 17 digits
            every = {key: a * rng.uniform(0.9, 1.1, a.shape) if a.dtype == float else a for key, a in every.items()}
        some = {key: array for key, array in every.items() if rng.random() < 0.6} or {"values": every["values"]}
        scenarios = read_scenarios(problem, **some)
        selected = rng.random((10, len(problem.names))) < 0.4
        found = certify_many(problem, selected, **scenarios.changes)
        for k, holds in enumerate(found.holds):
            if (scenarios.must()[k] & scenarios.never()[k]).any():
                assert not holds
                continue
            alone = solvers.certify(scenarios.problem_of(k), np.flatnonzero(selected[k]).tolist())
            assert holds == alone.holds, (seed, k)
            assert found.value[k] == float(alone.value), (seed, k)
            assert found.usage[k].tolist() == [float(use) for use in alone.usage.values()], (seed, k)
            held += alone.holds
    assert held > 50


def test_a_row_says_what_solve_says_to_the_last_digit():
    rng = np.random.default_rng(2)
    problem = solvers.Problem(rng.uniform(0, 9, 12), np.round(rng.uniform(0, 9, (12, 2)), 1), [20.3, 25.1])
    batch = solvers.solve_batch(problem, values=rng.uniform(0, 9, (40, 12)), solver="branch_and_bound")
    for k in range(40):
        alone = solvers.solve(batch.problem_of(k))
        assert (batch.value[k], batch.usage[k].tolist()) == (alone.value, list(alone.usage.values()))


def test_use_on_its_limit_and_just_above_it():
    problem = solvers.Problem([1, 1], [[5.0004], [5.0004]], [10.0])
    both = np.ones((4, 2), dtype=bool)
    limits = np.array([[10.0], [10.0008], [10.0007999999], [np.inf]])
    assert certify_many(problem, both, capacity=limits).holds.tolist() == [False, True, False, True]
    sums = solvers.Problem([1, 1], [[0.1], [0.2]], [0.3], minimum_use=[0.3])
    assert certify_many(sums, both).holds.all()


def test_amounts_are_certified_one_by_one():
    with pytest.raises(solvers.ProblemError, match=r"solvers\.certify"):
        certify_many(solvers.Problem([1], [1], 1, partial={0: 0.5}), np.ones((1, 1), dtype=bool))


def test_the_sample_has_both_ends_and_is_capped():
    for count in range(1, 3000, 7):
        rows = sample(count)
        assert (rows[0], rows[-1]) == (0, count - 1)
        assert min(count, 2) <= rows.size <= 16
    assert sample(0).size == 0


@pytest.mark.parametrize("fault", ["value", "use", "a limit"])
def test_a_disagreement_between_the_two_ways_of_certifying_is_an_error(fault):
    problem = solvers.Problem([3, 2], [[5.0004], [5.0004]], [10.0], names=["a", "b"], resources=["cash"])
    results = Results(read_scenarios(problem, values=[[3.0, 2.0], [2.0, 3.0]]))
    results.selected[:] = [[True, False], [False, True]]
    results.value[:], results.usage[:], results.termination[:] = 3.0, 5.0004, "optimal"
    certify_sample(results, np.arange(2), np.array([4, 9]))
    if fault == "value":
        results.value[1] = np.nextafter(3.0, 4.0)
    elif fault == "use":
        results.usage[1] = 5.0
    else:
        results.selected[1], results.value[1], results.usage[1] = True, 5.0, 10.0008
    with pytest.raises(solvers.SolversError, match=r"scenario 9 .* disagree\. certify_many.*certify, alone"):
        certify_sample(results, np.arange(2), np.array([4, 9]))


def test_solve_batch_certifies_its_sample_alone(monkeypatch):
    import solvers.batch._engine as engine

    def near_enough(*args, **changes):
        found = certify_many(*args, **changes)
        return type(found)(found.holds, found.value + 1e-9, found.usage)

    monkeypatch.setattr(engine, "certify_many", near_enough)
    problem = solvers.Problem([3, 2], [[5.0004], [5.0004]], [10.0])
    with pytest.raises(solvers.SolversError, match=r"scenario 0 .* disagree"):
        solvers.solve_batch(problem, values=[[3.0, 2.0], [2.0, 3.0]], solver="branch_and_bound")
