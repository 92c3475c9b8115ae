"""If a solver may take long to find a good portfolio, auto starts from one; by shape and limit alone."""

from __future__ import annotations

from itertools import combinations, islice

import numpy as np
import pytest

import solvers
from solvers import Excludes, Problem, Requires, Synergy, solve
from solvers.backends.base import Options
from solvers.backends.registry import load
from solvers.solving._auto import MANY_RULES, MOST_SYNERGIES_A_SECOND, preferred


def pairs(count: int, options: int = 60) -> Problem:
    rng = np.random.default_rng(5)
    synergies = [
        Synergy(pair, float(value))
        for pair, value in zip(islice(combinations(range(options), 2), count), rng.integers(1, 100, count), strict=True)
    ]
    weights = rng.integers(1, 50, options).astype(float)
    return Problem(rng.integers(1, 100, options), weights, weights.sum() // 3, synergies=synergies)


def requirements(count: int) -> Problem:
    """Customers worth something, each of whom needs three features that cost something."""
    rng = np.random.default_rng(6)
    customers, features = count, count
    values = np.concatenate([rng.integers(1, 50, customers), np.zeros(features)])
    cost = np.concatenate([np.zeros(customers), rng.integers(1, 20, features)])
    needs = [
        Requires(i, [customers + int(j) for j in rng.choice(features, 3, replace=False)]) for i in range(customers)
    ]
    return Problem(values, cost, cost.sum() * 0.3, requires=needs)


def conflicts(options: int, share: float) -> Problem:
    """Intervals of a line that must not meet: the sets in conflict are cliques, said pair by pair."""
    rng = np.random.default_rng(7)
    begin = rng.uniform(0, 1 - share, options)
    meet = [Excludes(pair) for pair in combinations(range(options), 2) if abs(begin[pair[0]] - begin[pair[1]]) < share]
    usage = rng.integers(10, 60, options).astype(float)
    return Problem(usage + rng.integers(0, 10, options), usage, usage.sum() * 0.5, excludes=meet)


def steps(problem: Problem, limit: float | None) -> list[str]:
    return [step.name for step in preferred(problem, Options(limit))]


def test_by_the_shape_and_the_limit():
    assert steps(pairs(MANY_RULES), 5.0)[0] == "local_search"
    assert steps(pairs(MANY_RULES), None)[0] != "local_search"
    assert steps(pairs(20), 5.0)[0] not in {"local_search", "greedy"}
    assert steps(requirements(MANY_RULES), 5.0)[0] == "greedy"
    assert steps(requirements(MANY_RULES), None)[0] != "greedy"


def test_a_start_for_a_search_that_proves_nothing_at_once_takes_the_whole_time_only_where_a_model_is_hopeless():
    problem = pairs(MANY_RULES)
    few, many = (next(preferred(problem, Options(limit))).seconds for limit in (5.0, 0.1))
    assert MANY_RULES > 0.1 * MOST_SYNERGIES_A_SECOND
    assert few < 2.5
    assert many == 0.1


@pytest.mark.parametrize("problem", [pairs(MANY_RULES), requirements(MANY_RULES)], ids=["synergies", "prerequisites"])
def test_the_answer_is_never_worth_less_than_value_for_money(problem):
    least = solve(problem, "greedy").value
    found = solve(problem, time_limit=3.0)
    assert found.value >= least
    assert any("a portfolio to start from" in event for event in found.events)
    assert found.bound is None or found.bound >= found.value
    assert found.certificate.holds


def test_a_limit_too_short_for_any_solver_still_gives_a_portfolio():
    problem = requirements(MANY_RULES)
    found = solve(problem, time_limit=1e-3)
    assert (found.termination, found.limit) == ("feasible", "time")
    assert found.certificate.holds


def test_the_start_is_kept_where_nothing_better_is_found(monkeypatch):
    problem = requirements(MANY_RULES)
    first = [step for step in preferred(problem, Options(3.0)) if step.name == "greedy"]
    monkeypatch.setattr("solvers.solving._solve.plan", lambda problem, options: iter(first))
    found = solve(problem, time_limit=3.0)
    assert found.termination == "feasible"
    assert found.value == pytest.approx(solve(problem, "greedy").value)


def test_thousands_of_conflicts_are_proven_and_not_refused_by_our_own_search():
    problem = conflicts(150, 0.6)
    assert len(problem.excludes) > 5000
    found = solve(problem)
    assert found.termination == "optimal"
    assert load("branch_and_bound").lacks(problem) is None  # it refused so many rows
    assert solve(problem, "highs").value == found.value


def test_a_solution_of_merged_exclusions_is_checked_against_the_exclusions_themselves():
    problem = conflicts(60, 0.4)
    found = solve(problem)
    assert sum(check.kind == "excludes" for check in found.certificate.checks) == len(problem.excludes)


def test_local_search_takes_what_a_full_table_could_not_hold():
    count = 12_000
    problem = Problem(np.ones(count), np.ones(count), 100, excludes=[Excludes([i, i + 1]) for i in range(0, count, 2)])
    found = solve(problem, "local_search", time_limit=1.0)
    assert found.value == 100
    assert solvers.certify(problem, found).holds


def test_highs_does_without_what_does_not_heed_a_limit_on_large_models_only():
    from solvers.backends.highs import LARGE, prepared
    from solvers.linear import linearise

    large, small = pairs(6000, options=120), pairs(100)
    assert linearise(large).row_lower.size > LARGE > linearise(small).row_lower.size
    for problem, limit, on in ((large, 1.0, False), (large, None, True), (small, 1.0, True)):
        solver = prepared(linearise(problem), Options(limit))
        assert solver.getOptionValue("mip_heuristic_run_feasibility_jump")[1] is on
        assert solver.getOptionValue("mip_detect_symmetry")[1] is on
