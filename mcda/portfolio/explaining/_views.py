"""The best portfolio as each group sees it, and in each scenario: where would the answer be another?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import solvers
from mcda.decision import apply_scenario
from mcda.portfolio._problem import build_problem
from mcda.scoring._projects import value_projects
from mcda.weights import weigh_decision

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mcda.portfolio._select import Selection


@dataclass(frozen=True, slots=True)
class View:
    """One group's or one scenario's best portfolio.

    Attributes
    ----------
    kind
        ``"group"`` or ``"scenario"``.
    id, name
        As in the files.
    selected
        The projects it would fund; None where it has no portfolio, or none that was proven.
    value
        What that portfolio is worth in its own eyes; None without one.
    """

    kind: Literal["group", "scenario"]
    id: str
    name: str
    selected: tuple[str, ...] | None
    value: float | None


@solvers.interrupts_raise()
def views_of(selection: Selection, *, solver: str = "auto", time_limit: float | None = None) -> tuple[View, ...]:
    """Return the best portfolio under each group's weights, then in each scenario; same limits, rules and force."""
    found = []
    for kind, identifier, name, problem in _problems(selection):
        solution = solvers.solve(problem, solver, time_limit)
        proven = solution.termination == "optimal"
        found.append(
            View(kind, identifier, name, solution.selected if proven else None, solution.value if proven else None)
        )
    return tuple(found)


def _problems(selection: Selection) -> Iterator[tuple[Literal["group", "scenario"], str, str, solvers.Problem]]:
    decision = selection.decision
    asked = {"force": selection.force, "forbid": selection.forbid, "policies": selection.policies}
    additive = selection.values.method == "additive"
    weights = weigh_decision(decision) if decision.groups else None
    if weights is not None and additive:
        for group in decision.groups:
            values = value_projects(decision, weights.of_group(group.id))
            yield "group", group.id, group.name or group.id, build_problem(decision, values, **asked)
    for scenario in decision.scenarios:
        if scenario.target is None or selection.weights is None or not additive:
            continue
        changed = apply_scenario(decision, scenario)
        view = selection.weights
        if scenario.target == "weights":
            view = weigh_decision(changed).board
        values = value_projects(changed, view)
        yield "scenario", scenario.id, scenario.name or scenario.id, build_problem(changed, values, **asked)
