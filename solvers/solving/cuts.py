"""Asking a mathematical-programming back end for a portfolio, and trusting only what passes its certificate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from solvers.certificate import Certificate, certify
from solvers.events import Event, EventKind
from solvers.linear import LinearModel, Row
from solvers.linear.scaling import Scaled, scaled
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solvers.backends.base import LinearBackend, Options, Outcome
    from solvers.model.problem import Problem

MOST_REPAIRS = 50


@dataclass(frozen=True, slots=True)
class Proposal:
    """A certified portfolio with the bound that goes with it, or the reason why there is none.

    `bound` is in the units of the model's objective. `proven` says that the bound meets the objective at the
    certified portfolio, in exact arithmetic as far as the solver's own tolerance allows.
    """

    termination: Termination
    limit: LimitReached | None
    certificate: Certificate | None
    point: NDArray[np.float64] | None
    bound: float | None
    said: str
    proven: bool
    events: tuple[Event, ...] = ()


def propose(problem: Problem, model: LinearModel, backend: LinearBackend, options: Options) -> Proposal:
    """Maximise a model of the problem until an answer passes its certificate; each failing one is cut off.

    The model's first columns are the options of the problem; its rows imply the problem's limits and rules.
    """
    units, events = scaled(model), list[Event]()
    inner = units.model
    options = replace(options, absolute_gap=options.absolute_gap * units.factor)
    for attempt in range(MOST_REPAIRS):
        outcome = backend.maximise(inner, replace(options, strict=attempt > 0))
        if outcome.termination is Termination.INFEASIBLE and attempt == 0 and delicate(inner):
            again = backend.maximise(inner, replace(options, strict=True))
            if again.termination is not Termination.FAILED:
                outcome = again
            if outcome.x is not None:
                text = f"{backend.name} called a feasible problem infeasible; solved again with strict settings"
                events.append(Event(EventKind.SOLVED_AGAIN, text))
        if outcome.x is None:
            return _without(outcome, units, events)
        certificate = certify(problem, np.flatnonzero(outcome.x[: len(problem.names)] > 0.5).tolist())
        if certificate.holds:
            return _with(outcome, units, events, certificate)
        broken = ", ".join(check.name for check in certificate.violations[:3])
        text = f"{backend.name} returned a portfolio that breaks {broken}; solved again without it"
        events.append(Event(EventKind.SOLVED_AGAIN, text))
        if outcome.termination is not Termination.OPTIMAL:
            return _without(replace(outcome, termination=Termination.NO_SOLUTION_FOUND, x=None), units, events)
        inner = inner.with_rows([_cut(problem, certificate)])
    events.append(Event(EventKind.UNBELIEVED, f"{MOST_REPAIRS} answers in a row failed their certificate"))
    return Proposal(Termination.FAILED, None, None, None, None, events[-1], False, tuple(events))


def delicate(model: LinearModel) -> bool:
    """Say whether some row has figures with so many digits that a portfolio may lie within a solver's tolerance.

    Presolve can then go wrong: HiGHS 1.12 and 1.15 have been seen to call such a feasible model infeasible.
    """
    figures = np.concatenate([model.coefficients, model.row_lower, model.row_upper])
    figures = np.abs(figures[np.isfinite(figures)])
    return not np.array_equal(np.rint(figures * 1e4) / 1e4, figures)


def no_good(inside: NDArray[np.bool_], free: NDArray[np.bool_]) -> Row:
    """Return the row that one portfolio breaks and every other one keeps, over the options that are free."""
    at = np.flatnonzero(free)
    signs = np.where(inside[at], -1.0, 1.0)
    return Row(at, signs, 1.0 - float(inside[at].sum()), np.inf)


def _without(outcome: Outcome, units: Scaled, events: list[Event]) -> Proposal:
    bound = None if outcome.bound is None else outcome.bound / units.factor
    return Proposal(outcome.termination, outcome.limit, None, None, bound, outcome.said, False, tuple(events))


def _with(outcome: Outcome, units: Scaled, events: list[Event], certificate: Certificate) -> Proposal:
    assert outcome.x is not None  # noqa: S101 - narrows the type; the caller has checked
    whole = units.model.whole | units.model.implied
    point = np.where(whole, np.rint(outcome.x), outcome.x)
    reached = float(units.model.objective @ point)
    bound = None if outcome.bound is None else outcome.bound / units.factor
    margin = 0.5 if units.whole and units.model.integral else max(1e-5, 1e-8 * abs(reached))
    if outcome.bound is not None and outcome.bound < reached - max(margin, 1e-6 * abs(reached)):
        text = "the solver's bound is below its own portfolio: it was ignored"
        events.append(Event(EventKind.NOT_PROVEN, text))
        outcome, bound = replace(outcome, bound=None), None
    proven = (
        outcome.termination is Termination.OPTIMAL and outcome.bound is not None and outcome.bound - reached <= margin
    )
    return Proposal(outcome.termination, outcome.limit, certificate, point, bound, outcome.said, proven, tuple(events))


def _cut(problem: Problem, broken: Certificate) -> Row:
    """Return a row that the broken portfolio fails and every feasible one keeps.

    If options without negative use exceed a capacity together, they form a cover: not all of them can be in (and
    the smallest are left out while the rest still exceed it). Otherwise only this one portfolio is cut off.
    """
    inside = np.zeros(len(problem.names), dtype=bool)
    inside[problem.positions(broken.selected)] = True
    if not (problem.synergies or problem.continuous):
        for check in broken.violations:
            if check.kind == "capacity":
                j = problem.resource_labels.positions[check.name]
                if (problem.usage[:, j] >= 0).all():
                    return _cover(problem, inside, j)
    return no_good(inside, np.ones(inside.size, dtype=bool))


def _cover(problem: Problem, inside: Any, resource: int) -> Row:
    members = sorted(np.flatnonzero(inside).tolist(), key=lambda i: problem.usage[i, resource])
    name = problem.resources[resource]
    while len(members) > 1:
        rest = certify(problem, members[1:])
        if all(check.holds for check in rest.checks if check.kind == "capacity" and check.name == name):
            break
        members = members[1:]
    return Row(members, [1.0] * len(members), -np.inf, len(members) - 1.0)
