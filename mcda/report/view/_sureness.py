"""How sure: which projects stay in, whoever's weights decide and however costs and benefits turn out."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mcda.wording import counted, listed, percent, shorten

if TYPE_CHECKING:
    from mcda.portfolio import PortfolioSmaa, Selection
    from mcda.report._evidence import Evidence

Kind = Literal["core", "borderline", "exterior"]


@dataclass(frozen=True, slots=True)
class SureLine:
    """One project: its share of the best portfolios over mixes of groups, and over futures (NaN if not drawn)."""

    id: str
    name: str
    funded: bool
    kind: Kind
    mixes: float
    futures: float


@dataclass(frozen=True, slots=True)
class Sureness:
    """All projects, surest first; `mixed` says that mixes of the groups' weights were tried, `drawn` what was drawn."""

    lines: tuple[SureLine, ...]
    mixed: bool
    portfolios: int
    most_frequent: float
    drawn: str
    draws: int

    def of_kind(self, kind: Kind) -> tuple[SureLine, ...]:
        """Return the projects of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)

    @property
    def core(self) -> tuple[SureLine, ...]:
        """Projects in every best portfolio."""
        return self.of_kind("core")

    @property
    def borderline(self) -> tuple[SureLine, ...]:
        """Projects in some best portfolios."""
        return self.of_kind("borderline")

    @property
    def exterior(self) -> tuple[SureLine, ...]:
        """Projects in no best portfolio."""
        return self.of_kind("exterior")

    @property
    def asked(self) -> str:
        """What the three kinds range over."""
        return "every mix of the groups' weights" if self.mixed else f"{self.draws:,} drawn futures"

    @property
    def sentence(self) -> str:
        """What to see in the chart."""
        firm = [line for line in self.borderline if line.funded]
        text = (
            f"Over {self.asked}, {counted(self.portfolios, 'portfolio')} can be best. "
            f"{counted(len(self.core), 'project is', 'projects are')} in all of them, {len(self.exterior)} in none; "
            f"the other {len(self.borderline)} are what there is to discuss."
        )
        if firm:
            weakest = min(firm, key=lambda line: line.mixes)
            text += f" The least sure funded project is {weakest.id} {weakest.name} ({percent(weakest.mixes)})."
        return text

    @property
    def future_sentence(self) -> str:
        """What the drawn futures say."""
        shaky = [line for line in self.lines if line.funded and line.futures < 0.5]
        if not self.mixed or math.isnan(self.lines[0].futures):
            return ""
        text = f"{self.draws:,} futures were drawn ({self.drawn}), and the best portfolio of each was found and proven."
        if shaky:
            text += (
                " In most of them, with hindsight, "
                f"{listed([f'{line.id} ({percent(line.futures)})' for line in shaky], 6)} would not be chosen."
            )
        return text


def view_sureness(selection: Selection, evidence: Evidence) -> Sureness | None:
    """Sort the projects into core, borderline and exterior; None if neither mixes nor futures were tried."""
    base = evidence.mixes if evidence.mixes is not None else evidence.futures
    if base is None or not selection.found:
        return None
    chosen = set(selection.selected)
    inside, never = set(base.always), set(base.never)
    shares = base.acceptability
    later = None if evidence.futures is None else evidence.futures.acceptability
    lines = [
        SureLine(
            project.id,
            shorten(project.name, 44),
            project.id in chosen,
            "core" if project.id in inside else "exterior" if project.id in never else "borderline",
            float(shares[project.id]),
            math.nan if later is None else float(later[project.id]),
        )
        for project in selection.decision.projects
    ]
    order = {"core": 0, "borderline": 1, "exterior": 2}
    lines.sort(key=lambda line: (order[line.kind], -line.mixes, not line.funded, line.id))
    drawn = evidence.futures
    return Sureness(
        tuple(lines),
        evidence.mixes is not None,
        len(base.shares),
        float(base.shares[0]),
        "" if drawn is None else _drawn(drawn),
        0 if drawn is None else drawn.draws,
    )


def _drawn(futures: PortfolioSmaa) -> str:
    return futures.drawn.removeprefix("given weights, ")
