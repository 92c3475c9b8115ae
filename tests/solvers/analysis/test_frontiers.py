from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from solvers import Problem, ProblemError, Synergy, certify, pareto
from solvers.testing import random_problem
from tests.solvers.cases import problem_of, read


def test_mavrotas_florios_2013_complete_frontier():
    case = read("mavrotas-2kp50")
    first, second = case["objectives"]
    problem = Problem(first, np.array(case["usage_by_resource"]).T, case["capacity"])
    frontier = pareto(problem, {"first": first, "second": second})
    assert [list(map(int, point)) for point in frontier.points] == sorted(case["pareto_points"], reverse=True)
    assert frontier.complete


def test_probe_2012_efficient_and_convex_efficient_portfolios():
    case = read("probe-four-projects")
    frontier = pareto(problem_of(case).replace(capacity=[float("inf")]), ["value", "budget"], {"budget": "min"})
    published = sorted(case["efficient"], reverse=True)
    assert [[int(cost), int(value)] for value, cost in frontier.points] == [row[:2] for row in published]
    assert [list(portfolio.selected) for portfolio in frontier.portfolios] == [row[2] for row in published]
    assert list(frontier.supported) == [row[3] for row in published]


def brute_force(problem, objectives, signs):
    points = set()
    for inside in product((0, 1), repeat=len(problem.names)):
        chosen = np.flatnonzero(inside).tolist()
        if certify(problem, chosen).holds:
            points.add(tuple(certify(problem.replace(values=f, synergies=()), chosen).value for f in objectives))
    return {
        p
        for p in points
        if not any(q != p and all(s * a >= s * b for s, a, b in zip(signs, q, p, strict=True)) for q in points)
    }


@pytest.mark.parametrize(("seed", "count"), [(seed, 2 + seed % 3) for seed in range(40)])
def test_frontiers_of_two_to_four_objectives_agree_with_brute_force(seed, count):
    problem = random_problem(seed, most_options=7)
    rng = np.random.default_rng(seed)
    digits = int(rng.choice([0, 1, 15]))
    objectives = [np.round(rng.uniform(-3, 9, len(problem.names)), digits) for _ in range(count)]
    signs = [int(s) for s in rng.choice([1, -1], count)]
    frontier = pareto(
        problem,
        {f"f{i}": figures for i, figures in enumerate(objectives)},
        ["max" if sign > 0 else "min" for sign in signs],
    )
    assert set(frontier.points) == brute_force(problem, objectives, signs)
    assert len(frontier.points) == len(set(frontier.points))


def test_synergies_count_in_value_and_in_use():
    problem = Problem([1, 1], [[2], [2]], [9], resources=["cost"], synergies=[Synergy([0, 1], 3, {"cost": -1})])
    frontier = pareto(problem, ["value", "cost"], ["max", "min"])
    assert [(int(v), int(c)) for v, c in frontier.points] == [(5, 3), (1, 2), (0, 0)]
    assert frontier.to_frame()["selected"].tolist() == ["option 1, option 2", "option 1", ""]


@pytest.mark.parametrize(
    ("objectives", "directions", "message"),
    [
        (["value"], None, "at least two objectives"),
        (["value", "profit"], None, "neither 'value' nor a resource"),
        (["value", "resource 1"], ["max"], "one per objective"),
        (["value", "resource 1"], ["max", "down"], "'max' or 'min'"),
        (["value", "resource 1"], {"x": "max"}, "which is not an objective"),
        ({"a": [1], "b": [1, 2]}, None, "needs 2 finite figures"),
        ({"a": [1, float("nan")], "b": [1, 2]}, None, "needs 2 finite figures"),
    ],
)
def test_bad_objectives_are_refused(objectives, directions, message):
    with pytest.raises(ProblemError, match=message):
        pareto(Problem([1, 2], [1, 1], 1), objectives, directions)


def test_a_time_limit_leaves_an_incomplete_frontier():
    frontier = pareto(Problem([1, 2], [1, 1], 1), ["value", "resource 1"], time_limit=1e-9)
    assert (len(frontier), frontier.complete) == (0, False)
    assert "not all" in repr(frontier)
