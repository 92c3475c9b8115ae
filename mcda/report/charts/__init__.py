"""Charts as static SVG: pure functions of plain figures, the same bytes for the same figures."""

from mcda.report.charts._bars import bar_in_cell, share_chart
from mcda.report.charts._spread import Series, SpreadRow, spread_chart, swatch
from mcda.report.charts._use import YearColumn, use_chart

__all__ = [
    "Series",
    "SpreadRow",
    "YearColumn",
    "bar_in_cell",
    "share_chart",
    "spread_chart",
    "swatch",
    "use_chart",
]
