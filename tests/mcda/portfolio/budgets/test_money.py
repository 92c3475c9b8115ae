"""What more buys: exact re-solves against looking at every portfolio."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import mcda
import solvers
from mcda.portfolio import resource_curve, what_more_buys
from solvers.testing import random_problem
from tests.solvers.brute import brute_force, exact

SEEDS = [
    seed for seed in range(60) if (problem := random_problem(seed, 7)).resources and brute_force(problem) is not None
][:16]


@pytest.mark.parametrize("seed", SEEDS)
def test_gains_of_each_resource(seed: int) -> None:
    problem = random_problem(seed, 7)
    best = brute_force(problem)
    assert best is not None
    found = what_more_buys(problem, 2.5)
    limited = [name for name, limit in zip(problem.resources, problem.capacity, strict=True) if np.isfinite(limit)]
    assert sorted(item.resource for item in found.items) == sorted(limited)
    for item in found.items:
        at = problem.resources.index(item.resource)
        for change, gain in ((2.5, item.gain), (np.inf, item.ceiling), (item.enough, item.gain)):
            if change is None:
                continue
            capacity = problem.capacity.copy()
            capacity[at] = float(exact(capacity[at]) + exact(change)) if np.isfinite(change) else np.inf
            then = brute_force(problem.replace(capacity=capacity))
            assert then is not None
            assert float(then[0] - best[0]) == gain


@pytest.mark.parametrize("seed", SEEDS[:10])
def test_the_curve_of_one_resource(seed: int) -> None:
    problem = random_problem(seed, 7)
    limited = np.flatnonzero(np.isfinite(problem.capacity))
    if not limited.size:
        return
    at = int(limited[0])
    current = float(problem.capacity[at])
    curve = resource_curve(problem, problem.resources[at], less=0.0)
    starts = [step.limit for step in curve.steps]
    assert starts == sorted(starts)
    probes = [current, *starts, *((a + b) / 2 for a, b in itertools.pairwise(starts)), max(starts) + 1]
    for limit in probes:
        capacity = problem.capacity.copy()
        capacity[at] = limit
        best = brute_force(problem.replace(capacity=capacity))
        assert best is not None
        reached = [step for step in curve.steps if step.limit <= limit]
        assert reached[-1].value == float(best[0])


@pytest.fixture(scope="module")
def flagship() -> mcda.Selection:
    return mcda.select(mcda.load(mcda.dataset("nhs-digital")))


def test_the_flagship_one_million_more(flagship: mcda.Selection) -> None:
    found = what_more_buys(flagship, resources=["capital_k", "integration"])
    first, second = found.of("capital_k year 1"), found.of("capital_k year 2")
    assert round(first.gain or 0, 2) == 16.09
    assert round(first.predicted, 1) == 24.2
    assert round(second.gain or 0, 2) == 2.22
    assert round(second.predicted, 1) == 15.2
    assert (first.enough, first.enters, first.leaves) == (320, ("P27", "P29", "P30", "P38"), ("P05", "P26", "P28"))
    assert found.most_binding == first
    assert found.of("integration year 2").gain == 0
    assert found.of("integration year 2").binds is False
    assert "£1.00m more capital in year 1 would add 16.09 in value" in first.sentence
    assert "The linear relaxation predicts 24.24." in first.sentence
    assert "1 FTE more integration in year 2 would buy nothing" in found.of("integration year 2").sentence
    assert found.to_frame().index[0] == "capital_k"
    # The same as the scenarios of the decision's own files.
    assert mcda.select(flagship.decision, scenario="N2").value - flagship.value == pytest.approx(first.gain)


def test_questions_that_cannot_be_meant(flagship: mcda.Selection) -> None:
    problem = solvers.Problem([1, 2], [1, 2], 2, resources=["cash"])
    with pytest.raises(mcda.LabelError, match=r"There is no limited resource 'gold'\. Known: cash"):
        what_more_buys(problem, resources=["gold"])
    with pytest.raises(mcda.InputError, match=r"The extra amount of 'cash' must be a number above 0\. Got -1\.0"):
        what_more_buys(problem, -1)
    with pytest.raises(mcda.LabelError, match="There is no resource 'capital_k year 9'"):
        resource_curve(flagship, "capital_k year 9")
    with pytest.raises(mcda.InputError, match="less says how far to look"):
        resource_curve(problem, "cash", less=-1)
    assert what_more_buys(problem.replace(capacity=[np.inf])).items == ()
