"""A Decision from tables without faults; nothing is refused here, because the rules have been checked already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np

from mcda.decision import (
    CriteriaTree,
    Criterion,
    Decision,
    Dependency,
    Effect,
    Exclusion,
    Group,
    Judgement,
    Performance,
    Policy,
    PolicyType,
    Project,
    Resource,
    Scenario,
    Stakeholder,
    SwingPoints,
    Synergy,
)
from mcda.files._schema import IMPLICIT_GOAL, TABLE
from mcda.files.contents._horizon import planning_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from mcda.files._sheets import Sheet, Sheets

EVERYONE = "everyone"


def build(sheets: Sheets, settings: dict[str, str], input_sha256: str) -> Decision:
    """Put the decision together."""
    years = planning_years(sheets)
    projects = _projects(sheets["projects"])
    criteria = _criteria(sheets["criteria"])
    groups, stakeholders = _people(sheets)
    return Decision(
        name=settings.get("name") or criteria[criteria.goal].name or "Decision",
        projects=projects,
        criteria=criteria,
        performance=_performance(sheets["performance"], projects, criteria),
        resources=tuple(_resources(sheets, projects, years)),
        groups=groups,
        stakeholders=stakeholders,
        judgements=tuple(_judgements(sheets, criteria)),
        swing_points=tuple(_swing_points(sheets)),
        dependencies=tuple(_dependencies(sheets)),
        exclusions=tuple(_exclusions(sheets)),
        synergies=tuple(_synergies(sheets)),
        policies=tuple(_policies(sheets)),
        scenarios=tuple(_scenarios(sheets)),
        years=years,
        input_sha256=input_sha256,
    )


def _projects(sheet: Sheet) -> tuple[Project, ...]:
    known = [column.name for column in TABLE["projects"].columns]
    others = [(position, name) for position, name in enumerate(sheet.raw.columns) if name not in known]
    mandatory = sheet.flags("mandatory", default=False)
    delay = sheet.wholes("max_delay_years")
    # The other columns are attributes of the same name: empty text, or None for a figure that is not stated.
    plain = ("name", "category", "sponsor_directorate", "mandatory_reason")
    figures = [name for name in known if name not in (*plain, "project_id", "mandatory", "max_delay_years")]
    columns: dict[str, list[Any]] = {name: list(sheet.texts(name)) for name in plain}
    columns |= {name: sheet.values.get(name, [None] * len(sheet)) for name in figures}
    return tuple(
        Project(
            id=identifier,
            mandatory=mandatory[row],
            max_delay_years=delay[row] or 0,
            extra=tuple((name, sheet.raw.rows[row][position]) for position, name in others),
            **{column: values[row] for column, values in columns.items()},
        )
        for row, identifier in enumerate(sheet.texts("project_id"))
    )


def _criteria(sheet: Sheet) -> CriteriaTree:
    directions = sheet.texts("direction")
    parents = sheet.texts("parent_id")
    worse, better = sheet.numbers("reference_worse"), sheet.numbers("reference_better")
    weights = sheet.numbers("weight")
    texts = {column: sheet.texts(column) for column in ("name", "unit", "benefit_class", "description")}
    flat = not sheet.has("parent_id")
    nodes = [
        Criterion(
            id=identifier,
            parent=IMPLICIT_GOAL if flat else parents[row] or None,
            direction=directions[row] or None,
            reference_worse=worse[row],
            reference_better=better[row],
            weight=weights[row],
            **{column: values[row] for column, values in texts.items()},
        )
        for row, identifier in enumerate(sheet.texts("criterion_id"))
    ]
    return CriteriaTree((Criterion(IMPLICIT_GOAL), *nodes) if flat else tuple(nodes))


def _performance(sheet: Sheet, projects: tuple[Project, ...], criteria: CriteriaTree) -> Performance:
    rows = {project.id: position for position, project in enumerate(projects)}
    columns = {leaf: position for position, leaf in enumerate(criteria.leaf_ids)}
    row = [rows[name] for name in sheet.texts("project_id")]
    column = [columns[name] for name in sheet.texts("criterion_id")]

    def level(name: str) -> NDArray[np.float64] | None:
        numbers = sheet.numbers(name)
        if not numbers or numbers[0] is None:
            return None
        values = np.empty((len(rows), len(columns)))
        values[row, column] = np.array(numbers, dtype=np.float64)
        return values

    return Performance(
        projects=tuple(rows),
        leaves=tuple(columns),
        do_nothing=cast("NDArray[np.float64]", level("do_nothing")),
        most_likely=cast("NDArray[np.float64]", level("most_likely")),
        pessimistic=level("pessimistic"),
        optimistic=level("optimistic"),
    )


def _resources(sheets: Sheets, projects: tuple[Project, ...], years: tuple[int, ...]) -> Iterator[Resource]:
    row_of = {project.id: position for position, project in enumerate(projects)}
    year_of = {year: position for position, year in enumerate(years)}
    if "costs" in sheets:
        costs, budgets = sheets["costs"], sheets["budgets"]
        for name in costs.money:
            use = np.zeros((len(projects), len(years)))
            for project, year, amount in zip(
                costs.texts("project_id"), costs.wholes("year"), costs.numbers(name), strict=True
            ):
                use[row_of[project], year_of[cast("int", year)]] = amount
            available = np.full(len(years), np.inf)
            for year, limit in zip(budgets.wholes("year"), budgets.numbers(name), strict=True):
                available[year_of[cast("int", year)]] = np.inf if limit is None else limit
            yield Resource(name, "money", years, available, use)
    if "capacity" in sheets:
        demand = sheets["capacity_demand"]
        uses = {team: np.zeros((len(projects), len(years))) for team in sheets.ids("capacity")}
        limits = {team: np.full(len(years), np.inf) for team in uses}
        for project, team, year, amount in zip(
            demand.texts("project_id"),
            demand.texts("team"),
            demand.wholes("year"),
            demand.numbers("fte"),
            strict=True,
        ):
            uses[team][row_of[project], year_of[cast("int", year)]] = amount
        capacity = sheets["capacity"]
        for team, year, limit in zip(
            capacity.texts("team"), capacity.wholes("year"), capacity.numbers("fte_available"), strict=True
        ):
            limits[team][year_of[cast("int", year)]] = np.inf if limit is None else limit
        for team, use in uses.items():
            yield Resource(team, "team", years, limits[team], use)


def _people(sheets: Sheets) -> tuple[tuple[Group, ...], tuple[Stakeholder, ...]]:
    """Groups and members; people with no stated group are in one group of everyone."""
    if "stakeholders" in sheets:
        sheet = sheets["stakeholders"]
        members = sheet.texts("group_id") if sheet.has("group_id") else [EVERYONE] * len(sheet)
        people = tuple(
            Stakeholder(identifier, group, role)
            for identifier, group, role in zip(sheet.texts("stakeholder_id"), members, sheet.texts("role"), strict=True)
        )
    else:
        names = dict.fromkeys(
            name
            for table in ("pairwise_judgements", "swing_points")
            if table in sheets
            for name in sheets[table].texts("stakeholder_id")
        )
        people = tuple(Stakeholder(name, EVERYONE) for name in names)
    if "groups" in sheets:
        sheet = sheets["groups"]
        weights = sheet.numbers("default_board_weight")
        return tuple(
            Group(identifier, name, 1.0 if weight is None else weight)
            for identifier, name, weight in zip(sheet.texts("group_id"), sheet.texts("name"), weights, strict=True)
        ), people
    names = dict.fromkeys(person.group for person in people)
    return tuple(Group(name, "Everyone" if name == EVERYONE else "") for name in names), people


def _judgements(sheets: Sheets, criteria: CriteriaTree) -> Iterable[Judgement]:
    if "pairwise_judgements" not in sheets:
        return ()
    sheet = sheets["pairwise_judgements"]
    stated = sheet.texts("parent_criterion_id")
    answers: dict[tuple[str, frozenset[str]], Judgement] = {}
    for row, (person, a, b, value) in enumerate(
        zip(
            sheet.texts("stakeholder_id"),
            sheet.texts("criterion_a"),
            sheet.texts("criterion_b"),
            sheet.numbers("judgement"),
            strict=True,
        )
    ):
        # The same question the other way round has the reciprocal answer (a rule), so one of the two is enough.
        question = (person, frozenset((a, b)))
        if question not in answers or answers[question].value is None:
            parent = stated[row] or cast("str", criteria[a].parent)
            answers[question] = Judgement(person, parent, a, b, value)
    return answers.values()


def _swing_points(sheets: Sheets) -> Iterator[SwingPoints]:
    if "swing_points" in sheets:
        sheet = sheets["swing_points"]
        for person, leaf, points in zip(
            sheet.texts("stakeholder_id"), sheet.texts("criterion_id"), sheet.numbers("points"), strict=True
        ):
            yield SwingPoints(person, leaf, cast("float", points))


def _dependencies(sheets: Sheets) -> Iterator[Dependency]:
    if "dependencies" in sheets:
        sheet = sheets["dependencies"]
        project, requires = sheet.texts("project_id"), sheet.texts("requires_project_id")
        logic, rationale = sheet.texts("logic"), sheet.texts("rationale")
        for identifier, rows in sheet.rows_by("dependency_id").items():
            word = cast("Literal['all', 'any']", logic[rows[0]] or "all")
            yield Dependency(
                identifier, project[rows[0]], tuple(requires[row] for row in rows), word, rationale[rows[0]]
            )


def _exclusions(sheets: Sheets) -> Iterator[Exclusion]:
    if "exclusions" in sheets:
        sheet = sheets["exclusions"]
        project, rationale = sheet.texts("project_id"), sheet.texts("rationale")
        for identifier, rows in sheet.rows_by("exclusion_id").items():
            yield Exclusion(identifier, tuple(project[row] for row in rows), rationale[rows[0]])


def _synergies(sheets: Sheets) -> Iterator[Synergy]:
    if "synergies" in sheets:
        sheet = sheets["synergies"]
        kind, leaf, year = sheet.texts("kind"), sheet.texts("criterion_id"), sheet.wholes("year")
        amount, members, rationale = sheet.numbers("amount"), sheet.lists("members"), sheet.texts("rationale")
        for identifier, rows in sheet.rows_by("synergy_id").items():
            effects = tuple(Effect(kind[row], cast("float", amount[row]), leaf[row] or None, year[row]) for row in rows)
            # Each row may give a reason in its own words; the first reason given is kept for all.
            reason = next((rationale[row] for row in rows if rationale[row]), "")
            yield Synergy(identifier, members[rows[0]], effects, reason)


def _policies(sheets: Sheets) -> Iterator[Policy]:
    if "policy_constraints" in sheets:
        sheet = sheets["policy_constraints"]
        optional = sheet.flags("optional", default=True)
        for row, (identifier, kind, members, bound, rationale) in enumerate(
            zip(
                sheet.texts("constraint_id"),
                sheet.texts("type"),
                sheet.texts("members"),
                sheet.numbers("bound"),
                sheet.texts("rationale"),
                strict=True,
            )
        ):
            column, equals, value = (part.strip() for part in members.partition("="))
            yield Policy(
                identifier,
                cast("PolicyType", kind),
                column,
                value if equals else None,
                cast("float", bound),
                optional[row],
                rationale,
            )


def _scenarios(sheets: Sheets) -> Iterator[Scenario]:
    if "scenarios" in sheets:
        sheet = sheets["scenarios"]
        texts = {column: sheet.texts(column) for column in ("name", "target", "key", "operation", "value", "rationale")}
        for row, (identifier, years) in enumerate(zip(sheet.texts("scenario_id"), sheet.years("year"), strict=True)):
            yield Scenario(
                id=identifier,
                name=texts["name"][row],
                target=texts["target"][row] or None,  # type: ignore[arg-type]  # one of the choices
                key=texts["key"][row],
                years=years or None,
                operation=texts["operation"][row],
                value=texts["value"][row],
                rationale=texts["rationale"][row],
            )
