"""Rows under a header: every row as long as the header, every column with a name of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from mcda.files._faults import Collector, quoted
from mcda.files._tables import RawTable

if TYPE_CHECKING:
    from collections.abc import Sequence

Table = TypeVar("Table", bound=RawTable)


def square(records: Sequence[tuple[int, list[str]]], table: Table, faults: Collector) -> Table:
    """Make every row as long as the header; what does not fit is a fault."""
    header_line, header = records[0]
    body = records[1:]
    empty = {
        position
        for position, name in enumerate(header)
        if not name and not any(position < len(cells) and cells[position] for _, cells in body)
    }
    while len(header) - 1 in empty:
        header = header[:-1]
    width = len(header)
    keep = _columns_to_keep(header, empty, replace(table, labels=(header_line,)), faults)
    rows, labels = [], []
    incomplete = table.incomplete
    for line, cells in body:
        if len(cells) < width or any(cells[width:]):
            incomplete = True
            if len(cells) > width:
                column = header[-1]
                what = "The row has too many cells; is there a comma in a number, or in text without quotation marks?"
            else:
                column = header[len(cells)]
                what = "The row has too few cells; this is the first that is missing"
            allowed = f"{width} cells, as in the header"
            found = f"{len(cells)} cells: {quoted(','.join(cells))}"
            faults.fault(replace(table, labels=(line,)), 0, column or None, what, allowed, found)
            continue
        rows.append(tuple(cells[position] for position in keep))
        labels.append(line)
    return replace(
        table,
        columns=tuple(header[position] for position in keep),
        rows=tuple(rows),
        labels=tuple(labels),
        incomplete=incomplete,
    )


def _columns_to_keep(header: list[str], empty: set[int], table: RawTable, faults: Collector) -> list[int]:
    keep: list[int] = []
    seen: set[str] = set()
    for position, name in enumerate(header):
        if position in empty:
            continue
        if not name:
            allowed = "a name above every column that holds something"
            found = f"no name above column {position + 1} of {len(header)}"
            faults.fault(table, 0, f"column {position + 1}", "A column has no name", allowed, found)
        elif name in seen:
            faults.fault(
                table, 0, name, "The column appears twice", "each column once", f"'{name}' twice in the header"
            )
        else:
            keep.append(position)
            seen.add(name)
    return keep
