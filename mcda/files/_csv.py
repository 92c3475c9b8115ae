"""A folder of CSV files as raw tables: encoding, separators, ragged rows."""

from __future__ import annotations

import csv
import io
import tomllib
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from mcda.errors import InputError
from mcda.files._faults import Collector, quoted
from mcda.files._rows import square
from mcda.files._schema import ORDER, TABLE
from mcda.files._tables import RawTable

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "decision.toml"
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_UTF8 = "UTF-8 (in Excel: Save As, 'CSV UTF-8 (Comma delimited)')"
_UNREADABLE = {
    "unexpected end": "A quotation mark is opened and never closed",
    "expected after": "The quotation marks do not pair up",
    "field larger": "A cell is far longer than people write; is a quotation mark missing?",
}


def read_folder(folder: Path, faults: Collector) -> tuple[dict[str, RawTable], dict[str, str]]:
    """Read every known table of a folder, and its settings.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    if not folder.is_dir():
        kind = "a file" if folder.exists() else "not there"
        raise InputError(f"A decision is a folder of CSV files; '{folder}' is {kind}. Give the folder that holds them.")
    tables: dict[str, RawTable] = {}
    others = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() != ".csv" or path.stem not in TABLE or path.suffix != ".csv":
            others.append(path.name)
            continue
        tables[path.stem] = _read_file(path, blank_file(path.stem), faults)
    _report_others(others, set(tables), faults)
    return tables, _read_settings(folder / SETTINGS, faults)


def blank_file(name: str) -> RawTable:
    """Return a table with nothing read into it yet."""
    return RawTable(name, f"{name}.csv", order=ORDER[name])


def _read_file(path: Path, table: RawTable, faults: Collector) -> RawTable:
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        faults.fault(table, None, None, "The file cannot be opened", "a file that you have permission to read", reason)
        return replace(table, incomplete=True)
    return read_table(content, table, faults)


def read_table(content: bytes, table: RawTable, faults: Collector) -> RawTable:
    """Read one file; `table` says what it is."""
    text = _decode(content, table, faults)
    if text is None:
        return replace(table, incomplete=True)
    if not text.strip():
        faults.fault(table, None, None, "The file is empty", "a header row and rows below it", "nothing")
        return replace(table, incomplete=True)
    separator, text = _separator(text, table, faults)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    records: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                records.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        what = next((words for part, words in _UNREADABLE.items() if part in str(error)), "The row cannot be read")
        allowed = 'text in quotation marks, with inner ones doubled: "a ""b"" c"'
        faults.fault(replace(table, labels=(line,)), 0, None, what, allowed, quoted(_line(text, line)))
        table = replace(table, incomplete=True)
    if not records:
        return replace(table, incomplete=True)
    return square(records, table, faults)


def _decode(content: bytes, table: RawTable, faults: Collector) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content[:200]:
        found = "UTF-16 ('Unicode Text' in Excel)"
        faults.fault(table, None, None, "The file is saved as UTF-16", _UTF8, found)
        return None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        text = content.splitlines()[line - 1].decode("cp1252", "replace")
        byte = content[error.start]
        meant = bytes([byte]).decode("cp1252", "replace")
        faults.fault(
            replace(table, labels=(line,)),
            0,
            _column_of(content, error.start),
            f"Byte {byte:#04x} is not UTF-8 (the file seems to be saved as Windows-1252, where it is '{meant}')",
            _UTF8,
            quoted(text),
        )
        return content.decode("cp1252", "replace")


def _column_of(content: bytes, position: int) -> str | None:
    """Name the column that a byte is in, as far as the header shows it."""
    start = max(content.rfind(b"\n", 0, position), content.rfind(b"\r", 0, position)) + 1
    header, before = (
        next(csv.reader([line.decode("cp1252", "replace")]), [])
        for line in (content.removeprefix(b"\xef\xbb\xbf").splitlines()[0], content[start:position] + b"x")
    )
    return header[len(before) - 1].strip() if start and len(before) <= len(header) else None


def _separator(text: str, table: RawTable, faults: Collector) -> tuple[str, str]:
    """Find the separator from the header; anything but a comma is a fault, and reading goes on with it."""
    first, newline, rest = text.partition("\n")
    first = first.rstrip("\r")
    if first.startswith("sep=") and len(first) == 5:
        words = ("The first line is a hint for Excel", "the header row as the first line", quoted(first))
        faults.fault(replace(table, labels=(1,)), 0, None, *words)
        text = newline + rest
        first = next((line for line in rest.splitlines() if line.strip()), "")
    known = {column.name for column in TABLE[table.name].columns}

    def matches(separator: str) -> int:
        return len(known & {cell.strip().strip('"') for cell in first.split(separator)})

    for separator, name in _SEPARATORS.items():
        if separator in first and matches(separator) > matches(","):
            what = f"The columns are separated by {name}"
            faults.fault(replace(table, labels=(1,)), 0, None, what, "columns separated by commas", quoted(first))
            return separator, text
    return ",", text


def _report_others(names: list[str], present: set[str], faults: Collector) -> None:
    wanted = {f"{name}.csv": name for name in TABLE if name not in present}
    for name in names:
        table = RawTable(name, name, order=len(TABLE))
        near = get_close_matches(name.lower(), wanted, n=1, cutoff=0.8)
        if near:
            faults.fault(table, None, None, "The file name is not known", f"'{near[0]}', if that is meant", f"'{name}'")
        elif name.lower().endswith(".csv"):
            faults.warning(
                table, None, None, "The file is not read", "the files of a decision: " + ", ".join(TABLE), f"'{name}'"
            )


def _read_settings(path: Path, faults: Collector) -> dict[str, str]:
    """Settings of the decision: only its name so far."""
    if not path.exists():
        return {}
    table = RawTable("decision", path.name, order=-1)
    try:
        settings = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.fault(table, None, None, "The settings cannot be read", 'TOML such as name = "Digital plan"', str(error))
        return {}
    for key, value in settings.items():
        if key != "name":
            faults.fault(table, None, None, "The setting is not known", "name", f"'{key}'")
        elif not isinstance(value, str) or not value.strip():
            faults.fault(table, None, None, "The name is not text", 'for example name = "Digital plan"', repr(value))
    name = settings.get("name")
    return {"name": name.strip()} if isinstance(name, str) else {}


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1][:80] if number <= len(lines) else ""
