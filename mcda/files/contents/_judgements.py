"""Rules of pairwise judgements: what is compared, whether answers contradict, and whether they suffice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.files._faults import one_of
from mcda.files.contents._people import group_of_each

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mcda.files._sheets import Sheet, Sheets
    from mcda.files.contents._criteria import Tree

TABLE = "pairwise_judgements"


def check_judgements(sheets: Sheets, tree: Tree) -> None:
    """Check every comparison, then whether each group's answers yield weights."""
    sheet = sheets.get(TABLE, "stakeholder_id", "criterion_a", "criterion_b", "judgement")
    if sheet is None:
        return
    _check_compared(sheets, sheet, tree)
    _check_repeated(sheets, sheet)
    for row, value in enumerate(sheet.numbers("judgement")):
        if value is not None and (value < 1 / 9 - 1e-9 or value > 9 + 1e-9):
            what = "The judgement is outside the usual scale"
            sheets.warning(TABLE, row, "judgement", what, "1/9 to 9", f"'{sheet.raw.cell(row, 'judgement')}'")
    if not sheet.raw.incomplete and (sheets.complete("stakeholders") or "stakeholders" not in sheets):
        _check_connected(sheets, sheet, tree)


def _check_compared(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    """Only different children of one node are compared, under that node."""
    stated = sheet.texts("parent_criterion_id")
    for row, (a, b) in enumerate(zip(sheet.texts("criterion_a"), sheet.texts("criterion_b"), strict=True)):
        if a not in tree.rows or b not in tree.rows:
            continue
        above, beside = tree.parents[a], tree.parents[b]
        if a == b:
            sheets.fault(TABLE, row, "criterion_b", f"{a} is compared with itself", "another criterion", f"'{b}'")
        elif above != beside:
            what = f"{a} and {b} are not compared with each other, as they are not below the same criterion"
            others = [name for name in tree.children.get(above, ()) if name != a]
            found = f"{a} below {above or 'nothing'}, {b} below {beside or 'nothing'}"
            sheets.fault(TABLE, row, "criterion_b", what, one_of(others) if others else "no comparison", found)
        elif stated[row] in tree.rows and stated[row] != above:
            what = f"{a} and {b} are not directly below {stated[row]}"
            sheets.fault(TABLE, row, "parent_criterion_id", what, f"'{above}'", f"'{stated[row]}'")


def _check_repeated(sheets: Sheets, sheet: Sheet) -> None:
    """A question is answered once; put the other way round, its answer is the reciprocal."""
    values = sheet.numbers("judgement")
    seen: dict[tuple[str, str, str], int] = {}
    for row, (person, a, b) in enumerate(
        zip(sheet.texts("stakeholder_id"), sheet.texts("criterion_a"), sheet.texts("criterion_b"), strict=True)
    ):
        if not (person and a and b) or a == b:
            continue
        if (first := seen.get((person, a, b))) is not None:
            what = f"The row repeats row {sheet.raw.labels[first]}"
            sheets.fault(
                TABLE, row, "criterion_b", what, "each question to a stakeholder once", f"{person}, {a}, {b} again"
            )
            continue
        seen[person, a, b] = row
        turned = seen.get((person, b, a))
        if turned is None:
            continue
        answer, other = values[row], values[turned]
        if answer is not None and other is not None and abs(answer * other - 1) > 1e-9:
            row_before = sheet.raw.labels[turned]
            what = f"The judgement contradicts row {row_before}, which asks the same question the other way round"
            allowed = f"the reciprocal of {sheet.raw.cell(turned, 'judgement')}, or only one of the two rows"
            sheets.fault(TABLE, row, "judgement", what, allowed, f"'{sheet.raw.cell(row, 'judgement')}'")


def _check_connected(sheets: Sheets, sheet: Sheet, tree: Tree) -> None:
    """The answers of a group link all criteria below a node; a person's gaps are filled by the group."""
    groups = group_of_each(sheets)
    links: dict[tuple[str, str], list[tuple[str, str]]] = {}
    rows: dict[tuple[str, str], int] = {}
    spoken: set[str] = set()
    for row, (person, a, b, value) in enumerate(
        zip(
            sheet.texts("stakeholder_id"),
            sheet.texts("criterion_a"),
            sheet.texts("criterion_b"),
            sheet.numbers("judgement"),
            strict=True,
        )
    ):
        node = tree.parents.get(a, "")
        for who in (f"stakeholder {person}", f"group {groups.get(person, '')}"):
            rows.setdefault((who, node), row)
            if value is not None:
                spoken.add(who)
                links.setdefault((who, node), []).append((a, b))
    asked = [*(f"group {name}" for name in dict.fromkeys(groups.values())), *(f"stakeholder {name}" for name in groups)]
    silent: set[tuple[str, str]] = set()
    for node, children in tree.children.items():
        for who in asked:
            parts = _parts(children, links.get((who, node), ()))
            if len(parts) == 1 or (who.startswith("stakeholder") and who not in spoken):
                continue
            found = "no link between " + " and ".join(", ".join(part) for part in parts)
            allowed = f"answers that link {', '.join(children)}, directly or through one another"
            place = rows.get((who, node))
            if who.startswith("group"):
                what = f"The answers of {who} do not yield weights below {node}"
                sheets.fault(TABLE, place, "judgement", what, allowed, found)
                silent.add((who.removeprefix("group "), node))
            elif (groups[who.removeprefix("stakeholder ")], node) not in silent:
                what = f"The answers of {who} do not yield weights below {node}; the group's view is used instead"
                sheets.warning(TABLE, place, "judgement", what, allowed, found)


def _parts(names: list[str], links: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Split names into the parts that links connect."""
    part = {name: {name} for name in names}
    for a, b in links:
        if a in part and b in part and part[a] is not part[b]:
            part[a] |= part[b]
            for name in part[b]:
                part[name] = part[a]
    return [[name for name in names if part[name] is one] for one in {id(one): one for one in part.values()}.values()]
