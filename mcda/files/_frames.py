"""DataFrames as raw tables: the same rules as for files, places by row label and column."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import TYPE_CHECKING

from mcda.errors import InputError
from mcda.files._faults import Collector
from mcda.files._load import decision_of, report_on
from mcda.files._schema import ORDER, TABLE
from mcda.files._sheets import did_you_mean
from mcda.files._tables import FrameTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from mcda.decision import Decision


def decision_from_frames(frames: Mapping[str, pd.DataFrame], *, name: str | None = None) -> Decision:
    """Make a decision from DataFrames, one per table, by the same rules as for files.

    Parameters
    ----------
    frames
        DataFrames by table (``"projects"``, ``"criteria"``, ...), with the columns of the CSV files. Identifiers may be
        in a named index instead. A missing value (None, NaN) is an empty cell.
    name
        What is being decided; the name of the goal if not stated.

    Returns
    -------
    Decision
        The same as from a folder of CSV files with the same cells, `input_sha256` included.

    Raises
    ------
    FaultsError
        If anything is wrong: one error that lists every fault with its table, row label and column.
    InputError
        If a table is unknown or is not a DataFrame.

    Examples
    --------
    >>> import mcda, pandas as pd
    >>> folder = mcda.dataset("nhs-digital")
    >>> frames = {path.stem: pd.read_csv(path) for path in folder.glob("*.csv")}
    >>> mcda.decision_from_frames(frames)
    Decision('Best-value digital portfolio for patients, staff and the Trust': 40 projects, 10 criteria, 24 \
stakeholders in 5 groups, 9 resources)
    """
    tables = {}
    for table, frame in frames.items():
        if table not in TABLE:
            raise InputError(f"There is no table '{table}'. Allowed: {did_you_mean(table, TABLE, limit=len(TABLE))}.")
        if not hasattr(frame, "columns") or not hasattr(frame, "itertuples"):
            raise InputError(f"The table '{table}' must be a pandas DataFrame. Got {type(frame).__name__}.")
        tables[table] = _raw(table, frame)
    settings = {} if name is None else {"name": name}
    return decision_of(report_on(tables, settings, Collector(), _blank))


def _blank(name: str) -> FrameTable:
    return FrameTable(name, name, order=ORDER[name])


def _raw(name: str, frame: pd.DataFrame) -> FrameTable:
    labels = tuple(frame.index)
    known = {column.name for column in TABLE[name].columns}
    if any(level in known for level in frame.index.names):
        frame = frame.reset_index()
    columns = tuple(str(column).strip() for column in frame.columns)
    if len(set(columns)) < len(columns):
        twice = sorted({column for column in columns if columns.count(column) > 1})
        raise InputError(f"The columns of '{name}' must differ. Found twice: {', '.join(twice)}.")
    cells = [[_text(value) for value in frame[column]] for column in frame.columns]
    rows = tuple(zip(*cells, strict=True))
    return FrameTable(name, name, columns, rows, labels, ORDER[name])


def _text(value: object) -> str:
    """Write a value as it would appear in a CSV file."""
    if isinstance(value, str):
        return value.strip()
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, Integral) or type(value).__name__ == "bool_":
        return str(int(value))  # type: ignore[call-overload]  # a NumPy bool is an int in all but name
    if not isinstance(value, Real):
        return str(value).strip()
    number = float(value)
    if number.is_integer():
        return str(int(number))
    return "" if math.isnan(number) else repr(number)
