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


def small_decision() -> mcda.decision.Decision:
    """Eight projects with three levels of performance, four leaves in a tree, three groups of five people."""
    import pandas as pd

    rng = np.random.default_rng(11)
    ids = [f"A{number}" for number in range(1, 9)]
    leaves = {"C1": ("O1", 10), "C2": ("O1", 20), "C3": ("O2", 8), "C4": ("O2", 5)}
    gains = {(name, leaf): int(rng.integers(-1, 9)) for name in ids for leaf in leaves}
    people = {"S1": "doctors", "S2": "doctors", "S3": "finance", "S4": "finance", "S5": "public"}
    taste = {"doctors": (9, 5, 2, 1), "finance": (1, 2, 9, 4), "public": (4, 9, 1, 6)}
    tables: dict[str, list[dict[str, object]]] = {
        "projects": [
            {
                "project_id": name,
                "name": f"Project {name}",
                "mandatory": int(name == "A3"),
                "prob_delivers_as_planned": 0.7 + 0.02 * row,
                "optimism_bias_capital_pct": 10 + row,
                "cost_low_mult": 0.9,
                "cost_high_mult": 1.3,
            }
            for row, name in enumerate(ids)
        ],
        "criteria": [
            {"criterion_id": "G"},
            {"criterion_id": "O1", "parent_id": "G", "name": "Outcomes"},
            {"criterion_id": "O2", "parent_id": "G", "name": "Means"},
            *(
                {"criterion_id": leaf, "parent_id": node, "direction": "max", "reference_worse": 0,
                 "reference_better": top}
                for leaf, (node, top) in leaves.items()
            ),
        ],
        "performance": [
            {"project_id": name, "criterion_id": leaf, "do_nothing": 0, "pessimistic": gain - 1, "most_likely": gain,
             "optimistic": gain + 2}
            for (name, leaf), gain in gains.items()
        ],
        "costs": [
            {"project_id": name, "year": year, "capital_k": int(rng.integers(1, 60))} for name in ids for year in (1, 2)
        ],
        "budgets": [{"year": 1, "capital_k": 110}, {"year": 2, "capital_k": 120}],
        "groups": [{"group_id": group, "name": group, "default_board_weight": 1} for group in taste],
        "stakeholders": [{"stakeholder_id": name, "group_id": group, "role": f"Role {name}"} for name, group in
                         people.items()],
        "swing_points": [
            {"stakeholder_id": name, "criterion_id": leaf, "points": 10 * points + int(rng.integers(0, 9))}
            for name, group in people.items()
            for leaf, points in zip(leaves, taste[group], strict=True)
        ],
        "scenarios": [
            {"scenario_id": "N1", "name": "Less", "target": "budget", "key": "capital_k", "year": "all",
             "operation": "multiply", "value": "0.8"},
            {"scenario_id": "N2", "name": "Dearer", "target": "cost", "key": "capital_k", "year": "all",
             "operation": "multiply", "value": "1.1"},
            {"scenario_id": "N3", "name": "Worse", "target": "performance", "operation": "use_column",
             "value": "pessimistic"},
        ],
    }  # fmt: skip
    return mcda.decision_from_frames({name: pd.DataFrame(rows) for name, rows in tables.items()})
