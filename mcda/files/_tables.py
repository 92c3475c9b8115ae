"""A raw table: the text of every cell, and how to tell a person where it is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class RawTable:
    """Cells as text, before anything is parsed. Places are lines of a file.

    Attributes
    ----------
    name
        The table, for example ``costs``.
    source
        What a person calls it, for example ``costs.csv``.
    columns
        The names in the header, outer spaces removed.
    rows
        The cells, outer spaces removed; every row as long as `columns`.
    labels
        What a person calls each row: the number of its line.
    order
        Where the table comes in a report.
    incomplete
        Whether rows were left out because they could not be read (each is a fault already).
    """

    name: str
    source: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    labels: tuple[object, ...] = ()
    order: int = 0
    incomplete: bool = field(default=False, compare=False)

    def locate(self, row: int | None, column: str | None) -> str:
        """Name a place: ``file:row:column``; the header is row 1; without row and column, the file."""
        if row is None and column is None:
            return self.source
        line = 1 if row is None else self.labels[row]
        return f"{self.source}:{line}" if column is None else f"{self.source}:{line}:{column}"

    def cell(self, row: int, column: str) -> str:
        """Return the text of a cell."""
        return self.rows[row][self.columns.index(column)]


@dataclass(frozen=True, slots=True)
class FrameTable(RawTable):
    """A table that came from a DataFrame: places are ``name[row label, column]``."""

    def locate(self, row: int | None, column: str | None) -> str:
        """Name a place: ``costs[14, capital_k]``."""
        if row is None and column is None:
            return self.name
        where = "columns" if row is None else str(self.labels[row])
        return f"{self.name}[{where}]" if column is None else f"{self.name}[{where}, {column}]"


def hash_of(tables: Iterable[RawTable], settings: dict[str, str]) -> str:
    """SHA-256 of what was read: names, columns and cells, whatever the line endings, byte order mark or quoting."""
    content = {
        "settings": settings,
        "tables": {table.name: [table.columns, table.rows] for table in tables},
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
