"""All rules that look across cells, each after those that it relies on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mcda.files.contents._criteria import check_criteria
from mcda.files.contents._horizon import check_years
from mcda.files.contents._judgements import check_judgements
from mcda.files.contents._logic import check_logic
from mcda.files.contents._people import check_people, check_points
from mcda.files.contents._policies import check_policies
from mcda.files.contents._presence import check_tables
from mcda.files.contents._projects import check_performance, check_projects
from mcda.files.contents._resources import check_resources
from mcda.files.contents._scenarios import check_scenarios, check_scenarios_apply
from mcda.files.contents._synergies import check_synergies

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.files._sheets import Sheets


def check_rules(sheets: Sheets) -> None:
    """Check everything that can be checked before there is a decision."""
    check_tables(sheets)
    check_years(sheets)
    check_projects(sheets)
    tree = check_criteria(sheets)
    if tree is not None:
        check_performance(sheets, tree)
        check_points(sheets, tree)
        check_judgements(sheets, tree)
    check_resources(sheets)
    check_people(sheets)
    check_logic(sheets)
    check_synergies(sheets, tree)
    check_policies(sheets)
    check_scenarios(sheets)


def check_decision(sheets: Sheets, decision: Decision) -> None:
    """Check what needs the whole decision: scenarios that are impossible, and limits that leave no room."""
    check_scenarios_apply(sheets, decision)
    mandatory = np.array([project.mandatory for project in decision.projects])
    for resource in decision.resources:
        needed = resource.use[mandatory].sum(axis=0)
        table, column = ("budgets", resource.id) if resource.kind == "money" else ("capacity", "fte_available")
        for position, year in enumerate(resource.years):
            if needed[position] > resource.available[position] * (1 + 1e-9):
                row = _row_of(sheets, table, resource.id, year)
                what = f"The mandatory projects alone need more {resource.id} than there is in year {year}"
                allowed = f"at least {needed[position]:g}, unless a synergy lowers it"
                sheets.warning(table, row, column, what, allowed, f"'{sheets[table].raw.cell(row, column)}'")


def _row_of(sheets: Sheets, table: str, resource: str, year: int) -> int:
    sheet = sheets[table]
    teams = sheet.texts("team") if table == "capacity" else [resource] * len(sheet)
    return next(row for row, key in enumerate(zip(teams, sheet.wholes("year"), strict=True)) if key == (resource, year))
