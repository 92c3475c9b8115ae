"""What the page needs to solve: leaf values, exact rows in whole numbers, limits, rules, and where to start from.

The rows are those of `solvers.linear`, so the page solves the very model that Python solves. Each row is multiplied by
the power of ten (or the common denominator) that makes it whole, so that the page can check a portfolio exactly.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np

from mcda.decision import apply_scenario, exact_decimal
from mcda.errors import McdaError
from mcda.portfolio import build_problem, resource_name
from mcda.scoring._projects import leaf_values, synergy_leaf_values, value_projects
from solvers.linear import linearise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import solvers
    from mcda.decision import Decision, Policy
    from mcda.portfolio import GroupComparison, Selection
    from mcda.scoring._projects import ProjectValues
    from mcda.weights import DecisionWeights

FORMAT = 1
_SAFE = 2**53
_RULES = ("count", "share")
"""Kinds of rows that a Board rule can bring."""


def playing_model(
    selection: Selection, weights: DecisionWeights | None = None, comparison: GroupComparison | None = None
) -> dict[str, object] | None:
    """Return the model behind the playing page as plain data for JSON.

    Parameters
    ----------
    selection
        The portfolio that the pack recommends, or the answer that there is none.
    weights
        Adds a slider for each group.
    comparison
        Adds each group's own best value, so that shares can be shown.

    Returns
    -------
    dict or None
        None where the values are not weighted sums of leaf values (another method, or values given as they are): then
        a page of sliders would not ask the same question.

    Examples
    --------
    >>> import mcda
    >>> model = playing_model(mcda.select(mcda.load("datasets/nhs-digital")))
    >>> len(model["projects"]), len(model["rows"]), model["recommended"]["value"]
    (40, 89, 219.27...)
    """
    decision = selection.decision
    if selection.weights is None or not _weighted_sums(selection):
        return None
    problem, wanted = _base_problem(selection)
    base = [float(weight) for weight in selection.weights[list(decision.criteria.leaf_ids)]]
    own = [] if weights is None else [str(name) for name in weights.groups.index]
    board = weights is not None and np.allclose(
        base, weights.board[list(decision.criteria.leaf_ids)].to_numpy(), rtol=0, atol=1e-12
    )
    forced = [name for name in selection.problem.mandatory if not decision.project(name).mandatory]
    return {
        "format": FORMAT,
        "decision": decision.name,
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
        "rows": [*_rows(problem, None), *_policy_rows(decision, problem)],
        "policies": [_policy(decision, policy, policy.id in wanted) for policy in decision.policies],
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


def _base_problem(selection: Selection) -> tuple[solvers.Problem, set[str]]:
    """Return the problem with every synergy and without optional rules, and the optional rules that were asked for."""
    decision = selection.decision
    names = _rule_names(selection.problem)
    wanted = {
        policy.id for policy in decision.policies if policy.optional and any(_belongs(name, policy) for name in names)
    }
    return build_problem(decision, _any_values(decision)), wanted


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
                "id": child, "name": tree[child].name or child, "depth": depth,
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
            "name": decision.group(name).name or name,
            "share": share / total if total else 0.0,
            "weights": [float(weight) for weight in weights.of_group(name)[list(decision.criteria.leaf_ids)]],
            "best": comparison.groups[name].value if comparison is not None and name in comparison.groups else None,
        }
        for name, share in zip(own, shares, strict=True)
    ]


def _projects(decision: Decision) -> list[dict[str, object]]:
    leaves = leaf_values(decision).to_numpy().tolist()
    return [
        {"id": project.id, "name": project.name, "mandatory": project.mandatory, "leaf": row}
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


@dataclass(frozen=True, slots=True)
class _Exact:
    """A row in whole numbers; `factor` is what a unit of the original row became."""

    columns: list[int]
    coefficients: list[int]
    factor: int

    def bound(self, bound: float) -> int | str | None:
        return None if math.isinf(bound) else _whole(int(exact_decimal(bound) * self.factor))


def _exact(figures: Iterable[tuple[int, Fraction]], bounds: Iterable[float]) -> _Exact:
    filled = [(column, figure) for column, figure in figures if figure]
    fractions = [figure for _, figure in filled]
    fractions += [exact_decimal(bound) for bound in bounds if not math.isinf(bound)]
    factor = math.lcm(*(fraction.denominator for fraction in fractions))
    return _Exact([column for column, _ in filled], [int(figure * factor) for _, figure in filled], factor)


def _rows(problem: solvers.Problem, policy: str | None) -> Iterator[dict[str, object]]:
    """Resources first, one row each whether limited or not; then the rules."""
    if policy is None:
        for position, name in enumerate(problem.resources):
            figures = [(row, exact_decimal(float(use))) for row, use in enumerate(problem.usage[:, position])]
            figures += [
                (len(problem.names) + at, exact_decimal(float(synergy.usage.get(name, 0.0))))
                for at, synergy in enumerate(problem.synergies)
            ]
            limit = float(problem.capacity[position])
            exact = _exact(figures, [limit])
            yield _row(name, exact, None, exact.bound(limit), policy)
    model = linearise(problem)
    for at, (kind, position) in enumerate(model.owners):
        if kind == "resource":
            continue
        if kind == "share":
            yield _share_row(problem, position, policy)
            continue
        columns = model.indices[model.starts[at] : model.starts[at + 1]].tolist()
        figures = [
            (column, exact_decimal(float(figure)))
            for column, figure in zip(
                columns, model.coefficients[model.starts[at] : model.starts[at + 1]].tolist(), strict=True
            )
        ]
        lower, upper = float(model.row_lower[at]), float(model.row_upper[at])
        exact = _exact(figures, [lower, upper])
        yield _row(_name(problem, kind, position), exact, exact.bound(lower), exact.bound(upper), policy)


def _share_row(problem: solvers.Problem, position: int, policy: str | None) -> dict[str, object]:
    """Return "members' use less the share of all use is at most nothing", multiplied out without rounding."""
    rule = problem.shares[position]
    across = [problem.resources.index(str(resource)) for resource in rule.resources]
    use = [sum((exact_decimal(float(row[at])) for at in across), Fraction(0)) for row in problem.usage]
    inside = set(rule.members)
    share = exact_decimal(float(rule.maximum if rule.maximum is not None else rule.minimum or 0.0))
    figures = [
        (at, amount * ((1 if name in inside else 0) - share))
        for at, (name, amount) in enumerate(zip(problem.names, use, strict=True))
    ]
    exact = _exact(figures, [])
    most = rule.maximum is not None
    return _row(rule.name, exact, None if most else 0, 0 if most else None, policy)


def _row(
    name: str, exact: _Exact, lower: int | str | None, upper: int | str | None, policy: str | None
) -> dict[str, object]:
    return {
        "name": name,
        "columns": exact.columns,
        "figures": [_whole(figure) for figure in exact.coefficients],
        "factor": _whole(exact.factor),
        "lower": lower,
        "upper": upper,
        "policy": policy,
    }


def _whole(figure: int) -> int | str:
    """Return a whole number as JSON can carry it: beyond 2**53 as text."""
    return figure if abs(figure) < _SAFE else str(figure)


def _name(problem: solvers.Problem, kind: str, position: int) -> str:
    listed = {
        "requires": [rule.name for rule in problem.requires],
        "excludes": [rule.name for rule in problem.excludes],
        "count": [rule.name for rule in problem.counts],
        "spend": [rule.name for rule in problem.spends],
        "synergy": [rule.name for rule in problem.synergies],
    }
    return listed[kind][position] if kind in listed else kind


def _policy_rows(decision: Decision, base: solvers.Problem) -> Iterator[dict[str, object]]:
    """Rows of each optional Board rule, to be switched on one by one."""
    values = _any_values(decision)
    for policy in decision.policies:
        if policy.optional:
            problem = build_problem(decision, values, policies=[policy.id])
            kept = _rule_names(base)
            for row in _rows(problem, policy.id):
                if row["name"] not in kept and _belongs(str(row["name"]), policy):
                    yield row


def _any_values(decision: Decision) -> ProjectValues:
    """Return values that leave no effect between projects out of the model, whatever the weights will be."""
    leaves = len(decision.criteria.leaf_ids)
    values = value_projects(decision, np.full(leaves, 1 / leaves))
    return replace(values, synergies=values.synergies * 0.0 + 1.0)


def _policy(decision: Decision, policy: Policy, on: bool) -> dict[str, object]:
    return {
        "id": policy.id,
        "optional": policy.optional,
        "on": on or not policy.optional,
        "text": policy.rationale or f"{policy.type} {policy.column} {policy.value or ''} {policy.bound:g}",
    }


def _presets(decision: Decision, groups: list[str]) -> Iterator[dict[str, object]]:
    """Scenarios of the decision that only move limits or the groups' say: one button each."""
    for scenario in decision.scenarios:
        if scenario.target in ("budget", "capacity"):
            try:
                changed = apply_scenario(decision, scenario)
            except McdaError:
                continue
            available = {
                resource.id: {
                    str(year): after
                    for year, before, after in zip(
                        resource.years, resource.available.tolist(), twin.available.tolist(), strict=True
                    )
                    if before != after
                }
                for resource, twin in zip(decision.resources, changed.resources, strict=True)
            }
            found = {name: by_year for name, by_year in available.items() if by_year}
            yield {"id": scenario.id, "name": scenario.name or scenario.id, "available": found, "group": None}
        elif scenario.target == "weights" and scenario.key in groups:
            yield {"id": scenario.id, "name": scenario.name or scenario.id, "available": {}, "group": scenario.key}
