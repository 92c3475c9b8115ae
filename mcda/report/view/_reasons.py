"""Why a project that is not funded cannot simply be added: facts about this portfolio, checked without a solver."""

from __future__ import annotations

from typing import TYPE_CHECKING

import solvers
from mcda.portfolio import resource_name
from mcda.report._numbers import number, quantity
from mcda.report._words import isolate, listed, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mcda.decision import Decision, Resource
    from mcda.portfolio import Selection

MOST_LIMITS = 2
"""A reason names this many resources; more do not help a reader."""


def reasons_out(selection: Selection, project: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return why a project is not in, most telling first, and the resources whose limits it would break.

    Each reason is a limit or rule that the portfolio with this project added on top would break (found by
    `solvers.certify`, in exact arithmetic), or that the project adds no value to it.
    """
    decision = selection.decision
    broken = solvers.certify(selection.problem, [*selection.selected, project]).violations
    found: list[str] = []
    if any(check.kind == "forbidden" for check in broken):
        found.append("Ruled out by the question asked.")
    names = {check.name for check in broken}
    found += _alternatives(decision, names, set(selection.selected), project)
    found += _prerequisites(decision, names, set(selection.selected), project)
    found += [
        f"Would break the Board rule {isolate(check.name)}."
        for check in broken
        if check.kind not in ("forbidden", "capacity", "excludes", "requires")
    ]
    gain = added_value(selection, project)
    if gain <= 0:
        found.append(f"Would add no value to this portfolio ({number(gain, 2)}).")
    excess = {
        check.name: -float(check.slack) for check in broken if check.kind == "capacity" and check.slack is not None
    }
    found += _limits(decision, excess)
    full = [item.id for item in decision.resources if any(resource_name(item, year) in excess for year in item.years)]
    return tuple(found) or ("It would fit; the search was stopped before it was proven best or not.",), tuple(full)


def added_value(selection: Selection, project: str) -> float:
    """Return what a project would add to the portfolio, effects with funded projects included."""
    together = {*selection.selected, project}
    completed = [
        synergy.id
        for synergy in selection.decision.synergies
        if project in synergy.members and together.issuperset(synergy.members)
    ]
    return float(selection.values.projects[project]) + float(selection.values.synergies[completed].sum())


def _named(decision: Decision) -> Callable[[str], str]:
    return lambda identifier: f"{identifier} {shorten(decision.project(identifier).name, 40)}".strip()


def _alternatives(decision: Decision, broken: set[str], chosen: set[str], project: str) -> Iterable[str]:
    for exclusion in decision.exclusions:
        if exclusion.id in broken and project in exclusion.projects:
            rivals = [other for other in exclusion.projects if other in chosen]
            yield f"Alternative to {listed(list(map(_named(decision), rivals)))}, which is funded."


def _prerequisites(decision: Decision, broken: set[str], chosen: set[str], project: str) -> Iterable[str]:
    for rule in decision.dependencies:
        if rule.id in broken and rule.project == project:
            missing = listed([_named(decision)(other) for other in rule.requires if other not in chosen])
            yield f"Needs {missing}, not funded." if rule.logic == "all" else f"Needs one of {missing}; none is funded."


def _limits(decision: Decision, excess: dict[str, float]) -> list[str]:
    described = [
        (_worst(resource, excess), _excess_in_words(resource, excess))
        for resource in decision.resources
        if any(resource_name(resource, year) in excess for year in resource.years)
    ]
    described.sort(key=lambda pair: -pair[0])
    words = [text for _, text in described]
    if not words:
        return []
    more = f"; and {len(words) - MOST_LIMITS} more" if len(words) > MOST_LIMITS else ""
    return [f"No room: over the limit of {'; '.join(words[:MOST_LIMITS])}{more}."]


def _worst(resource: Resource, excess: dict[str, float]) -> float:
    """Return the greatest excess of a resource, as a share of what there is."""
    return max(
        excess.get(resource_name(resource, year), 0.0) / max(float(limit), 1e-9)
        for year, limit in zip(resource.years, resource.available, strict=True)
    )


def _excess_in_words(resource: Resource, excess: dict[str, float]) -> str:
    by_year = {
        year: excess[resource_name(resource, year)]
        for year in resource.years
        if resource_name(resource, year) in excess
    }
    parts = [f"{quantity(size, resource.kind)} in year {year}" for year, size in by_year.items()]
    return f"{shorten(resource.name, 40).lower()} by {listed(parts)}"
