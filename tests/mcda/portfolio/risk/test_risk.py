"""Protected budgets, chance constraints, worst futures and what to decide now, by looking at every portfolio."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

import mcda
import solvers
from tests.mcda.portfolio.scored import feasible, random_problem, small_decision

WEIGHTS = np.array([0.5, 0.3, 0.2])


@pytest.mark.parametrize("seed", range(6))
def test_protected_portfolios_by_every_set_of_overruns(seed: int) -> None:
    seen = random_problem(seed + 300)
    more = np.random.default_rng(seed).integers(0, 8, seen.problem.usage.shape).astype(float)
    found = mcda.protect(seen, (0, 1, 2, 8), weights=WEIGHTS, deviations=more)
    every = feasible(seen)
    worth = seen.totals(every) @ WEIGHTS
    saved = seen.together(every) @ np.array(
        [[synergy.usage.get(name, 0.0) for name in seen.problem.resources] for synergy in seen.problem.synergies]
    )
    for gamma, value, chosen in zip(found.gammas, found.values, found.portfolios, strict=True):
        safe = np.ones(len(every), dtype=bool)
        for j in range(2):
            worst = np.sort(every * more[:, j], axis=1)[:, ::-1][:, :gamma].sum(axis=1)
            safe &= every @ seen.problem.usage[:, j] + saved[:, j] + worst <= seen.problem.capacity[j]
        assert value == pytest.approx(worth[safe].max())
        assert any((row == seen.mask(chosen)).all() for row in every[safe])
    assert (np.diff(found.values) <= 1e-9).all()
    assert found.to_frame()["price"].iloc[0] == 0
    assert found.prices[0] == 0
    assert (found.reserves.loc[0] == 0).all()


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("required", [0.6, 0.8, 1.0])
def test_chance_constraints_by_counting_futures(seed: int, required: float) -> None:
    seen = random_problem(seed + 320, options=7)
    base = seen.weighted(WEIGHTS)
    rng = np.random.default_rng(seed)
    use = np.round(base.usage * rng.uniform(0.9, 1.5, (10, *base.usage.shape)), 1)
    found = mcda.chance_constrained(base, use, required)
    every = feasible(seen)
    problems = [base.replace(usage=future) for future in use]
    kept = np.array(
        [[solvers.certify(one, np.flatnonzero(row).tolist()).holds for one in problems] for row in every]
    ).mean(axis=1)
    worth = seen.totals(every) @ WEIGHTS
    assert found.value == pytest.approx(worth[kept >= required - 1e-9].max())
    assert found.kept >= required - 1e-9
    assert found.futures == 10


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("tail", [0.1, 0.35, 1.0])
def test_best_tail_by_every_portfolio(seed: int, tail: float) -> None:
    seen = random_problem(seed + 340)
    rng = np.random.default_rng(seed)
    futures = (seen.scores @ WEIGHTS) * rng.uniform(0, 2, (14, len(seen.names)))
    extra = np.tile(seen.synergy_scores @ WEIGHTS, (14, 1))
    found = mcda.best_tail(seen.problem, futures, tail, synergy_values=extra)
    every = feasible(seen)
    values = every @ futures.T + seen.together(every) @ extra.T
    count = int(np.ceil(tail * 14 - 1e-9))
    tails = np.sort(values, axis=1)[:, :count].mean(axis=1)
    assert found.conditional_value_at_risk == pytest.approx(tails.max(), abs=1e-5 * abs(tails).max())
    assert found.neutral_mean == pytest.approx(values.mean(axis=1).max())
    assert found.conditional_value_at_risk >= found.neutral_tail - 1e-9
    assert found.mean == pytest.approx(found.values.mean())


def test_decide_now_by_selecting_again() -> None:
    decision = small_decision()
    found = mcda.decide_now(decision)
    assert found.futures == ("N1", "N2", "N3")
    chosen = {name: mcda.select(decision, scenario=name) for name in found.futures}
    sets = [set(one.selected) for one in chosen.values()]
    assert set(found.fund) == set.intersection(*sets)
    assert set(found.drop) == set(decision.project_ids) - set.union(*sets)
    assert set(found.wait) == set.union(*sets) - set.intersection(*sets)
    for project, future in itertools.product(found.wait, found.futures):
        for losses, change in ((found.loss_if_funded, "force"), (found.loss_if_dropped, "forbid")):
            again = mcda.select(decision, scenario=future, **{change: [project]})  # type: ignore[arg-type]
            expected = chosen[future].value - again.value if again.found else np.inf
            assert losses.loc[project, future] == pytest.approx(expected, abs=1e-9)
    assert list(found.to_frame().index) == list(found.wait)


def test_costs_of_a_decision_are_protected_by_its_own_columns() -> None:
    found = mcda.protect(small_decision(), (0, 2))
    assert found.values[1] <= found.values[0]
    assert "overruns at once" in repr(found)


def test_faults_are_named() -> None:
    seen = random_problem(0)
    base, scores = seen.problem, seen.scores
    for call, words in (
        (lambda: mcda.protect(seen), "weights of the scored problem"),
        (lambda: mcda.protect(seen, weights=WEIGHTS), "Give deviations"),
        (lambda: mcda.protect(seen, weights=WEIGHTS, deviations=-base.usage), "at least 0"),
        (lambda: mcda.protect(seen, (0.5,), weights=WEIGHTS, deviations=base.usage), "whole numbers"),  # type: ignore[arg-type]
        (lambda: mcda.chance_constrained(base, base.usage), "usage must be finite"),
        (lambda: mcda.chance_constrained(base, base.usage[None], 1.5), "share from 0 to 1"),
        (lambda: mcda.best_tail(base, scores), "values must be finite"),
        (lambda: mcda.best_tail(base, scores.T, 0), "share above 0"),
        (lambda: mcda.best_tail(base, scores.T, synergy_values=[[1.0]]), "synergy_values"),
        (lambda: mcda.decide_now(small_decision(), []), "Give scenarios"),
    ):
        with pytest.raises(mcda.McdaError, match=words):
            call()
    heavy = mcda.scored_problem(base.replace(mandatory=["P2"]), scores, seen.synergy_scores)
    with pytest.raises(mcda.NoAnswerError, match="safe against 1"):
        mcda.protect(heavy, [1], weights=WEIGHTS, deviations=base.usage * 100)
