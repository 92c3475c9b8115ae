"""A decision back to a folder of CSV files or to a workbook."""

from __future__ import annotations

import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from mcda.files._schema import TABLE
from mcda.files._tables import RawTable
from mcda.files._write import write_source

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from mcda.decision import Decision, Resource


def save(decision: Decision, folder: str | os.PathLike[str]) -> Path:
    """Write a decision to a folder of CSV files, or to a workbook, from which `mcda.load` reads an equal one.

    Parameters
    ----------
    decision
        The decision.
    folder
        A folder that is new or empty, or a new workbook (a name that ends in ``.xlsx``).

    Returns
    -------
    Path
        The folder or workbook.

    Raises
    ------
    InputError
        If something is already there: nothing is overwritten.
    """
    tables = {
        name: RawTable(name, name, tuple(columns), tuple(tuple(_cell(value) for value in row) for row in rows))
        for name, columns, rows in _tables(decision)
        if rows or (name == "capacity_demand" and any(resource.kind == "team" for resource in decision.resources))
    }
    named = decision.name != decision.criteria[decision.criteria.goal].name
    return write_source(Path(folder), tables, {"name": decision.name} if named else {})


def _tables(decision: Decision) -> Iterator[tuple[str, list[str], Sequence[Sequence[object]]]]:
    yield "projects", *_projects(decision)
    yield "criteria", *_criteria(decision)
    yield "performance", *_performance(decision)
    money = [resource for resource in decision.resources if resource.kind == "money"]
    teams = [resource for resource in decision.resources if resource.kind == "team"]
    names = [resource.id for resource in money]
    if money:
        limits = [
            [year, *(resource.available[column] for resource in money)] for column, year in enumerate(decision.years)
        ]
        yield "budgets", ["year", *names], limits
        yield "costs", ["project_id", "year", *names], list(_costs(decision, money))
    capacity = [[team.id, year, team.available[column]] for team in teams for column, year in enumerate(decision.years)]
    yield "capacity", _columns("capacity"), capacity
    demand: list[list[object]] = [
        [project, team.id, year, team.use[row, column]]
        for row, project in enumerate(decision.project_ids)
        for team in teams
        for column, year in enumerate(decision.years)
        if team.use[row, column]
    ]
    # Without any row, the header still says that the teams are limited and nobody needs them.
    yield "capacity_demand", _columns("capacity_demand"), demand
    groups = [[group.id, group.name, group.default_board_weight] for group in decision.groups]
    yield "groups", _columns("groups"), groups
    people = [[person.id, person.group, person.role] for person in decision.stakeholders]
    yield "stakeholders", _columns("stakeholders"), people
    judgements = [[said.stakeholder, said.parent, said.a, said.b, _ratio(said.value)] for said in decision.judgements]
    yield "pairwise_judgements", _columns("pairwise_judgements"), judgements
    points = [[given.stakeholder, given.criterion, given.points] for given in decision.swing_points]
    yield "swing_points", _columns("swing_points"), points
    yield from _rules(decision)


def _rules(decision: Decision) -> Iterator[tuple[str, list[str], Sequence[Sequence[object]]]]:
    requires = [
        [rule.id, rule.project, other, rule.logic, rule.rationale]
        for rule in decision.dependencies
        for other in rule.requires
    ]
    yield "dependencies", _columns("dependencies"), requires
    excludes = [[rule.id, project, rule.rationale] for rule in decision.exclusions for project in rule.projects]
    yield "exclusions", _columns("exclusions"), excludes
    synergies = [
        [
            synergy.id,
            ";".join(synergy.members),
            effect.kind,
            effect.criterion,
            effect.year,
            effect.amount,
            synergy.rationale,
        ]
        for synergy in decision.synergies
        for effect in synergy.effects
    ]
    yield "synergies", _columns("synergies"), synergies
    policies = [
        [
            rule.id,
            rule.optional,
            rule.type,
            rule.column if rule.value is None else f"{rule.column}={rule.value}",
            rule.bound,
            rule.rationale,
        ]
        for rule in decision.policies
    ]
    yield "policy_constraints", _columns("policy_constraints"), policies
    scenarios = []
    for case in decision.scenarios:
        every = "all" if case.target in ("budget", "capacity", "cost") else ""
        years = every if case.years is None else ";".join(str(year) for year in case.years)
        scenarios.append([case.id, case.name, case.target, case.key, years, case.operation, case.value, case.rationale])
    yield "scenarios", _columns("scenarios"), scenarios


def _projects(decision: Decision) -> tuple[list[str], Sequence[Sequence[object]]]:
    columns = [name for name in _columns("projects") if name != "project_id"]
    extra = list(dict.fromkeys(name for project in decision.projects for name, _ in project.extra))
    rows = [
        [project.id, *(getattr(project, name) for name in columns), *(dict(project.extra).get(name) for name in extra)]
        for project in decision.projects
    ]
    return ["project_id", *columns, *extra], rows


def _criteria(decision: Decision) -> tuple[list[str], Sequence[Sequence[object]]]:
    columns = [
        "parent", "name", "unit", "direction", "reference_worse", "reference_better", "benefit_class", "description",
        "weight",
    ]  # fmt: skip
    rows = [[node.id, *(getattr(node, name) for name in columns)] for node in decision.criteria.nodes]
    return ["criterion_id", "parent_id", *columns[1:]], rows


def _performance(decision: Decision) -> tuple[list[str], Sequence[Sequence[object]]]:
    stated = decision.performance
    levels = [level for level in _columns("performance")[2:] if getattr(stated, level) is not None]
    rows = [
        [project, leaf, *(getattr(stated, level)[row, column] for level in levels)]
        for row, project in enumerate(stated.projects)
        for column, leaf in enumerate(stated.leaves)
    ]
    return ["project_id", "criterion_id", *levels], rows


def _costs(decision: Decision, money: list[Resource]) -> Iterator[list[object]]:
    """Rows of costs: the years in which a project costs something, and at least one."""
    for row, project in enumerate(decision.project_ids):
        amounts = [[resource.use[row, column] for resource in money] for column in range(len(decision.years))]
        paid = [column for column, amount in enumerate(amounts) if any(amount)]
        for column in paid or [0]:
            yield [project, decision.years[column], *amounts[column]]


def _columns(table: str) -> list[str]:
    return [column.name for column in TABLE[table].columns]


def _ratio(value: float | None) -> str:
    """Write a judgement as people do, 1/3 rather than 0.3333333333333333, if that is the same number."""
    if value is None:
        return ""
    simple = Fraction(value).limit_denominator(99)
    return str(simple) if simple and float(simple) == value else _cell(value)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        number = float(value)
        if math.isinf(number):
            return ""
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)
    return str(value)
