"""Small portfolio problems with scores, and everything about them by looking at every portfolio."""

from __future__ import annotations

import itertools

import numpy as np

import mcda
import solvers
from mcda.portfolio import ScoredProblem


def random_problem(seed: int, options: int = 8, criteria: int = 3, *, rules: bool = True) -> ScoredProblem:
    """Options with whole-number scores (some negative), two budgets, and, if asked, rules and synergies."""
    rng = np.random.default_rng(seed)
    names = [f"P{i + 1}" for i in range(options)]
    usage = rng.integers(1, 20, (options, 2)).astype(float)
    capacity = np.floor(usage.sum(axis=0) * 0.45)
    extra: dict[str, object] = {}
    if rules:
        extra = {
            "mandatory": ["P2"] if usage[1].max() <= capacity.min() else [],
            "requires": [("P1", ["P3"])],
            "excludes": [["P4", "P5"]],
            "synergies": [
                solvers.Synergy(["P1", "P6"], 1.0, {"resource 1": -2.0}, "good"),
                solvers.Synergy(["P3", "P7"], -1.0, {}, "overlap"),
            ],
        }
    problem = solvers.Problem(np.zeros(options), usage, capacity, names=names, **extra)  # type: ignore[arg-type]
    scores = rng.integers(-3, 25, (options, criteria)).astype(float)
    synergy_scores = rng.integers(-6, 12, (len(problem.synergies), criteria)).astype(float)
    return mcda.scored_problem(problem, scores, synergy_scores)


def feasible(seen: ScoredProblem) -> np.ndarray:
    """Every portfolio that keeps all limits and rules: (p, n) booleans."""
    every = np.array(list(itertools.product([False, True], repeat=len(seen.names))))
    return every[[solvers.certify(seen.problem, np.flatnonzero(row).tolist()).holds for row in every]]
