"""Alternatives and trade-offs against looking at every portfolio, and a published frontier."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest

import mcda
import solvers
from mcda.portfolio import alternatives, frontier, resource_curve, trade_offs
from solvers.testing import random_problem
from tests.solvers.brute import allowed, brute_force, value_of
from tests.solvers.cases import problem_of, read

SEEDS = [
    seed
    for seed in range(60)
    if len((problem := random_problem(seed, 7)).names) > 2 and brute_force(problem) is not None
][:14]


def feasible(problem: solvers.Problem) -> list[set[str]]:
    every = itertools.product((False, True), repeat=len(problem.names))
    found = [{name for name, i in zip(problem.names, inside, strict=True) if i} for inside in every]
    return [chosen for chosen in found if allowed(problem, chosen)]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_next_best_and_all_within_a_share(seed: int) -> None:
    problem = random_problem(seed, 7)
    values = sorted((value_of(problem, chosen) for chosen in feasible(problem)), reverse=True)
    found = alternatives(problem, 4)
    assert [item.value for item in found.items] == [float(value) for value in values[:4]]
    for item in found.items:
        assert set(item.selected) == (set(found.items[0].selected) | set(item.enters)) - set(item.leaves)
        assert item.loss == float(values[0] - value_of(problem, set(item.selected)))
    near = [value for value in values if values[0] - value <= Fraction("0.1") * abs(values[0])]
    within = alternatives(problem, 500, within=0.1)
    assert within.complete
    assert [item.value for item in within.items] == [float(value) for value in near]
    if len(near) > 1:
        assert not alternatives(problem, len(near) - 1, within=0.1).complete


@pytest.mark.parametrize("seed", SEEDS)
def test_the_most_different_good_one(seed: int) -> None:
    problem = random_problem(seed, 7)
    found = alternatives(problem, 2, different=True, loss=0.2)
    best = set(found.items[0].selected)
    top = value_of(problem, best)
    good = [c for c in feasible(problem) if c != best and top - value_of(problem, c) <= Fraction("0.2") * abs(top)]
    if not good:
        assert len(found) == 1
        return
    widest = max(len(best ^ chosen) for chosen in good)
    assert len(best ^ set(found.items[1].selected)) == widest
    assert found.items[1].value == float(max(value_of(problem, c) for c in good if len(best ^ c) == widest))


def test_probe_2012_at_this_level() -> None:
    case = read("probe-four-projects")
    problem = problem_of(case).replace(capacity=[float("inf")])
    found = trade_offs(problem, ["value", "budget"], {"budget": "min"})
    published = sorted(case["efficient"], reverse=True)
    assert [[int(cost), int(value)] for value, cost in found.points] == [row[:2] for row in published]
    assert [list(portfolio.selected) for portfolio in found.portfolios] == [row[2] for row in published]


@pytest.fixture(scope="module")
def flagship() -> mcda.Selection:
    return mcda.select(mcda.load(mcda.dataset("nhs-digital")), force=["P36"], forbid=["P01", "P03", "P04", "P10"])


def test_objectives_by_name(flagship: mcda.Selection) -> None:
    decision = flagship.decision
    small = mcda.select(decision, forbid=[p.id for p in decision.projects[9:] if not p.mandatory])
    found = trade_offs(small, ["value", "delivery_risk_1to5", "capital_k"])
    assert found.complete
    assert found.objectives == ("value", "delivery_risk_1to5", "capital_k")
    assert float(found.points[0][0]) == pytest.approx(small.value)
    risk = {project.id: project.delivery_risk_1to5 or 0 for project in decision.projects}
    for point, portfolio in zip(found.points, found.portfolios, strict=True):
        assert point[1] == sum(risk[name] for name in portfolio.selected)
        assert point[2] == sum(portfolio.usage[f"capital_k year {year}"] for year in (1, 2, 3, 4, 5))
    leaf = trade_offs(small, ["value", "C9"])
    points = mcda.leaf_values(decision)["C9"]
    together = [synergy for synergy in decision.synergies if set(synergy.members) <= set(leaf.portfolios[0].selected)]
    if not together:
        assert float(leaf.points[0][1]) == pytest.approx(points[list(leaf.portfolios[0].selected)].sum())


def test_what_cannot_be_meant_is_refused(flagship: mcda.Selection) -> None:
    with pytest.raises(mcda.LabelError, match="projects has no column 'carbon'"):
        trade_offs(flagship, ["value", "carbon"])
    with pytest.raises(mcda.InputError, match="needs a number for every project; P01 has 'EPR'"):
        trade_offs(flagship, ["value", "category"])
    with pytest.raises(mcda.LabelError, match="directions names 'risk'"):
        trade_offs(flagship, ["value", "capital_k"], {"risk": "min"})
    problem = solvers.Problem([1, 2], [1, 2], 2, names="AB", resources=["cash"])
    with pytest.raises(mcda.LabelError, match=r"There is no objective 'gold'\. Known: value, cash"):
        trade_offs(problem, ["value", "gold"])
    with pytest.raises(solvers.ProblemError, match="within must be a share"):
        alternatives(problem, within=-1)
    part = problem.replace(partial={"A": 0.5})
    with pytest.raises(mcda.InputError, match="infinitely many efficient portfolios"):
        frontier(part)
    with pytest.raises(solvers.ProblemError, match="least cut is not defined"):
        solvers.least_cut(part, "A", 1)
    two = solvers.Problem([1, 2], [[1, 0], [0, 2]], [2, 1], names="AB", resources=["y1", "y2"], carries=[["y1", "y2"]])
    with pytest.raises(mcda.InputError, match="take out carry-forward and transfers"):
        resource_curve(two, "y1")
    why = mcda.explain(two.replace(values=[1, -1]), limits=False).of("B")
    assert why.cheaper is None
    assert "cut" not in str(why)
