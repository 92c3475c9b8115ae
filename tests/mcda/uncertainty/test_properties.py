"""What holds of the futures of any decision: supports, means, and what failing and bias may do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mcda
from mcda.decision import Decision
from tests.mcda.scenarios.small import small

_LEAVES = {"C1": "max", "C2": "min"}


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """Two to four projects on a leaf of each direction, with a synergy, money and a team."""
    ids = [f"P{number}" for number in range(draw(st.integers(2, 4)))]
    whole = st.integers(-9, 9)
    performance = []
    for project in ids:
        for leaf, direction in _LEAVES.items():
            levels = sorted(draw(st.lists(whole, min_size=3, max_size=3)), reverse=direction == "min")
            performance.append((project, leaf, draw(whole), *levels))
    tables = {
        "projects": pd.DataFrame(
            {
                "project_id": ids,
                "name": ids,
                "prob_delivers_as_planned": [draw(st.integers(0, 10)) / 10 for _ in ids],
                "optimism_bias_capital_pct": [draw(st.integers(0, 80)) for _ in ids],
                "cost_low_mult": [draw(st.integers(5, 10)) / 10 for _ in ids],
                "cost_high_mult": [1.1 + draw(st.integers(0, 10)) / 10 for _ in ids],
            }
        ),
        "criteria": pd.DataFrame(
            [
                {"criterion_id": "G"},
                *(
                    {"criterion_id": leaf, "parent_id": "G", "direction": direction, "weight": 0.5,
                     "reference_worse": 0, "reference_better": 10 if direction == "max" else -10}
                    for leaf, direction in _LEAVES.items()
                ),
            ]
        ),
        "performance": pd.DataFrame(
            performance,
            columns=["project_id", "criterion_id", "do_nothing", "pessimistic", "most_likely", "optimistic"],
        ),
        "costs": pd.DataFrame(
            {"project_id": ids, "year": 1, "capital_k": [draw(st.integers(0, 90)) for _ in ids], "revenue_k": 7}
        ),
        "budgets": pd.DataFrame({"year": [1], "capital_k": [100], "revenue_k": [100]}),
        "capacity": pd.DataFrame({"team": ["design"], "year": [1], "fte_available": [3]}),
        "capacity_demand": pd.DataFrame({"project_id": ids, "team": "design", "year": 1, "fte": 1.5}),
        "synergies": pd.DataFrame(
            {"synergy_id": ["Y1"], "members": [";".join(ids[:2])], "kind": ["performance"], "criterion_id": ["C1"],
             "year": [""], "amount": [draw(whole)]}
        ),
    }  # fmt: skip
    return mcda.decision_from_frames(tables)


def planned(decision: Decision) -> mcda.Futures:
    return mcda.draw_futures(decision, draws=1)


@given(decisions(), st.integers(0, 2**63 - 1))
@settings(max_examples=40, deadline=None)
def test_a_failed_project_loses_its_gains_and_keeps_costs_and_harms(decision: Decision, seed: int) -> None:
    drawn = mcda.draw_futures(decision, draws=64, rng=seed, delivery=True)
    weights = mcda.weigh_decision(decision).board.to_numpy()
    leaves = mcda.leaf_values(decision).to_numpy()
    whole, harms = leaves @ weights, np.minimum(leaves, 0.0) @ weights
    delivers = np.isclose(drawn.values, whole)
    assert (delivers | np.isclose(drawn.values, harms)).all()
    assert (drawn.values <= whole + 1e-9).all()
    assert drawn.usage is None  # a failed project costs what it costs
    chance = np.array([project.prob_delivers_as_planned for project in decision.projects])
    assert delivers[:, chance == 1.0].all()
    assert np.isclose(drawn.values, harms)[:, chance == 0.0].all()
    assert np.isfinite(drawn.values).all()
    # A synergy that helps is lost with either member; one that harms stays.
    worth = planned(decision).synergy_values[0, 0] if drawn.synergy_values.size else 0.0
    if drawn.synergy_values.size:
        assert set(drawn.synergy_values[:, 0].tolist()) <= {worth, min(worth, 0.0)}


@given(decisions(), st.integers(0, 2**63 - 1), st.floats(0, 1))
@settings(max_examples=25, deadline=None)
def test_what_remains_lies_between_all_and_nothing(decision: Decision, seed: int, remaining: float) -> None:
    def values(share: float) -> np.ndarray:
        return mcda.draw_futures(decision, draws=32, rng=seed, delivery=mcda.DeliveryDraw(remaining=share)).values

    least, some, all_of_it = values(0.0), values(remaining), values(1.0)
    assert (least <= some + 1e-9).all()
    assert (some <= all_of_it + 1e-9).all()
    np.testing.assert_allclose(some, least + remaining * (all_of_it - least), atol=1e-9)


@given(decisions(), st.integers(0, 2**63 - 1), st.sampled_from(["triangular", "uniform", "pert"]))
@settings(max_examples=40, deadline=None)
def test_costs_stay_within_their_ranges_and_bias_never_lowers_one(
    decision: Decision, seed: int, distribution: str
) -> None:
    use = mcda.scored_problem(decision).problem.usage
    half = 0.0005 + 1e-9  # of the last decimal kept
    bias = mcda.CostDraw(kind="optimism_bias", distribution=distribution)  # type: ignore[arg-type]
    raised = mcda.draw_futures(decision, draws=64, rng=seed, optimism=bias).usage
    assert raised is not None
    percent = np.array([project.optimism_bias_capital_pct for project in decision.projects])
    assert (raised >= use - half).all()
    assert (raised[:, :, 0] <= use[:, 0] * (1 + percent / 100) + half).all()
    assert (raised[:, :, 1:] == use[:, 1:]).all()  # capital alone
    ranged = mcda.CostDraw(distribution=distribution)  # type: ignore[arg-type]
    moved = mcda.draw_futures(decision, draws=64, rng=seed, costs=ranged).usage
    assert moved is not None
    low = np.array([project.cost_low_mult for project in decision.projects])
    high = np.array([project.cost_high_mult for project in decision.projects])
    for money in (0, 1):
        assert (moved[:, :, money] >= use[:, money] * low - half).all()
        assert (moved[:, :, money] <= use[:, money] * high + half).all()
    assert (moved[:, :, 2] == use[:, 2]).all()  # people are no money
    assert np.isfinite(moved).all()
    assert np.array_equal(moved, np.round(moved, 3))


@given(decisions(), st.integers(0, 2**63 - 1))
@settings(max_examples=25, deadline=None)
def test_performance_stays_within_its_levels(decision: Decision, seed: int) -> None:
    weights = mcda.weigh_decision(decision).board
    drawn = mcda.draw_futures(decision, draws=64, rng=seed, performance=True).values
    low, high = (
        mcda.value_projects(decision, weights, level=level).projects for level in ("pessimistic", "optimistic")
    )
    assert (drawn >= low.to_numpy() - 1e-9).all()
    assert (drawn <= high.to_numpy() + 1e-9).all()


@cache
def many(**asked: bool) -> mcda.Futures:
    return mcda.draw_futures(small(), draws=20_000, rng=8, **asked)  # type: ignore[arg-type]


def test_means_are_those_of_the_distributions() -> None:
    use = mcda.scored_problem(small()).problem.usage
    projects = small().projects
    weights = mcda.weigh_decision(small()).board.to_numpy()
    low, mid, high = (
        mcda.leaf_values(small(), level).to_numpy() @ weights for level in ("pessimistic", "most_likely", "optimistic")
    )
    np.testing.assert_allclose(many(performance=True).values.mean(axis=0), (low + mid + high) / 3, rtol=0.01)
    factor = [(one.cost_low_mult + 1 + one.cost_high_mult) / 3 for one in projects]
    costs = many(costs=True).usage
    assert costs is not None
    np.testing.assert_allclose(costs[:, :, 0].mean(axis=0), use[:, 0] * factor, rtol=0.01)
    bias = many(optimism=True).usage  # the share that comes true is halfway on average
    assert bias is not None
    uplift = np.array([one.optimism_bias_capital_pct for one in projects])
    np.testing.assert_allclose(bias[:, :, 0].mean(axis=0), use[:, 0] * (1 + uplift / 200), rtol=0.01)
    leaves = mcda.leaf_values(small()).to_numpy()
    chance = np.array([one.prob_delivers_as_planned for one in projects])
    expected = chance * (leaves @ weights) + (1 - chance) * (np.minimum(leaves, 0) @ weights)
    np.testing.assert_allclose(many(delivery=True).values.mean(axis=0), expected, rtol=0.03, atol=0.05)


def test_sources_do_not_disturb_each_other() -> None:
    alone = mcda.draw_futures(small(), "groups", draws=30, rng=2, performance=True)
    beside = mcda.draw_futures(small(), "groups", draws=30, rng=2, performance=True, costs=True, optimism=True)
    np.testing.assert_array_equal(alone.weights, beside.weights)
    np.testing.assert_array_equal(alone.values, beside.values)


def test_futures_print_what_they_are() -> None:
    futures = mcda.draw_futures(small(), draws=3, costs=True)
    assert len(futures) == 3
    assert repr(futures) == "<Futures: 3 draws of weights, values, usage>"
    with pytest.raises(AttributeError):
        futures.usage = None  # type: ignore[misc]
