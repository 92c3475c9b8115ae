"""The cases of a plan: the decision as it stands, named changes, and every point of a grid."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mcda.decision import Scenario, apply_scenario
from mcda.errors import InputError
from mcda.scenarios.planning._plan import BASE, EVERY

if TYPE_CHECKING:
    from mcda.decision import Decision
    from mcda.scenarios.planning._extent import Grid
    from mcda.scenarios.planning._plan import ScenarioPlan

MAX_CASES = 10_000
_SIGNS = {"multiply": " x ", "add": " + "}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Case:
    """One fixed set of changes.

    Attributes
    ----------
    name
        As it appears in results: ``"base"``, ``"N1"``, ``"N1, capital_k x 0.9"``.
    title
        In words.
    decision
        The decision with these changes.
    """

    name: str
    title: str
    decision: Decision

    def __repr__(self) -> str:
        return f"Case({self.name!r})"


def cases_of(decision: Decision, plan: ScenarioPlan) -> tuple[Case, ...]:
    """Return the cases of a plan, in order: named cases first, then along the grid, its last axis fastest.

    Raises
    ------
    InputError, LabelError
        If a scenario is unknown or cannot be applied, or the grid is too large.
    """
    names = [item.id for item in decision.scenarios] if plan.cases == (EVERY,) else list(plan.cases)
    if not names:
        raise InputError(f'The plan asks for all scenarios, but the decision has none. Use cases = ["{BASE}"].')
    count = len(names)
    for axis in plan.grid:
        count *= len(axis.values)
    if count > MAX_CASES:
        raise InputError(
            f"The plan has {count:,} cases; at most {MAX_CASES:,} are allowed. Use draws, or a coarser grid."
        )
    found: list[Case] = []
    for name in names:
        known = {item.id for item in decision.scenarios}
        base = name == BASE and BASE not in known
        changed = decision if base else apply_scenario(decision, name)
        title = "the decision as it stands" if base else decision.scenario(name).name
        points = itertools.product(*(axis.values for axis in plan.grid))
        found += [_at(changed, name, title, plan.grid, point) for point in points]
    return tuple(found)


def _at(decision: Decision, name: str, title: str, axes: tuple[Grid, ...], point: tuple[Any, ...]) -> Case:
    parts = [] if name == BASE and axes else [name]
    words = [title] if parts else []
    for axis, value in zip(axes, point, strict=True):
        years = f" year {';'.join(map(str, axis.years))}" if axis.years else ""
        sign = _SIGNS.get(axis.operation, f" {axis.operation} ")
        part = f"{axis.key or axis.target}{years}{sign}{value}"
        change = Scenario(
            id=part,
            target=axis.target,  # type: ignore[arg-type] # checked by apply_scenario, which names what is possible
            key=axis.key,
            years=axis.years or None,
            operation=axis.operation,
            value=str(value),
        )
        decision = apply_scenario(decision, change)
        parts.append(part)
        words.append(part)
    return Case(", ".join(parts), "; ".join(word for word in words if word), decision)
