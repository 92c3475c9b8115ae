"""Disagreement, scenarios and futures of a small decision against brute force over its portfolios."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda.decision import Decision
from mcda.portfolio import Disagreement
from mcda.portfolio.groups._disagreement import local_weights, with_local_weights
from tests.mcda.portfolio.scored import feasible, small_decision


@pytest.fixture(scope="module")
def decision() -> Decision:
    return small_decision()


@pytest.fixture(scope="module")
def found(decision: Decision) -> Disagreement:
    return mcda.disagreement(decision)


def test_every_view_has_its_own_best_portfolio(decision: Decision, found: Disagreement) -> None:
    seen = mcda.scored_problem(decision)
    every = seen.totals(feasible(seen))
    weights = mcda.weigh_decision(decision)
    assert list(found.weights.index) == ["board", "doctors", "finance", "public", "S1", "S2", "S3", "S4", "S5"]
    for view, row in found.weights.iterrows():
        values = every @ row.to_numpy()
        assert found.best[view] == pytest.approx(values.max())
        assert mcda.select(decision, row).selected == found.portfolio_of(str(view))
        for portfolio in ("board", "doctors", "finance", "public"):
            worth = float(seen.totals(seen.mask(found.portfolio_of(portfolio)))[0] @ row.to_numpy())
            assert found.share_of_best.loc[view, portfolio] == pytest.approx(worth / values.max())
    assert found.weights.loc["board"].to_dict() == pytest.approx(weights.board.to_dict())
    one, two = (set(found.portfolio_of(view)) for view in ("doctors", "finance"))
    assert found.overlap.loc["doctors", "finance"] == pytest.approx(len(one & two) / len(one | two))


def test_agreed_and_split(found: Disagreement) -> None:
    chosen = {group: set(found.portfolio_of(group)) for group in found.groups}
    assert set(found.agreed_in) == set.intersection(*chosen.values())
    assert set(found.agreed_out) == set(found.problem.names) - set.union(*chosen.values())
    split = found.split()
    assert set(split.index) == set(found.problem.names) - set(found.agreed_in) - set(found.agreed_out)
    for name, row in split.iterrows():
        assert row["for"] == sum(name in members for members in chosen.values())
    assert found.distinct_portfolios() == len({found.portfolio_of(name) for name in found.stakeholders})
    assert "differences of judgement matter" in repr(found)


def test_each_difference_of_judgement_is_confirmed_by_selecting_again(decision: Decision, found: Disagreement) -> None:
    weights, tree = mcda.weigh_decision(decision), decision.criteria
    board = mcda.select(decision)
    assert len(found.judgements) == 9
    assert len(found.decisive) + len(found.idle) == 9
    for _, row in found.judgements.iterrows():
        theirs = local_weights(tree, weights.of_group(row["group"]), row["question"])
        ours = local_weights(tree, weights.board, row["question"])
        assert row["distance"] == pytest.approx(0.5 * np.abs(theirs - ours).sum())
        changed = with_local_weights(tree, weights.board, row["question"], theirs)
        assert changed.sum() == pytest.approx(1)
        after = local_weights(tree, changed, row["question"])
        assert after.to_dict() == pytest.approx(theirs.to_dict())
        again = mcda.select(decision, changed)
        assert set(row["enter"].split()) == set(again.selected) - set(board.selected)
        assert set(row["leave"].split()) == set(board.selected) - set(again.selected)
        assert row["loss_to_board"] == pytest.approx(board.value - again.value_for(weights.board), abs=1e-9)


def test_local_weights_where_a_branch_has_none() -> None:
    tree = small_decision().criteria
    none = pd.Series({"C1": 0.0, "C2": 0.0, "C3": 0.7, "C4": 0.3})
    assert local_weights(tree, none, "O1").to_dict() == {"C1": 0.5, "C2": 0.5}
    moved = with_local_weights(tree, none, "G", pd.Series({"O1": 0.4, "O2": 0.6}))
    assert moved.to_dict() == pytest.approx({"C1": 0.2, "C2": 0.2, "C3": 0.42, "C4": 0.18})


def test_regret_over_scenarios_is_that_of_portfolios_possible_in_all(decision: Decision) -> None:
    scenarios = ["N1", "N2", "N3"]
    found = mcda.regret(decision, scenarios=scenarios, portfolios={"now": mcda.select(decision).selected})
    seen = [mcda.scored_problem(decision, scenario=name) for name in scenarios]
    board = mcda.weigh_decision(decision).board.to_numpy()
    every = [feasible(item) for item in seen]
    best = np.array([(item.totals(rows) @ board).max() for item, rows in zip(seen, every, strict=True)])
    assert found.best.to_numpy() == pytest.approx(best)
    sets = [{tuple(row) for row in rows} for rows in every]
    common = np.array(sorted(set.intersection(*sets)))
    values = np.column_stack([item.totals(common) @ board for item in seen])
    assert found.greatest_loss["least regret"] == pytest.approx((best - values).max(axis=1).min(), abs=1e-3)
    assert found.guaranteed_share["fairest share"] == pytest.approx((values / best).min(axis=1).max(), abs=5e-6)
    for name, chosen in found.portfolios.items():
        for view, room in zip(scenarios, sets, strict=True):
            assert np.isfinite(found.loss.loc[name, view]) == (tuple(seen[0].mask(chosen)) in room)
    assert {tuple(seen[0].mask(found.least_regret))} <= set.intersection(*sets)


@pytest.mark.parametrize("what", ["performance", "costs", "optimism", "delivery"])
def test_a_portfolio_for_every_future(decision: Decision, what: str) -> None:
    seen = mcda.scored_problem(decision)
    found = mcda.portfolio_smaa(seen, "board", draws=12, rng=1, **{what: True})  # type: ignore[arg-type]
    assert found.draws == 12
    assert set(found.always) | set(found.sometimes) | set(found.never) == set(decision.project_ids)
    assert "A3" in found.always


def test_draws_in_which_nothing_is_possible_are_counted(decision: Decision) -> None:
    problem = solvers.Problem([1.0], [[1.0]], [1.0], names=["A"], mandatory=["A"])
    batch = solvers.solve_batch(problem, capacity=[[1.0], [0.5]])
    assert batch.termination.tolist() == ["optimal", "infeasible"]
    from mcda.portfolio.robustness._smaa import _result

    seen = mcda.scored_problem(problem, [[1.0]])
    found = _result(
        seen, "x", np.ones((2, 1)), batch.selected, np.where(batch.termination == "optimal", 1, -np.inf), "", 2
    )
    assert found.impossible == 0.5
    assert found.best.tolist() == [0, -1]
    assert found.acceptability["A"] == 1


def test_faults_are_named(decision: Decision) -> None:
    from dataclasses import replace

    with pytest.raises(mcda.InputError, match="states none"):
        mcda.disagreement(replace(decision, groups=(), stakeholders=(), swing_points=(), judgements=()))
    with pytest.raises(mcda.NoAnswerError, match="no proven portfolio"):
        mcda.disagreement(replace(decision, resources=tuple(
            replace(item, available=item.available * 0) for item in decision.resources
        )))  # fmt: skip
