"""Rules of scenarios: what they change exists, and the operation fits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.decision import LEVELS, SCENARIO_OPERATIONS, apply_scenario
from mcda.errors import InputError
from mcda.files._numbers import read_number, trouble
from mcda.files._sheets import did_you_mean
from mcda.files.contents._people import group_ids
from mcda.files.contents._resources import known_money

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.files._sheets import Sheet, Sheets

_YEARLESS = ("performance", "weights")


def check_scenarios(sheets: Sheets) -> None:
    """Check target, key, operation, years and value of each scenario."""
    sheet = sheets.get("scenarios", "scenario_id", "target", "operation", "value")
    if sheet is None:
        return
    keys, years = sheet.texts("key"), sheet.years("year")
    for row, (target, operation, value) in enumerate(
        zip(sheet.texts("target"), sheet.texts("operation"), sheet.texts("value"), strict=True)
    ):
        if not target:
            for column, text in (("key", keys[row]), ("operation", operation), ("value", value)):
                if text and not sheet.raw.cell(row, "target"):
                    what = "A scenario without a target changes nothing"
                    sheets.fault("scenarios", row, column, what, "an empty cell, or a target", f"'{text}'")
            continue
        _check_key(sheets, row, target, keys[row])
        if target in _YEARLESS and years[row] is not None:
            what = f"A change of {target} is not tied to a year"
            sheets.fault("scenarios", row, "year", what, "an empty cell", f"'{sheet.raw.cell(row, 'year')}'")
        known = [name for kind, name in SCENARIO_OPERATIONS if kind == target]
        if operation not in known:
            what = f"The operation on {target} is unknown"
            found = f"'{operation}'" if operation else "an empty cell"
            sheets.fault("scenarios", row, "operation", what, did_you_mean(operation, known), found)
        else:
            _check_value(sheets, row, operation, value)


def check_scenarios_apply(sheets: Sheets, decision: Decision) -> None:
    """Try every scenario on the decision; what it refuses is a fault of the scenario."""
    for row, scenario in enumerate(decision.scenarios):
        try:
            apply_scenario(decision, scenario)
        except InputError as error:
            what = str(error).rstrip(".").replace(". Change the scenario's value", "")
            sheets.fault("scenarios", row, "value", what, "a value that the base plan can bear", f"'{scenario.value}'")


def _check_key(sheets: Sheets, row: int, target: str, key: str) -> None:
    if target == "performance":
        if key:
            what = "A change of performance has no key"
            sheets.fault("scenarios", row, "key", what, "an empty cell", f"'{key}'")
        return
    if target == "capacity":
        known = sheets.ids("capacity")
    elif target == "weights":
        known = group_ids(sheets)
    elif (money := known_money(sheets)) is None:
        return
    else:
        known = list(money)
    if key not in known:
        thing = {"capacity": "team", "weights": "group"}.get(target, "money column of costs")
        what = f"'{key}' is not a {thing}" if key else f"A change of {target} needs a {thing} as its key"
        sheets.fault("scenarios", row, "key", what, did_you_mean(key, known), f"'{key}'" if key else "an empty cell")


def _check_value(sheets: Sheets, row: int, operation: str, value: str) -> None:
    place = ("scenarios", row, "value")
    found = f"'{value}'" if value else "an empty cell"
    if operation in ("multiply", "add"):
        number = read_number(value)
        allowed = "a number of at least 0 such as 0.8" if operation == "multiply" else "a number such as 1000 or -2"
        if number is None:
            sheets.fault(
                *place, trouble(value) if value else f"The operation {operation} needs a value", allowed, found
            )
        elif operation == "multiply" and number < 0:
            sheets.fault(*place, "The factor is negative", allowed, found)
    elif operation == "use_column":
        performance = sheets.get("performance")
        known = [
            name for name in LEVELS if performance is None or any(v is not None for v in performance.numbers(name))
        ]
        if value not in known:
            sheets.fault(*place, f"'{value}' is not a level that performance states", did_you_mean(value, known), found)
    elif operation == "use_group":
        if read_number(value or "1") != 1:
            sheets.fault(*place, "The whole Board weight moves to the group", "1, or an empty cell", found)
    elif (projects := sheets.get("projects")) is not None and projects.values:
        _check_percentages(sheets, projects, row, value)


def _check_percentages(sheets: Sheets, projects: Sheet, row: int, column: str) -> None:
    place = ("scenarios", row, "value")
    found = f"'{column}'" if column else "an empty cell"
    if column not in projects.raw.columns:
        what = f"'{column}' is not a column of projects"
        numeric = [name for name in projects.raw.columns if name.endswith("_pct")] or list(projects.raw.columns)
        sheets.fault(*place, what, did_you_mean(column, numeric), found)
        return
    for project in range(len(projects)):
        text = projects.raw.cell(project, column)
        if (number := read_number(text)) is None or number < -100:
            what = f"The scenario uses {column}, which is not a percentage for {projects.texts('project_id')[project]}"
            allowed = "a number of at least -100 for every project"
            sheets.fault(*place, what, allowed, f"'{text}'" if text else "an empty cell")
            return
