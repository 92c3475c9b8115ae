"""Charts as static SVG: pure functions of plain figures; the same figures give the same bytes."""

from mcda.report.charts._bars import bar_in_cell, share_chart
from mcda.report.charts._frontier import frontier_chart
from mcda.report.charts._graph import graph_chart
from mcda.report.charts._likelihood import LikelyRow, RangeRow, likelihood_chart, range_chart
from mcda.report.charts._spread import Series, SpreadRow, spread_chart, swatch
from mcda.report.charts._timeline import Span, timeline_chart
from mcda.report.charts._use import YearColumn, use_chart

__all__ = [
    "LikelyRow",
    "RangeRow",
    "Series",
    "Span",
    "SpreadRow",
    "YearColumn",
    "bar_in_cell",
    "frontier_chart",
    "graph_chart",
    "likelihood_chart",
    "range_chart",
    "share_chart",
    "spread_chart",
    "swatch",
    "timeline_chart",
    "use_chart",
]
