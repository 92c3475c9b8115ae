"""The joint: what a decision says is what the solver is asked, and the answer is what brute force finds."""

from __future__ import annotations

import itertools
import pickle

import numpy as np
import pandas as pd
import pytest

import mcda
import solvers
from mcda.decision import Decision
from mcda.portfolio import portfolio_value


def small(**changed: list[dict[str, object]]) -> Decision:
    """Eight projects, two leaves (one to be lowered), one budget over two years and one team."""
    rng = np.random.default_rng(7)
    ids = [f"A{number}" for number in range(1, 9)]
    tables: dict[str, list[dict[str, object]]] = {
        "projects": [
            {"project_id": name, "name": f"Project {name}", "category": "xy"[row % 2],
             "sponsor_directorate": "pqr"[row % 3], "mandatory": int(name == "A3")}
            for row, name in enumerate(ids)
        ],
        "criteria": [
            {"criterion_id": "G"},
            {"criterion_id": "C1", "parent_id": "G", "direction": "max", "reference_worse": 0, "reference_better": 10,
             "weight": 0.6},
            {"criterion_id": "C2", "parent_id": "G", "direction": "min", "reference_worse": 50, "reference_better": 0,
             "weight": 0.4},
        ],
        "performance": [
            {"project_id": name, "criterion_id": leaf, "do_nothing": low, "most_likely": low + gain}
            for name in ids
            for leaf, low, gain in (("C1", 1, int(rng.integers(0, 9))), ("C2", 30, -int(rng.integers(-5, 25))))
        ],
        "costs": [
            {"project_id": name, "year": year, "capital_k": int(rng.integers(1, 60))} for name in ids for year in (1, 2)
        ],
        "budgets": [{"year": 1, "capital_k": 90}, {"year": 2, "capital_k": 100}],
        "capacity": [{"team": "data", "year": year, "fte_available": 2.5} for year in (1, 2)],
        "capacity_demand": [
            {"project_id": name, "team": "data", "year": 1, "fte": float(rng.integers(0, 12)) / 10} for name in ids
        ],
    }  # fmt: skip
    return mcda.decision_from_frames({name: pd.DataFrame(rows) for name, rows in (tables | changed).items()})


DEPENDENCIES = {
    "dependencies": [
        {"dependency_id": "D1", "project_id": "A1", "requires_project_id": "A2", "logic": "all"},
        {"dependency_id": "D2", "project_id": "A4", "requires_project_id": "A5", "logic": "any"},
        {"dependency_id": "D2", "project_id": "A4", "requires_project_id": "A6", "logic": "any"},
    ]
}
EXCLUSIONS = {"exclusions": [{"exclusion_id": "X1", "project_id": "A7"}, {"exclusion_id": "X1", "project_id": "A8"}]}
SYNERGIES = {
    "synergies": [
        {"synergy_id": "Y1", "members": "A2;A5", "kind": "performance", "criterion_id": "C1", "amount": 6},
        {"synergy_id": "Y2", "members": "A5;A6", "kind": "performance", "criterion_id": "C2", "amount": 20},
        {"synergy_id": "Y3", "members": "A1;A2;A3", "kind": "capital_k", "year": 1, "amount": -15},
        {"synergy_id": "Y4", "members": "A6;A8", "kind": "capital_k", "year": 2, "amount": 25},
    ]
}
POLICIES = {
    "policy_constraints": [
        {"constraint_id": "B1", "optional": 0, "type": "max_count", "members": "category=x", "bound": 2},
        {"constraint_id": "B2", "optional": 1, "type": "min_count", "members": "category=y", "bound": 3},
        {"constraint_id": "B3", "optional": 1, "type": "min_count_each", "members": "sponsor_directorate", "bound": 1},
        {"constraint_id": "B4", "optional": 1, "type": "max_capital_share", "members": "category=y", "bound": 0.4},
    ]
}


def allowed(decision: Decision, chosen: set[str], policies: tuple[str, ...]) -> bool:
    """Check a set of projects against everything the decision says, written from the format's own words."""
    rows = [row for row, name in enumerate(decision.project_ids) if name in chosen]
    together = [item for item in decision.synergies if chosen.issuperset(item.members)]
    spent = {}
    for resource in decision.resources:
        for position, year in enumerate(resource.years):
            use = resource.use[rows, position].sum()
            spent[resource.id, year] = use
            use += sum(e.amount for item in together for e in item.effects if (e.kind, e.year) == (resource.id, year))
            if round(use - resource.available[position], 9) > 0:
                return False
    if any(project.mandatory and project.id not in chosen for project in decision.projects):
        return False
    for rule in decision.dependencies:
        met = [name in chosen for name in rule.requires]
        if rule.project in chosen and not (any(met) if rule.logic == "any" else all(met)):
            return False
    if any(len(chosen.intersection(rule.projects)) > 1 for rule in decision.exclusions):
        return False
    return all(
        kept(decision, chosen, policy.id)
        for policy in decision.policies
        if not policy.optional or policy.id in policies
    )


def kept(decision: Decision, chosen: set[str], policy: str) -> bool:
    rule = next(item for item in decision.policies if item.id == policy)
    members = [project for project in decision.projects if project.field(rule.column) == rule.value]
    inside = [project for project in members if project.id in chosen]
    if rule.type == "max_count":
        return len(inside) <= rule.bound
    if rule.type == "min_count":
        return len(inside) >= rule.bound
    if rule.type == "min_count_each":
        present = {project.field(rule.column) for project in decision.projects}
        return present == {decision.project(name).field(rule.column) for name in chosen}
    capital = decision.resource("capital_k").use.sum(axis=1)
    index = {name: row for row, name in enumerate(decision.project_ids)}
    total = sum(capital[index[name]] for name in chosen)
    return bool(sum(capital[index[project.id]] for project in inside) <= rule.bound * total + 1e-9)


@pytest.mark.parametrize(
    "parts",
    [{}, DEPENDENCIES, EXCLUSIONS, SYNERGIES, DEPENDENCIES | EXCLUSIONS | SYNERGIES],
    ids=["plain", "dependencies", "exclusions", "synergies", "all"],
)
@pytest.mark.parametrize("policies", [(), ("B2",), ("B3",), ("B4",), ("B2", "B3", "B4")], ids="+".join)
def test_the_best_portfolio_is_what_brute_force_finds(
    parts: dict[str, list[dict[str, object]]], policies: tuple[str, ...]
) -> None:
    decision = small(**parts, **(POLICIES if policies else {}))
    values = mcda.value_projects(decision, mcda.weigh_decision(decision).board)
    sets = [
        set(chosen) for size in range(9) for chosen in itertools.combinations(decision.project_ids, size)
    ]  # fmt: skip
    worth = [portfolio_value(decision, values, chosen) for chosen in sets if allowed(decision, chosen, policies)]
    selection = mcda.select(decision, policies=policies)
    assert selection.found == bool(worth)
    if worth:
        assert selection.value == pytest.approx(max(worth))
        assert allowed(decision, set(selection.selected), policies)
        assert portfolio_value(decision, values, selection.selected) == pytest.approx(selection.value)


def test_value_adds_up_from_do_nothing() -> None:
    decision = small()
    weights = mcda.weigh_decision(decision)
    assert weights.source == "stated"
    values = mcda.value_projects(decision, weights.board)
    level, nothing = decision.performance.to_frame(), decision.performance.to_frame("do_nothing")
    gain = level - nothing
    expected = 60 * gain["C1"] / 10 + 40 * gain["C2"] / -50
    assert values.projects.to_numpy() == pytest.approx(expected.to_numpy())
    assert values.by_criterion.sum(axis="columns").to_numpy() == pytest.approx(expected.to_numpy())


@pytest.mark.parametrize("method", ["additive", "topsis"])
def test_a_project_that_changes_nothing_is_worth_nothing(method: str) -> None:
    decision = mcda.load(mcda.dataset("nhs-digital"))
    still = decision.performance.most_likely.copy()
    still[4] = decision.performance.do_nothing[4]
    performance = mcda.decision.Performance(
        decision.project_ids, decision.criteria.leaf_ids, decision.performance.do_nothing, still
    )
    import dataclasses

    changed = dataclasses.replace(decision, performance=performance)
    values = mcda.value_projects(changed, mcda.weigh_decision(changed).board, method)  # type: ignore[arg-type]
    assert values.projects.iloc[4] == pytest.approx(0, abs=1e-12)
    assert np.isfinite(values.projects).all()


def test_forcing_and_forbidding() -> None:
    decision = small(**EXCLUSIONS)
    free = mcda.select(decision)
    out = next(name for name in decision.project_ids if name not in free.selected)
    forced = mcda.select(decision, force=[out])
    assert out in forced.selected
    assert forced.value <= free.value
    inside = next(name for name in free.selected if name != "A3")
    forbidden = mcda.select(decision, forbid=[inside])
    assert inside not in forbidden.selected
    assert mcda.select(decision, force=["A7", "A8"]).solution.termination == "infeasible"


def test_what_cannot_be_meant_is_refused() -> None:
    decision = small()
    board = mcda.weigh_decision(decision).board
    values = mcda.value_projects(decision, board)
    with pytest.raises(mcda.InputError, match="Give one of weights, values and group, not weights and values"):
        mcda.select(decision, board, values=values)
    with pytest.raises(mcda.LabelError, match="There is no project 'A99'"):
        mcda.select(decision, force=["A99"])
    with pytest.raises(mcda.LabelError, match="There is no policy 'B9'"):
        mcda.select(decision, policies=["B9"])
    with pytest.raises(mcda.LabelError, match="There is no group 'nurses'"):
        mcda.select(decision, group="nurses")
    with pytest.raises(mcda.InputError, match=r"method must be one of additive, topsis\. Got 'magic'"):
        mcda.value_projects(decision, board, "magic")  # type: ignore[arg-type]
    with pytest.raises(mcda.InputError, match="sum"):
        mcda.select(decision, board * 2)
    with pytest.raises(mcda.LabelError, match="missing"):
        mcda.select(decision, board.rename({"C1": "C9"}))


def test_weights_are_matched_by_label() -> None:
    decision = small()
    board = mcda.weigh_decision(decision).board
    straight, turned = mcda.select(decision, board), mcda.select(decision, board[::-1])
    assert straight.selected == turned.selected
    assert straight.value == turned.value
    assert mcda.select(decision, board.to_numpy()).value == straight.value


def test_a_selection_without_portfolio_raises_when_asked_for_one() -> None:
    selection = mcda.select(small(**EXCLUSIONS), force=["A7", "A8"])
    assert not selection.found
    assert "infeasible" in repr(selection)
    for ask in ("selected", "value"):
        with pytest.raises(solvers.NoSolutionError, match="infeasible"):
            getattr(selection, ask)


def test_frames_of_a_selection() -> None:
    decision = small(**SYNERGIES)
    selection = mcda.select(decision)
    frame = selection.to_frame()
    assert list(frame.index[frame["funded"]]) == list(selection.selected)
    use = selection.use_frame()
    assert (use["left"] >= -1e-9).all()
    assert use.loc["capital_k", "use"].sum() == pytest.approx(selection.total_use("capital_k"))
    again = pickle.loads(pickle.dumps(selection))  # noqa: S301 - our own bytes
    assert again.selected == selection.selected
    assert "17" not in repr(again)
    assert str(len(selection.selected)) in repr(again)
