"""Rules of the criteria tree: its shape, directions, swings and stated weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.files._schema import IMPLICIT_GOAL

if TYPE_CHECKING:
    from mcda.files._sheets import Sheet, Sheets


@dataclass(frozen=True, slots=True)
class Tree:
    """The shape of the criteria: rows, parents and children by identifier."""

    rows: dict[str, int]
    parents: dict[str, str]
    children: dict[str, list[str]]

    @property
    def leaves(self) -> list[str]:
        """Criteria with nothing below them, in file order."""
        return [name for name in self.rows if name not in self.children]

    def circle(self, start: str) -> list[str]:
        """Return the cycle that the path up from a criterion ends in; empty if it ends at the top."""
        way = [start]
        while above := self.parents.get(way[-1]):
            if above in way:
                return way[way.index(above) :]
            way.append(above)
        return []

    def depth(self, name: str) -> int:
        """Steps down from the goal, in a tree without cycles."""
        return 1 + self.depth(self.parents[name]) if self.parents.get(name) else 0


def tree_of(sheet: Sheet) -> Tree:
    """Return the shape; if a criterion is defined twice, the first counts."""
    names, parents = sheet.texts("criterion_id"), sheet.texts("parent_id")
    flat = not sheet.has("parent_id")
    rows = {name: row for row, name in reversed(list(enumerate(names))) if name}
    rows = dict(sorted(rows.items(), key=lambda item: item[1]))
    above = {name: IMPLICIT_GOAL if flat else parents[row] for name, row in rows.items()}
    children: dict[str, list[str]] = {}
    for name, parent in above.items():
        if parent:
            children.setdefault(parent, []).append(name)
    return Tree(rows, above, children)


def check_criteria(sheets: Sheets) -> Tree | None:
    """Check the tree; return its shape, or None if it has none that later rules can rely on."""
    sheet = sheets.get("criteria", "criterion_id")
    if sheet is None or sheet.raw.incomplete or not len(sheet):
        return None
    tree = tree_of(sheet)
    sound = _check_shape(sheets, tree)
    if not sound and not sheet.has("parent_id"):
        return None
    _check_measured(sheets, sheet, tree)
    _check_swings(sheets, sheet)
    _check_weights(sheets, sheet, tree)
    if not sound:
        return None
    for name, row in tree.rows.items():
        level = sheet.wholes("level")[row]
        if level is not None and level != tree.depth(name):
            what = f"{name} is not on the stated level of the tree"
            allowed = f"{tree.depth(name)}, the number of steps down from the goal (or no level column at all)"
            sheets.fault("criteria", row, "level", what, allowed, f"'{level}'")
    return tree


def _check_shape(sheets: Sheets, tree: Tree) -> bool:
    sheet = sheets["criteria"]
    if not sheet.has("parent_id"):
        return _check_flat(sheets, sheet, tree)
    reported: set[str] = set()
    for name in tree.rows:
        circle = tree.circle(name)
        if circle and not reported & set(circle):
            reported.update(circle)
            first = min(circle, key=tree.rows.__getitem__)
            way = circle[circle.index(first) :] + circle[: circle.index(first)]
            found = " is below ".join([*way, first])
            what = f"The criteria tree runs in a circle through {first}"
            sheets.fault("criteria", tree.rows[first], "parent_id", what, "a parent nearer to the goal", found)
    if reported:
        return False
    goals = [name for name, parent in tree.parents.items() if not parent]
    for name in goals[1:]:
        what = f"{name} has no parent, but {goals[0]} is the goal already"
        sheets.fault(
            "criteria", tree.rows[name], "parent_id", what, "exactly one criterion without a parent", "an empty cell"
        )
    return len(goals) == 1 and all(not parent or parent in tree.rows for parent in tree.parents.values())


def _check_flat(sheets: Sheets, sheet: Sheet, tree: Tree) -> bool:
    """Without parents the criteria are a flat list; nothing may say otherwise."""
    speaks = next((column for column in ("level", "is_leaf") if sheet.has(column)), None)
    if speaks is not None:
        what = f"The column is missing, though {speaks} implies a tree"
        allowed = f"parent_id, or a flat list without {speaks}"
        sheets.fault("criteria", None, "parent_id", what, allowed, ", ".join(sheet.raw.columns))
    if IMPLICIT_GOAL in tree.rows:
        what = f"The identifier '{IMPLICIT_GOAL}' is reserved for the node above a list without parents"
        row = tree.rows[IMPLICIT_GOAL]
        sheets.fault("criteria", row, "criterion_id", what, "another identifier", f"'{IMPLICIT_GOAL}'")
    return speaks is None and IMPLICIT_GOAL not in tree.rows


def _check_measured(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    """A criterion with nothing below it is measured; the others are not."""
    stated = {
        name: sheet.values[name] for name in ("direction", "reference_worse", "reference_better") if sheet.has(name)
    }
    weighed = {"weight": sheet.values["weight"]} if sheet.has("weight") else {}
    is_leaf = sheet.values.get("is_leaf")
    for name, row in tree.rows.items():
        if name in tree.circle(name):
            continue
        inner = name in tree.children
        if inner:
            below = ", ".join(tree.children[name])
            for column, values in (stated | weighed).items():
                if values[row] is not None:
                    what = f"{name} is not measured, as it has criteria below it"
                    sheets.fault(
                        "criteria",
                        row,
                        column,
                        what,
                        "an empty cell",
                        f"'{sheet.raw.cell(row, column)}'; below it: {below}",
                    )
        else:
            for column, values in stated.items():
                if values[row] is None and not sheet.raw.cell(row, column):
                    what = f"{name} has no criteria below it, so it is measured and needs a value here"
                    allowed = "max or min" if column == "direction" else "a number in the criterion's unit"
                    sheets.fault("criteria", row, column, what, allowed, "an empty cell")
        if is_leaf is not None and is_leaf[row] is not None and bool(is_leaf[row]) == inner:
            words = f"has {', '.join(tree.children[name])} below it" if inner else "has nothing below it"
            what = f"{name} {words}, so is_leaf is wrong"
            sheets.fault("criteria", row, "is_leaf", what, "0" if inner else "1", f"'{sheet.raw.cell(row, 'is_leaf')}'")


def _check_swings(sheets: Sheets, sheet: Sheet) -> None:
    """A swing runs from worse to better in the stated direction."""
    if not sheet.has("reference_better"):
        return
    for row, (direction, worse, better) in enumerate(
        zip(sheet.texts("direction"), sheet.numbers("reference_worse"), sheet.numbers("reference_better"), strict=True)
    ):
        if worse is None or better is None:
            continue
        found = f"worse {worse:g}, better {better:g}"
        if worse == better:
            what = "The two ends of the swing are equal, so nothing can be gained"
            sheets.fault("criteria", row, "reference_better", what, "a level better than reference_worse", found)
        elif (direction == "max" and better < worse) or (direction == "min" and better > worse):
            what = f"The swing runs against the direction {direction}"
            allowed = f"reference_better {'above' if direction == 'max' else 'below'} reference_worse"
            sheets.fault("criteria", row, "reference_better", what, allowed, found)


def _check_weights(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    """Stated weights are there for every leaf and sum to one."""
    if not sheet.has("weight"):
        return
    weights = {name: sheet.numbers("weight")[tree.rows[name]] for name in tree.leaves}
    stated = [weight for weight in weights.values() if weight is not None]
    if not stated:
        return
    for name, weight in weights.items():
        if weight is None:
            what = f"{name} has no weight, while other criteria have one"
            sheets.fault(
                "criteria", tree.rows[name], "weight", what, "a weight for every measured criterion", "an empty cell"
            )
    total = math.fsum(stated)
    if len(stated) == len(weights) and abs(total - 1) > 1e-9:
        sheets.fault(
            "criteria", None, "weight", "The weights do not sum to 1", "weights that sum to 1", f"{total:.10g}"
        )
