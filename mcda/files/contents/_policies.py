"""Rules of the Board's rules: which projects they bind, and bounds that can be met."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from mcda.files._cells import Text, Whole
from mcda.files._schema import TABLE
from mcda.files._sheets import did_you_mean
from mcda.files.contents._resources import known_money

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets


def check_policies(sheets: Sheets) -> None:
    """Check members and bound of each Board rule."""
    sheet = sheets.get("policy_constraints", "constraint_id", "type", "members", "bound")
    projects = sheets.get("projects", "project_id")
    if sheet is None or projects is None or not sheets.complete("projects"):
        return
    money = known_money(sheets)
    columns = _grouping_columns(projects)
    for row, (kind, members, bound) in enumerate(
        zip(sheet.texts("type"), sheet.texts("members"), sheet.numbers("bound"), strict=True)
    ):
        if not kind or not members:
            continue
        count = _check_policy_members(sheets, row, kind, members, columns)
        if bound is not None:
            _check_bound(sheets, row, kind, bound, count)
        if kind == "max_capital_share" and money is not None and "capital_k" not in money:
            what = "A share of capital needs capital, and no capital is stated"
            sheets.fault("policy_constraints", row, "type", what, "a column capital_k in costs", f"'{kind}'")


def _grouping_columns(projects: Sheet) -> dict[str, list[str]]:
    """Columns whose entries make groups of projects: words, whole numbers, and whatever was added."""
    kinds = {column.name: column.kind for column in TABLE["projects"].columns}
    return {
        name: ["" if value is None else str(value) for value in projects.values[name]]
        if name in kinds
        else [cells[position] for cells in projects.raw.rows]
        for position, name in enumerate(projects.raw.columns)
        if isinstance(kinds.get(name, Text()), Text | Whole)
    }


def _check_policy_members(
    sheets: Sheets, row: int, kind: str, members: str, columns: dict[str, list[str]]
) -> int | None:
    """Check which projects a rule binds; return how many that is, if it is known."""
    column, equals, value = (part.strip() for part in members.partition("="))
    place = ("policy_constraints", row, "members")
    if kind == "min_count_each" and equals:
        what = f"{kind} takes a column, as it holds for each of its values"
        sheets.fault(*place, what, f"a column of projects such as '{column}'", f"'{members}'")
    elif kind != "min_count_each" and not equals:
        what = f"{kind} takes a column and a value"
        sheets.fault(*place, what, "column=value such as category=AI", f"'{members}'")
    elif column not in columns:
        what = f"'{column}' is not a column of projects that makes groups"
        sheets.fault(*place, what, did_you_mean(column, columns, limit=20), f"'{members}'")
    elif equals and value not in columns[column]:
        known = [name for name in dict.fromkeys(columns[column]) if name]
        sheets.fault(*place, f"No project has {column} '{value}'", did_you_mean(value, known), f"'{members}'")
    elif equals:
        return columns[column].count(value)
    elif "" in columns[column]:
        project = sheets["projects"].texts("project_id")[columns[column].index("")]
        what = f"The rule holds for each {column}, but {project} states none"
        sheets.fault(*place, what, f"{column} filled in for every project, or another column", f"'{members}'")
    else:
        return min(columns[column].count(name) for name in columns[column])
    return None


def _check_bound(sheets: Sheets, row: int, kind: str, bound: float, count: int | None) -> None:
    found = f"'{sheets['policy_constraints'].raw.cell(row, 'bound')}'"
    place = ("policy_constraints", row, "bound")
    if kind == "max_capital_share":
        if bound > 1:
            sheets.fault(*place, "The share is above 1", "a share from 0 to 1, such as 0.5 for half", found)
    elif not (math.isnan(bound) or bound.is_integer()):
        sheets.fault(*place, "The count is not whole", "a whole number of projects", found)
    elif kind.startswith("min_count") and count is not None and bound > count:
        what = "The rule can never be met, as there are too few projects"
        sheets.fault(*place, what, f"at most {count}", found)
