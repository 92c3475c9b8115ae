"""Greedy and local search: certified portfolios, true bounds, and never "optimal" without proof."""

from __future__ import annotations

import numpy as np
import pytest

from solvers import Problem, Requires, Synergy, solve
from solvers.testing import hard_problem, random_problem

EFFORTS = ("greedy", "local_search")


@pytest.mark.parametrize("name", EFFORTS)
@pytest.mark.parametrize("block", range(4))
def test_bounds_are_true_and_claims_are_proven(name, block):
    found = 0
    for seed in range(40 * block, 40 * block + 40):
        problem = random_problem(seed, 10)
        if problem.continuous:
            continue
        best, tried = solve(problem, "exhaustive"), solve(problem, name)
        if not best.has_portfolio:
            assert not tried.has_portfolio, seed
            assert tried.termination in {"no_solution_found", "infeasible"}
            continue
        if not tried.has_portfolio:
            assert (tried.termination, tried.limit) == ("no_solution_found", "heuristic"), seed
            continue
        found += 1
        assert tried.value <= best.value <= tried.bound + 1e-9 * abs(best.value), seed
        if tried.termination == "optimal":
            assert tried.selected == best.selected, seed
            assert tried.unique == best.unique, seed
        else:
            assert (tried.termination, tried.limit) == ("feasible", "heuristic")
    assert found > 15


def test_value_for_money_skips_what_does_not_fit_and_takes_the_next():
    # Ratios 3.2, 3.14, 3, 2.67: A and B use 12 of 14; C and D do not fit into the remaining 2.
    problem = Problem([16, 22, 12, 8, 1], [5, 7, 4, 3, 2], 14, names=["A", "B", "C", "D", "E"])
    solution = solve(problem, "greedy")
    assert solution.selected == ("A", "B", "E")
    assert (solution.termination, solution.limit, solution.value, solution.bound) == ("feasible", "heuristic", 39, 44)
    assert solve(problem, "local_search").value == 42


def test_a_prerequisite_is_taken_with_what_needs_it():
    # The enabler alone is worth nothing; with both followers the bundle beats everything else for its money.
    problem = Problem(
        [0, 9, 9, 10],
        [4, 1, 1, 6],
        7,
        names=["record", "alerts", "letters", "scanner"],
        requires=[Requires("alerts", ["record"]), Requires("letters", ["record"])],
    )
    assert set(solve(problem, "greedy").selected) == {"record", "alerts", "letters"}


def test_a_choice_of_prerequisites_takes_the_cheapest():
    problem = Problem([9, 0, 0], [1, 5, 2], 9, requires=[Requires(0, [1, 2], 1)], names=["a", "dear", "cheap"])
    assert solve(problem, "greedy").selected == ("a", "cheap")


def test_a_synergy_counts_when_its_last_member_comes_in():
    problem = Problem([5, 5, 6], [1, 1, 1], 2, synergies=[Synergy([0, 1], 10)])
    assert solve(problem, "local_search").value == 20


def test_local_search_comes_near_the_best_known():
    problem = hard_problem(0, 35, 5)
    best = solve(problem, "cpsat" if _usable("cpsat") else "highs")
    found = solve(problem, "local_search")
    assert best.value * 0.99 <= found.value <= best.value <= found.bound
    assert solve(problem, "local_search", seed=0).selected == found.selected
    assert found.value >= solve(problem, "greedy").value


def _usable(name):
    from solvers.backends.registry import why_unusable

    return why_unusable(name) is None


def test_a_large_problem_in_seconds():
    rng = np.random.default_rng(1)
    usage = rng.integers(1, 1000, (2000, 10)).astype(float)
    problem = Problem(usage.mean(axis=1) + rng.uniform(0, 500, 2000), usage, usage.sum(axis=0) * 0.3)
    for name in EFFORTS:
        solution = solve(problem, name, time_limit=3)
        assert solution.certificate.holds
        assert solution.gap < 0.03


def test_what_greedy_starts_from_can_be_mended():
    problem = Problem([5, 4, -1], [2, 2, 2], 6, minimum_use=[6])
    assert solve(problem, "greedy").selected == ("option 1", "option 2", "option 3")
