"""The optimum that the page proves is Python's, for settings nobody chose: value, projects, and infeasibility."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mcda.decision import Decision
from mcda.portfolio import read_what_if, select_what_if
from tests.browser.conftest import Visit

SETTINGS = 120


def random_what_if(decision: Decision, seed: int) -> dict[str, Any]:
    """A what-if as the page writes it, over everything that its controls can change."""
    rng = np.random.default_rng(seed)
    leaves = decision.criteria.leaf_ids
    weights = rng.dirichlet(np.full(len(leaves), rng.choice([0.3, 1.0, 5.0])))
    if seed % 7 == 0:
        weights = np.eye(len(leaves))[rng.integers(len(leaves))]
    available = {}
    for resource in decision.resources:
        if rng.random() < 0.5:
            factor = rng.choice([0.0, 0.6, 0.8, 0.9, 1.1, 1.5, 2.0], p=[0.04, 0.16, 0.2, 0.2, 0.2, 0.1, 0.1])
            available[resource.id] = {
                str(year): round(float(limit) * float(factor), 1)
                for year, limit in zip(resource.years, resource.available, strict=True)
                if rng.random() < 0.6
            }
    free = [project.id for project in decision.projects if not project.mandatory]
    moved = rng.choice(free, size=int(rng.integers(0, 7)), replace=False).tolist()
    inside = int(rng.integers(0, min(3, len(moved)) + 1))
    policies = [policy.id for policy in decision.policies if policy.optional and rng.random() < 0.3]
    return {
        "what_if": 1,
        "weights": None if seed % 5 == 0 else dict(zip(leaves, weights.tolist(), strict=True)),
        "available": available,
        "force": sorted(moved[:inside]),
        "forbid": sorted(moved[inside:]),
        "policies": policies,
    }


@pytest.mark.slow
def test_the_page_finds_what_python_finds(visit: Visit, decision: Decision, tmp_path: Path) -> None:
    """The what-if with the page's answer goes through the file, as `mcda select --what-if` reads it."""
    found = {"optimal": 0, "infeasible": 0}
    for seed in range(SETTINGS):
        asked = random_what_if(decision, seed)
        answered = visit.page.evaluate("asked => boardPack.answer(asked)", asked)
        assert {key: answered[key] for key in ("available", "force", "forbid", "policies")} == {
            key: asked[key] if key != "available" else changed(decision, asked["available"])
            for key in ("available", "force", "forbid", "policies")
        }
        file = tmp_path / f"{seed}.json"
        file.write_text(json.dumps(answered), encoding="utf-8")
        what_if = read_what_if(file)
        selection = select_what_if(decision, what_if)
        assert what_if.termination == selection.solution.termination, f"setting {seed}"
        if selection.found:
            assert what_if.selected == selection.selected, f"setting {seed}"
            assert what_if.value == pytest.approx(selection.value, rel=1e-12)
            assert answered["details"]["unique"] == selection.solution.unique
            assert selection.solution.certificate is not None
            assert selection.solution.certificate.holds
        assert what_if.confirms(selection) is True
        found[selection.solution.termination] += 1
    assert found["optimal"] > SETTINGS / 2
    assert found["infeasible"] > 0, "the settings should reach beyond what is possible"


def changed(decision: Decision, available: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """Keep only the limits that differ from the plan, as the page does."""
    found: dict[str, dict[str, float]] = {}
    for name, by_year in available.items():
        resource = decision.resource(name)
        plan = dict(zip(map(str, resource.years), resource.available.tolist(), strict=True))
        differing = {year: amount for year, amount in by_year.items() if amount != plan[year]}
        if differing:
            found[name] = differing
    return found


def test_ties_are_settled_as_python_settles_them(chromium: Any, tmp_path: Path) -> None:
    """Twins of equal value: least use of the first resource, then the earlier project."""
    import mcda

    decision = mcda.decision_from_frames(twins())
    from mcda.report import write_board_pack

    path = write_board_pack(tmp_path / "twins.html", mcda.select(decision), mcda.weigh_decision(decision))
    visit = Visit(chromium, path)
    visit.solved()
    for capital in (0, 10, 20, 30, 40, 50):
        asked = {"what_if": 1, "available": {"capital_k": {"1": capital}}}
        answered = visit.page.evaluate("asked => boardPack.answer(asked)", asked)
        solution = mcda.select_what_if(decision, mcda.WhatIf(available={"capital_k": {1: capital}})).solution
        assert tuple(answered["answer"]["selected"]) == tuple(solution.selected)
        assert answered["details"]["unique"] == solution.unique
    assert not visit.complaints
    visit.context.close()


def twins() -> dict[str, Any]:
    """Five projects, all worth the same; two are dearer."""
    import pandas as pd

    names = ["A", "B", "C", "D", "E"]
    cost = dict(zip(names, [20, 10, 10, 20, 10], strict=True))
    return {
        "projects": pd.DataFrame({"project_id": names, "name": names}),
        "criteria": pd.DataFrame(
            {
                "criterion_id": ["G", "C1", "C2"],
                "parent_id": ["", "G", "G"],
                "name": ["Goal", "One", "Two"],
                "direction": ["", "max", "min"],
                "reference_worse": [None, 0, 10],
                "reference_better": [None, 10, 0],
                "weight": [None, 0.3, 0.7],
            }
        ),
        "performance": pd.DataFrame(
            [(name, leaf, 5, 5 + change) for name in names for leaf, change in (("C1", 1), ("C2", -2))],
            columns=["project_id", "criterion_id", "do_nothing", "most_likely"],
        ),
        "costs": pd.DataFrame([(name, 1, cost[name]) for name in names], columns=["project_id", "year", "capital_k"]),
        "budgets": pd.DataFrame({"year": [1], "capital_k": [30]}),
    }
