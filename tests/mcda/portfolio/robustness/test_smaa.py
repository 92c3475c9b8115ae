"""SMAA for portfolios: each draw's portfolio is the best of all, on generated problems and on a decision."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
from tests.mcda.portfolio.scored import feasible, random_problem


@pytest.mark.parametrize("seed", range(4))
def test_each_draw_has_the_best_of_all_portfolios(seed: int) -> None:
    seen = random_problem(seed + 80)
    found = mcda.portfolio_smaa(seen, mcda.weight_set(3, ranking=[0, 1, 2]), draws=60, rng=seed)
    every = seen.totals(feasible(seen))
    assert found.values == pytest.approx((found.weights @ every.T).max(axis=1))
    chosen = seen.totals(found.selected)[found.best]
    assert np.einsum("sc,sc->s", found.weights, chosen) == pytest.approx(found.values)
    assert found.shares.sum() == pytest.approx(1)
    assert found.acceptability.to_numpy() == pytest.approx(found.selected[found.best].mean(axis=0))
    for which in range(len(found.selected)):
        assert found.central_weights[which] == pytest.approx(found.weights[found.best == which].mean(axis=0))
        assert found.share_of(seen.names_of(found.selected[which])) == pytest.approx((found.best == which).mean())
    assert found.proved_by == "batch"
    supporters = found.supporters()
    inside = found.selected[found.best]
    for name in supporters.index:
        draws = inside[:, seen.names.index(name)]
        assert supporters.loc[name].to_numpy() == pytest.approx(found.weights[draws].mean(axis=0))
    assert set(found.to_frame()["in"]) <= {"always", "sometimes", "never"}


def test_mixes_of_few_views_are_proven_by_regions_and_say_the_same() -> None:
    seen = random_problem(5)
    mixes = mcda.weight_mixes(np.random.default_rng(5).dirichlet(np.ones(3), 4), ["a", "b", "c", "d"])
    by_regions = mcda.portfolio_smaa(seen, mixes, draws=40, rng=2)
    assert by_regions.proved_by == "regions"
    drawn = mcda.portfolio_smaa(seen, by_regions.weights)
    assert drawn.proved_by == "batch"
    assert drawn.values == pytest.approx(by_regions.values)
    assert drawn.acceptability.to_dict() == pytest.approx(by_regions.acceptability.to_dict())
    assert by_regions.portfolios_frame()["share"].sum() == pytest.approx(1)
    assert "4 views" in repr(by_regions)


def test_faults_are_named() -> None:
    seen = random_problem(0)
    for call, words in (
        (lambda: mcda.portfolio_smaa(seen), "belong to a decision"),
        (lambda: mcda.portfolio_smaa(seen, "all"), '"groups"'),
        (lambda: mcda.portfolio_smaa(seen, "any", performance=True), "must come from a decision"),
        (lambda: mcda.portfolio_smaa(seen, [[0.5, 0.4, 0.2]]), "sum to 1"),
        (lambda: mcda.portfolio_smaa(seen, "any", draws=0), "at least 1"),
        (lambda: mcda.portfolio_smaa(seen, mcda.weight_set(2), draws=5), "2 criteria"),
    ):
        with pytest.raises(mcda.McdaError, match=words):
            call()
