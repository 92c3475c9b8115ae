"""Regions of weights against brute force: every weighting's best portfolio is the one its region says."""

from __future__ import annotations

import numpy as np
import pytest

import mcda
import solvers
from tests.mcda.portfolio.scored import feasible, random_problem


@pytest.mark.parametrize("seed", range(8))
def test_every_drawn_weighting_has_the_best_portfolio_of_its_region(seed: int) -> None:
    seen = random_problem(seed)
    known = [None, mcda.weight_set(3, ranking=[0, 1]), mcda.weight_set(3, upper=0.6, lower=0.1)][seed % 3]
    weights = known or mcda.weight_mixes(np.random.default_rng(seed).dirichlet(np.ones(3), 4))
    found = mcda.weight_regions(seen, weights)
    values = seen.totals(feasible(seen))
    drawn = weights.draw(3000, rng=seed)
    best = (drawn @ values.T).max(axis=1)
    assert np.einsum("sc,sc->s", drawn, found.totals[found.best_for(drawn)]) == pytest.approx(best, rel=1e-9)
    # Shares are exact volumes: the draws agree with them.
    counted = np.bincount(found.best_for(drawn), minlength=len(found.selected)) / 3000
    assert found.shares.sum() == pytest.approx(1)
    assert (np.abs(counted - found.shares) <= 5 * np.sqrt(found.shares * (1 - found.shares) / 3000) + 1e-3).all()
    assert found.frequency.to_numpy() == pytest.approx(found.shares @ found.selected)
    both = {*found.always, *found.never, *found.sometimes}
    assert both == set(seen.names)
    for centre, which in zip(found.centres, range(len(found.selected)), strict=True):
        if found.shares[which] > 1e-6:
            assert float(centre @ found.totals[which]) == pytest.approx(float((values @ centre).max()), rel=1e-9)


def test_frames_and_faults() -> None:
    seen = random_problem(1)
    found = mcda.weight_regions(seen, mcda.weight_set(3))
    frame = found.to_frame()
    assert frame["share"].is_monotonic_decreasing
    assert frame.loc[1, "enter"] == frame.loc[1, "leave"] == ""
    assert "solves" in repr(found)
    with pytest.raises(mcda.NoAnswerError, match="more than 3 solves"):
        mcda.weight_regions(seen, mcda.weight_set(3), most_solves=3)
    with pytest.raises(mcda.InputError, match="2 criteria"):
        mcda.weight_regions(seen, mcda.weight_set(2))
    with pytest.raises(mcda.InputError, match="Name the views"):
        mcda.weight_regions(seen)


def test_labels_are_matched_and_impossible_problems_are_named() -> None:
    problem = solvers.Problem([0, 0], [[1], [1]], [1], names=["A", "B"])
    seen = mcda.scored_problem(problem, [[3, 0], [0, 1]], criteria=["reach", "risk"])
    found = mcda.weight_regions(seen, mcda.weight_set(["risk", "reach"], lower={"reach": 0.5}))
    assert found.always == ("A",)
    mixed = mcda.weight_regions(seen, mcda.weight_mixes(mcda.weight_set(["risk", "reach"]).to_frame()))
    # reach w, risk 1 - w: A is best where 3w > 1 - w.
    assert mixed.shares == pytest.approx([0.75, 0.25])
    broken = mcda.scored_problem(problem.replace(mandatory=["A", "B"]), [[3, 0], [0, 1]])
    with pytest.raises(mcda.NoAnswerError, match="infeasible"):
        mcda.weight_regions(broken, mcda.weight_set(2))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (mcda.scored_problem, "needs scores"),
        (lambda p: mcda.scored_problem("x"), "Give a decision"),
        (lambda p: mcda.scored_problem(p, [[1, 2]]), "2 options"),
        (lambda p: mcda.scored_problem(p, [[1, float("nan")], [1, 2]]), "finite"),
        (lambda p: mcda.scored_problem(p, [[1, 2], [1, 2]], [[1, 2]]), "synergy_scores"),
        (lambda p: mcda.scored_problem(p, [[1, 2], [1, 2]], criteria=["a"]), "names"),
    ],
)
def test_faults_of_scores_are_named(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(mcda.McdaError, match=words):
        call(solvers.Problem([0, 0], [[1], [1]], [1], names=["A", "B"]))
