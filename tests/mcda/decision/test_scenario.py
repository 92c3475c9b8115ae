"""Each kind of what-if changes what it says and nothing else, in exact decimals."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import mcda
from mcda.decision import Scenario

FLAGSHIP = Path(__file__).parents[3] / "datasets" / "nhs-digital"


@cache
def flagship():
    return mcda.load(FLAGSHIP)


@pytest.fixture
def decision():
    return flagship()


def changed_parts(before, after):
    parts = set()
    for one, other in zip(before.resources, after.resources, strict=True):
        for what in ("available", "use"):
            if not np.array_equal(getattr(one, what), getattr(other, what)):
                parts.add((one.id, what))
    if not np.array_equal(before.performance.most_likely, after.performance.most_likely):
        parts.add("performance")
    if before.groups != after.groups:
        parts.add("groups")
    same = ("projects", "judgements", "synergies", "dependencies", "exclusions", "policies", "years", "input_sha256")
    assert all(getattr(before, name) is getattr(after, name) for name in same)
    return parts


@pytest.mark.parametrize(
    ("scenario", "parts"),
    [
        ("N0", set()),
        ("N1", {("capital_k", "available")}),
        ("N2", {("capital_k", "available")}),
        ("N3", {("capital_k", "available")}),
        ("N4", {("revenue_k", "available")}),
        ("N5", {("integration", "available")}),
        ("N6", {("capital_k", "use")}),
        ("N7", {"performance"}),
        ("N8", {"performance"}),
        ("N9", {"groups"}),
        ("N10", {"groups"}),
    ],
)
def test_every_scenario_of_the_flagship_changes_one_thing(decision, scenario, parts):
    assert changed_parts(decision, mcda.apply_scenario(decision, scenario)) == parts


@pytest.mark.parametrize(
    ("scenario", "resource", "expected"),
    [
        ("N1", "capital_k", [3760.0, 4640.0, 3680.0, 1920.0, 720.0]),
        ("N2", "capital_k", [5700.0, 5800.0, 4600.0, 2400.0, 900.0]),
        ("N3", "capital_k", [4700.0, 6800.0, 4600.0, 2400.0, 900.0]),
        ("N4", "revenue_k", [1485.0, 3240.0, 4320.0, 4590.0, 4770.0]),
    ],
)
def test_budgets_are_exact(decision, scenario, resource, expected):
    assert mcda.apply_scenario(decision, scenario).resource(resource).available.tolist() == expected


def test_two_people_fewer_in_two_years(decision):
    before = decision.resource("integration").available
    after = mcda.apply_scenario(decision, "N5").resource("integration").available
    assert (before - after).tolist() == [2, 2, 0, 0, 0]


def test_optimism_bias_raises_each_project_by_its_own_percentage(decision):
    after = mcda.apply_scenario(decision, "N6").resource("capital_k").use
    for row, project in enumerate(decision.projects):
        for column, amount in enumerate(decision.resource("capital_k").use[row]):
            assert Fraction(str(after[row, column])) == Fraction(str(amount)) * (
                1 + Fraction(str(project.optimism_bias_capital_pct)) / 100
            )
    assert after[0].tolist() == [910.0, 780.0, 390.0, 0.0, 0.0]


def test_pessimistic_and_group_priorities(decision):
    after = mcda.apply_scenario(decision, "N7").performance
    assert np.array_equal(after.most_likely, decision.performance.pessimistic)
    assert after.do_nothing is not None
    groups = mcda.apply_scenario(decision, "N9").groups
    assert {group.id: group.default_board_weight for group in groups} == {
        "clinical": 0,
        "operational": 0,
        "technical": 1,
        "finance": 0,
        "patients": 0,
    }


def test_a_scenario_of_ones_own(decision):
    after = mcda.apply_scenario(
        decision, Scenario("mine", target="cost", key="revenue_k", operation="multiply", value="1.1")
    )
    assert after.resource("revenue_k").use[0].tolist() == [198.0, 352.0, 330.0, 242.0, 242.0]


def test_no_limit_stays_no_limit(decision):
    endless = replace(decision.resource("capital_k"), available=np.full(5, np.inf))
    open_ended = replace(decision, resources=(endless, *decision.resources[1:]))
    assert np.isinf(mcda.apply_scenario(open_ended, "N1").resource("capital_k").available).all()


@given(
    cents=st.integers(0, 10**9),
    tenths=st.integers(0, 1000),
)
def test_multiplying_is_that_of_the_decimals_as_written(cents, tenths):
    decision = flagship()
    amount = cents / 100
    limits = replace(decision.resource("capital_k"), available=np.full(5, amount))
    base = replace(decision, resources=(limits, *decision.resources[1:]))
    scenario = Scenario("x", target="budget", key="capital_k", years=(2,), operation="multiply", value=f"{tenths / 10}")
    after = mcda.apply_scenario(base, scenario).resource("capital_k").available
    assert after[1] == float(Fraction(cents, 100) * Fraction(tenths, 10))
    assert after[0] == amount


BAD = [
    (
        {"target": "capacity", "key": "integration", "operation": "add", "value": "-20"},
        "would leave -11.5 FTE of integration in year 1, from 8.5 in the base plan; a limit is at least 0.",
    ),
    (
        {"target": "budget", "key": "capitol_k", "operation": "add", "value": "1"},
        "the budget of 'capitol_k'; the decision's money resources are capital_k, revenue_k.",
    ),
    ({"target": "budget", "key": "integration", "operation": "add", "value": "1"}, "money resources are"),
    (
        {"target": "budget", "key": "capital_k", "operation": "divide", "value": "2"},
        "cannot 'divide' the target 'budget'",
    ),
    ({"target": "budget", "key": "capital_k", "operation": "add", "value": "lots"}, "needs a number as its value"),
    ({"target": "budget", "key": "capital_k", "operation": "add", "value": "nan"}, "needs a number as its value"),
    (
        {"target": "budget", "key": "capital_k", "operation": "add", "value": "1", "years": (6,)},
        "changes year 6; the planning years are 1, 2, 3, 4, 5.",
    ),
    (
        {"target": "cost", "key": "capital_k", "operation": "uplift_column", "value": "bias"},
        "projects has no column 'bias'",
    ),
    (
        {"target": "cost", "key": "capital_k", "operation": "uplift_column", "value": "category"},
        "needs a percentage of at least -100 in the column 'category' of every project. Project 'P01' has 'EPR'.",
    ),
    ({"target": "cost", "key": "capital_k", "operation": "multiply", "value": "-1"}, "a factor is at least 0"),
    ({"target": "performance", "operation": "use_column", "value": "worst"}, "a level is one of"),
    ({"target": "weights", "key": "public", "operation": "use_group", "value": "1"}, "There is no group 'public'"),
]


@pytest.mark.parametrize(("fields", "message"), BAD, ids=range(len(BAD)))
def test_a_scenario_that_makes_no_sense_is_refused(decision, fields, message):
    with pytest.raises(mcda.InputError) as caught:
        mcda.apply_scenario(decision, Scenario("X", **fields))
    assert message in str(caught.value)


def test_an_unknown_scenario_is_refused(decision):
    with pytest.raises(mcda.LabelError, match=r"There is no scenario 'N99'\. Known: N0, N1"):
        mcda.apply_scenario(decision, "N99")
