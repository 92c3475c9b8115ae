"""What the page needs to solve: leaf values, exact rows in whole numbers, limits, rules, and where to start from.

The rows are those of `solvers.linear`, so the page solves the very model that Python solves.
"""

from __future__ import annotations

import contextlib
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.decision import apply_scenario
from mcda.errors import McdaError
from mcda.portfolio import build_problem, resource_name
from mcda.report.playing._rows import exact_rows
from mcda.scoring._projects import leaf_values, synergy_leaf_values, value_projects
from mcda.wording import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mcda.decision import Decision, Policy
    from mcda.portfolio import GroupComparison, Selection
    from mcda.scoring._projects import ProjectValues
    from mcda.weights import DecisionWeights

FORMAT = 1


def playing_model(
    selection: Selection, weights: DecisionWeights | None = None, comparison: GroupComparison | None = None
) -> dict[str, object] | None:
    """Return the model behind the playing page as plain data for JSON.

    Parameters
    ----------
    selection
        The portfolio that the pack recommends, or the finding that there is none.
    weights
        Adds a slider for each group.
    comparison
        Adds each group's own best value, so that shares can be shown.

    Returns
    -------
    dict or None
        None if the values are not weighted sums of leaf values (another method, or ready-made values): a page of
        sliders would then not ask the same question.

    Examples
    --------
    >>> import mcda
    >>> model = playing_model(mcda.select(mcda.load("datasets/nhs-digital")))
    >>> len(model["projects"]), len(model["rows"]), round(model["recommended"]["value"], 2)
    (40, 101, 219.27)
    """
    decision = selection.decision
    if selection.weights is None or not _weighted_sums(selection):
        return None
    problem, wanted = build_problem(decision, _any_values(decision)), set(selection.policies)
    base = [float(weight) for weight in selection.weights[list(decision.criteria.leaf_ids)]]
    own = [] if weights is None else [str(name) for name in weights.groups.index]
    board = weights is not None and np.allclose(
        base, weights.board[list(decision.criteria.leaf_ids)].to_numpy(), rtol=0, atol=1e-12
    )
    optional = _policy_problems(decision)
    forced = [name for name in selection.problem.mandatory if not decision.project(name).mandatory]
    return {
        "format": FORMAT,
        "decision": shorten(decision.name, 200),
        "input_sha256": decision.input_sha256,
        "scenario": selection.scenario,
        "criteria": _criteria(decision),
        "leaves": list(decision.criteria.leaf_ids),
        "base": base,
        "board": board,
        "groups": _groups(decision, weights, comparison, own) if board else [],
        "projects": _projects(decision),
        "synergies": _synergies(decision, problem),
        "resources": _resources(decision, problem),
        "rows": [*exact_rows(problem, None), *_policy_rows(decision, problem, optional)],
        "policies": [
            _policy(policy, policy.id in wanted)
            for policy in decision.policies
            if not policy.optional or policy.id in optional
        ],
        "presets": list(_presets(decision, own if board else [])) if selection.scenario is None else [],
        "start": {"force": forced, "forbid": list(selection.problem.forbidden), "policies": sorted(wanted)},
        "recommended": {"selected": list(selection.selected), "value": selection.value} if selection.found else None,
        "solver": selection.solution.solver,
    }


def _weighted_sums(selection: Selection) -> bool:
    if selection.values.method != "additive" or selection.weights is None:
        return False
    leaves = leaf_values(selection.decision)
    try:
        expected = leaves.to_numpy() @ selection.weights[list(leaves.columns)].to_numpy()
    except KeyError:
        return False
    return bool(np.allclose(expected, selection.values.projects.to_numpy(), rtol=1e-9, atol=1e-9))


def _rule_names(problem: solvers.Problem) -> set[str]:
    return {rule.name for rule in problem.counts} | {rule.name for rule in problem.shares}


def _belongs(name: str, policy: Policy) -> bool:
    return name == policy.id or (policy.type == "min_count_each" and name.startswith(f"{policy.id} "))


def _criteria(decision: Decision) -> list[dict[str, object]]:
    tree = decision.criteria
    found: list[dict[str, object]] = []

    def visit(identifier: str, depth: int) -> None:
        for child in tree.children(identifier):
            below = [leaf for leaf in tree.leaf_ids if child in tree.path(leaf)]
            found.append({
                "id": child, "name": shorten(tree[child].name or child, 80), "depth": depth,
                "leaves": [tree.leaf_ids.index(leaf) for leaf in below],
            })  # fmt: skip
            visit(child, depth + 1)

    visit(tree.goal, 0)
    return found


def _groups(
    decision: Decision, weights: DecisionWeights | None, comparison: GroupComparison | None, own: list[str]
) -> list[dict[str, object]]:
    if weights is None:
        return []
    shares = [decision.group(name).default_board_weight for name in own]
    total = math.fsum(shares)
    return [
        {
            "id": name,
            "name": shorten(decision.group(name).name or name, 80),
            "share": share / total if total else 0.0,
            "weights": [float(weight) for weight in weights.of_group(name)[list(decision.criteria.leaf_ids)]],
            "best": comparison.groups[name].value if comparison is not None and name in comparison.groups else None,
        }
        for name, share in zip(own, shares, strict=True)
    ]


def _projects(decision: Decision) -> list[dict[str, object]]:
    leaves = leaf_values(decision).to_numpy().tolist()
    return [
        {"id": project.id, "name": shorten(project.name, 80), "mandatory": project.mandatory, "leaf": row}
        for project, row in zip(decision.projects, leaves, strict=True)
    ]


def _synergies(decision: Decision, problem: solvers.Problem) -> list[dict[str, object]]:
    leaves = synergy_leaf_values(decision)
    return [
        {
            "id": synergy.name,
            "members": [problem.names.index(str(member)) for member in synergy.members],
            "leaf": leaves.to_numpy()[leaves.index.get_loc(synergy.name)].tolist(),
        }
        for synergy in problem.synergies
    ]


def _resources(decision: Decision, problem: solvers.Problem) -> list[dict[str, object]]:
    return [
        {
            "id": resource.id,
            "name": resource.name,
            "kind": resource.kind,
            "years": list(resource.years),
            "limits": [None if math.isinf(limit) else limit for limit in resource.available.tolist()],
            "rows": [problem.resources.index(resource_name(resource, year)) for year in resource.years],
        }
        for resource in decision.resources
    ]


def _policy_problems(decision: Decision) -> dict[str, solvers.Problem]:
    """Return the problem with each optional Board rule; a rule that fits no project cannot be switched on."""
    values = _any_values(decision)
    found = {}
    for policy in decision.policies:
        if policy.optional:
            with contextlib.suppress(solvers.SolversError):
                found[policy.id] = build_problem(decision, values, policies=[policy.id])
    return found


def _policy_rows(
    decision: Decision, base: solvers.Problem, problems: dict[str, solvers.Problem]
) -> Iterator[dict[str, object]]:
    """Rows of each optional Board rule, to be switched on one by one."""
    kept = _rule_names(base)
    for policy in decision.policies:
        if policy.id in problems:
            for row in exact_rows(problems[policy.id], policy.id):
                if row["name"] not in kept and _belongs(str(row["name"]), policy):
                    yield row


def _any_values(decision: Decision) -> ProjectValues:
    """Return values that keep each effect between projects in the model, whatever the weights will be."""
    leaves = len(decision.criteria.leaf_ids)
    values = value_projects(decision, np.full(leaves, 1 / leaves))
    return replace(values, synergies=values.synergies * 0.0 + 1.0)


def _policy(policy: Policy, on: bool) -> dict[str, object]:
    return {
        "id": policy.id,
        "optional": policy.optional,
        "on": on or not policy.optional,
        "text": shorten(policy.rationale, 200)
        or f"{policy.type} {policy.column} {policy.value or ''} {policy.bound:g}",
    }


def _presets(decision: Decision, groups: list[str]) -> Iterator[dict[str, object]]:
    """Scenarios of the decision that only move limits or the groups' say: one button each."""
    for scenario in decision.scenarios:
        name = shorten(scenario.name or scenario.id, 80)
        if scenario.target in ("budget", "capacity"):
            with contextlib.suppress(McdaError):
                available = _changed(decision, apply_scenario(decision, scenario))
                yield {"id": scenario.id, "name": name, "available": available, "group": None}
        elif scenario.target == "weights" and scenario.key in groups:
            yield {"id": scenario.id, "name": name, "available": {}, "group": scenario.key}


def _changed(decision: Decision, other: Decision) -> dict[str, dict[str, float]]:
    """Return the limits that differ in another state of the decision, by resource and year."""
    available = {
        resource.id: {
            str(year): after
            for year, before, after in zip(
                resource.years, resource.available.tolist(), twin.available.tolist(), strict=True
            )
            if before != after
        }
        for resource, twin in zip(decision.resources, other.resources, strict=True)
    }
    return {name: by_year for name, by_year in available.items() if by_year}
