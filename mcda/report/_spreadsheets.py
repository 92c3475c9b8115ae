"""Result tables as an Excel workbook with formats and charts, and as CSV files; a user's text is never a formula."""

from __future__ import annotations

import csv
import datetime
import io
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mcda.report._tables import ResultTable, result_tables

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from mcda.portfolio import GroupComparison, Selection
    from mcda.weights import DecisionWeights

_LONG_AGO = datetime.datetime(2000, 1, 1)
_FORMATS = {"text": "@", "figure": "#,##0", "value": "#,##0.00", "share": "0.0%"}
_LEADING = ("=", "+", "-", "@", "\t", "\r")
_BLUE, _GREY = "#005eb8", "#4c6272"
_COLOURS = ("#005eb8", "#007f3b", "#330072", "#ae2573", "#d5281b", "#4c6272")


def write_result_workbook(
    path: str | os.PathLike[str],
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
) -> Path:
    """Write the result to an Excel workbook: one sheet per table, with formats, filters and charts.

    Text from users is stored as text, whatever it begins with. The same result gives the same bytes.

    Parameters
    ----------
    path
        The file, which is overwritten.
    selection, weights, comparison
        As for `result_tables`.

    Returns
    -------
    Path
        The file.
    """
    import xlsxwriter

    tables = result_tables(selection, weights, comparison)
    book = xlsxwriter.Workbook(
        str(path), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"created": _LONG_AGO, "title": "Result", "author": ""})
    forms = {name: book.add_format({"num_format": code, "valign": "top"}) for name, code in _FORMATS.items()}
    title = book.add_format({"bold": True, "font_size": 14, "font_color": _BLUE})
    for table in tables:
        _write_table(book.add_worksheet(table.name), table, forms, title)
    for table in tables:
        _add_chart(book, table)
    book.close()
    return Path(path)


def write_result_csv(
    folder: str | os.PathLike[str],
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
) -> list[Path]:
    """Write the result to CSV files, one per table.

    Text that a spreadsheet would run as a formula (it begins with ``= + - @``) is prefixed with an apostrophe.

    Parameters
    ----------
    folder
        Where to write; files of the same names are overwritten.
    selection, weights, comparison
        As for `result_tables`.

    Returns
    -------
    list of Path
        The files.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    files = []
    for table in result_tables(selection, weights, comparison):
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([harmless(str(name)) for name in table.frame.columns])
        writer.writerows(
            [_csv_cell(value, form) for value, form in zip(row, table.forms, strict=True)]
            for row in table.frame.itertuples(index=False, name=None)
        )
        path = place / f"{table.name}.csv"
        path.write_bytes(text.getvalue().encode("utf-8"))
        files.append(path)
    return files


def harmless(text: str) -> str:
    """Return a text that no spreadsheet runs as a formula.

    Examples
    --------
    >>> harmless("=HYPERLINK(1)"), harmless("Wi-Fi refresh")
    ("'=HYPERLINK(1)", 'Wi-Fi refresh')
    """
    return f"'{text}" if text.startswith(_LEADING) else text


def _csv_cell(value: Any, form: str) -> str:
    if form == "text":
        return harmless(str(value))
    return (
        "" if math.isnan(value) else f"{value:.12g}"
    )  # twelve digits: a sum of decimals then reads as people write it


def _write_table(sheet: Any, table: ResultTable, forms: dict[str, Any], title: Any) -> None:
    frame = table.frame
    rows, width = frame.shape
    sheet.write_string(0, 0, table.title, title)
    for column, (name, form) in enumerate(zip(frame.columns, table.forms, strict=True)):
        cells = frame.iloc[:, column].tolist()
        longest = max([len(str(name)) + 4, *(len(str(cell)) for cell in cells if form == "text")])
        sheet.set_column(column, column, min(longest, 70), forms[form])
        for row, cell in enumerate(cells, start=3):
            if form == "text":
                sheet.write_string(row, column, str(cell)[:32_767], forms[form])
            elif math.isfinite(cell):
                sheet.write_number(row, column, cell, forms[form])
    sheet.add_table(
        2,
        0,
        2 + max(rows, 1),
        width - 1,
        {
            "name": f"result_{table.name}",
            "style": "Table Style Light 9",
            "columns": [{"header": name, "format": forms[form]} for name, form in _headers(table)],
        },
    )
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)


def _headers(table: ResultTable) -> list[tuple[str, str]]:
    """Names of the columns, made distinct if they differ only in capitals, as Excel requires."""
    seen: dict[str, int] = {}
    headers = []
    for name, form in zip(map(str, table.frame.columns), table.forms, strict=True):
        count = seen[name.lower()] = seen.get(name.lower(), 0) + 1
        headers.append((name if count == 1 else f"{name} ({count})", str(form)))
    return headers


def _add_chart(book: Any, table: ResultTable) -> None:
    """Draw the tables that are better seen than read."""
    columns = list(table.frame.columns)
    sheet = book.get_worksheet_by_name(table.name)
    below, beside = (len(table.frame) + 5, 1), len(columns) + 1
    if table.name == "projects":
        _bars(book, sheet, table, ["value"], "Value of each project", at=below, categories=0)
    elif table.name == "weights":
        _bars(book, sheet, table, columns[2:], "Weights of the criteria", at=below, categories=1)
    elif table.name == "groups":
        _bars(book, sheet, table, columns[1:], "Share of its own best that each group gets", at=below, categories=0)
    elif table.name == "use":
        for place, (resource, part) in enumerate(table.frame.groupby("resource", sort=False)):
            rows = (int(part.index[0]), int(part.index[-1]))
            at, words = (2 + 16 * place, beside), f"{resource}: used and available"
            _bars(book, sheet, table, ["use", "limit"], words, at=at, categories=1, rows=rows)


def _bars(
    book: Any,
    sheet: Any,
    table: ResultTable,
    series: Sequence[str],
    words: str,
    *,
    at: tuple[int, int],
    categories: int,
    rows: tuple[int, int] | None = None,
) -> None:
    first, last = rows or (0, len(table.frame) - 1)
    if last < first:
        return
    chart = book.add_chart({"type": "column"})
    for number, name in enumerate(series):
        column = list(table.frame.columns).index(name)
        chart.add_series(
            {
                "name": [table.name, 2, column],
                "categories": [table.name, 3 + first, categories, 3 + last, categories],
                "values": [table.name, 3 + first, column, 3 + last, column],
                "fill": {"color": _COLOURS[number % len(_COLOURS)]},
            }
        )
    chart.set_title({"name": words, "overlay": False, "name_font": {"size": 12, "color": _GREY}})
    chart.set_legend({"none": True} if len(series) == 1 else {"position": "bottom"})
    chart.set_size({"width": 720, "height": 300})
    sheet.insert_chart(*at, chart, {"description": words})
