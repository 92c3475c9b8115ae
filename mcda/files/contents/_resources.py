"""Rules of money and teams: what is limited is needed by someone, and the other way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._sheets import nearest
from mcda.files.contents._horizon import horizon_table, planning_years

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets


def known_money(sheets: Sheets) -> tuple[str, ...] | None:
    """Return the money columns of costs and budgets; None if they could not be read."""
    found: dict[str, None] = {}
    for name in ("costs", "budgets"):
        if name in sheets:
            if not sheets[name].money:
                return None
            found |= dict.fromkeys(sheets[name].money)
    return tuple(found)


def check_resources(sheets: Sheets) -> None:
    """Check that limits and needs belong together."""
    if "costs" in sheets and "budgets" in sheets and known_money(sheets):
        _check_limits_of_money(sheets, sheets["costs"], sheets["budgets"])
        _check_every_project_is_costed(sheets, sheets["costs"])
        for name in sheets["budgets"].money:
            _warn_of_no_limit(sheets, "budgets", name, "this money")
    if sheets.complete("capacity") and sheets.get("capacity", "team", "year"):
        _check_every_year_of_a_team(sheets, sheets["capacity"])
        _warn_of_no_limit(sheets, "capacity", "fte_available", "this team")


def _check_limits_of_money(sheets: Sheets, costs: Sheet, budgets: Sheet) -> None:
    only_budgets = [name for name in budgets.money if name not in costs.money]
    only_costs = [name for name in costs.money if name not in budgets.money]
    for name in only_budgets:
        near = nearest(name, only_costs)
        what = f"The budget has no costs: {costs.raw.source} has no column {name}"
        found = ", ".join(costs.raw.columns) + (f"; the nearest is '{near}'" if near else "")
        sheets.fault("budgets", None, name, what, f"a column {name} in {costs.raw.source} too", found)
    for name in only_costs:
        if not nearest(name, only_budgets):
            what = f"The costs have no limit: {budgets.raw.source} has no column {name}"
            allowed = f"a column {name} in {budgets.raw.source} if there is a limit"
            sheets.warning("costs", None, name, what, allowed, ", ".join(budgets.raw.columns))


def _check_every_project_is_costed(sheets: Sheets, costs: Sheet) -> None:
    if (
        not costs.has("project_id")
        or not len(costs)
        or costs.raw.incomplete
        or not sheets.get("projects", "project_id")
    ):
        return
    costed = set(costs.texts("project_id"))
    for row, project in enumerate(sheets["projects"].texts("project_id")):
        if project and project not in costed:
            what = f"{project} has no row in {costs.raw.source}, so it would be free"
            allowed = "at least one row of costs for each project, with 0 where it costs nothing"
            sheets.fault("projects", row, "project_id", what, allowed, "none")


def _check_every_year_of_a_team(sheets: Sheets, capacity: Sheet) -> None:
    wholes = capacity.wholes("year")
    source = horizon_table(sheets)
    if source is None or None in sheets[source].wholes("year"):
        return
    for team, rows in capacity.rows_by("team").items():
        stated = {year for row in rows if (year := wholes[row]) is not None}
        if not team or len(stated) < len(rows):
            continue
        for year in planning_years(sheets):
            if year not in stated:
                what = f"Team {team} has no row for year {year}"
                allowed = "a row for each team and planning year; an empty fte_available means no limit"
                found = "years " + ", ".join(str(other) for other in sorted(stated))
                sheets.fault("capacity", rows[-1], "year", what, allowed, found)


def _warn_of_no_limit(sheets: Sheets, table: str, column: str, thing: str) -> None:
    for row, limit in enumerate(sheets[table].numbers(column)):
        if limit is None and sheets[table].has(column):
            what = f"No limit is stated, so {thing} is unlimited in this year"
            sheets.warning(table, row, column, what, "a number if there is a limit", "an empty cell")
