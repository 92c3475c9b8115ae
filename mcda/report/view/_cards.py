"""One card per project: the verdict, its price, what it needs, what it is worth on each criterion, and its risk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mcda.wording import isolate, points, shorten, stated_percent
from solvers import Impossible, Unproven

if TYPE_CHECKING:
    from mcda.decision import Project
    from mcda.portfolio import Explanation, Selection
    from mcda.report._evidence import Evidence

RISKS = {1: "very low", 2: "low", 3: "medium", 4: "high", 5: "very high"}


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one project.

    Attributes
    ----------
    price
        What flipping the answer would cost, in a few words.
    sentences
        Why it is in or out, and when that would change.
    parts
        Value by criterion, highest first: name and points.
    risk
        Delivery risk and the chance that it delivers as planned, in words; empty if not stated.
    """

    id: str
    name: str
    short_name: str
    funded: bool
    mandatory: bool
    value: float
    price: str
    sentences: tuple[str, ...]
    parts: tuple[tuple[str, float], ...]
    risk: str

    @property
    def lowest(self) -> float:
        """Least value on one criterion, at most 0."""
        return min((value for _, value in self.parts), default=0.0)

    @property
    def highest(self) -> float:
        """Greatest value on one criterion."""
        return max((value for _, value in self.parts), default=0.0)


def view_cards(selection: Selection, evidence: Evidence) -> tuple[Card, ...]:
    """Return the cards in file order; none if the projects were not explained."""
    if evidence.explanations is None or not selection.found:
        return ()
    by_id = {item.project: item for item in evidence.explanations.projects}
    return tuple(
        _card(selection, project, by_id[project.id]) for project in selection.decision.projects if project.id in by_id
    )


def _card(selection: Selection, project: Project, why: Explanation) -> Card:
    leaves = {leaf.id: shorten(leaf.name or leaf.id, 40) for leaf in selection.decision.criteria.leaves}
    frame = selection.values.by_criterion
    row = frame.to_numpy(dtype=float)[frame.index.get_loc(project.id)].tolist()
    parts = [(leaves[str(leaf)], value) for leaf, value in zip(frame.columns, row, strict=True) if abs(value) >= 0.005]
    return Card(
        project.id,
        isolate(project.name),
        shorten(project.name, 70),
        why.funded,
        project.mandatory,
        float(selection.values.projects[project.id]),
        _price(why),
        tuple(isolate(sentence) for sentence in why.sentences[1:]),
        tuple(sorted(parts, key=lambda part: -part[1])),
        _risk(project),
    )


def _price(why: Explanation) -> str:
    if isinstance(why.loss, Impossible):
        return "no portfolio without it" if why.funded else "no portfolio with it"
    if isinstance(why.loss, Unproven):
        return f"what {'dropping' if why.funded else 'adding'} it would cost is not known"
    if why.funded and why.loss < 0:
        rule = "mandatory" if why.mandatory else "forced in"
        return f"{rule}: without it the rest could be worth {points(-why.loss)} more"
    if why.loss <= 0:
        return "another portfolio is just as good"
    return f"{'dropping' if why.funded else 'adding'} it would cost {points(why.loss)}"


def _risk(project: Project) -> str:
    words = []
    if project.delivery_risk_1to5 is not None:
        level = RISKS.get(project.delivery_risk_1to5, "")
        words.append(f"Delivery risk {project.delivery_risk_1to5} of 5" + (f" ({level})" if level else ""))
    if project.prob_delivers_as_planned is not None:
        words.append(f"{stated_percent(project.prob_delivers_as_planned)} chance of delivering as planned")
    if project.optimism_bias_capital_pct:
        words.append(f"{stated_percent(project.optimism_bias_capital_pct / 100)} optimism bias on capital")
    return "; ".join(words) + ("." if words else "")
