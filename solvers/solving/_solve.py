"""Solving: the solver proposes, exact arithmetic disposes."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from solvers.backends.base import Options
from solvers.backends.registry import named
from solvers.certificate import certify
from solvers.errors import ProblemError
from solvers.events import Event, EventKind, of_kind
from solvers.interrupts import Stop, stop_on_interrupt
from solvers.model.problem import Problem
from solvers.solving._attempt import Request, attempt, unsuited
from solvers.solving._auto import follow, plan
from solvers.solving._cross_check import cross_checked
from solvers.solving._settings import require_settings
from solvers.solving.options import SolveOptions, SolverLike
from solvers.solving.solution import Solution
from solvers.termination import LimitReached, Termination

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from solvers.backends.base import Backend
    from solvers.certificate import Certificate
    from solvers.model.rules import Reference


def solve(
    problem: Problem,
    solver: SolverLike = "auto",
    time_limit: float | None = None,
    gap: float = 0.0,
    threads: int | None = None,
    *,
    absolute_gap: float = 0.0,
    seed: int = 0,
    warm_start: Solution | Iterable[Reference] | None = None,
    log: bool | Callable[[str], None] = False,
    cross_check: bool = False,
    presolve: bool | None = None,
    heuristics: bool | None = None,
    emphasis: str | None = None,
) -> Solution:
    """Find the portfolio of greatest value, prove it, and certify it in exact arithmetic.

    Among portfolios of equal value the one that uses least of the first resource is returned, and among those
    the one that holds the earlier options; `Solution.unique` says whether there was a choice. Ctrl-C ends the
    search with the best portfolio so far (limit "interrupt"); a second Ctrl-C is a KeyboardInterrupt, and so is the
    first within `interrupts_raise`.

    Parameters
    ----------
    problem : Problem
        What is asked.
    solver : str, back end or SolveOptions
        Name of a back end (see `solvers.backends()`), a back end of your own (see `solvers.backends.base`), or
        "auto": chosen by the shape of the problem and by what can be used here, with others in reserve if one
        fails. A `SolveOptions` holds this and everything below except the warm start.
    time_limit : float, optional
        Seconds for the whole call; None for no limit.
    gap : float
        Stop when the bound is within this share of the value; 0 means proven optimal.
    threads : int, optional
        Threads that the solver may use; one by default.
    absolute_gap : float
        Stop when the bound is within this much of the value; 0 means proven optimal.
    seed : int
        Seeds the solver's random choices. At gap 0, a proven answer with ties settled does not depend on it.
    warm_start : Solution or sequence of references, optional
        A portfolio to start from; one that breaks a rule is set aside. A portfolio that comes back is worth at least
        as much.
    log : bool or callable
        True writes the solver's own lines to the standard error stream; a callable gets each line.
    cross_check : bool
        Solve with a second, independent solver and compare status, value and bound: if they disagree, the
        result is "failed" and the events say what each of them claims.
    presolve, heuristics : bool, optional
        Switch that part of the solver on or off; None for its own default. Not every solver has them (see
        `solvers.backends()`), and "auto" takes none.
    emphasis : str, optional
        "proof" or "portfolio": what the solver should favour.

    Returns
    -------
    Solution
        With `.termination`, `.value`, `.bound`, `.gap`, `.selected`, `.usage`, `.certificate`, `.unique`,
        `.events`.

    Raises
    ------
    ProblemError
        If an option of the call is out of its range.
    BackendError
        If the solver is unknown, missing, refused, or lacks what the problem needs or the setting asked for.

    Examples
    --------
    >>> from solvers import Problem, solve
    >>> solution = solve(Problem([16, 22, 12, 8], [5, 7, 4, 3], 14))
    >>> solution.selected, solution.value, solution.termination
    (('option 2', 'option 3', 'option 4'), 42.0, 'optimal')
    """
    if not isinstance(problem, Problem):
        raise ProblemError(f"solve takes a solvers.Problem. Got {type(problem).__name__}.")
    how = SolveOptions.of(
        solver,
        time_limit=time_limit,
        gap=gap,
        absolute_gap=absolute_gap,
        threads=threads,
        seed=seed,
        log=log,
        cross_check=cross_check,
        presolve=presolve,
        heuristics=heuristics,
        emphasis=emphasis,
    )
    chosen = None if how.solver == "auto" else named(how.solver)
    settings = {"presolve": how.presolve, "heuristics": how.heuristics, "emphasis": how.emphasis}
    require_settings(chosen, settings)
    stop = Stop()
    start, events = _start(problem, warm_start)
    request = Request.of(problem, _options(how, stop), start)
    with stop_on_interrupt(stop):
        if not problem.names:
            return _without_options(request, chosen)
        found = follow(request, plan(problem, request.options)) if chosen is None else attempt(request, chosen)
        if chosen is not None and of_kind(found.events, EventKind.UNBELIEVED):
            found = _repaired(request, found, chosen.name)
        if chosen is None and stop.asked and not found.has_portfolio:
            found = _by_value_for_money(request, found)
        found = _no_worse_than(found, start)
        if how.cross_check:
            found = cross_checked(request, found)
    return replace(found, events=events + found.events, seconds=time.perf_counter() - request.began)


def _options(how: SolveOptions, stop: Stop) -> Options:
    """Return what a back end is told."""
    return Options(
        time_limit=None if how.time_limit is None else float(how.time_limit),
        gap=float(how.gap),
        threads=1 if how.threads is None else how.threads,
        absolute_gap=float(how.absolute_gap),
        seed=int(how.seed),
        presolve=how.presolve,
        heuristics=how.heuristics,
        emphasis=how.emphasis,
        log=_listener(how.log),
        stop=stop,
    )


def _listener(log: bool | Callable[[str], None]) -> Callable[[str], None] | None:
    if callable(log):
        return log
    return (lambda line: print(line, file=sys.stderr)) if log else None  # noqa: T201 - asked for


def _start(problem: Problem, given: Any) -> tuple[Certificate | None, tuple[Event, ...]]:
    if given is None or (isinstance(given, Solution) and not given.has_portfolio):
        return None, ()
    certificate = certify(problem, given)
    if certificate.holds:
        return certificate, ()
    broken = ", ".join(check.name for check in certificate.violations[:3])
    return None, (Event(EventKind.START, f"the portfolio to start from breaks {broken}; it was set aside"),)


def _repaired(request: Request, failed: Solution, solver: str) -> Solution:
    """Put the question to other solvers, because no answer of the one asked for could be trusted."""
    others = (step for step in plan(request.problem, request.options) if step.name != solver)
    event = Event(EventKind.REPAIRED, f"{solver} could not be trusted; its answer was replaced by another solver's")
    repaired = follow(request, others)
    return replace(repaired, events=(*failed.events, event, *repaired.events))


def _by_value_for_money(request: Request, found: Solution) -> Solution:
    """Return a portfolio by value for money, if the search was interrupted before it had any."""
    greedy = named("greedy")
    if found.termination is not Termination.NO_SOLUTION_FOUND or unsuited(greedy, request.problem):
        return found
    quick = attempt(request, greedy)
    event = Event(EventKind.REPAIRED, "interrupted before a portfolio was found: this one is by value for money")
    return replace(quick, events=(*found.events, *quick.events, event)) if quick.has_portfolio else found


def _no_worse_than(found: Solution, start: Certificate | None) -> Solution:
    """Return the portfolio that the search started from, if nothing better was found."""
    settled = found.termination in (Termination.INFEASIBLE, Termination.UNBOUNDED)
    if start is None or settled or (found.certificate is not None and found.certificate.value >= start.value):
        return found
    event = Event(EventKind.START, "nothing better was found than the portfolio to start from")
    if found.termination is Termination.OPTIMAL and found.bound is not None and found.bound >= start.value:
        # Optimal to the gap asked; the start is worth more, so it is nearer to the same bound.
        return replace(found, certificate=start, unique=None, events=(*found.events, event))
    bound = None if found.bound is None else max(found.bound, float(start.value))
    return replace(
        found,
        termination=Termination.FEASIBLE,
        certificate=start,
        bound=bound,
        limit=found.limit or LimitReached.FAILURE,
        events=(*found.events, event),
    )


def _without_options(request: Request, backend: Backend | None) -> Solution:
    """Answer for a problem with no options: the empty portfolio, if it keeps the limits."""
    certificate = certify(request.problem, ())
    holds = certificate.holds
    return Solution(
        Termination.OPTIMAL if holds else Termination.INFEASIBLE,
        None,
        certificate if holds else None,
        0.0 if holds else None,
        "none needed" if backend is None else f"{backend.name} {backend.version()}".strip(),
        time.perf_counter() - request.began,
        True if holds else None,
        (),
        request.problem,
    )
