"""Risk and robustness: scenarios, regret, and how far weights can move."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import solvers
from mcda.decision import apply_scenario
from mcda.errors import McdaError
from mcda.portfolio import build_problem
from mcda.scoring._projects import value_projects
from mcda.wording import counted, in_sentence, isolate, listed, percentage_points, points, shorten

if TYPE_CHECKING:
    from mcda.portfolio import Explanations, PortfolioStability, Regret, Selection
    from mcda.report._evidence import Evidence


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """One scenario: what it does to the recommended portfolio, and what would be best in it.

    Attributes
    ----------
    breaks
        Limits and rules that the recommended portfolio would break, in words; empty if it stays possible.
    value, best
        What the recommended portfolio, and the best one, would be worth; NaN without one.
    enters, leaves
        How the best portfolio of the scenario differs from the recommended one.
    """

    id: str
    name: str
    breaks: tuple[str, ...]
    value: float
    best: float
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegretLine:
    """One portfolio: what each view loses with it (infinite if it is not possible)."""

    name: str
    count: int
    losses: tuple[float, ...]
    greatest: float
    least: bool


@dataclass(frozen=True, slots=True)
class RegretTable:
    """Portfolios against views."""

    views: tuple[str, ...]
    lines: tuple[RegretLine, ...]
    recommended_is_least: bool

    @property
    def sentence(self) -> str:
        """What to see in the table."""
        least = next(line for line in self.lines if line.least)
        if self.recommended_is_least:
            return (
                f"No portfolio has a smaller greatest loss than the recommended one ({points(least.greatest)} "
                "points): it is also the cautious choice."
            )
        return (
            f"The cautious choice would be '{least.name}': nobody would lose more than {points(least.greatest)} "
            "points, and no other portfolio has a smaller greatest loss."
        )


@dataclass(frozen=True, slots=True)
class StabilityLine:
    """One weight and the interval within which the portfolio stays as it is."""

    name: str
    weight: float
    lower: float
    upper: float
    below: str
    above: str


@dataclass(frozen=True, slots=True)
class Risk:
    """What could turn out differently."""

    scenarios: tuple[ScenarioLine, ...]
    groups: RegretTable | None
    stability: tuple[StabilityLine, ...]

    @property
    def scenario_sentence(self) -> str:
        """What to see in the table of scenarios."""
        broken = [line for line in self.scenarios if line.breaks]
        same = [line for line in self.scenarios if not line.breaks and not line.enters and not line.leaves]
        text = f"In {len(same)} of {counted(len(self.scenarios), 'scenario')} the recommended portfolio stays the best."
        if broken:
            text += f" In {len(broken)} it would no longer fit: {listed([line.name for line in broken], 4)}."
        return text

    @property
    def stability_sentence(self) -> str:
        """What to see in the chart of weights."""
        room = {line.name: min(line.weight - line.lower, line.upper - line.weight) for line in self.stability}
        critical = min(room, key=lambda name: room[name])
        return (
            "Each bar is how far one weight can move, the others keeping their proportions, before another portfolio "
            f"is best. The most sensitive is {critical}: its nearer end is {percentage_points(room[critical])} away."
        )


def view_risk(selection: Selection, evidence: Evidence) -> Risk | None:
    """Collect what is known; None if nothing was asked."""
    if not selection.found:
        return None
    scenarios = () if evidence.explanations is None else _scenarios(selection, evidence.explanations)
    groups = None if evidence.regret is None else _regret(selection, evidence.regret)
    stability = () if evidence.stability is None else _stability(selection, evidence.stability)
    if not scenarios and groups is None and not stability:
        return None
    return Risk(scenarios, groups, stability)


def _scenarios(selection: Selection, explanations: Explanations) -> tuple[ScenarioLine, ...]:
    chosen = set(selection.selected)
    lines = []
    for view in explanations.views:
        if view.kind != "scenario" or selection.scenario is not None:
            continue
        breaks, value = _under(selection, view.id)
        own = set(view.selected) if isinstance(view.selected, tuple) else None
        lines.append(
            ScenarioLine(
                view.id,
                shorten(view.name or view.id, 70),
                breaks,
                value,
                view.value if isinstance(view.value, float) else math.nan,
                () if own is None else tuple(name for name in selection.decision.project_ids if name in own - chosen),
                () if own is None else tuple(name for name in selection.decision.project_ids if name in chosen - own),
            )
        )
    return tuple(lines)


def _under(selection: Selection, scenario: str) -> tuple[tuple[str, ...], float]:
    """Return what the recommended portfolio breaks in a scenario, and what it is worth there; exact arithmetic."""
    decision = selection.decision
    try:
        changed = apply_scenario(decision, scenario)
    except McdaError:
        return (), math.nan
    weights = selection.weights
    if decision.scenario(scenario).target == "weights":
        from mcda.weights import weigh_decision

        weights = weigh_decision(changed).board
    if weights is None:
        return (), math.nan
    problem = build_problem(
        changed,
        value_projects(changed, weights),
        force=selection.force,
        forbid=selection.forbid,
        policies=selection.policies,
    )
    certificate = solvers.certify(problem, selection.selected)
    years: dict[str, list[str]] = {}
    for check in certificate.violations:
        period = decision.periods.get(check.name)
        if period is not None:
            years.setdefault(in_sentence(decision.resource(period.resource).name), []).append(str(period.year))
        else:
            years.setdefault(check.name, [])
    words = tuple(
        isolate(f"{name} in year{'s' if len(at) > 1 else ''} {listed(at)}" if at else name)
        for name, at in years.items()
    )
    return words, float(certificate.value)


def _regret(selection: Selection, found: Regret) -> RegretTable:
    decision = selection.decision
    names = {group.id: shorten(group.name or group.id, 40) for group in decision.groups}
    special = {"least regret": "Least regret", "fairest share": "Fairest share"}
    chosen = set(selection.selected)
    worst = found.greatest_loss
    smallest = float(worst.min())
    seen: dict[frozenset[str], list[str]] = {}
    for name, portfolio in found.portfolios.items():
        seen.setdefault(frozenset(portfolio), []).append(name)
    lines = []
    for projects, keys in seen.items():
        called = [special.get(key) or f"Best for {names.get(key, key)}" for key in keys]
        title = ("Recommended; " if projects == chosen else "") + "; ".join(dict.fromkeys(called))
        losses = tuple(float(loss) for loss in found.loss.loc[keys[0]].to_numpy(dtype=float))
        greatest = float(worst[keys[0]])
        lines.append(RegretLine(title, len(projects), losses, greatest, math.isclose(greatest, smallest, abs_tol=1e-6)))
    lines.sort(key=lambda line: line.greatest)
    mine = frozenset(chosen)
    best = any(line.least and line.name.startswith("Recommended") for line in lines)
    return RegretTable(tuple(names.get(view, view) for view in found.views), tuple(lines), best and mine in seen)


def _stability(selection: Selection, found: PortfolioStability) -> tuple[StabilityLine, ...]:
    frame = found.to_frame()
    tree = selection.decision.criteria
    return tuple(
        StabilityLine(
            shorten(tree[name].name or name, 52),
            float(weight),
            float(lower),
            float(upper),
            _moves(below),
            _moves(above),
        )
        for name, weight, lower, upper, below, above in zip(
            found.criteria, found.weights, found.lower, found.upper, frame["below"], frame["above"], strict=True
        )
    )


def _moves(change: str) -> str:
    """Return "+P03 -P07" as "P03 in; P07 out"."""
    inside = [part[1:] for part in change.split() if part.startswith("+")]
    outside = [part[1:] for part in change.split() if part.startswith("-")]
    parts = ([f"{listed(inside)} in"] if inside else []) + ([f"{listed(outside)} out"] if outside else [])
    return "; ".join(parts) or "nothing changes"
