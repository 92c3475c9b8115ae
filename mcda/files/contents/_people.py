"""Rules of groups, stakeholders and points."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._faults import one_of
from mcda.files.contents._build import EVERYONE

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets
    from mcda.files.contents._criteria import Tree

_JUDGED = ("pairwise_judgements", "swing_points")


def group_of_each(sheets: Sheets) -> dict[str, str]:
    """Return each stakeholder's group, in file order."""
    sheet = sheets.get("stakeholders", "stakeholder_id")
    if sheet is not None:
        groups = sheet.texts("group_id") if sheet.has("group_id") else [EVERYONE] * len(sheet)
        return {name: group for name, group in zip(sheet.texts("stakeholder_id"), groups, strict=True) if name}
    return {
        name: EVERYONE
        for table in _JUDGED
        if (judged := sheets.get(table, "stakeholder_id"))
        for name in judged.texts("stakeholder_id")
        if name
    }


def group_ids(sheets: Sheets) -> list[str]:
    """Return the groups: those defined, or those that stakeholders name."""
    return sheets.ids("groups") if "groups" in sheets else list(dict.fromkeys(group_of_each(sheets).values()))


def check_people(sheets: Sheets) -> None:
    """Check that every group has members and some group has a say."""
    sheet = sheets.get("groups", "group_id")
    if sheet is not None and sheets.complete("stakeholders") and sheets["stakeholders"].has("stakeholder_id"):
        peopled = set(group_of_each(sheets).values())
        for row, name in enumerate(sheet.texts("group_id")):
            if name and name not in peopled:
                allowed = f"at least one row with group_id '{name}' in {sheets['stakeholders'].raw.source}"
                sheets.fault("groups", row, "group_id", f"Group {name} has no members", allowed, "none")
    if sheet is not None and len(sheet) and sheet.has("default_board_weight"):
        weights = sheet.numbers("default_board_weight")
        if all(weight == 0 for weight in weights):
            what = "No group has a say: every Board weight is 0"
            sheets.fault("groups", None, "default_board_weight", what, "at least one weight above 0", "only 0")
    _warn_of_silence(sheets)


def check_points(sheets: Sheets, tree: Tree) -> None:
    """Check that whoever gives points gives them to every leaf, and more than 0 in all."""
    sheet = sheets.get("swing_points", "stakeholder_id", "criterion_id", "points")
    if sheet is None:
        return
    criteria, points = sheet.texts("criterion_id"), sheet.numbers("points")
    for row, name in enumerate(criteria):
        if name in tree.children and name in tree.rows:
            what = f"{name} is not measured, as it has criteria below it"
            sheets.fault("swing_points", row, "criterion_id", what, one_of(tree.leaves), f"'{name}'")
    for person, rows in sheet.rows_by("stakeholder_id").items():
        if not person or sheet.raw.incomplete:
            continue
        given = {criteria[row] for row in rows}
        missing = [name for name in tree.leaves if name not in given]
        if missing:
            what = f"{person} gives no points to {', '.join(missing)}"
            allowed = "points for every measured criterion, 0 where its swing is worth nothing"
            found = f"points for {', '.join(name for name in tree.leaves if name in given) or 'none of them'}"
            sheets.fault("swing_points", rows[-1], "criterion_id", what, allowed, found)
        elif all(points[row] == 0 for row in rows):
            what = f"All points of {person} are 0"
            sheets.fault("swing_points", rows[0], "points", what, "at least one criterion with more than 0", "only 0")


def _warn_of_silence(sheets: Sheets) -> None:
    people = sheets.get("stakeholders", "stakeholder_id")
    judged = [sheets[name] for name in _JUDGED if sheets.get(name, "stakeholder_id")]
    if people is None or not judged or any(sheet.raw.incomplete for sheet in judged):
        return
    heard = {name for sheet in judged for name in _heard(sheet)}
    for row, name in enumerate(people.texts("stakeholder_id")):
        if name and name not in heard:
            allowed = "answers in " + " or ".join(sheet.raw.source for sheet in judged)
            sheets.warning("stakeholders", row, "stakeholder_id", f"{name} has judged nothing", allowed, "none")


def _heard(sheet: Sheet) -> set[str]:
    answers = sheet.values.get("judgement") or sheet.values.get("points") or [None] * len(sheet)
    return {name for name, answer in zip(sheet.texts("stakeholder_id"), answers, strict=True) if answer is not None}
