"""A second opinion: an independent solver answers the same question, and the two answers are compared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solvers.backends.registry import load, why_unusable
from solvers.errors import BackendError
from solvers.events import Event, EventKind
from solvers.solving._attempt import attempt, unsuited
from solvers.termination import Termination

if TYPE_CHECKING:
    from solvers.solving._attempt import Request
    from solvers.solving.solution import Solution

SECONDS = ("cpsat", "scip", "highs", "pulp", "scipy")
NOTHING = (Termination.INFEASIBLE, Termination.UNBOUNDED)
FAMILIES = {"scipy": "highs"}
"""SciPy bundles HiGHS in another version, so it gives a second opinion only if no other solver can."""


def cross_checked(request: Request, first: Solution) -> Solution:
    """Return the solution with the second opinion on record; "failed" if the two contradict each other."""
    own = first.solver.partition(" ")[0]
    for name in _independent(own):
        if unsuited(load(name), request.problem):
            continue
        second = attempt(replace(request, start=None), load(name))
        if second.termination is Termination.FAILED:
            first = replace(first, events=(*first.events, *second.events))
            continue
        contradiction = disagreement(first, second)
        if contradiction is None:
            return replace(first, events=(*first.events, Event(EventKind.CROSS_CHECK, _agreement(first, second))))
        return replace(
            first,
            termination=Termination.FAILED,
            limit=None,
            certificate=None,
            bound=None,
            unique=None,
            events=(*first.events, Event(EventKind.CROSS_CHECK, f"cross-check failed: {contradiction}")),
        )
    raise BackendError(
        f"cross_check needs a second solver besides {own}, and none can be used here. "
        "Remedy: pip install 'mcda-portfolio[scip]' or 'mcda-portfolio[cpsat]'."
    )


def _independent(own: str) -> list[str]:
    apart = [name for name in SECONDS if FAMILIES.get(name, name) != FAMILIES.get(own, own)]
    related = [name for name in SECONDS if name != own and name not in apart]
    return [name for name in apart + related if why_unusable(name) is None]


def disagreement(first: Solution, second: Solution) -> str | None:
    """Say where two answers to one question contradict each other; None if nowhere.

    Certified portfolios are facts: no bound can be below one, and no problem with one is infeasible.
    """
    for one, other in ((first, second), (second, first)):
        if one.termination in NOTHING and one.termination != other.termination:
            if other.certificate is not None:
                return f"{one.solver} says {one.termination}; {other.solver} has a portfolio worth {other.value:.12g}"
            if other.termination in NOTHING:
                return f"{one.solver} says {one.termination}, {other.solver} says {other.termination}"
        if one.bound is None or other.certificate is None:
            continue
        tolerance = 1e-9 * max(1.0, abs(one.bound))
        if other.value > one.bound + tolerance:
            return (
                f"{one.solver} says that nothing is worth more than {one.bound:.12g}; "
                f"{other.solver} has a portfolio worth {other.value:.12g}"
            )
    return None


def _agreement(first: Solution, second: Solution) -> str:
    if first.termination is second.termination is Termination.OPTIMAL:
        return f"cross-checked by {second.solver}: the same value and bound"
    if first.termination == second.termination:
        return f"cross-checked by {second.solver}: {second.termination} as well"
    return f"cross-checked by {second.solver}: no contradiction, but it came back {second.termination}"
