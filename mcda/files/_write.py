"""Raw tables to a folder of CSV files or to a workbook; nothing is overwritten."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from mcda.errors import InputError
from mcda.files._csv import SETTINGS
from mcda.files._source import is_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mcda.files._tables import RawTable


def write_source(place: Path, tables: Mapping[str, RawTable], settings: Mapping[str, str]) -> Path:
    """Write tables and settings to a folder, or to a workbook if the name ends in .xlsx.

    Raises
    ------
    InputError
        If something is already there.
    """
    if is_workbook(place):
        if place.exists():
            raise InputError(f"'{place}' exists, and nothing is overwritten. Give a new name.")
        from mcda.files.workbook import write_workbook

        place.parent.mkdir(parents=True, exist_ok=True)
        write_workbook(place, tables, settings)
        return place
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise InputError(f"'{place}' is not an empty folder, and nothing is overwritten. Give a new folder.")
    place.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)
        (place / f"{name}.csv").write_bytes(text.getvalue().encode())
    if settings.get("name"):
        title = json.dumps(settings["name"], ensure_ascii=False)
        (place / SETTINGS).write_bytes(f"name = {title}\n".encode())
    return place
