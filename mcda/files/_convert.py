"""A decision from a folder to a workbook and back, cell by cell."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mcda.files._datasets import dataset
from mcda.files._faults import Collector, FaultsError
from mcda.files._schema import ORDER, TABLE
from mcda.files._source import is_workbook, read_source
from mcda.files._tables import RawTable
from mcda.files._write import write_source

if TYPE_CHECKING:
    import os

STARTER = "starter"


def convert(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> Path:
    """Copy a decision from a folder of CSV files to an .xlsx workbook, or the other way round.

    Cells are copied as they stand, so that the decision, and the hash of its input, stay the same. The source need only
    be readable; whether it makes a decision is for `mcda.check` to say.

    Parameters
    ----------
    source
        A folder or a workbook.
    target
        A new or empty folder, or a new workbook (a name that ends in ``.xlsx``).

    Returns
    -------
    Path
        The target.

    Raises
    ------
    FaultsError
        If something in the source cannot be read.
    InputError
        If there is no such source, or something is already at the target.
    """
    faults = Collector()
    tables, settings = read_source(Path(source), faults)
    found, _ = faults.in_order()
    if found:
        raise FaultsError(found)
    ordered = {name: tables[name] for name in TABLE if name in tables}
    return write_source(Path(target), ordered, settings)


def new(target: str | os.PathLike[str]) -> Path:
    """Write a small example decision to start from: a workbook with every sheet, or a folder of CSV files.

    Parameters
    ----------
    target
        A new workbook (a name that ends in ``.xlsx``), or a new or empty folder.

    Returns
    -------
    Path
        The target.

    Raises
    ------
    InputError
        If something is already there.
    """
    place = Path(target)
    tables, settings = read_source(dataset(STARTER), Collector())
    if is_workbook(place):
        tables = {name: tables.get(name) or _headings(name) for name in TABLE}
    return write_source(place, tables, settings)


def _headings(name: str) -> RawTable:
    columns = tuple(column.name for column in TABLE[name].columns)
    return RawTable(name, name, columns, order=ORDER[name])
