from __future__ import annotations

import pickle

import numpy as np
import pytest

import solvers
from solvers import BackendError, CountRule, NoSolutionError, Problem, ProblemError, Synergy, solve
from solvers.backends import highs, registry

SOLVERS = ("highs", "exhaustive")


@pytest.mark.parametrize("solver", SOLVERS)
class TestTies:
    def test_less_of_the_first_resource_first(self, solver):
        problem = Problem([2, 2, 4], [[3, 0], [2, 9], [5, 9]], [5, 9])
        solution = solve(problem, solver)
        assert (solution.selected, solution.unique) == (("option 1", "option 2"), False)
        cheaper = solve(problem.replace(usage=[[3, 0], [2, 9], [4, 9]]), solver)
        assert cheaper.selected == ("option 3",)

    def test_then_the_earlier_options(self, solver):
        solution = solve(Problem(np.ones(25), np.ones((25, 1)), [9], forbidden=range(20, 25)), solver)
        assert solution.selected == tuple(f"option {i}" for i in range(1, 10))
        assert solution.unique is False

    def test_worthless_options_that_cost_nothing_are_in(self, solver):
        assert solve(Problem([0, 5, 0], [[0], [1], [1]], [2]), solver).selected == ("option 1", "option 2")

    def test_without_resources(self, solver):
        solution = solve(Problem([1, 1, -1], np.empty((3, 0)), [], counts=[CountRule([0, 1, 2], maximum=1)]), solver)
        assert (solution.selected, solution.unique) == (("option 1",), False)

    def test_a_difference_in_the_last_decimal_is_not_a_tie(self, solver):
        problem = Problem([1.000000001, 1.000000002], [1, 1], 1)
        solution = solve(problem, solver)
        assert (solution.selected, solution.unique) == (("option 2",), True)


@pytest.mark.parametrize("solver", SOLVERS)
class TestOutcomes:
    def test_an_overlap_cannot_be_switched_off(self, solver):
        problem = Problem([5, 5], [1, 1], 2, synergies=[Synergy([0, 1], -6)])
        assert solve(problem, solver).selected == ("option 1",)

    def test_a_synergy_needs_all_its_members(self, solver):
        problem = Problem([1, 1, 1], [1, 1, 1], 2, synergies=[Synergy([0, 1, 2], 50), Synergy([1, 2], 1)])
        assert solve(problem, solver).selected == ("option 2", "option 3")

    def test_a_saving_makes_room(self, solver):
        problem = Problem([3, 3], [6, 6], 10, synergies=[Synergy([0, 1], 0, {0: -2})])
        solution = solve(problem, solver)
        assert solution.usage == {"resource 1": 10}

    def test_infeasible(self, solver):
        solution = solve(Problem([1, 1], [5, 5], 4, mandatory=[0]), solver)
        assert (solution.termination, solution.limit, solution.has_portfolio) == ("infeasible", None, False)
        for ask in ("selected", "value", "usage"):
            with pytest.raises(NoSolutionError, match="infeasible"):
                getattr(solution, ask)
        assert solution.gap is None

    def test_no_options_at_all(self, solver):
        empty = Problem([], np.empty((0, 1)), [3])
        assert (solve(empty, solver).termination, solve(empty, solver).selected) == ("optimal", ())
        assert solve(empty.replace(minimum_use=[1]), solver).termination == "infeasible"
        assert solve(empty.replace(capacity=[-1]), solver).termination == "infeasible"

    def test_everything_mandatory_and_zero_capacity(self, solver):
        problem = Problem([1, -2], [1, 1], 2, mandatory=[0, 1])
        solution = solve(problem, solver)
        assert (solution.value, solution.unique) == (-1, True)
        nothing = solve(problem.replace(mandatory=(), capacity=[0]), solver)
        assert (nothing.selected, nothing.termination) == ((), "optimal")

    def test_use_below_a_floor_is_not_allowed(self, solver):
        solution = solve(Problem([-1, -5, 3], [2, 4, 1], 10, minimum_use=[5]), solver)
        assert solution.selected == ("option 2", "option 3")

    def test_figures_from_tiny_to_huge_in_one_row(self, solver):
        problem = Problem([1, 1, 1], [[1e9], [1e9], [1e-9]], [2e9])
        assert solve(problem, solver).value == 2
        assert solve(problem.replace(capacity=[2000000000.000001]), solver).value == 3

    def test_tiny_figures_still_bind(self, solver):
        assert solve(Problem([1, 1], [1e-8, 1e-8], 1.5e-8), solver).value == 1

    def test_huge_coefficients_do_not_slip_past_the_tolerance(self, solver):
        # The option worth 1000 exceeds the limit by 1, one part in ten million.
        problem = Problem([1000, 1], [[10_000_001], [3]], [10_000_000])
        assert solve(problem, solver).selected == ("option 2",)


def test_a_broken_answer_is_never_returned(monkeypatch):
    lies = iter([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0]])
    honest = highs.Highs.maximise

    def liar(self, model, options):
        from dataclasses import replace

        outcome = honest(self, model, options)
        lie = next(lies, None)
        return outcome if lie is None else replace(outcome, x=np.array(lie))

    monkeypatch.setattr(highs.Highs, "maximise", liar)
    solution = solve(Problem([2, 3], [2, 2], 3), "highs")
    assert solution.selected == ("option 2",)
    assert sum("breaks resource 1; solved again" in event for event in solution.events) == 2


def test_a_worse_answer_called_optimal_is_not_passed_on_as_optimal(monkeypatch):
    from dataclasses import replace

    honest = highs.Highs.maximise
    monkeypatch.setattr(highs.Highs, "maximise", lambda self, m, o: replace(honest(self, m, o), x=np.array([1.0, 0.0])))
    solution = solve(Problem([2, 3], [2, 2], 3), "highs")
    assert (solution.termination, solution.limit, solution.value, solution.bound) == (
        "feasible",
        "precision",
        2,
        3,
    )


def test_a_refused_version_is_not_used(monkeypatch):
    monkeypatch.setattr(highs.Highs, "version", lambda self: "1.14.0")
    registry.why_unusable.cache_clear()
    try:
        with pytest.raises(BackendError, match=r"1\.14\.0 returns wrong optima with status Optimal"):
            solve(Problem([1], [1], 1), "highs")
    finally:
        registry.why_unusable.cache_clear()


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"solver": "gurobi"}, BackendError, r"There is no solver 'gurobi'\. Use 'auto' or one of: highs"),
        ({"time_limit": 0}, ProblemError, "time_limit must be in seconds, above 0"),
        ({"time_limit": float("nan")}, ProblemError, "time_limit"),
        ({"gap": -0.1}, ProblemError, "gap must be a share of the value"),
        ({"gap": float("nan")}, ProblemError, "gap"),
        ({"threads": 0}, ProblemError, "threads must be a whole number"),
        ({"threads": 1.5}, ProblemError, "threads must be a whole number"),
    ],
)
def test_options_out_of_range_are_refused(options, error, message):
    with pytest.raises(error, match=message):
        solve(Problem([1], [1], 1), **options)


def test_only_problems_are_solved():
    with pytest.raises(ProblemError, match=r"solve takes a solvers.Problem. Got list"):
        solve([1, 2, 3])


def test_exhaustive_says_what_is_too_much_for_it():
    with pytest.raises(BackendError, match=r"at most 22 free options\. Got 30"):
        solve(Problem(np.ones(30), np.ones((30, 1)), [3]), "exhaustive")


def hard(seed=0, n=90, r=10):
    rng = np.random.default_rng(seed)
    usage = rng.integers(1, 1000, (n, r)).astype(float)
    values = np.round(usage.mean(axis=1) + rng.uniform(0, 500, n), 1)
    return Problem(values, usage, usage.sum(axis=0) // 2)


def test_a_time_limit_leaves_a_portfolio_with_bound_and_gap():
    solution = solve(hard(), time_limit=0.7)
    assert (solution.termination, solution.limit) == ("feasible", "time")
    assert solution.certificate.holds
    assert solution.bound > solution.value
    assert 0 < solution.gap < 0.2
    assert solution.unique is None


def test_a_time_limit_before_anything_is_found():
    solution = solve(hard(), "highs", time_limit=1e-6)
    assert (solution.termination, solution.limit) == ("no_solution_found", "time")
    with pytest.raises(NoSolutionError, match=r"no_solution_found' \(limit: time\)"):
        _ = solution.selected


def test_a_gap_is_a_proof_to_that_gap():
    solution = solve(hard(), "highs", gap=0.05)
    assert solution.termination == "optimal"
    assert 0 <= solution.gap <= 0.05
    assert solution.unique is None


def test_linear_bound_duals_are_by_resource_and_agree_with_scipy(monkeypatch):
    problem = Problem([4, 5, 6], [[2, 1], [3, 0], [1, 4]], [4, float("inf")], minimum_use=[0, 1], resources=["a", "b"])
    first = solvers.lp_bound(problem)
    monkeypatch.setattr(highs.Highs, "unusable", lambda self: "pretend")
    second = solvers.lp_bound(problem)
    assert first.value == pytest.approx(second.value)
    assert first.duals == pytest.approx(second.duals)
    assert first.duals["b"] == 0
    with pytest.raises(NoSolutionError, match="Even the linear relaxation"):
        solvers.lp_bound(problem.replace(minimum_use=[5, 0]))


def test_a_solution_prints_and_survives_pickling():
    solution = solve(Problem([1, 2], [1, 1], 1, names=["a", "b"], resources=["money"]), "highs")
    assert repr(solution).startswith("<Solution: optimal, value 2, 1 of 2 options, highs ")
    assert list(solution.to_frame()["selected"]) == [False, True]
    assert "<table" in solution._repr_html_()
    again = pickle.loads(pickle.dumps(solution))  # noqa: S301 - our own bytes
    assert again.selected == ("b",)
