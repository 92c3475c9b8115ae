"""One model of uncertainty: for the same seed and sources every analysis sees the same futures, draw by draw."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import mcda
import solvers
from mcda.report._evidence import SEED, _futures
from mcda.scenarios.planning._compile import CompiledPlan
from mcda.uncertainty import stated_sources
from tests.mcda.scenarios.small import small

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.portfolio import PortfolioSmaa
    from mcda.scenarios import ScenarioRun

ALL: dict[str, bool] = dict.fromkeys(("performance", "costs", "optimism", "delivery"), True)
BIAS = mcda.CostDraw(kind="optimism_bias")
SOURCES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "delivery": ({"delivery": True}, {"delivery": mcda.DeliveryDraw()}),
    "optimism": ({"optimism": True}, {"costs": (BIAS,)}),
    "costs": ({"costs": True}, {"costs": (mcda.CostDraw(),)}),
    "performance": ({"performance": True}, {"performance": mcda.PerformanceDraw()}),
    "all": (
        ALL,
        {
            "delivery": mcda.DeliveryDraw(),
            "costs": (mcda.CostDraw(), BIAS),
            "performance": mcda.PerformanceDraw(),
        },
    ),
    "all, with settings": (
        {
            "delivery": mcda.DeliveryDraw(remaining=0.4, correlation=0.5),
            "costs": mcda.CostDraw(correlation=0.5, distribution="pert"),
            "optimism": mcda.CostDraw(kind="optimism_bias", low=0.3),
            "performance": mcda.PerformanceDraw(distribution="uniform", correlation=0.2, by="criterion"),
            "limits": (mcda.LimitDraw(target="budget", key="capital_k", low=0.8, high=1.1),),
        },
        {
            "delivery": mcda.DeliveryDraw(remaining=0.4, correlation=0.5),
            "costs": (
                mcda.CostDraw(correlation=0.5, distribution="pert"),
                mcda.CostDraw(kind="optimism_bias", low=0.3),
            ),
            "performance": mcda.PerformanceDraw(distribution="uniform", correlation=0.2, by="criterion"),
            "limits": (mcda.LimitDraw(target="budget", key="capital_k", low=0.8, high=1.1),),
        },
    ),
}
WEIGHTS = {"groups": "group_mix", "stakeholders": "stakeholder_mix", "board": "board", "any": "uniform"}


def plan_of(weights: str, other: dict[str, Any], draws: int, seed: int) -> mcda.ScenarioPlan:
    return mcda.ScenarioPlan(draws=draws, seed=seed, weights=mcda.WeightDraw(kind=WEIGHTS[weights]), **other)


def portfolios(run: ScenarioRun) -> np.ndarray:
    """(s, n) the projects in the best portfolio of each scenario; none where there is no portfolio."""
    return run.to_frame()[list(run.decision.project_ids)].fillna(False).to_numpy(dtype=bool)


def portfolios_of(smaa: PortfolioSmaa) -> np.ndarray:
    """(s, n) the same of SMAA."""
    return np.where((smaa.best >= 0)[:, None], smaa.selected[smaa.best], False)


def assert_same_bits(one: Any, other: Any) -> None:
    for name in ("weights", "values", "synergy_values", "usage", "capacity"):
        first, second = getattr(one, name), getattr(other, name)
        assert (first is None) == (second is None), name
        if first is not None:
            assert first.shape == second.shape, name
            assert first.tobytes() == second.tobytes(), name


@pytest.mark.parametrize("weights", list(WEIGHTS))
@pytest.mark.parametrize("what", list(SOURCES))
def test_smaa_scenarios_and_futures_agree_draw_by_draw(what: str, weights: str) -> None:
    flags, other = SOURCES[what]
    plan = plan_of(weights, other, draws=300, seed=7).replace(solver="exhaustive")
    (expected,) = CompiledPlan(small(), plan).draw(0, 300)
    assert_same_bits(mcda.draw_futures(small(), weights, draws=300, rng=7, **flags), expected)
    run = mcda.run_scenarios(small(), plan, workers=1, progress=False)
    smaa = mcda.portfolio_smaa(small(), weights, draws=300, rng=7, solver="exhaustive", **flags)
    np.testing.assert_array_equal(smaa.weights, expected.weights)
    np.testing.assert_array_equal(portfolios_of(smaa), portfolios(run))
    np.testing.assert_array_equal(smaa.values, run.to_frame()["value"].fillna(-np.inf))


@pytest.mark.parametrize("what", ["delivery", "optimism", "costs", "performance"])
def test_the_flagship_has_one_answer(what: str) -> None:
    # Of 40 projects, 14 differed by more than 0.1 in their acceptability under delivery, and 5 under optimism bias.
    decision = mcda.load(mcda.dataset("nhs-digital"))
    flags, other = SOURCES[what]
    smaa = mcda.portfolio_smaa(decision, "board", draws=100, **flags)
    run = mcda.run_scenarios(decision, plan_of("board", other, draws=100, seed=0), workers=1, progress=False)
    np.testing.assert_array_equal(portfolios_of(smaa), portfolios(run))
    np.testing.assert_allclose(smaa.values, run.to_frame()["value"], rtol=1e-12)
    shares = run.acceptability["share"].to_numpy(dtype=float)
    np.testing.assert_array_equal(smaa.acceptability.to_numpy(), shares)


@pytest.mark.parametrize("scenario", ["N1", "N2"])
def test_a_scenario_of_the_decision_is_a_case_of_the_plan(scenario: str) -> None:
    # N2 moves the Board's weight to one group: mixes are then of that group alone, in both.
    flags, other = SOURCES["all"]
    plan = plan_of("groups", other, draws=64, seed=2).replace(cases=(scenario,))
    (expected,) = CompiledPlan(small(), plan).draw(0, 64)
    seen = mcda.scored_problem(small(), scenario=scenario)
    assert_same_bits(mcda.draw_futures(seen, "groups", draws=64, rng=2, **flags), expected)


def test_mixes_divided_exactly_are_of_the_groups_with_board_weight() -> None:
    seen = mcda.scored_problem(small(), scenario="N2")
    assert mcda.weight_regions(seen).weights.names == ("tech",)
    smaa = mcda.portfolio_smaa(seen, "groups", draws=20)
    assert smaa.proved_by == "regions"
    technical = mcda.weigh_decision(small()).of_group("tech").to_numpy()
    np.testing.assert_allclose(smaa.weights, np.broadcast_to(technical, smaa.weights.shape), atol=1e-12)


def test_the_report_draws_the_same_futures() -> None:
    selection = mcda.select(small())
    seen = mcda.scored_problem(small())
    smaa = _futures(selection, seen, 300, "exhaustive")
    assert smaa is not None
    assert smaa.drawn == "given weights, uncertain performance, uncertain costs, delivery risk"
    other = {
        "delivery": mcda.DeliveryDraw(),
        "costs": (mcda.CostDraw(),),
        "performance": mcda.PerformanceDraw(),
    }
    plan = plan_of("board", other, draws=300, seed=SEED).replace(solver="exhaustive")
    run = mcda.run_scenarios(small(), plan, workers=1, progress=False)
    np.testing.assert_array_equal(portfolios_of(smaa), portfolios(run))
    np.testing.assert_array_equal(smaa.values, run.to_frame()["value"].fillna(-np.inf))


def test_chance_constraints_and_worst_futures_are_asked_of_the_same_draws() -> None:
    flags, other = SOURCES["all"]
    futures = mcda.draw_futures(small(), "groups", draws=24, rng=5, **flags)
    run = mcda.run_scenarios(small(), plan_of("groups", other, draws=24, seed=5), workers=1, progress=False)
    each = [run.problem(scenario) for scenario in range(24)]
    assert futures.usage is not None
    base = mcda.scored_problem(small()).weighted(mcda.weigh_decision(small()).board.to_numpy())
    safe = mcda.chance_constrained(base, futures.usage, 0.75)
    kept = [solvers.certify(problem, safe.selected).holds for problem in each]
    assert safe.kept == np.mean(kept) >= 0.75
    tail = mcda.best_tail(base, futures.values, 0.25, synergy_values=futures.synergy_values)
    worth = [float(solvers.certify(problem, tail.selected).value) for problem in each]
    np.testing.assert_allclose(tail.values, worth, rtol=1e-12)
    assert tail.conditional_value_at_risk == pytest.approx(np.mean(sorted(worth)[:6]))


def test_more_draws_than_are_made_at_once_join_without_a_seam() -> None:
    smaa = mcda.portfolio_smaa(small(), "any", draws=2100, rng=3, delivery=True, solver="exhaustive")
    futures = mcda.draw_futures(small(), "any", draws=2100, rng=3, delivery=True)
    np.testing.assert_array_equal(smaa.weights, futures.weights)
    fewer = mcda.draw_futures(small(), "any", draws=40, rng=3, delivery=True)
    np.testing.assert_array_equal(futures.values[:40], fewer.values)


def test_weights_given_draw_by_draw_go_with_their_own_future() -> None:
    weights = mcda.weigh_decision(small()).stakeholders.to_numpy()
    futures = mcda.draw_futures(small(), weights, performance=True)
    np.testing.assert_array_equal(futures.weights, weights)
    board = mcda.draw_futures(small(), "board", draws=len(weights), performance=True)
    assert not np.array_equal(board.values, futures.values)
    one = mcda.draw_futures(small(), weights[2], draws=3, performance=True)
    np.testing.assert_array_equal(one.values[2], futures.values[2])


def test_a_generator_and_a_set_of_weights_are_drawn_from_too() -> None:
    known = mcda.weight_set(small().criteria.leaf_ids, ranking=["C3", "C1"])
    drawn = [mcda.draw_futures(small(), known, draws=50, rng=np.random.default_rng(seed)) for seed in (4, 4, 5)]
    assert known.contains(drawn[0].weights).all()
    np.testing.assert_array_equal(drawn[0].weights, drawn[1].weights)
    assert not np.array_equal(drawn[0].weights, drawn[2].weights)
    asked = mcda.WeightDraw(kind="uniform", ranking=("C3", "C1"))
    assert known.contains(mcda.draw_futures(small(), asked, draws=50).weights).all()
    smaa = mcda.portfolio_smaa(small(), asked, draws=10)
    assert smaa.drawn == "weights known in part"
    mixes = mcda.weight_mixes(mcda.weigh_decision(small()).groups)
    np.testing.assert_array_equal(
        mcda.draw_futures(small(), mixes, draws=50).weights, mcda.draw_futures(small(), "groups", draws=50).weights
    )


def without_a_chance(decision: Decision) -> Decision:
    projects = list(decision.projects)
    projects[3] = dataclasses.replace(projects[3], prob_delivers_as_planned=None)
    return dataclasses.replace(decision, projects=tuple(projects))


def test_a_project_without_a_probability_is_refused_by_everyone_and_the_report_leaves_delivery_out() -> None:
    decision = without_a_chance(small())
    rule = "project 'P4' needs a probability from 0 to 1 .* Found: nothing"
    plan = mcda.ScenarioPlan(draws=5, delivery=mcda.DeliveryDraw())
    for ask in (
        lambda: mcda.portfolio_smaa(decision, "board", draws=5, delivery=True),
        lambda: mcda.draw_futures(decision, draws=5, delivery=True),
        lambda: mcda.run_scenarios(decision, plan, workers=1, progress=False),
    ):
        with pytest.raises(mcda.InputError, match=rule):
            ask()
    assert stated_sources(decision).delivery is None
    smaa = _futures(mcda.select(decision), mcda.scored_problem(decision), 5, "exhaustive")
    assert smaa is not None
    assert smaa.drawn == "given weights, uncertain performance, uncertain costs"


def test_what_a_decision_states_is_one_question() -> None:
    assert stated_sources(small()).words == ("uncertain performance", "uncertain costs", "delivery risk")
    certain = [dataclasses.replace(one, cost_low_mult=1.0, cost_high_mult=1.0) for one in small().projects]
    sure = dataclasses.replace(small(), projects=tuple(certain))
    assert stated_sources(sure).costs == ()
    assert mcda.default_plan(sure).costs == ()  # was planned, and then refused by the run
    one = dataclasses.replace(certain[0], cost_high_mult=None, cost_low_mult=0.5)
    some = dataclasses.replace(small(), projects=(one, *certain[1:]))
    assert stated_sources(some).costs == (mcda.CostDraw(),)
    assert mcda.default_plan(some).costs == (mcda.CostDraw(correlation=0.5),)


def test_no_other_module_reads_the_columns_of_uncertainty() -> None:
    columns = {"prob_delivers_as_planned", "optimism_bias_capital_pct", "cost_low_mult", "cost_high_mult"}
    shown = {"decision/_projects.py", "report/view/_cards.py"}  # what states them, and what prints them
    root = Path(mcda.__file__).parent
    readers = set()
    for path in root.rglob("*.py"):
        place = path.relative_to(root).as_posix()
        if not place.startswith(("uncertainty/", "files/")) and place not in shown:
            tree = ast.parse(path.read_text(encoding="utf-8"))
            readers |= {place for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in columns}
    assert readers == set()


def test_faults_are_named() -> None:
    seen = mcda.scored_problem(solvers.Problem([1.0], [[1.0]], [1.0], names=["A"]), [[1.0, 2.0]])
    limit = mcda.LimitDraw(target="budget", key="all", low=0.5, high=1.0)
    calls: tuple[tuple[Any, str], ...] = (
        (lambda: mcda.draw_futures(seen, [0.5, 0.5], limits=[limit]), "Uncertain limits must come from a decision"),
        (lambda: mcda.draw_futures(seen), "belong to a decision"),
        (lambda: mcda.draw_futures(small(), costs=BIAS), "of kind 'range'. Got one of kind 'optimism_bias'"),
        (lambda: mcda.draw_futures(small(), delivery=BIAS), "True, False or a DeliveryDraw"),
        (lambda: mcda.draw_futures(small(), "all"), '"groups"'),
        (lambda: mcda.draw_futures(small(), draws=0), "at least 1"),
        (lambda: mcda.draw_futures(small(), mcda.weight_set(2)), "2 criteria"),
    )
    for call, words in calls:
        with pytest.raises(mcda.InputError, match=words):
            call()
