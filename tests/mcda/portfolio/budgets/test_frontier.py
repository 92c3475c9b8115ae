"""Frontiers, lists and nested lists agree with looking at every portfolio."""

from __future__ import annotations

import itertools
from fractions import Fraction

import numpy as np
import pytest

import mcda
import solvers
from mcda.portfolio import frontier, nested_list, value_for_money
from solvers.testing import random_problem
from tests.solvers.brute import allowed, brute_force, use_of, value_of
from tests.solvers.cases import problem_of, read

SEEDS = [
    seed
    for seed in range(80)
    if (problem := random_problem(seed, 7)).resources and len(problem.names) > 1 and brute_force(problem) is not None
][:24]


def portfolios(problem: solvers.Problem) -> list[set[str]]:
    every = itertools.product((False, True), repeat=len(problem.names))
    return [{name for name, i in zip(problem.names, inside, strict=True) if i} for inside in every]


def cost_of(problem: solvers.Problem, chosen: set[str]) -> Fraction:
    return sum(use_of(problem, chosen), Fraction(0))


@pytest.mark.parametrize("seed", SEEDS)
def test_every_efficient_point_and_no_other(seed: int) -> None:
    problem = random_problem(seed, 7)
    pairs = {
        (cost_of(problem, chosen), value_of(problem, chosen))
        for chosen in portfolios(problem)
        if allowed(problem, chosen)
    }
    expected = sorted(
        (cost, value)
        for cost, value in pairs
        if not any((c <= cost and v >= value) and (c, v) != (cost, value) for c, v in pairs)
    )
    found = frontier(problem)
    assert found.complete
    assert [(point.cost, point.value) for point in found.points] == [(float(c), float(v)) for c, v in expected]
    for point, (cost, value) in zip(found.points, expected, strict=True):
        assert (cost_of(problem, set(point.selected)), value_of(problem, set(point.selected))) == (cost, value)
    # A point is supported exactly if some weighted sum of value and cost makes it best.
    for point, (cost, value) in zip(found.points, expected, strict=True):
        above = [(v - value) / (c - cost) for c, v in expected if c > cost]
        below = [(value - v) / (cost - c) for c, v in expected if c < cost]
        assert point.supported == (max(above, default=-1) <= min(below, default=max(above, default=0)))


def test_lourenco_morton_bana_e_costa_2012() -> None:
    case = read("probe-four-projects")
    problem = problem_of(case)
    found = frontier(problem.replace(capacity=[np.inf]))
    published = [
        (item["cost"], item["value"], item["members"], item["convex_efficient"])
        for item in case["efficient_portfolios"]
    ]
    assert [(p.cost, p.value, list(p.selected), p.supported) for p in found.points] == published
    assert frontier(problem, within_limits=False).to_frame().equals(found.to_frame())
    assert frontier(problem).points[-1].cost == 20
    prioritisation = case["budget_20"]["prioritisation"]
    stopped = value_for_money(problem, skip=False)
    assert (stopped.value, list(stopped.selected)) == (prioritisation["value"], prioritisation["selected"])
    assert [step.ratio for step in value_for_money(problem.replace(capacity=[np.inf])).steps] == list(
        case["benefit_cost_ratio"].values()
    )
    assert list(found.at(20).selected) == case["budget_20"]["selected"]
    assert (found.at(21.9).selected, found.at(22).selected) == (("1", "2", "4"), ("1", "2", "3"))
    with pytest.raises(mcda.InputError, match="No portfolio costs -1 or less: the cheapest costs 0"):
        found.at(-1)


def test_koc_morton_2009_nested_portfolios_under_ten_budgets() -> None:
    case = read("logos-mandated-sixteen")
    nested = case["nested"]
    capacity = np.repeat(np.array(nested["capital_each_year"], dtype=float)[:, None], 5, axis=1)
    found = nested_list(problem_of(case), capacity, nested["probability"])
    assert found.proven
    assert round(found.expected_value, 6) == nested["expected_value"]
    assert [round(value, 3) for value in found.values] == nested["value_by_scenario"]


@pytest.mark.parametrize("seed", SEEDS[:16])
def test_the_best_nested_list(seed: int) -> None:
    problem = random_problem(seed, 5)
    if not problem.resources:
        problem = problem.replace(
            usage=np.ones((len(problem.names), 1)), capacity=[2], resources=["r"], minimum_use=None
        )
    rng = np.random.default_rng(seed)
    scale = np.sort(rng.uniform(0.3, 1.2, 3))
    capacity = np.round(np.outer(scale, np.where(np.isfinite(problem.capacity), problem.capacity, 1e6)), 2)
    weights = [1, 2, 5]
    feasible = [
        [chosen for chosen in portfolios(problem) if allowed(problem.replace(capacity=limit), chosen)]
        for limit in capacity
    ]
    best = max(
        (
            sum(weight * value_of(problem, chosen) for weight, chosen in zip(weights, chain, strict=True)) / 8
            for chain in itertools.product(*feasible)
            if chain[0] <= chain[1] <= chain[2]
        ),
        default=None,
    )
    if best is None:
        with pytest.raises(mcda.NoAnswerError, match="No nested list keeps every limit and rule"):
            nested_list(problem, capacity, weights)
        return
    found = nested_list(problem, capacity, weights)
    assert found.proven
    assert found.expected_value == pytest.approx(float(best), rel=1e-9, abs=1e-9)
    chosen = [set(portfolio) for portfolio in found.portfolios]
    assert chosen[0] <= chosen[1] <= chosen[2]
    assert {name for _, name in found.order} == chosen[-1]


def test_a_list_stops_at_bundles_and_budgets() -> None:
    problem = solvers.Problem(
        [6, 9, 1, 5], [3, 4, 1, 6], 9, names="ABCD", resources=["cash"], requires=[("B", ["C"])], mandatory=["A"]
    )
    single = value_for_money(problem)
    assert [step.projects for step in single.steps] == [("A",), ("C",)]
    assert single.passed_over == ("B", "D")
    bundled = value_for_money(problem, bundles=True)
    assert [step.projects for step in bundled.steps] == [("A",), ("C", "B")]
    assert bundled.steps[1].ratio == 2
    assert bundled.feasible
    assert value_for_money(problem, bundles=True, budget=7).selected == ("A", "C")
    either = problem.replace(requires=[solvers.Requires("B", ["C", "D"], 1)])
    assert [step.projects for step in value_for_money(either, bundles=True).steps] == [("A",), ("C", "B")]
    # A minimum that the list never comes to meet is reported, not hidden.
    short = problem.replace(counts=[solvers.CountRule(["D"], minimum=1)])
    assert not value_for_money(short).feasible


@pytest.mark.parametrize(
    ("capacity", "weights", "message"),
    [
        ([[1, 2]], None, r"capacity must have one row per budget and one column per resource, shape \(m, 1\)"),
        ([1, 2], [1], "weights must be 2 non-negative figures"),
        ([1, 2], [0, 0], "not all 0"),
        ([1, 2], [1, -1], "non-negative"),
    ],
)
def test_figures_that_cannot_be_meant(capacity: list[float], weights: list[float] | None, message: str) -> None:
    problem = solvers.Problem([1, 2], [1, 2], 2)
    with pytest.raises(mcda.InputError, match=message):
        nested_list(problem, capacity, weights)
    with pytest.raises(mcda.LabelError, match=r"There is no resource 'gold'\. Known: resource 1"):
        frontier(problem, cost=["gold"])


@pytest.fixture(scope="module")
def flagship() -> mcda.Selection:
    return mcda.select(mcda.load(mcda.dataset("nhs-digital")))


def test_the_flagship_lists(flagship: mcda.Selection) -> None:
    skipping, bundled = value_for_money(flagship), value_for_money(flagship, bundles=True)
    best = set(flagship.selected)
    assert round(skipping.value, 2) == 191.19
    assert round(1 - skipping.value / flagship.value, 3) == 0.128
    assert len(best ^ set(skipping.selected)) == 9
    assert round(bundled.value, 2) == 200.99
    assert round(1 - bundled.value / flagship.value, 3) == 0.083
    assert skipping.feasible
    assert bundled.feasible


@pytest.mark.slow
def test_the_flagship_frontier_and_lists_side_by_side(flagship: mcda.Selection) -> None:
    found = mcda.compare_lists(flagship, 4)
    curve = found.frontier
    assert curve.complete
    assert curve.points[-1].value == flagship.value
    assert len(curve) == 105
    costs = [point.cost for point in curve.points]
    values = [point.value for point in curve.points]
    assert costs == sorted(costs)
    assert values == sorted(values)
    assert found.nested.proven
    frame = found.to_frame()
    assert (frame[["list_loss", "bundles_loss", "nested_loss"]] >= 0).all(axis=None)
    assert frame.iloc[-1][["optimum", "list", "bundles"]].round(2).tolist() == [219.27, 191.19, 200.99]
    for earlier, later in itertools.pairwise(found.nested.portfolios):
        assert set(earlier) <= set(later)
    assert "ListComparison: 4 budgets" in repr(found)
