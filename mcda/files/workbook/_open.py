"""Opening a workbook that is not trusted: what it is, and whether it is of a size that people make."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from mcda.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 20 * 2**20
LARGEST_CONTENT = 100 * 2**20
"""Bytes after unpacking. The flagship has about 0.6 MiB; a zip bomb has gigabytes."""
MOST_PARTS = 2000

_OLD = b"\xd0\xcf\x11\xe0"
_SAVE_AS = "Save it in Excel as 'Excel Workbook (*.xlsx)'"


def open_workbook(path: Path) -> tuple[Any, Any]:
    """Open a workbook twice: as it was written (formulas), and with the results that Excel stored.

    Raises
    ------
    InputError
        If it is not an .xlsx workbook, is protected by a password, or is too large to have been made by people.
    """
    content = _content(path)
    _check_parts(path, content)
    import openpyxl

    with warnings.catch_warnings():
        # openpyxl warns of drop-downs and formats that it does not keep; only cells are read here.
        warnings.simplefilter("ignore")
        try:
            written = openpyxl.load_workbook(io.BytesIO(content), data_only=False)
            stored = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        except Exception as error:  # noqa: BLE001 - whatever a damaged file makes a parser raise is the file's fault
            raise InputError(
                f"'{path}' cannot be read as a workbook ({type(error).__name__}: {error}). Open it in Excel, let Excel"
                " repair it, and save it again."
            ) from None
    return written, stored


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise InputError(f"'{path}' cannot be opened: {error.strerror}. Give a workbook that you may read.") from None
    if len(content) > LARGEST_FILE:
        raise InputError(
            f"'{path}' is larger than {LARGEST_FILE // 2**20} MiB, which no decision needs. Remove pictures and sheets"
            " that do not belong to it, or use a folder of CSV files."
        )
    if content.startswith(_OLD):
        raise InputError(
            f"'{path}' is an old .xls workbook, or is protected by a password. {_SAVE_AS}, without a password."
        )
    return content


def _check_parts(path: Path, content: bytes) -> None:
    """Refuse what is not a zip archive, and a zip bomb, before anything is unpacked whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            size = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or size > LARGEST_CONTENT:
                raise InputError(
                    f"'{path}' unpacks to {size / 2**20:,.0f} MiB in {len(parts):,} parts; at most"
                    f" {LARGEST_CONTENT // 2**20} MiB in {MOST_PARTS:,} parts are read. Copy the rows that matter to"
                    " a new workbook: formatting far below them is the usual cause."
                )
            for part in parts:
                _check_part(path, archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise InputError(f"'{path}' is not an Excel workbook. {_SAVE_AS}.") from None


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a part that is larger than it says, and XML that defines entities (Excel never does)."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    with archive.open(part) as stream:
        start = stream.read(4096)
        if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
            raise InputError(f"'{path}' defines entities in {part.filename}, which Excel never does. {_SAVE_AS}.")
