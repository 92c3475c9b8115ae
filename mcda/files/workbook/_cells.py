"""What a cell of a workbook means as text, as it would appear in a CSV file."""

from __future__ import annotations

import datetime
import math
from typing import Any

from mcda.files._cells import CellError

NO_RESULT = "The formula has no stored result"
ERROR = "The cell holds an Excel error"
DATE = "The cell holds a date"
REMEDY = {
    NO_RESULT: "a value, or a formula whose result is stored: open the workbook in Excel and save it",
    ERROR: "a value; correct the formula",
    DATE: "a number or text; format the cells as text, then type the entry again (Excel turns 1/3 into a date)",
}
_DATES = (datetime.datetime, datetime.date, datetime.time, datetime.timedelta)


def text_of(written: Any, stored: Any) -> str:
    """Return the text of a cell.

    Parameters
    ----------
    written, stored
        The cell as it was written, and, if it is a formula, with the result that Excel stored.

    Returns
    -------
    str
        Numbers as a person would type them, flags as 1 and 0, text without outer spaces.

    Raises
    ------
    CellError
        For a formula without a stored result, an error value, or a date; `bad` is the text that was found.
    """
    if written.data_type == "f":
        if stored.value is None:
            formula = getattr(written.value, "text", written.value)
            raise CellError(NO_RESULT, str(formula))
        written = stored
    value = written.value
    if written.data_type == "e":
        raise CellError(ERROR, str(value))
    if isinstance(value, _DATES):
        raise CellError(DATE, _date(value))
    return plain(value)


def plain(value: object) -> str:
    """Write a number, a flag or a text as it would appear in a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)
    return str(value).strip()


def as_number(text: str) -> int | float | None:
    """Return the number that a text is, if writing that number gives the same text; else None.

    So 12.5 is stored as a number, while 1/3, 007 and 0.10 stay the text that they are, and come back the same. Excel
    keeps 15 digits: a figure with more of them stays text as well.

    Examples
    --------
    >>> as_number("12.5"), as_number("4700"), as_number("1/3"), as_number("0.10")
    (12.5, 4700, None, None)
    """
    try:
        number = float(text)
    except ValueError:
        return None
    if not math.isfinite(number) or plain(number) != text or float(f"{number:.15G}") != number:
        return None
    return int(number) if number.is_integer() else number


def _date(value: object) -> str:
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return str(value)
