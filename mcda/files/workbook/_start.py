"""The first sheet of a workbook: what the others hold, which are needed, and how full they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcda.files._schema import TABLE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mcda.files._tables import RawTable

HOLDS = {
    "projects": "one row per project: name, planned start, risk, whether it is mandatory",
    "criteria": "the tree of criteria: direction and reference range of each measured one",
    "performance": "what each project achieves on each measured criterion, and the level without it",
    "budgets": "money available each year",
    "costs": "money each project needs each year",
    "capacity": "people available in each team each year",
    "capacity_demand": "people each project needs from each team each year",
    "groups": "groups of stakeholders and how much each counts for the Board",
    "stakeholders": "who belongs to which group",
    "pairwise_judgements": "answers to 'how much more does A matter than B?'",
    "swing_points": "direct weights, 0 to 100",
    "dependencies": "which project needs which other",
    "exclusions": "sets of projects that exclude each other: at most one can be done",
    "synergies": "effects that occur only when several projects are done together",
    "policy_constraints": "rules that the Board may switch on",
    "scenarios": "what-if cases",
}
_HINTS = (
    "Fill in the sheets in the order below; the example rows show what is meant, and are there to be replaced.",
    "Blue headings are needed, grey ones optional; every heading has a note. An empty cell means 'not stated'.",
    "Identifiers are picked from drop-downs; a red cell refers to something that no sheet defines.",
    "Then, in a terminal: mcda check FILE.xlsx (what is wrong, by cell) and mcda report FILE.xlsx (the Board pack).",
    "A sheet with nothing below its heading counts as left out. Nothing is read from this sheet.",
)


def write_start(book: Any, sheet: Any, tables: Mapping[str, RawTable]) -> None:
    """Write the sheet."""
    title = book.add_format({"bold": True, "font_size": 16, "font_color": "#005eb8"})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    link = book.add_format({"font_color": "#005eb8", "underline": 1})
    bad = book.add_format({"font_color": "#7c0a02", "bold": True})
    sheet.hide_gridlines(2)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    for column, width in enumerate((22, 66, 12, 10, 22)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, "A decision, ready for mcda", title)
    for row, hint in enumerate(_HINTS, start=2):
        sheet.merge_range(row, 0, row, 4, hint, wrap)
        sheet.set_row(row, 32 if len(hint) > 120 else 18)
    top = len(_HINTS) + 3
    sheet.write_row(top, 0, ["sheet", "what it holds", "needed", "rows", "check"], bold)
    for row, table in enumerate((table for name, table in tables.items() if name in TABLE), start=top + 1):
        needed, rows = TABLE[table.name].needed, len(table.rows)
        sheet.write_url(row, 0, f"internal:'{table.name}'!A1", link, table.name)
        sheet.write_string(row, 1, HOLDS[table.name])
        sheet.write_string(row, 2, "needed" if needed else "optional")
        sheet.write_formula(row, 3, f"=COUNTA({table.name}!$A$2:$A$1048576)", None, rows)
        said = "needs rows" if needed and not rows else "ok" if rows else "left out"
        otherwise = "needs rows" if needed else "left out"
        sheet.write_formula(row, 4, f'=IF(D{row + 1}>0,"ok","{otherwise}")', None, said)
    area = (top + 1, 4, top + len(tables), 4)
    sheet.conditional_format(*area, {"type": "text", "criteria": "containing", "value": "needs", "format": bad})
