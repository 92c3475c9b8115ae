"""Where there are many synergies, auto starts from value for money; by shape and limit alone."""

from __future__ import annotations

from itertools import combinations, islice

import numpy as np
import pytest

import solvers
from solvers._choice import MANY_SYNERGIES, SYNERGIES_A_SECOND, preferred
from solvers.backends.base import Options


def pairs(count: int, options: int = 60) -> solvers.Problem:
    rng = np.random.default_rng(5)
    synergies = [
        solvers.Synergy(pair, float(value))
        for pair, value in zip(islice(combinations(range(options), 2), count), rng.integers(1, 100, count), strict=True)
    ]
    weights = rng.integers(1, 50, options).astype(float)
    return solvers.Problem(rng.integers(1, 100, options), weights, weights.sum() // 3, synergies=synergies)


def first(problem: solvers.Problem, limit: float | None) -> str:
    return next(preferred(problem, Options(limit))).name


def test_by_the_number_of_synergies_and_the_limit():
    assert first(pairs(MANY_SYNERGIES), 5.0) == "greedy"
    assert first(pairs(MANY_SYNERGIES - 1), 5.0) != "greedy"
    assert first(pairs(MANY_SYNERGIES), None) != "greedy"
    assert first(pairs(MANY_SYNERGIES), 0.9 * MANY_SYNERGIES / SYNERGIES_A_SECOND) != "greedy"


def test_the_answer_is_never_worth_less_than_value_for_money():
    problem = pairs(MANY_SYNERGIES)
    least = solvers.solve(problem, "greedy").value
    found = solvers.solve(problem, time_limit=3.0)
    assert found.value >= least
    assert any("synergies, for a start" in event for event in found.events)
    assert found.bound >= found.value
    assert found.certificate.holds


def test_the_start_is_kept_where_nothing_better_is_found(monkeypatch):
    problem = pairs(MANY_SYNERGIES)
    steps = [step for step in preferred(problem, Options(3.0)) if step.name == "greedy"]
    monkeypatch.setattr("solvers._solve.plan", lambda problem, options: iter(steps))
    found = solvers.solve(problem, time_limit=3.0)
    assert found.termination == "feasible"
    assert found.value == pytest.approx(solvers.solve(problem, "greedy").value)
