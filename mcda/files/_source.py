"""Where a decision is kept: a folder of CSV files or one workbook, read to raw tables by the same rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mcda.errors import InputError
from mcda.files._csv import blank_file, read_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mcda.files._faults import Collector
    from mcda.files._tables import RawTable

WORKBOOK = ".xlsx"
_OTHERS = {".xls", ".xlsm", ".xlsb", ".ods", ".numbers"}


def is_workbook(place: Path) -> bool:
    """Whether a path names a workbook rather than a folder.

    Raises
    ------
    InputError
        If it names a spreadsheet of another kind, or a single file of another kind.
    """
    kind = place.suffix.lower()
    if kind == WORKBOOK and not place.is_dir():
        return True
    if kind in _OTHERS and not place.is_dir():
        raise InputError(f"'{place}' is a workbook of another kind. Save it as 'Excel Workbook (*.xlsx)'.")
    return False


def read_source(place: Path, faults: Collector) -> tuple[dict[str, RawTable], dict[str, str]]:
    """Read every known table and the settings, from a folder or from a workbook.

    Raises
    ------
    InputError
        If there is nothing of the kind.
    """
    if not is_workbook(place):
        return read_folder(place, faults)
    if not place.exists():
        raise InputError(f"There is no workbook '{place}'. Give a folder of CSV files or an .xlsx workbook.")
    from mcda.files.workbook import read_workbook

    return read_workbook(place, faults)


def blank_of(place: Path) -> Callable[[str], RawTable]:
    """Return the maker of stand-ins for tables that are not there, so that a fault can name them."""
    if not is_workbook(place):
        return blank_file
    from mcda.files.workbook import blank_sheet

    return blank_sheet
