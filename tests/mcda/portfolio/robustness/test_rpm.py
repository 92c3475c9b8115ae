"""Robust Portfolio Modelling: the published case, and every pair of portfolios of generated problems."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import mcda
import solvers
from mcda.portfolio import ScoredProblem
from tests.mcda.portfolio.scored import feasible, random_problem, small_decision

CASE = json.loads(
    (Path(__file__).parents[3] / "reference" / "rpm" / "rpm-fifteen-projects.json").read_text(encoding="utf-8")
)
CRITERIA = ["Cri1", "Cri2", "Cri3"]


@pytest.fixture(scope="module")
def fifteen() -> ScoredProblem:
    problem = solvers.Problem(np.zeros(15), CASE["cost"], CASE["budget"], names=CASE["names"], resources=["cost"])
    return mcda.scored_problem(problem, CASE["scores"], criteria=CRITERIA)


@pytest.mark.parametrize("known", ["full_simplex", "ordinal"])
def test_fifteen_projects_of_rrpm(fifteen: ScoredProblem, known: str) -> None:
    weights = None if known == "full_simplex" else mcda.weight_set(CRITERIA, ranking=CRITERIA)
    found, expected = mcda.robust_portfolios(fifteen, weights), CASE[known]
    assert {frozenset(one) for one in found.portfolios} == {frozenset(one) for one in expected["portfolios"]}
    assert len(found) == len(expected["portfolios"])
    assert found.core_index.to_dict() == pytest.approx(expected["core_index"], abs=1e-6)
    assert list(found.core) == expected["core"]
    assert list(found.borderline) == expected["borderline"]
    assert list(found.exterior) == expected["exterior"]


def test_further_information_shrinks_the_set(fifteen: ScoredProblem) -> None:
    found = mcda.robust_portfolios(fifteen)
    ordinal = mcda.weight_set(CRITERIA, ranking=CRITERIA)
    assert set(found.narrowed(ordinal).portfolios) == set(mcda.robust_portfolios(fifteen, ordinal).portfolios)
    # Weights on the border of the set need a search of their own: a dominated portfolio may be level there.
    border = mcda.weight_set(CRITERIA, constraints=[({"Cri3": 1}, "==", 0)])
    assert set(found.narrowed(border).portfolios) == set(mcda.robust_portfolios(fifteen, border).portfolios)
    effect = mcda.information_effect(found, {"a ranking": ordinal})
    assert effect["portfolios"].to_dict() == {"now": 9, "a ranking": 6}
    assert effect.loc["a ranking", "become_core"] == "9 11"


def brute(
    seen: ScoredProblem, points: np.ndarray, low: np.ndarray, high: np.ndarray, costs=None
) -> set[tuple[str, ...]]:  # type: ignore[no-untyped-def]
    """Non-dominated portfolios by comparing every pair, as the definition says."""
    every = feasible(seen)
    together = seen.together(every)
    full = np.column_stack([every, together]).astype(float)
    one = np.hstack([points @ low.T, points @ seen.synergy_scores.T])
    two = np.hstack([points @ high.T, points @ seen.synergy_scores.T])
    if costs is not None:
        none = np.zeros(seen.synergy_scores.shape[0])
        one, two = np.vstack([one, -np.append(costs[1], none)]), np.vstack([two, -np.append(costs[0], none)])
    found = set()
    for mine in full:
        only, other = full * (1 - mine), (1 - full) * mine
        least = only @ one.T - other @ two.T
        most = only @ two.T - other @ one.T
        beaten = (least >= -1e-9).all(axis=1) & (most > 1e-9).any(axis=1)
        if not beaten.any():
            found.add(seen.names_of(mine[: len(seen.names)] > 0.5))
    return found


@pytest.mark.parametrize("seed", range(10))
def test_exact_scores_by_comparing_every_pair(seed: int) -> None:
    seen = random_problem(seed + 100)
    known = [mcda.weight_set(3), mcda.weight_set(3, ranking=[1, 0]), mcda.weight_set(3, ratios=[(0, 1, 1, 3)])][
        seed % 3
    ]
    found = mcda.robust_portfolios(seen, known)
    assert set(found.portfolios) == brute(seen, known.extreme_points, seen.scores, seen.scores)
    least, greatest = found.worth[..., 0], found.worth[..., 1]
    assert least == pytest.approx(greatest)
    assert least == pytest.approx(seen.totals(found.selected) @ found.extreme_points.T)
    assert found.decision_rules()["maximin"].max() == pytest.approx(least.min(axis=1).max())


@pytest.mark.parametrize("seed", range(10))
def test_interval_scores_and_costs_by_comparing_every_pair(seed: int) -> None:
    seen = random_problem(seed + 200, options=7, rules=seed % 2 == 0)
    rng = np.random.default_rng(seed)
    low = seen.scores - rng.integers(0, 3, seen.scores.shape)
    high = seen.scores + rng.integers(0, 3, seen.scores.shape)
    known = mcda.weight_set(3, ranking=[2, 1, 0])
    found = mcda.robust_portfolios(seen, known, score_range=(low, high))
    assert set(found.portfolios) == brute(seen, known.extreme_points, low, high)
    costs = (np.floor(seen.problem.usage.sum(axis=1)), np.ceil(seen.problem.usage.sum(axis=1) * 1.2))
    found = mcda.robust_portfolios(seen, known, score_range=(low, high), cost_range=costs)
    assert set(found.portfolios) == brute(seen, known.extreme_points, low, high, costs)


def test_equal_portfolios_are_all_kept() -> None:
    problem = solvers.Problem(np.zeros(3), [1, 1, 1], 1, names=["A", "B", "C"])
    seen = mcda.scored_problem(problem, [[2, 3], [2, 3], [1, 1]])
    assert mcda.robust_portfolios(seen).portfolios == (("A",), ("B",))


def test_a_decision_with_ranges_of_performance() -> None:
    decision = small_decision()
    mixes = mcda.weight_mixes(mcda.weigh_decision(decision).groups)
    exact, ranged = mcda.robust_portfolios(decision, mixes), mcda.robust_portfolios(decision, mixes, score_range=True)
    assert set(exact.portfolios) <= set(ranged.portfolios) or len(ranged) >= len(exact)
    assert set(ranged.core) <= set(exact.core) | set(exact.borderline)
    # Whatever is best for some mix is not dominated.
    regions = mcda.weight_regions(decision, mixes)
    best = {
        regions.problem.names_of(row) for row, share in zip(regions.selected, regions.shares, strict=True) if share > 0
    }
    assert best <= set(exact.portfolios)
    assert set(exact.narrowed(mixes).portfolios) == set(exact.portfolios)
    assert {"core_index", "status"} == set(exact.to_frame())
    assert len(exact.portfolios_frame()) == len(exact)


def test_faults_are_named(fifteen: ScoredProblem) -> None:
    for call, words in (
        (lambda: mcda.robust_portfolios(fifteen, mcda.weight_set(2)), "2 criteria"),
        (lambda: mcda.robust_portfolios(fifteen, score_range=True), "levels of a decision"),
        (lambda: mcda.robust_portfolios(fifteen, score_range=(fifteen.scores,)), "lowest, highest"),  # type: ignore[arg-type]
        (
            lambda: mcda.robust_portfolios(fifteen, score_range=(fifteen.scores, fifteen.scores - 1)),
            "must not be above",
        ),
        (lambda: mcda.robust_portfolios(fifteen, cost_range=([1], [2])), "shape"),
        (lambda: mcda.robust_portfolios(fifteen, most=5), "More than 5 beginnings"),
    ):
        with pytest.raises(mcda.McdaError, match=words):
            call()
    part = fifteen.problem.replace(partial={"1": 0.5})
    with pytest.raises(mcda.InputError, match="in or out"):
        mcda.robust_portfolios(mcda.scored_problem(part, CASE["scores"]))
