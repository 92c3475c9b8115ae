"""Decision and values in, `solvers.Problem` out."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.decision import ResourceYear
from mcda.errors import LabelError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from mcda.decision import Decision, Policy, Resource
    from mcda.scoring._projects import ProjectValues


def resource_name(resource: Resource, year: int) -> str:
    """Name of a resource in a year, as it stands in problems, certificates and results."""
    return ResourceYear(resource.id, year).name


def build_problem(
    decision: Decision,
    values: ProjectValues,
    *,
    force: Iterable[str] = (),
    forbid: Iterable[str] = (),
    policies: Iterable[str] = (),
) -> solvers.Problem:
    """State the choice of projects as a portfolio problem.

    Parameters
    ----------
    decision
        Projects, resources and rules.
    values
        What each project and each synergy is worth (`mcda.value_projects`).
    force, forbid
        Projects that must be in, or must be out, whatever they are worth.
    policies
        Identifiers of the optional Board rules to apply; rules that are not optional always apply.

    Returns
    -------
    solvers.Problem
        One option per project, one resource per resource and year (``"capital_k year 1"``).

    Raises
    ------
    LabelError
        If a project or a policy is unknown.
    """
    wanted = set(policies)
    known = {policy.id for policy in decision.policies}
    if unknown := sorted(wanted - known):
        raise LabelError(f"There is no policy '{unknown[0]}'. Known: {', '.join(sorted(known)) or 'none'}.")
    forced = [decision.project(name).id for name in force]
    forbidden = [decision.project(name).id for name in forbid]
    mandatory = [project.id for project in decision.projects if project.mandatory]
    counts: list[solvers.CountRule] = []
    shares: list[solvers.ShareRule] = []
    for policy in decision.policies:
        if policy.id in wanted or not policy.optional:
            rule = _rules(decision, policy)
            counts += [part for part in rule if isinstance(part, solvers.CountRule)]
            shares += [part for part in rule if isinstance(part, solvers.ShareRule)]
    return solvers.Problem(
        values=values.projects.to_numpy(),
        usage=np.hstack([resource.use for resource in decision.resources]),
        capacity=np.concatenate([resource.available for resource in decision.resources]),
        names=decision.project_ids,
        resources=list(decision.periods),
        mandatory=list(dict.fromkeys([*mandatory, *forced])),
        forbidden=list(dict.fromkeys(forbidden)),
        requires=[
            solvers.Requires(rule.project, rule.requires, 1 if rule.logic == "any" else None, name=rule.id)
            for rule in decision.dependencies
        ],
        excludes=[solvers.Excludes(rule.projects, name=rule.id) for rule in decision.exclusions],
        counts=counts,
        shares=shares,
        synergies=list(_synergies(decision, values)),
        name=decision.name,
    )


def _synergies(decision: Decision, values: ProjectValues) -> Iterator[solvers.Synergy]:
    for synergy in decision.synergies:
        use: defaultdict[str | int, float] = defaultdict(float)
        for effect in synergy.effects:
            if effect.year is not None:
                use[resource_name(decision.resource(effect.kind), effect.year)] += effect.amount
        value = float(values.synergies[synergy.id])
        if use or value:
            yield solvers.Synergy(synergy.members, value=value, usage=dict(use), name=synergy.id)


def _rules(decision: Decision, policy: Policy) -> list[solvers.CountRule | solvers.ShareRule]:
    def members(value: str | None) -> list[str]:
        return [project.id for project in decision.projects if str(project.field(policy.column)) == value]

    if policy.type == "min_count_each":
        present: Collection[str] = dict.fromkeys(str(project.field(policy.column)) for project in decision.projects)
        return [
            solvers.CountRule(members(value), minimum=int(policy.bound), name=f"{policy.id} {value}")
            for value in present
        ]
    if policy.type == "max_capital_share":
        capital = [
            resource_name(resource, year)
            for resource in decision.resources
            if resource.id == "capital_k"
            for year in resource.years
        ]
        return [solvers.ShareRule(members(policy.value), capital, maximum=policy.bound, name=policy.id)]
    bound = int(policy.bound)
    if policy.type == "max_count":
        return [solvers.CountRule(members(policy.value), maximum=bound, name=policy.id)]
    return [solvers.CountRule(members(policy.value), minimum=bound, name=policy.id)]
