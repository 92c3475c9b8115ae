"""Projects, start years and versions as one portfolio problem."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.errors import InputError, LabelError
from mcda.portfolio._problem import build_problem, resource_name
from mcda.portfolio.scheduling._starts import Option, moved, planned_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from mcda.decision import Decision, Synergy
    from mcda.scoring._projects import ProjectValues


def schedule_problem(
    decision: Decision,
    values: ProjectValues,
    options: Sequence[Option],
    discount: NDArray[np.float64],
    *,
    carry_forward: Iterable[str] | Mapping[str, float] = (),
    force: Iterable[str] = (),
    forbid: Iterable[str] = (),
    policies: Iterable[str] = (),
) -> solvers.Problem:
    """State the choice of projects, start years and versions as one problem.

    Value is what a project is worth in a year of full benefit, times the discounted sum of its yearly shares. A
    synergy of performance counts in each year as much as its least advanced member; its changes of money move with its
    latest member. A prerequisite may not start after the project that needs it, unless it does so in the plan, and then
    by no more than planned.
    """
    base = build_problem(decision, values, force=force, forbid=forbid, policies=policies)
    ways: defaultdict[str, list[Option]] = defaultdict(list)
    for option in options:
        ways[option.project].append(option)
    names = {project: [option.name for option in ways[project]] for project in ways}

    def all_ways(projects: Iterable[object]) -> list[str]:
        return [name for project in projects for name in names[str(project)]]

    requires, impossible = _requires(decision, base, ways)
    return solvers.Problem(
        [_value(option, values, discount) for option in options],
        np.array(
            [[option.use[r.id][k] for r in decision.resources for k in range(len(r.years))] for option in options]
        ),
        base.capacity,
        names=[option.name for option in options],
        resources=base.resources,
        forbidden=[*all_ways(base.forbidden), *(name for name in impossible if name not in all_ways(base.forbidden))],
        choices=[
            solvers.Choice(names[project], required=project in base.mandatory, name=f"one way of {project}")
            for project in names
            if len(names[project]) > 1 or project in base.mandatory
        ],
        requires=requires,
        excludes=[solvers.Excludes(all_ways(rule.members), name=rule.name) for rule in base.excludes],
        counts=[replace(rule, members=tuple(all_ways(rule.members))) for rule in base.counts],
        shares=[replace(rule, members=tuple(all_ways(rule.members))) for rule in base.shares],
        synergies=list(_synergies(decision, values, ways, discount)),
        carries=list(_carries(decision, carry_forward)),
        name=decision.name,
    )


def _value(option: Option, values: ProjectValues, discount: NDArray[np.float64]) -> float:
    share = 1.0 if option.version is None else option.version.value
    return float(values.projects[option.project]) * share * float(option.benefit @ discount)


def _requires(
    decision: Decision, base: solvers.Problem, ways: Mapping[str, list[Option]]
) -> tuple[list[solvers.Requires], list[str]]:
    """Return prerequisites between options, and the options with prerequisites that could not be there in time."""
    plan = {project.id: planned_start(decision, project) for project in decision.projects}
    found: list[solvers.Requires] = []
    impossible: dict[str, None] = {}
    for rule in base.requires:
        needs = [str(need) for need in rule.needs]
        groups = [[need] for need in needs] if rule.number == len(needs) else [needs]
        for option in ways[str(rule.option)]:
            for group in groups:
                in_time = [
                    way.name
                    for need in group
                    for way in ways[need]
                    if way.start_year - option.start_year <= max(0, plan[need] - plan[option.project])
                ]
                if in_time:
                    label = f"{rule.name}: {option.name} needs {' or '.join(group)}"
                    found.append(solvers.Requires(option.name, in_time, 1, name=label))
                else:
                    impossible[option.name] = None
    return found, list(impossible)


def _synergies(
    decision: Decision, values: ProjectValues, ways: Mapping[str, list[Option]], discount: NDArray[np.float64]
) -> Iterator[solvers.Synergy]:
    for synergy in decision.synergies:
        for chosen in itertools.product(*(ways[member] for member in synergy.members)):
            shares = [1.0 if option.version is None else option.version.value for option in chosen]
            together = np.min([option.benefit for option in chosen], axis=0)
            value = float(values.synergies[synergy.id]) * min(shares) * float(together @ discount)
            use = _effects(decision, synergy, max(option.delay for option in chosen))
            if value or use:
                names = [option.name for option in chosen]
                yield solvers.Synergy(names, value=value, usage=use, name=f"{synergy.id}: {' + '.join(names)}")


def _effects(decision: Decision, synergy: Synergy, delay: int) -> dict[str | int, float]:
    use: defaultdict[str | int, float] = defaultdict(float)
    for effect in synergy.effects:
        if effect.year is not None:
            resource = decision.resource(effect.kind)
            figures = np.zeros(len(resource.years))
            figures[resource.years.index(effect.year)] = effect.amount
            for year, amount in zip(resource.years, moved(figures, delay).tolist(), strict=True):
                if amount:
                    use[resource_name(resource, year)] += amount
    return dict(use)


def _carries(decision: Decision, wanted: Iterable[str] | Mapping[str, float]) -> Iterator[solvers.CarryForward]:
    shares = dict(wanted) if isinstance(wanted, Mapping) else dict.fromkeys(wanted, 1.0)
    for name, share in shares.items():
        resource = decision.resource(name)
        if resource.kind != "money":
            known = [item.id for item in decision.resources if item.kind == "money"]
            raise LabelError(f"Only money carries forward; '{name}' is people. Money: {', '.join(known)}.")
        if not (np.isfinite(share) and 0 < share <= 1):
            raise InputError(
                f"The share of '{name}' that carries forward must be above 0 and at most 1. Got {share!r}."
            )
        if np.isfinite(resource.available).all() and len(resource.years) > 1:
            periods = [resource_name(resource, year) for year in resource.years]
            yield solvers.CarryForward(periods, share=None if share == 1 else float(share), name=f"{name} carried")
