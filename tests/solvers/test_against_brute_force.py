"""`solve` agrees with brute force on generated problems with every kind of rule and synergy."""

from __future__ import annotations

import pytest

import solvers
from solvers.testing import random_problem
from tests.solvers.brute import brute_force


@pytest.mark.parametrize("seed", range(120))
def test_every_solver_agrees_with_fractions_and_loops(seed):
    problem = random_problem(seed, most_options=6)
    expected = brute_force(problem)
    for solver in ("highs", "exhaustive"):
        solution = solvers.solve(problem, solver)
        if expected is None:
            assert solution.termination == "infeasible"
            continue
        assert solution.termination == "optimal"
        assert (solution.certificate.value, solution.selected, solution.unique) == expected


@pytest.mark.parametrize("block", range(12))
def test_highs_agrees_with_every_portfolio_of_up_to_twelve_options(block):
    for seed in range(50 * block, 50 * block + 50):
        problem = random_problem(seed, most_options=12)
        fast, slow = solvers.solve(problem, "highs"), solvers.solve(problem, "exhaustive")
        assert fast.termination == slow.termination, seed
        if slow.has_portfolio:
            assert fast.selected == slow.selected, seed
            assert fast.certificate.value == slow.certificate.value, seed
            assert fast.unique == slow.unique, seed


def test_generated_problems_hold_every_kind_of_rule_and_every_outcome():
    problems = [random_problem(seed) for seed in range(600)]
    for kind in (
        "requires",
        "excludes",
        "choices",
        "counts",
        "spends",
        "shares",
        "synergies",
        "mandatory",
        "forbidden",
    ):
        assert sum(bool(getattr(problem, kind)) for problem in problems) > 30, kind
    assert any(synergy.usage and synergy.value < 0 for problem in problems for synergy in problem.synergies)
    outcomes = [solvers.solve(problem, "exhaustive") for problem in problems[:200]]
    assert {s.termination for s in outcomes} == {"optimal", "infeasible"}
    assert {s.unique for s in outcomes if s.has_portfolio} == {True, False}
