"""The charts of a pack, drawn from its facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report import charts
from mcda.report._palette import series

if TYPE_CHECKING:
    from markupsafe import Markup

    from mcda.report.view import Pack


@dataclass(frozen=True, slots=True)
class Drawings:
    """The pictures by what they show; `resources` by identifier.

    `series` gives the mark of each group, in the order of the groups' weights.
    """

    shares: Markup | None
    weights: Markup | None
    series: tuple[charts.Series, ...]
    resources: dict[str, Markup]


def draw(pack: Pack) -> Drawings:
    """Draw every chart for which there are figures."""
    shares = None
    if pack.agreement is not None and pack.agreement.groups:
        rows = sorted(((group.name, group.share) for group in pack.agreement.groups), key=lambda row: -row[1])
        shares = charts.share_chart(
            rows, "Bar chart: share of its own best value that each group gets from this portfolio", "its own best"
        )
    names = () if pack.weights is None else pack.weights.groups
    marks = tuple(charts.Series(name, *series(position)) for position, name in enumerate(names))
    weights = None
    if pack.weights is not None and marks:
        lines = sorted(pack.weights.lines, key=lambda line: -line.used)
        weights = charts.spread_chart(
            [charts.SpreadRow(line.name, line.groups, line.used) for line in lines],
            marks,
            pack.weights.used,
            "Dot chart: weight of each criterion in the eyes of each group",
        )
    resources = {
        resource.id: charts.use_chart(
            [charts.YearColumn(line.year, line.use, line.limit, line.tight) for line in resource.years],
            f"Column chart: {resource.name.lower()} used and available by year",
            resource.kind,
        )
        for resource in pack.resources
        if pack.status.found
    }
    return Drawings(shares, weights, marks, resources)
