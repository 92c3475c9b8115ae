"""Which solver is asked for which problem, and who stands in if it fails."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solvers._attempt import Asked, attempt, unsuited
from solvers.backends.registry import load, why_unusable
from solvers.errors import BackendError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.backends.base import Options
    from solvers.problem import Problem
    from solvers.solution import Solution

RESERVES = ("highs", "scip", "pulp", "scipy", "cpsat")
SETTLED = {"optimal", "infeasible", "unbounded"}


@dataclass(frozen=True, slots=True)
class Step:
    """A back end to try, why, and for how many seconds at most (None: as long as there are)."""

    name: str
    reason: str
    seconds: float | None = None


def plan(problem: Problem, options: Options) -> Iterator[Step]:
    """Return the back ends to try, in order; whether one can be used is found out when its turn comes."""
    tried = set()
    for step in preferred(problem, options):
        tried.add(step.name)
        yield step
    for name in RESERVES:
        if name not in tried and why_unusable(name) is None and not unsuited(load(name), problem):
            yield Step(name, "")


def preferred(problem: Problem, options: Options) -> Iterator[Step]:
    """Return the back ends that suit the shape of the problem."""
    if why_unusable("highs") is None:
        yield Step("highs", "")


def follow(asked: Asked, steps: Iterable[Step]) -> Solution:
    """Take one step after the other until one settles the question; keep the best portfolio and the least bound."""
    best: Solution | None = None
    events: tuple[str, ...] = ()
    for step in steps:
        if best is not None and asked.late():
            break
        if step.reason:
            events += (step.reason,)
        elif best is not None:
            events += (f"{step.name} goes on",)
        found = attempt(asked, load(step.name), step.seconds)
        best, events = better(best, found), events + found.events
        if found.termination in SETTLED:
            best = found
            break
        if best.certificate is not None:
            asked = replace(asked, start=best.certificate)
    if best is None:
        raise BackendError("No solver can be used here. `solvers.backends()` says why, and what to do.")
    return replace(best, events=events)


def better(best: Solution | None, found: Solution) -> Solution:
    """Return the better of two portfolios with the smaller of their bounds; a failure gives way to anything."""
    if best is None or best.termination == "failed":
        return found
    if found.termination == "failed":
        return best
    bounds = [solution.bound for solution in (best, found) if solution.bound is not None]
    chosen = best
    if found.certificate is not None and (best.certificate is None or found.proof.value > best.proof.value):
        chosen = found
    return replace(chosen, bound=min(bounds, default=None))
