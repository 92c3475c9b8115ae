"""Money and teams: what was asked for, what is available, what the portfolio uses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mcda.portfolio import resource_name
from mcda.wording import isolate, listed, percent

if TYPE_CHECKING:
    from mcda.decision import Resource
    from mcda.portfolio import Selection

TIGHT = 0.95
"""At this share or above, a limit is called tight: little else fits."""


@dataclass(frozen=True, slots=True)
class YearLine:
    """One resource in one year; `use` is NaN if there is no portfolio."""

    year: int
    asked: float
    use: float
    limit: float

    @property
    def left(self) -> float:
        """What is left unused, as a person would subtract it: 8.5 less 8.3 is 0.2."""
        return round(self.limit - self.use, 9)

    @property
    def share(self) -> float:
        """Used share of the limit; NaN if there is no limit or nothing is available."""
        return self.use / self.limit if math.isfinite(self.limit) and self.limit > 0 else math.nan

    @property
    def tight(self) -> bool:
        """Whether little else fits."""
        return self.share >= TIGHT


@dataclass(frozen=True, slots=True)
class ResourceLine:
    """One resource over all its years."""

    id: str
    name: str
    kind: Literal["money", "team"]
    unit: str
    years: tuple[YearLine, ...]

    @property
    def asked(self) -> float:
        """What all proposals together ask for."""
        return round(sum(line.asked for line in self.years), 9)

    @property
    def use(self) -> float:
        """What the portfolio uses over all years."""
        return round(sum(line.use for line in self.years), 9)

    @property
    def limit(self) -> float:
        """What is available over all years; infinite if a year has no limit."""
        return round(sum(line.limit for line in self.years), 9)

    @property
    def tight(self) -> bool:
        """Whether at least one year is (nearly) full."""
        return any(line.tight for line in self.years)

    @property
    def sentence(self) -> str:
        """What to see in the chart."""
        tight = [str(line.year) for line in self.years if line.tight]
        if tight:
            return f"Tight in {'year' if len(tight) == 1 else 'years'} {listed(tight)}."
        limited = [line for line in self.years if math.isfinite(line.share)]
        if not limited:
            return "No limit is stated."
        fullest = max(limited, key=lambda line: line.share)
        return f"Room in every year; fullest in year {fullest.year} ({percent(fullest.share)})."


def view_resources(selection: Selection) -> tuple[ResourceLine, ...]:
    """Compare use with limits, resource by resource."""
    return tuple(_line(selection, resource) for resource in selection.decision.resources)


def _line(selection: Selection, resource: Resource) -> ResourceLine:
    used = selection.solution.usage if selection.found else {}
    years = tuple(
        YearLine(
            year,
            round(float(resource.use[:, position].sum()), 9),
            float(used.get(resource_name(resource, year), math.nan)),
            float(resource.available[position]),
        )
        for position, year in enumerate(resource.years)
    )
    return ResourceLine(resource.id, isolate(resource.name), resource.kind, resource.unit, years)
