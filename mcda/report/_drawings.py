"""The charts of a pack, drawn from its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report import charts
from mcda.report._palette import series
from mcda.wording import in_sentence

if TYPE_CHECKING:
    from mcda.report.view import Pack
    from solvers.drawing import Svg


@dataclass(frozen=True, slots=True)
class Drawings:
    """The drawings, by what they show; `resources` by identifier.

    `series` gives the mark of each group, in the order of the groups' weights.
    """

    shares: Svg | None
    weights: Svg | None
    series: tuple[charts.Series, ...]
    resources: dict[str, Svg]
    timeline: Svg | None
    links: Svg | None
    sureness: Svg | None
    stability: Svg | None
    frontier: Svg | None


def draw(pack: Pack) -> Drawings:
    """Draw each chart for which there are figures."""
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
            "Dot chart: weight that each group gives to each criterion",
        )
    resources = {
        resource.id: charts.use_chart(
            [charts.YearColumn(line.year, line.use, line.limit, line.tight) for line in resource.years],
            f"Column chart: {in_sentence(resource.name)} used and available by year",
            pack.digits(resource.kind),
        )
        for resource in pack.resources
        if pack.status.found
    }
    return Drawings(
        shares,
        weights,
        marks,
        resources,
        timeline=_timeline(pack),
        links=_links(pack),
        sureness=_sureness(pack),
        stability=_stability(pack),
        frontier=_frontier(pack),
    )


def _timeline(pack: Pack) -> Svg | None:
    spans = [
        charts.Span(f"{line.id} {line.short_name}", line.start_year, line.duration or 1, line.mandatory)
        for line in pack.projects.timeline
        if line.start_year is not None
    ]
    if not spans or not pack.years:
        return None
    return charts.timeline_chart(spans, pack.years, "Timeline: start and length of each funded project")


def _links(pack: Pack) -> Svg | None:
    if pack.links is None:
        return None
    return charts.graph_chart(
        pack.links.projects, pack.links.links, "Graph: which projects need, exclude or strengthen each other"
    )


def _sureness(pack: Pack) -> Svg | None:
    if pack.sureness is None or not pack.sureness.borderline:
        return None
    rows = [
        charts.LikelyRow(f"{line.id} {line.name}", line.funded, line.mixes, line.futures)
        for line in pack.sureness.borderline
    ]
    first = "Share of the mixes of groups' weights" if pack.sureness.mixed else "Share of the drawn futures"
    return charts.likelihood_chart(
        rows,
        f"{first} (hollow: not funded)",
        "Share of the drawn futures",
        "Bar chart: how often each borderline project is in the best portfolio",
    )


def _stability(pack: Pack) -> Svg | None:
    if pack.risk is None or not pack.risk.stability:
        return None
    rows = [charts.RangeRow(line.name, line.weight, line.lower, line.upper) for line in pack.risk.stability]
    return charts.range_chart(rows, "Range chart: how far each weight can move before the best portfolio changes")


def _frontier(pack: Pack) -> Svg | None:
    if pack.spending is None or not pack.spending.steps:
        return None
    return charts.frontier_chart(
        [(step.cost, step.value) for step in pack.spending.steps],
        [(line.list_cost, line.listed) for line in pack.spending.budgets],
        (sum(line.use for line in pack.money), pack.projects.total_value),
        ("Best portfolio for each total budget", "Value-for-money list", "This portfolio"),
        "Line chart: value of the best portfolio against its total cost",
    )
