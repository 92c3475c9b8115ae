"""Typed tables: every cell parsed once, headers and identifiers matched, all faults recorded."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, cast

from mcda.files._cells import CellError, Kind, Members
from mcda.files._faults import Collector, one_of, quoted
from mcda.files._schema import IMPLICIT_GOAL, TABLE, Column, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mcda.files._tables import RawTable


@dataclass(frozen=True, slots=True)
class Sheet:
    """A parsed table: one list of values per column; None for an empty cell, NaN for an unreadable number."""

    raw: RawTable
    values: dict[str, list[object]]

    def __len__(self) -> int:
        return len(self.raw.rows)

    def has(self, column: str) -> bool:
        """Whether the column is there."""
        return column in self.values

    def texts(self, column: str) -> list[str]:
        """A column of text; empty cells are empty text, and so is a column that is left out."""
        return [cast("str", value) or "" for value in self._column(column)]

    def numbers(self, column: str) -> list[float | None]:
        """A column of numbers."""
        return cast("list[float | None]", self._column(column))

    def wholes(self, column: str) -> list[int | None]:
        """A column of whole numbers."""
        return cast("list[int | None]", self._column(column))

    def flags(self, column: str, *, default: bool) -> list[bool]:
        """A column of flags; empty cells take the default."""
        return [default if value is None else bool(value) for value in self._column(column)]

    def lists(self, column: str) -> list[tuple[str, ...]]:
        """A column of members."""
        return [cast("tuple[str, ...]", value) or () for value in self._column(column)]

    def years(self, column: str) -> list[tuple[int, ...] | None]:
        """A column of lists of years; all years are the empty tuple."""
        return cast("list[tuple[int, ...] | None]", self._column(column))

    def rows_by(self, column: str) -> dict[str, list[int]]:
        """Positions of the rows that share an identifier, in file order."""
        found: dict[str, list[int]] = {}
        for row, name in enumerate(self.texts(column)):
            found.setdefault(name, []).append(row)
        return found

    @property
    def money(self) -> tuple[str, ...]:
        """The money columns, in file order."""
        known = {column.name for column in TABLE[self.raw.name].columns}
        return tuple(name for name in self.values if name.endswith("_k") and name not in known)

    def _column(self, name: str) -> list[object]:
        return self.values.get(name) or [None] * len(self)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The tables of one decision."""

    tables: Mapping[str, Sheet]
    faults: Collector
    blank: Callable[[str], RawTable]

    def __contains__(self, name: str) -> bool:
        return name in self.tables

    def __getitem__(self, name: str) -> Sheet:
        return self.tables[name]

    def get(self, name: str, *columns: str) -> Sheet | None:
        """Return a table if it is there with all these columns."""
        sheet = self.tables.get(name)
        return sheet if sheet is not None and all(sheet.has(column) for column in columns) else None

    def complete(self, name: str) -> bool:
        """Whether the table is there with its first column, and every row of it could be read."""
        sheet = self.get(name, TABLE[name].columns[0].name)
        return sheet is not None and not sheet.raw.incomplete and len(sheet) > 0

    def ids(self, name: str) -> list[str]:
        """The identifiers that a table defines, in file order."""
        column = TABLE[name].columns[0].name
        sheet = self.get(name, column)
        return [] if sheet is None else list(dict.fromkeys(text for text in sheet.texts(column) if text))

    def fault(self, table: str, row: int | None, column: str | None, *words: str) -> None:
        """Record a fault in a table."""
        self.faults.fault(self.tables[table].raw, row, column, *words)

    def warning(self, table: str, row: int | None, column: str | None, *words: str) -> None:
        """Record a warning on a table."""
        self.faults.warning(self.tables[table].raw, row, column, *words)


def understand(tables: Mapping[str, RawTable], faults: Collector, blank: Callable[[str], RawTable]) -> Sheets:
    """Parse every cell, match headers, keys and identifiers; `blank` makes a stand-in for a table that is not there."""
    sheets = Sheets({name: _parse(raw, TABLE[name], faults) for name, raw in tables.items()}, faults, blank)
    for name in sheets.tables:
        _check_key(sheets, TABLE[name])
        for column in TABLE[name].columns:
            if column.of is not None:
                _check_references(sheets, name, column)
    return sheets


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the known word that is most like this one, whatever its case."""
    lower = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), lower, n=1, cutoff=cutoff)
    return lower[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], limit: int = 8) -> str:
    """Words for what is allowed when an identifier is unknown: the nearest one, and some of the others."""
    names = list(known)
    near = nearest(word, names)
    if not names:
        return "none, as none is defined"
    shown = one_of(names[:limit]) + (f", ... ({len(names)} in all)" if len(names) > limit else "")
    return shown + (f"; the nearest is '{near}'" if near is not None and len(names) > 1 else "")


def _parse(raw: RawTable, spec: Table, faults: Collector) -> Sheet:
    if not raw.columns:
        return Sheet(raw, {})
    columns = _match_header(raw, spec, faults)
    if not raw.rows and not raw.incomplete and spec.rows:
        faults.fault(
            raw, None, None, "The table has no rows", "a row below the header for each entry", "only the header"
        )
    values: dict[str, list[object]] = {}
    for position, name in enumerate(raw.columns):
        if name in columns:
            kind, filled = columns[name]
            values[name] = _parse_column(raw, position, kind, filled, faults)
    return Sheet(raw, values)


def _match_header(raw: RawTable, spec: Table, faults: Collector) -> dict[str, tuple[Kind, bool]]:
    known = {column.name: (column.kind, column.filled) for column in spec.columns}
    absent = [name for name in known if name not in raw.columns]
    used: set[str] = set()
    for column in spec.columns:
        if column.needed and column.name in absent:
            others = [name for name in raw.columns if name not in known]
            near = nearest(column.name, others)
            used.update([near] if near else [])
            found = ", ".join(raw.columns) + (f"; the nearest is '{near}'" if near else "")
            faults.fault(raw, None, column.name, "The column is missing", f"a column named {column.name}", found)
    columns = {}
    for name in raw.columns:
        if name in known:
            columns[name] = known[name]
        elif name in used:
            continue
        elif near := nearest(name, absent, cutoff=0.85):
            faults.fault(raw, None, name, "The column is not known", f"'{near}', if that is meant", f"'{name}'")
        elif spec.money is not None and name.endswith("_k"):
            columns[name] = (spec.money, spec.money_filled)
        elif not spec.open:
            words = "the columns " + ", ".join(known)
            faults.warning(raw, None, name, "The column is not read", words, f"'{name}'")
    if spec.money is not None and not any(name.endswith("_k") for name in columns):
        allowed = "a column for each kind of money, with a name such as capital_k, in thousands of pounds"
        faults.fault(raw, None, "capital_k", "There is no money column", allowed, ", ".join(raw.columns))
    return columns


def _parse_column(raw: RawTable, position: int, kind: Kind, filled: bool, faults: Collector) -> list[object]:
    name = raw.columns[position]
    values: list[object] = []
    read: dict[str, object] = {}
    for row, cells in enumerate(raw.rows):
        text = cells[position]
        if text in read:
            values.append(read[text])
            continue
        if not text:
            if filled:
                faults.fault(raw, row, name, "The cell is empty", kind.allowed, "an empty cell")
            values.append(None)
            continue
        try:
            read[text] = value = kind.parse(text)
        except CellError as error:
            faults.fault(raw, row, name, error.what, kind.allowed, quoted(text))
            value = error.bad
        values.append(value)
    return values


def _check_key(sheets: Sheets, spec: Table) -> None:
    sheet = sheets[spec.name]
    if not spec.key or not all(sheet.has(column) for column in spec.key if _needed(spec, column)):
        return
    present = [column for column in spec.key if sheet.has(column)]
    seen: dict[tuple[object, ...], int] = {}
    needed = [position for position, column in enumerate(present) if _needed(spec, column)]
    for row, key in enumerate(zip(*(sheet.values[column] for column in present), strict=True)):
        if any(key[position] is None for position in needed):
            continue
        if key in seen:
            words = ", ".join(str(part) for part in key if part is not None)
            what = f"The row repeats row {sheet.raw.labels[seen[key]]}"
            faults = f"{' and '.join(present)} together at most once" if len(present) > 1 else f"each {present[0]} once"
            sheets.fault(
                spec.name, row, present[-1] if len(present) > 1 else present[0], what, faults, f"{words} again"
            )
        else:
            seen[key] = row


def _needed(spec: Table, name: str) -> bool:
    return any(column.name == name and column.filled for column in spec.columns)


def _check_references(sheets: Sheets, name: str, column: Column) -> None:
    """Every identifier that a cell names is defined in the table it belongs to."""
    sheet = sheets.get(name, column.name)
    if sheet is None or column.of is None or not sheets.complete(column.of):
        return
    known = sheets.ids(column.of)
    if column.of == "criteria" and not sheets["criteria"].has("parent_id"):
        known.append(IMPLICIT_GOAL)
    defined = set(known)
    source = sheets[column.of].raw.source
    suggested: dict[str, str] = {}
    for row, names in _named(sheet, column):
        for word in names:
            if word not in defined:
                if word not in suggested:
                    suggested[word] = did_you_mean(word, known)
                found = quoted(sheet.raw.cell(row, column.name))
                what = f"'{word}' is not defined in {source}"
                sheets.fault(name, row, column.name, what, suggested[word], found)


def _named(sheet: Sheet, column: Column) -> Iterator[tuple[int, tuple[str, ...]]]:
    if isinstance(column.kind, Members):
        yield from enumerate(sheet.lists(column.name))
    else:
        for row, text in enumerate(sheet.texts(column.name)):
            if text:
                yield row, (text,)
