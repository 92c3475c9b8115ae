"""Rules of synergies: who is in them, and what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._faults import one_of
from mcda.files._sheets import did_you_mean
from mcda.files.contents._logic import exclusive_sets
from mcda.files.contents._resources import known_money

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets
    from mcda.files.contents._criteria import Tree


def check_synergies(sheets: Sheets, tree: Tree | None) -> None:
    """Check that the rows of a synergy agree and that each says what changes, and when."""
    sheet = sheets.get("synergies", "synergy_id", "members", "kind")
    if sheet is None:
        return
    _check_members(sheets, sheet)
    money = known_money(sheets)
    for row, kind in enumerate(sheet.texts("kind")):
        if kind == "performance":
            _check_performance_effect(sheets, sheet, row, tree)
        elif money is None:
            continue
        elif kind in money:
            _check_money_effect(sheets, sheet, row)
        elif kind:
            allowed = did_you_mean(kind, ["performance", *money])
            sheets.fault("synergies", row, "kind", "The kind of effect is unknown", allowed, f"'{kind}'")


def _check_members(sheets: Sheets, sheet: Sheet) -> None:
    members = sheet.lists("members")
    exclusive = exclusive_sets(sheets)
    for identifier, rows in sheet.rows_by("synergy_id").items():
        for row in rows[1:]:
            if set(members[row]) != set(members[rows[0]]):
                what = f"The rows of {identifier} do not agree on the members"
                allowed = (
                    f"'{';'.join(members[rows[0]])}', as in row {sheet.raw.labels[rows[0]]}, or another synergy_id"
                )
                sheets.fault("synergies", row, "members", what, allowed, f"'{sheet.raw.cell(row, 'members')}'")
        for pair in exclusive:
            clash = [name for name in members[rows[0]] if name in pair]
            if len(clash) > 1:
                what = f"{identifier} can never happen, as {' and '.join(clash)} exclude each other"
                allowed = "members that can be funded together"
                sheets.warning(
                    "synergies", rows[0], "members", what, allowed, f"'{sheet.raw.cell(rows[0], 'members')}'"
                )


def _check_performance_effect(sheets: Sheets, sheet: Sheet, row: int, tree: Tree | None) -> None:
    leaf = sheet.texts("criterion_id")[row]
    if not leaf:
        what = "An effect on performance needs the criterion that it changes"
        allowed = one_of(tree.leaves) if tree else "a measured criterion"
        sheets.fault("synergies", row, "criterion_id", what, allowed, "an empty cell")
    elif tree is not None and leaf in tree.children and leaf in tree.rows:
        what = f"{leaf} is not measured, as it has criteria below it"
        sheets.fault("synergies", row, "criterion_id", what, one_of(tree.leaves), f"'{leaf}'")
    if (year := sheet.wholes("year")[row]) is not None:
        what = "An effect on performance is not tied to a year"
        sheets.fault("synergies", row, "year", what, "an empty cell", f"'{year}'")


def _check_money_effect(sheets: Sheets, sheet: Sheet, row: int) -> None:
    kind = sheet.texts("kind")[row]
    if sheet.wholes("year")[row] is None and not (sheet.has("year") and sheet.raw.cell(row, "year")):
        what = f"An effect on {kind} needs the year in which it falls"
        sheets.fault("synergies", row, "year", what, "a planning year", "an empty cell")
    if leaf := sheet.texts("criterion_id")[row]:
        what = f"An effect on {kind} is not tied to a criterion"
        sheets.fault("synergies", row, "criterion_id", what, "an empty cell", f"'{leaf}'")
