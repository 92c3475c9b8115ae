"""Raw tables to a workbook: drop-downs, notes, checks and colours, and every cell as it was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError
from mcda.files._cells import Choice, Flag, Members, Number, Text, Whole
from mcda.files._schema import TABLE, Column
from mcda.files.workbook._cells import as_number
from mcda.files.workbook._read import SETTING_COLUMNS, SETTINGS, letter
from mcda.files.workbook._start import write_start

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mcda.files._tables import RawTable

LONGEST_TEXT = 32_767
ROOM = 1000
"""Rows below the last one that have drop-downs and checks too."""
_SAATY = ["9", "8", "7", "6", "5", "4", "3", "2", "1", *(f"1/{step}" for step in range(2, 10))]
_LONG_AGO = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)


def write_workbook(path: Path, tables: Mapping[str, RawTable], settings: Mapping[str, str]) -> None:
    """Write tables to a workbook that reads back the same, cell by cell.

    Every sheet has notes on its columns and drop-downs of the identifiers that other sheets define, and marks what
    refers to nothing. Figures are stored as numbers if that keeps the digits that were written, and otherwise as text.

    Raises
    ------
    InputError
        If a text is longer than Excel stores.
    """
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _LONG_AGO, "title": settings.get("name", ""), "author": "", "comments": ""})
    try:
        formats = _Formats.of(book)
        start = book.add_worksheet("start")
        for name in TABLE:
            if name in tables:
                _write_sheet(book.add_worksheet(name), tables[name], tables, formats)
        _write_settings(book.add_worksheet(SETTINGS), settings, formats)
        write_start(book, start, tables)
        start.activate()
    except BaseException:
        book.fileclosed = True  # what was refused is not written, and XlsxWriter does not complain of it either
        raise
    book.close()


@dataclass(frozen=True, slots=True)
class _Formats:
    needed: Any
    optional: Any
    text: Any
    number: Any
    wrong: Any

    @classmethod
    def of(cls, book: Any) -> _Formats:
        heading = {"bold": True, "font_color": "#ffffff", "border": 1, "valign": "top", "num_format": "@"}
        return cls(
            needed=book.add_format(heading | {"bg_color": "#005eb8"}),
            optional=book.add_format(heading | {"bg_color": "#4c6272"}),
            text=book.add_format({"num_format": "@", "valign": "top"}),
            number=book.add_format({"valign": "top"}),
            wrong=book.add_format({"bg_color": "#f4cccc", "font_color": "#7c0a02"}),
        )


def _write_sheet(sheet: Any, table: RawTable, tables: Mapping[str, RawTable], formats: _Formats) -> None:
    known = {column.name: column for column in TABLE[table.name].columns}
    last = len(table.rows) + ROOM
    for position, name in enumerate(table.columns):
        column = known.get(name) or _unknown(table.name, name)
        cells = [row[position] for row in table.rows]
        numeric = _is_numeric(column)
        width = min(max([len(name) + 3, *(len(cell) for cell in cells)]), 60)
        sheet.set_column(position, position, width, formats.number if numeric else formats.text)
        _check_length(table.name, position, [name, *cells])
        sheet.write_string(0, position, name, formats.needed if column.needed else formats.optional)
        sheet.write_comment(0, position, _note(column), {"x_scale": 2, "author": ""})
        for row, cell in enumerate(cells, start=1):
            number = as_number(cell) if numeric else None
            if number is not None:
                sheet.write_number(row, position, number, formats.number)
            elif cell:
                sheet.write_string(row, position, cell, formats.text)
        _guide(sheet, position, column, tables, last, formats)
    if table.columns:
        sheet.ignore_errors({"number_stored_as_text": f"A1:{letter(len(table.columns) - 1)}{last + 1}"})
        sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    sheet.freeze_panes(1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _unknown(table: str, name: str) -> Column:
    """Return what is known of a column that the schema does not name: money, or an attribute of the user's own."""
    money = TABLE[table].money
    return Column(name, money if money is not None and name.endswith("_k") else Text())


def _is_numeric(column: Column) -> bool:
    return isinstance(column.kind, Number | Whole | Flag)


def _note(column: Column) -> str:
    need = "Needed." if column.needed and column.filled else "The column is needed." if column.needed else "Optional."
    refers = f" One that the sheet {column.of} defines." if column.of else ""
    return f"{column.name}\n{need} {column.kind.allowed[:1].upper()}{column.kind.allowed[1:]}.{refers}"


def _check_length(sheet: str, position: int, cells: list[str]) -> None:
    for row, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_TEXT:
            raise InputError(
                f"{sheet}!{letter(position)}{row}: a text of {len(cell):,} characters does not fit in an Excel cell"
                f" ({LONGEST_TEXT:,} at most). Shorten it, or keep the decision as a folder of CSV files."
            )


def _guide(
    sheet: Any, position: int, column: Column, tables: Mapping[str, RawTable], last: int, formats: _Formats
) -> None:
    """Add the drop-down and the checks of one column."""
    area = (1, position, last, position)
    rule = _rule(column, tables)
    if rule is not None:
        help_text = column.kind.allowed[:240]
        sheet.data_validation(*area, rule | {"error_title": column.name[:30], "error_message": help_text})
    if column.of is not None and column.of in tables and not isinstance(column.kind, Members):
        first = f"{letter(position)}2"
        unknown = f'=AND({first}<>"",COUNTIF({_ids(column.of, tables)},{first})=0)'
        sheet.conditional_format(*area, {"type": "formula", "criteria": unknown, "format": formats.wrong})


def _rule(column: Column, tables: Mapping[str, RawTable]) -> dict[str, Any] | None:
    kind = column.kind
    if column.of is not None and column.of in tables and not isinstance(kind, Members):
        return {"validate": "list", "source": f"={_ids(column.of, tables)}", "error_type": "warning"}
    if isinstance(kind, Choice):
        return {"validate": "list", "source": list(kind.options)}
    if isinstance(kind, Flag):
        return {"validate": "list", "source": ["1", "0"], "error_type": "warning"}
    if isinstance(kind, Number) and kind.fraction:
        return {"validate": "list", "source": _SAATY, "error_type": "information"} if kind.above else None
    if isinstance(kind, Number | Whole):
        low = max(kind.low, -1e300)
        high = 1e300 if kind.high is None else min(kind.high, 1e300)
        name = "integer" if isinstance(kind, Whole) else "decimal"
        return {"validate": name, "criteria": "between", "minimum": low, "maximum": high}
    return None


def _ids(table: str, tables: Mapping[str, RawTable]) -> str:
    """Return the cells in which a sheet defines its identifiers."""
    key = TABLE[table].columns[0].name
    at = letter(tables[table].columns.index(key)) if key in tables[table].columns else "A"
    return f"{table}!${at}$2:${at}${len(tables[table].rows) + ROOM + 1}"


def _write_settings(sheet: Any, settings: Mapping[str, str], formats: _Formats) -> None:
    sheet.set_column(0, 0, 12, formats.text)
    sheet.set_column(1, 1, 60, formats.text)
    sheet.write_row(0, 0, SETTING_COLUMNS, formats.optional)
    sheet.write_comment(0, 1, "What is being decided; without it, the name of the goal in the sheet criteria.")
    sheet.write_string(1, 0, "name", formats.text)
    if settings.get("name"):
        sheet.write_string(1, 1, settings["name"], formats.text)
