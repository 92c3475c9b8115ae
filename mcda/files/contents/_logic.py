"""Rules on prerequisites, exclusions and mandatory projects: what can never be met is a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets


@dataclass(frozen=True, slots=True)
class _Rule:
    project: str
    requires: tuple[str, ...]
    rows: tuple[int, ...]
    needs_all: bool


def check_logic(sheets: Sheets) -> None:
    """Check each rule by itself, then whether they can be met together."""
    rules = _dependencies(sheets)
    exclusions = _exclusions(sheets)
    _check_circles(sheets, rules)
    if sheets.get("projects", "project_id", "mandatory"):
        _check_mandatory(sheets, rules, exclusions)


def exclusive_sets(sheets: Sheets) -> list[frozenset[str]]:
    """Return the sets of projects that allow at most one to be funded."""
    sheet = sheets.get("exclusions", "exclusion_id", "project_id")
    if sheet is None:
        return []
    names = sheet.texts("project_id")
    return [frozenset(names[row] for row in rows) for rows in sheet.rows_by("exclusion_id").values()]


def _dependencies(sheets: Sheets) -> list[_Rule]:
    sheet = sheets.get("dependencies", "dependency_id", "project_id", "requires_project_id")
    if sheet is None:
        return []
    projects, requires = sheet.texts("project_id"), sheet.texts("requires_project_id")
    logic = sheet.texts("logic")
    rules = []
    for identifier, rows in sheet.rows_by("dependency_id").items():
        first = rows[0]
        for row in rows[1:]:
            for column, values in (("project_id", projects), ("logic", logic)):
                if values[row] != values[first]:
                    what = f"The rows of {identifier} do not agree"
                    allowed = f"'{values[first]}', as in row {sheet.raw.labels[first]}, or another dependency_id"
                    sheets.fault("dependencies", row, column, what, allowed, f"'{values[row]}'")
        for row in rows:
            if projects[row] and projects[row] == requires[row]:
                what = f"{projects[row]} requires itself"
                sheets.fault("dependencies", row, "requires_project_id", what, "another project", f"'{requires[row]}'")
        own = tuple(row for row in rows if projects[row] == projects[first] != requires[row])
        if own:
            needed = tuple(requires[row] for row in own)
            rules.append(_Rule(projects[first], needed, own, logic[first] != "any"))
    return rules


def _exclusions(sheets: Sheets) -> list[tuple[list[str], list[int]]]:
    sheet = sheets.get("exclusions", "exclusion_id", "project_id")
    if sheet is None:
        return []
    names = sheet.texts("project_id")
    found = []
    for identifier, rows in sheet.rows_by("exclusion_id").items():
        if len(rows) == 1 and not sheet.raw.incomplete:
            what = f"{identifier} excludes nothing, as it has only one project"
            sheets.fault(
                "exclusions", rows[0], "exclusion_id", what, "two or more rows with one exclusion_id", "one row"
            )
        found.append(([names[row] for row in rows], rows))
    return found


def _check_circles(sheets: Sheets, rules: list[_Rule]) -> None:
    """Report prerequisites that wait for each other.

    A project can start when all its prerequisites can; with an "any" rule, when one of them can. So a cycle through an
    "any" rule is a fault only if every alternative leads back into it.
    """
    waiting = {rule.project for rule in rules}
    by_project: dict[str, list[_Rule]] = {}
    for rule in rules:
        by_project.setdefault(rule.project, []).append(rule)
    changed = True
    while changed:
        free = {project for project in waiting if all(_can_start(rule, waiting) for rule in by_project[project])}
        waiting -= free
        changed = bool(free)
    reported: set[str] = set()
    for rule in rules:
        if rule.project not in waiting:
            continue
        circle, row = _circle(rule.project, by_project, waiting)
        if not reported & set(circle):
            reported.update(circle)
            found = " requires ".join([*circle, circle[0]])
            what = f"The prerequisites run in a circle through {circle[0]}"
            allowed = "prerequisites that do not lead back to the project"
            sheets.fault("dependencies", row, "requires_project_id", what, allowed, found)


def _can_start(rule: _Rule, waiting: set[str]) -> bool:
    blocked = [name in waiting for name in rule.requires]
    return not any(blocked) if rule.needs_all else not all(blocked)


def _circle(start: str, by_project: dict[str, list[_Rule]], waiting: set[str]) -> tuple[list[str], int]:
    """Follow blocked prerequisites until a project recurs; return the cycle and the row that closes it."""
    way, rows = [start], []
    while True:
        rule = next(rule for rule in by_project[way[-1]] if not _can_start(rule, waiting))
        position = next(place for place, name in enumerate(rule.requires) if name in waiting)
        rows.append(rule.rows[position])
        following = rule.requires[position]
        if following in way:
            return way[way.index(following) :], rows[-1]
        way.append(following)


def _check_mandatory(sheets: Sheets, rules: list[_Rule], exclusions: list[tuple[list[str], list[int]]]) -> None:
    """Report what the mandatory projects require but cannot have."""
    why, out = _consequences(sheets["projects"], rules, exclusions)
    for names, rows in exclusions:
        both = [(name, row) for name, row in zip(names, rows, strict=True) if name in why]
        if len(both) > 1:
            (one, _), (other, row) = both[0], both[1]
            what = f"{one} and {other} exclude each other, but neither can be left out"
            found = f"{one} {why[one]}; {other} {why[other]}"
            sheets.fault("exclusions", row, "project_id", what, "at most one project that must be in", found)
    for rule in rules:
        if rule.project in why and not rule.needs_all and all(name in out for name in rule.requires):
            what = f"{rule.project} {why[rule.project]}, but none of what it needs can be in"
            allowed = f"at least one of {', '.join(rule.requires)} that is not excluded by a project that must be in"
            sheets.fault("dependencies", rule.rows[0], "requires_project_id", what, allowed, "all of them excluded")


def _consequences(
    sheet: Sheet, rules: list[_Rule], exclusions: list[tuple[list[str], list[int]]]
) -> tuple[dict[str, str], set[str]]:
    """Follow the rules from the mandatory projects: which must be in, and why; which must be out."""
    flags = sheet.flags("mandatory", default=False)
    names = sheet.texts("project_id")
    why = {name: "is mandatory" for name, flag in zip(names, flags, strict=True) if flag and name}
    out: set[str] = set()
    size = -1
    while size < len(why) + len(out):
        size = len(why) + len(out)
        for rule in rules:
            left = rule.requires if rule.needs_all else [name for name in rule.requires if name not in out]
            if rule.project in why and (rule.needs_all or len(left) == 1):
                for name in left:
                    why.setdefault(name, f"is required by {rule.project}, which {why[rule.project]}")
        for members, _ in exclusions:
            if any(name in why for name in members):
                out.update(name for name in members if name not in why)
    return why, out
