"""The best portfolio as each group sees it, and in each scenario: where would the answer differ?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import solvers
from mcda.decision import apply_scenario
from mcda.portfolio._answers import answer_of_solution
from mcda.portfolio._problem import build_problem
from mcda.scoring._projects import value_projects
from mcda.weights import weigh_decision
from solvers import Impossible, Unproven
from solvers.answers import found, known

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
        The projects it would fund; `Impossible` if it has no portfolio, `Unproven` if none was proven best.
    value
        What that portfolio is worth to it; `Impossible` and `Unproven` likewise.
    """

    kind: Literal["group", "scenario"]
    id: str
    name: str
    selected: tuple[str, ...] | Impossible | Unproven
    value: float | Impossible | Unproven

    @property
    def settled(self) -> bool:
        """Whether its best portfolio is known."""
        return found(self.selected)

    def funds(self, project: str) -> bool:
        """Whether it would fund a project; also False if its best portfolio is not known."""
        return isinstance(self.selected, tuple) and project in self.selected

    def to_dict(self) -> dict[str, object]:
        """All facts as plain data."""
        portfolio = list(self.selected) if isinstance(self.selected, tuple) else None
        value = self.value if isinstance(self.value, float) else None
        head = {"kind": self.kind, "id": self.id, "name": self.name}
        return {**head, "selected": portfolio, "value": value, "selected_known": known(self.selected)}


@solvers.interrupts_raise()
def views_of(selection: Selection, how: solvers.SolveOptions) -> tuple[View, ...]:
    """Return the best portfolio under each group's weights, then in each scenario; same limits, rules and force."""
    seen = []
    for kind, identifier, name, problem in _problems(selection):
        best = answer_of_solution(solvers.solve(problem, how))
        if isinstance(best, Impossible | Unproven):
            seen.append(View(kind, identifier, name, best, best))
        else:
            seen.append(View(kind, identifier, name, best.selected, float(best.value)))
    return tuple(seen)


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
