"""A workbook as raw tables: sheets by name, header and rows, and what Excel can hide or spoil."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from mcda.files._cells import CellError, Text
from mcda.files._faults import Collector, quoted
from mcda.files._rows import square
from mcda.files._schema import ORDER, TABLE
from mcda.files._tables import RawTable
from mcda.files.workbook._cells import DATE, REMEDY, text_of
from mcda.files.workbook._open import open_workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

START = "start"
"""The sheet that explains the others; nothing is read from it."""
SETTINGS = "decision"
SETTING_COLUMNS = ("setting", "value")


@dataclass(frozen=True, slots=True)
class SheetTable(RawTable):
    """A table that came from a workbook: places are ``sheet!B14``.

    Attributes
    ----------
    header
        Every name in the header row, kept or not, so that a column has a letter.
    header_row
        The row of the header.
    """

    header: tuple[str, ...] = ()
    header_row: int = 1

    def locate(self, row: int | None, column: str | None) -> str:
        """Name a place: ``costs!C14 (capital_k)``."""
        sheet = f"{self.name}!"
        if row is None and column is None:
            return f"sheet {self.name}"
        line = self.header_row if row is None else self.labels[row]
        if column in self.header:
            return f"{sheet}{letter(self.header.index(column))}{line} ({column})"
        return f"{sheet}{line}:{line}" if column is None else f"{sheet}{line}:{line} ({column})"


def letter(position: int) -> str:
    """Return the letters of a column, from 0.

    Examples
    --------
    >>> letter(0), letter(25), letter(26), letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def blank_sheet(name: str) -> SheetTable:
    """Return a table with nothing read into it yet."""
    return SheetTable(name, f"sheet {name}", order=ORDER[name])


def read_workbook(path: Path, faults: Collector) -> tuple[dict[str, RawTable], dict[str, str]]:
    """Read every known sheet of a workbook, and the settings.

    Raises
    ------
    InputError
        If it is not a workbook, or not one that can be read.
    """
    written, stored = open_workbook(path)
    tables: dict[str, RawTable] = {}
    others = []
    settings: dict[str, str] = {}
    for sheet in written.worksheets:
        name = sheet.title
        if name in TABLE:
            tables[name] = _read_sheet(sheet, stored[name], blank_sheet(name), faults)
        elif name == SETTINGS:
            blank = SheetTable(SETTINGS, f"sheet {SETTINGS}", order=-1)
            settings = _settings(_read_sheet(sheet, stored[name], blank, faults), faults)
        elif name != START:
            others.append(name)
    _report_others(others, set(tables), faults)
    return _without_left_out(tables), settings


def _read_sheet(sheet: Any, stored: Any, table: SheetTable, faults: Collector) -> SheetTable:
    """Read one sheet; cells that were never filled are not created."""
    rows: dict[int, list[Any]] = {}
    for (row, _), cell in sorted(sheet._cells.items()):  # iter_rows creates every cell
        if cell.value is not None:
            rows.setdefault(row, []).append(cell)
    if not rows:
        return table
    width = max(cell.column for cells in rows.values() for cell in cells)
    reader = _Reader(sheet, stored, width, faults)
    (top, heading), *body = rows.items()
    table = replace(table, header_row=top)
    table = replace(table, header=tuple(reader.texts(top, heading, table)))
    records = [(top, list(table.header)), *((row, reader.texts(row, cells, table)) for row, cells in body)]
    reader.report_hidden([row for row, _ in body], table)
    reader.report_merged(table)
    return square([record for record in records if any(record[1])], table, faults)


@dataclass(frozen=True, slots=True)
class _Reader:
    """One sheet while it is read."""

    sheet: Any
    stored: Any
    width: int
    faults: Collector

    def texts(self, row: int, cells: Sequence[Any], table: SheetTable) -> list[str]:
        """Return the texts of a row; what cannot be read is a fault, and is kept as it was written."""
        texts = [""] * self.width
        for cell in cells:
            try:
                text = text_of(cell, self.stored.cell(cell.row, cell.column))
            except CellError as error:
                text = str(error.bad)
                column = table.header[cell.column - 1] if table.header else ""
                if error.what != DATE or not _free(table.name, column):
                    self.fault(table, row, cell.column - 1, error.what, REMEDY[error.what], quoted(text))
            texts[cell.column - 1] = text
        return texts

    def fault(self, table: SheetTable, row: int, position: int, *words: str) -> None:
        """Record a fault in a cell, whether its column has a name or not."""
        header = table.header or tuple(letter(column) for column in range(self.width))
        place = replace(table, header=header, labels=(row,))
        self.faults.unreadable(place, 0, header[position], *words)

    def report_hidden(self, rows: Sequence[int], table: SheetTable) -> None:
        """Warn of what is read although nobody sees it."""
        seen = "rows and columns that are shown: a filter hides rows but does not remove them"
        hidden = [str(row) for row in rows if self.sheet.row_dimensions[row].hidden]
        if self.sheet.sheet_state != "visible":
            self.faults.warning(
                table, None, None, "The sheet is hidden, but it is read", "a sheet that is shown", "hidden"
            )
        if hidden:
            found = ", ".join(hidden[:10]) + (f" and {len(hidden) - 10} more" if len(hidden) > 10 else "")
            self.faults.warning(table, None, None, "Hidden rows are read", seen, f"hidden rows {found}")
        columns = [name for name, column in self.sheet.column_dimensions.items() if column.hidden]
        if columns:
            found = ", ".join(sorted(columns))
            self.faults.warning(table, None, None, "Hidden columns are read", seen, f"hidden columns {found}")

    def report_merged(self, table: SheetTable) -> None:
        """Refuse merged cells: only the first of them holds anything."""
        for merged in sorted(self.sheet.merged_cells.ranges, key=lambda cells: (cells.min_row, cells.min_col)):
            if merged.min_col <= self.width:
                self.fault(
                    table,
                    merged.min_row,
                    merged.min_col - 1,
                    "Cells are merged, and only the first of them holds a value",
                    "one entry per cell: unmerge them and fill each",
                    f"merged cells {merged.coord}",
                )


def _free(table: str, column: str) -> bool:
    """Whether a column is text for people, in which a date is as good as any words."""
    kinds = [known.kind for known in TABLE[table].columns if known.name == column] if table in TABLE else []
    return bool(kinds) and isinstance(kinds[0], Text)


def _without_left_out(tables: dict[str, RawTable]) -> dict[str, RawTable]:
    """Drop optional sheets with nothing below their heading, if such a table would mean nothing.

    A heading alone has a meaning for a few tables (teams that nobody needs), as long as what they refer to is there.
    """

    def left_out(table: RawTable, there: dict[str, RawTable]) -> bool:
        spec = TABLE[table.name]
        refers = all(column.of is None or column.of in there for column in spec.columns)
        alone = not table.rows and not table.incomplete and not spec.needed
        return alone and (spec.rows or not refers or not table.columns)

    with_rows = {name: table for name, table in tables.items() if not (TABLE[name].rows and left_out(table, tables))}
    return {name: table for name, table in with_rows.items() if not left_out(table, with_rows)}


def _settings(table: SheetTable, faults: Collector) -> dict[str, str]:
    """Settings of the decision: only its name so far."""
    if not table.header:
        return {}
    if table.columns != SETTING_COLUMNS:
        allowed, found = " and ".join(SETTING_COLUMNS), ", ".join(table.columns)
        faults.fault(table, None, None, "The columns of the settings are not known", allowed, quoted(found))
        return {}
    settings = {}
    for row, (key, value) in enumerate(table.rows):
        if key != "name":
            faults.fault(table, row, "setting", "The setting is not known", "name", quoted(key))
        elif value:
            settings[key] = value
    return settings


def _report_others(names: Sequence[str], present: set[str], faults: Collector) -> None:
    wanted = [name for name in (*TABLE, SETTINGS) if name not in present]
    for name in names:
        table = SheetTable(name, f"sheet {name}", order=len(TABLE))
        near = get_close_matches(name.strip().lower(), wanted, n=1, cutoff=0.8)
        if near:
            faults.fault(
                table, None, None, "The sheet name is not known", f"'{near[0]}', if that is meant", f"'{name}'"
            )
        else:
            faults.warning(table, None, None, "The sheet is not read", "the tables " + ", ".join(TABLE), f"'{name}'")
