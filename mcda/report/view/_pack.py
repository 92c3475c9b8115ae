"""What the Board pack says, as plain frozen facts; the template only lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.report._evidence import Evidence
from mcda.report.view._agreement import Agreement, view_agreement
from mcda.report.view._benefits import Benefits, view_benefits
from mcda.report.view._cards import Card, view_cards
from mcda.report.view._findings import Finding, view_findings
from mcda.report.view._judging import Judging, view_judging
from mcda.report.view._links import Links, view_links
from mcda.report.view._making import Making, view_making
from mcda.report.view._money import Money, view_money
from mcda.report.view._projects import Projects, view_projects
from mcda.report.view._recommendations import view_recommendations
from mcda.report.view._resources import ResourceLine, view_resources
from mcda.report.view._risk import Risk, view_risk
from mcda.report.view._status import Status, view_status
from mcda.report.view._sureness import Sureness, view_sureness
from mcda.report.view._weights import Weights, view_weights
from mcda.wording import Kind, digits_of, isolate

if TYPE_CHECKING:
    import datetime

    from mcda.portfolio import GroupComparison, Selection
    from mcda.weights import DecisionWeights


@dataclass(frozen=True, slots=True)
class Pack:
    """The Board pack, section by section.

    Attributes
    ----------
    title, goal, question, date
        What is being decided, to what end, with whose weights and which changes; when the Board meets, if stated.
    status
        What the optimiser answered.
    findings
        What the Board needs to know.
    recommendations
        What to do, according to the evidence; empty without it.
    """

    title: str
    goal: str
    question: str
    date: datetime.date | None
    status: Status
    findings: tuple[Finding, ...]
    projects: Projects
    benefits: Benefits
    resources: tuple[ResourceLine, ...]
    weights: Weights | None
    agreement: Agreement | None
    making: Making
    recommendations: tuple[Finding, ...]
    sureness: Sureness | None
    judging: Judging | None
    risk: Risk | None
    cards: tuple[Card, ...]
    links: Links | None
    spending: Money | None

    @property
    def money(self) -> tuple[ResourceLine, ...]:
        """The resources that are money."""
        return tuple(line for line in self.resources if line.kind == "money")

    @property
    def teams(self) -> tuple[ResourceLine, ...]:
        """The resources that are people."""
        return tuple(line for line in self.resources if line.kind == "team")

    def digits(self, kind: Kind) -> int:
        """Decimals of all figures of money, or of people, in tables and charts whose heading states the unit."""
        lines = [year for line in self.resources if line.kind == kind for year in line.years]
        return digits_of(kind, [size for year in lines for size in (year.use, year.limit, year.asked)])

    @property
    def years(self) -> tuple[int, ...]:
        """All years in which something is limited."""
        return tuple(sorted({line.year for resource in self.resources for line in resource.years}))


def view_pack(
    selection: Selection,
    weights: DecisionWeights | None = None,
    comparison: GroupComparison | None = None,
    date: datetime.date | None = None,
    evidence: Evidence | None = None,
) -> Pack:
    """Turn results into the facts that the pack shows.

    Raises
    ------
    InputError
        If the comparison was made on different figures from the selection.
    """
    decision = selection.decision
    projects = view_projects(selection)
    resources = view_resources(selection)
    shown_weights = view_weights(selection, weights)
    agreement = view_agreement(selection, comparison)
    known = Evidence() if evidence is None else evidence
    sureness = view_sureness(selection, known)
    judging = view_judging(selection, known.disagreement)
    goal = decision.criteria[decision.criteria.goal].name
    return Pack(
        title=isolate(decision.name),
        goal=isolate(goal),
        question=isolate(selection.question),
        date=date,
        status=view_status(selection),
        findings=view_findings(projects, resources, agreement, shown_weights) if selection.found else (),
        projects=projects,
        benefits=view_benefits(selection),
        resources=resources,
        weights=shown_weights,
        agreement=agreement,
        making=view_making(selection, weights),
        recommendations=view_recommendations(selection, known, sureness, agreement, judging),
        sureness=sureness,
        judging=judging,
        risk=view_risk(selection, known),
        cards=view_cards(selection, known),
        links=view_links(selection),
        spending=view_money(selection, known),
    )
