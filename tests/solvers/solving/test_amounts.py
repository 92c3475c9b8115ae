"""Partial funding, value by spend, carry-forward and transfers: exact, and as brute force says."""

from __future__ import annotations

import pytest

from solvers import solve
from solvers.testing import random_problem
from tests.solvers.brute_amounts import brute_force


@pytest.mark.parametrize("seed", range(150))
def test_solvers_agree_with_brute_force_on_amounts(seed):
    problem = random_problem(seed, most_options=6, amounts=True)
    expected = brute_force(problem)
    fast, slow = solve(problem, "highs"), solve(problem, "exhaustive")
    if expected is None:
        assert (fast.termination, slow.termination) == ("infeasible", "infeasible")
        return
    top, sets = expected
    for solution in (fast, slow):
        assert solution.termination == "optimal"
        assert solution.value == pytest.approx(top, rel=1e-9, abs=1e-6)
        assert solution.selected in sets
    assert fast.certificate.value == slow.certificate.value
    assert (fast.selected, fast.unique) == (slow.selected, slow.unique)
    assert fast.certificate.amounts == slow.certificate.amounts
