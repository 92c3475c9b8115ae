"""Regret, the fairest share, consensus and stability against every portfolio of small problems."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
import solvers
from tests.mcda.portfolio.scored import feasible, random_problem


@pytest.mark.parametrize("seed", range(8))
def test_minimax_regret_is_that_of_brute_force(seed: int) -> None:
    seen = random_problem(seed)
    views = {f"v{i}": row for i, row in enumerate(np.random.default_rng(seed).dirichlet(np.ones(3), 4))}
    found = mcda.regret(seen, views, portfolios={"nothing much": seen.problem.mandatory})
    values = seen.totals(feasible(seen)) @ np.array(list(views.values())).T
    best = values.max(axis=0)
    assert found.best.to_numpy() == pytest.approx(best)
    size = best.max()
    assert found.greatest_loss["least regret"] == pytest.approx((best - values).max(axis=1).min(), abs=5e-6 * size)
    assert found.guaranteed_share["fairest share"] == pytest.approx((values / best).min(axis=1).max(), abs=5e-6)
    assert found.share.loc["v0", "v0"] == 1
    assert (found.loss.to_numpy() >= 0).all()
    assert found.to_frame().loc["nothing much", "options"] == len(seen.problem.mandatory)
    assert "4 views" in repr(found)


@pytest.mark.parametrize("seed", range(4))
def test_corners_speak_for_the_whole_set_of_weights(seed: int) -> None:
    seen = random_problem(seed + 20)
    known = mcda.weight_set(3, ranking=[2, 0], lower=0.1)
    found = mcda.regret(seen, known)
    every = seen.totals(feasible(seen))
    drawn = known.draw(2000, rng=seed)
    best = (drawn @ every.T).max(axis=1)
    for name in ("least regret", "fairest share"):
        mine = drawn @ seen.totals(seen.mask(found.portfolios[name]))[0]
        assert (best - mine).max() <= found.greatest_loss[name] + 1e-9
        assert (mine / best).min() >= found.guaranteed_share[name] - 1e-9


@pytest.mark.parametrize("seed", range(6))
def test_consensus_frontier_is_every_trade_off(seed: int) -> None:
    seen = random_problem(seed + 40)
    rng = np.random.default_rng(seed)
    board, views = rng.dirichlet(np.ones(3)), rng.dirichlet(np.ones(3) * 0.3, 3)
    found = mcda.consensus_frontier(seen, board, dict(enumerate(views)))
    every = seen.totals(feasible(seen))
    worth, values = every @ board, every @ views.T
    share = (values / values.max(axis=0)).min(axis=1)
    expected, level = [], -np.inf
    while (left := share > level + 1e-6).any():
        top = worth[left].max()
        level = share[left & (worth >= top - 1e-9)].max()
        expected.append((level, top))
    # Where portfolios are level for the Board the guarantee of the one found first may be lower; the values agree.
    assert found.board_value[0] == pytest.approx(worth.max())
    assert found.guaranteed[-1] == pytest.approx(share.max(), abs=2e-6)
    assert found.board_value[-1] == pytest.approx(expected[-1][1])
    assert found.price == pytest.approx(worth.max() - expected[-1][1])
    assert (np.diff(found.guaranteed) > 0).all()
    assert (np.diff(found.board_value) <= 1e-9).all()
    losses = (values.max(axis=0) - values).max(axis=1)
    assert found.greatest_loss == pytest.approx(losses.min(), abs=5e-6 * values.max())
    assert found.to_frame()["price"].iloc[0] == 0
    assert found.fairest == found.portfolios[-1]


@pytest.mark.parametrize("seed", range(6))
def test_ends_of_intervals_are_confirmed_on_either_side(seed: int) -> None:
    seen = random_problem(seed + 60)
    weights = np.random.default_rng(seed).dirichlet(np.ones(3) * 3)
    found = mcda.portfolio_stability(seen, weights)
    every = seen.totals(feasible(seen))
    own = seen.totals(seen.mask(found.selected))[0]

    def behind(k: int, level: float) -> float:
        others = np.delete(weights, k)
        at = weights * (1 - level) / others.sum()
        at[k] = level
        return float((every @ at).max() - own @ at)

    for k in range(3):
        low, high = found.lower[k], found.upper[k]
        assert low <= weights[k] <= high
        assert behind(k, low) == pytest.approx(0, abs=1e-6)
        assert behind(k, high) == pytest.approx(0, abs=1e-6)
        assert (found.below[k] is None) == (low == 0)
        assert (found.above[k] is None) == (high == 1)
        if found.below[k] is not None and low > 0.002:
            assert behind(k, low - 0.002) > 1e-9
        if found.above[k] is not None and high < 0.998:
            assert behind(k, high + 0.002) > 1e-9
    assert found.most_critical == seen.criteria[int(found.room.argmin())]
    assert len(found.to_frame()) == 3


def test_a_view_whose_best_adds_nothing_does_not_bind() -> None:
    problem = solvers.Problem([0, 0], [[1], [1]], [1], names=["A", "B"])
    seen = mcda.scored_problem(problem, [[3, 0], [-1, 0]])
    found = mcda.regret(seen, {"one": [1, 0], "two": [0, 1]})
    assert found.fairest == ("A",)
    assert found.share.loc["fairest share"].tolist() == [1, 1]
    assert mcda.consensus_frontier(seen, [1, 0], {"two": [0, 1]}).price == 0


def test_faults_are_named() -> None:
    seen = random_problem(0)
    for call, words in (
        (lambda: mcda.regret(seen), "Name the views"),
        (lambda: mcda.regret(seen, scenarios=["N1"]), "give a decision"),
        (lambda: mcda.regret(seen, {"v": [1, 0, 0]}, scenarios=["N1"]), "not both"),
        (lambda: mcda.regret(seen, {"v": [1, 1, 0]}), "sum to 1"),
        (lambda: mcda.consensus_frontier(seen, views={"v": [1, 0, 0]}), "Board's value"),
        (lambda: mcda.portfolio_stability(seen), "weights to move"),
        (lambda: mcda.portfolio_stability(seen, [0.2, 0.3, 0.5], criteria=["zz"]), "no criterion 'zz'"),
    ):
        with pytest.raises(mcda.McdaError, match=words):
            call()
    with pytest.raises(solvers.SolversError, match="zz"):
        mcda.regret(seen, {"v": [1, 0, 0]}, portfolios={"x": ["zz"]})
