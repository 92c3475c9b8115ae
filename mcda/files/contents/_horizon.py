"""The planning years: which they are, and that nothing lies outside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mcda.files._sheets import Sheets

_DATED = (
    ("costs", "year"),
    ("capacity", "year"),
    ("capacity_demand", "year"),
    ("synergies", "year"),
    ("projects", "planned_start_year"),
)


def horizon_table(sheets: Sheets) -> str | None:
    """Return the table that sets the planning years: budgets, or capacity if no money is limited."""
    return next((name for name in ("budgets", "capacity") if sheets.get(name, "year")), None)


def planning_years(sheets: Sheets) -> tuple[int, ...]:
    """Return the planning years in order."""
    table = horizon_table(sheets)
    return tuple(sorted({year for year in sheets[table].wholes("year") if year is not None})) if table else ()


def check_years(sheets: Sheets) -> None:
    """Check that the planning years have no gap and that every year named is one of them."""
    source = horizon_table(sheets)
    years = planning_years(sheets)
    if source is None or not years or not sheets.complete(source) or None in sheets[source].wholes("year"):
        return
    gaps = [year for year in years[1:] if year - 1 not in years]
    if gaps:
        row = sheets[source].wholes("year").index(gaps[0])
        found = ", ".join(str(year) for year in years)
        sheets.fault(source, row, "year", f"Year {gaps[0] - 1} is missing", "years without a gap between them", found)
        return
    allowed = f"a planning year of {sheets[source].raw.source}, {years[0]} to {years[-1]}"
    for table, column, row, year in _years_named(sheets):
        if table != source and not years[0] <= year <= years[-1]:
            sheets.fault(table, row, column, f"Year {year} is out of range", allowed, f"'{year}'")


def _years_named(sheets: Sheets) -> Iterator[tuple[str, str, int, int]]:
    for table, column in _DATED:
        if (sheet := sheets.get(table, column)) is not None:
            for row, year in enumerate(sheet.wholes(column)):
                if year is not None:
                    yield table, column, row, year
    if (sheet := sheets.get("scenarios", "year")) is not None:
        for row, some in enumerate(sheet.years("year")):
            for year in some or ():
                yield "scenarios", "year", row, year
