"""Rules of projects and of what they do: dates, ranges, and a level for every project and leaf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._faults import one_of

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets
    from mcda.files.contents._criteria import Tree


def check_projects(sheets: Sheets) -> None:
    """Check dates and ranges within each row of projects."""
    sheet = sheets.get("projects", "project_id")
    if sheet is None:
        return
    names = sheet.texts("project_id")
    for row, (start, benefit) in enumerate(
        zip(sheet.wholes("planned_start_year"), sheet.wholes("benefit_start_year"), strict=True)
    ):
        if start is not None and benefit is not None and benefit < start:
            what = f"The benefits of {names[row]} start before the project does"
            allowed = f"year {start} (planned_start_year) or later"
            sheets.fault("projects", row, "benefit_start_year", what, allowed, f"'{benefit}'")
    for row, (low, high) in enumerate(
        zip(sheet.numbers("cost_low_mult"), sheet.numbers("cost_high_mult"), strict=True)
    ):
        if low is not None and high is not None and high < low:
            what = f"The high cost of {names[row]} is below the low cost"
            sheets.fault("projects", row, "cost_high_mult", what, f"at least cost_low_mult, {low:g}", f"'{high:g}'")


def check_performance(sheets: Sheets, tree: Tree) -> None:
    """Check that every project has a level on every leaf, once, and that ranges are in order."""
    sheet = sheets.get("performance", "project_id", "criterion_id")
    if sheet is None:
        return
    _check_only_leaves(sheets, sheet, tree)
    if sheets.complete("performance") and sheets.complete("projects") and sheets.get("projects", "project_id"):
        _check_every_pair(sheets, sheet, tree)
    for column in ("pessimistic", "optimistic"):
        _check_all_or_none(sheets, sheet, column)
    _warn_of_order(sheets, sheet, tree)


def _check_only_leaves(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    for row, name in enumerate(sheet.texts("criterion_id")):
        if name in tree.children and name in tree.rows:
            what = f"{name} is not measured, as it has criteria below it"
            allowed = one_of(tree.leaves)
            sheets.fault("performance", row, "criterion_id", what, allowed, f"'{name}'")


def _check_every_pair(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    leaves = tree.leaves
    rows = sheet.rows_by("project_id")
    criteria = sheet.texts("criterion_id")
    measured = set(criteria)
    for name in leaves:
        if name not in measured:
            what = f"No project has a level on {name}"
            allowed = f"a row in {sheet.raw.source} for each project and measured criterion"
            sheets.fault("criteria", tree.rows[name], "criterion_id", what, allowed, "none")
    for place, project in enumerate(sheets["projects"].texts("project_id")):
        if not project:
            continue
        if project not in rows:
            what = f"{project} has no row in {sheet.raw.source}"
            allowed = f"a row for each measured criterion: {', '.join(leaves)}"
            sheets.fault("projects", place, "project_id", what, allowed, "none")
            continue
        stated = {criteria[row] for row in rows[project]}
        missing = [name for name in leaves if name not in stated and name in measured]
        if missing:
            what = f"{project} has no row for {', '.join(missing)}"
            allowed = "a row for each project and measured criterion"
            found = f"rows for {', '.join(name for name in leaves if name in stated) or 'none of them'}"
            sheets.fault("performance", rows[project][-1], "criterion_id", what, allowed, found)


def _check_all_or_none(sheets: Sheets, sheet: Sheet, column: str) -> None:
    values = sheet.numbers(column)
    empty = [row for row, value in enumerate(values) if value is None]
    if empty and len(empty) < len(values):
        what = f"{column} is stated in some rows only"
        allowed = f"a number in every row, or {column} in none"
        sheets.fault("performance", empty[0], column, what, allowed, f"{len(empty)} empty of {len(values)} cells")


def _warn_of_order(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    directions = sheets["criteria"].texts("direction")
    falling = {name for name in tree.leaves if directions[tree.rows[name]] == "min"}
    for row, (leaf, low, likely, high) in enumerate(
        zip(
            sheet.texts("criterion_id"),
            sheet.numbers("pessimistic"),
            sheet.numbers("most_likely"),
            sheet.numbers("optimistic"),
            strict=True,
        )
    ):
        sign = -1 if leaf in falling else 1
        for column, value, order in (("pessimistic", low, 1), ("optimistic", high, -1)):
            if value is not None and likely is not None and sign * order * (likely - value) < 0:
                what = f"The {column} level is {'better' if order == 1 else 'worse'} than the most likely one"
                better = "less is better" if sign < 0 else "more is better"
                allowed = f"pessimistic, most_likely, optimistic from worse to better ({better})"
                sheets.warning("performance", row, column, what, allowed, f"{value:g} against {likely:g}")
