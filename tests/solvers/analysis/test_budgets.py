from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import solvers
from solvers import BackendError, NoSolutionError, Problem, ProblemError, Synergy, every_budget, solve

figures = st.integers(-3, 12)
costs = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.7, 1.0, 1.5, 2.0])


@given(st.lists(st.tuples(figures, costs), min_size=1, max_size=8), st.integers(0, 80), st.data())
def test_every_budget_is_what_looking_at_every_portfolio_finds(options, tenths, data):
    values, use = zip(*options, strict=True)
    fixed = data.draw(st.sampled_from([(), (0,)]))
    problem = Problem(values, use, tenths / 10, mandatory=fixed)
    slow, fast = solve(problem, "exhaustive"), solve(problem, "dynamic_programming")
    assert fast.termination == slow.termination
    if not slow.has_portfolio:
        return
    assert (fast.selected, fast.unique, fast.certificate.value) == (slow.selected, slow.unique, slow.certificate.value)
    curve = every_budget(problem)
    for budget in (tenths / 20, curve.budgets[len(curve.budgets) // 2], tenths / 10):
        at = solve(problem.replace(capacity=[budget]), "exhaustive")
        if at.has_portfolio:
            assert curve.value(budget) == at.value
            assert curve.portfolio(budget).selected == at.selected


def test_best_portfolios_need_not_nest():
    curve = every_budget(Problem([16, 22, 12, 8], [5, 7, 4, 3], float("inf"), names=["A", "B", "C", "D"]))
    assert curve.budgets[-1] == 19
    frame = curve.to_frame()
    assert frame.loc[frame["budget"] == 5, "come in"].item() == "A"
    assert frame.loc[frame["budget"] == 7, ["come in", "go out"]].to_numpy().tolist() == [["B", "A"]]
    assert repr(curve) == "<BudgetCurve: 14 best portfolios from a budget of 0 to 19, value 0 to 58>"


@pytest.mark.parametrize(
    ("problem", "message"),
    [
        (Problem([1], [[1, 1]], [1, 1]), "it has 2 resources"),
        (Problem([1, 1], [1, 1], 1, synergies=[Synergy([0, 1], 1)]), "rules, synergies or amounts"),
        (Problem([1], [-1], 1), "negative use"),
        (Problem([1], [1], 1, minimum_use=[1]), "minimum use"),
        (Problem([1, 1], [1 / 3, 1], 1), "table"),
    ],
)
def test_what_it_does_not_take(problem, message):
    with pytest.raises(ProblemError, match=message):
        every_budget(problem)
    with pytest.raises(BackendError, match=message):
        solve(problem, "dynamic_programming")


def test_mandatory_options_beyond_the_budget():
    problem = Problem([1, 1], [5, 1], 4, mandatory=[0])
    with pytest.raises(NoSolutionError, match="mandatory options exceed the budget"):
        every_budget(problem)
    assert solve(problem, "dynamic_programming").termination == "infeasible"
    curve = every_budget(problem.replace(capacity=[6]))
    with pytest.raises(NoSolutionError, match="cost 5, above 4"):
        curve.value(4)


def test_a_large_problem_of_one_budget_is_exact():
    rng = np.random.default_rng(3)
    use = rng.integers(1, 200, 2000).astype(float)
    values = use + rng.integers(0, 50, 2000)
    problem = Problem(values, use, 20_000)
    curve = every_budget(problem)
    assert curve.value(20_000) == solvers.solve(problem, "dynamic_programming").value
    assert curve.portfolio(12_345).holds
