"""Which solver is asked for which problem, and who stands in if it fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from solvers.backends.registry import MODULES, load, why_unusable
from solvers.errors import BackendError
from solvers.events import Event, EventKind
from solvers.interrupts import Stop
from solvers.methods.knapsack import as_whole, not_one_budget
from solvers.solving._attempt import Request, attempt, unsuited
from solvers.termination import Termination

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.backends.base import Options
    from solvers.model.problem import Problem
    from solvers.solving.solution import Solution

RESERVES = ("highs", "pulp", "scip", "scipy", "cpsat")
FEW_OPTIONS = 12  # at most 4,096 portfolios: looking at all of them takes a few milliseconds
FEW_CELLS = 20_000_000  # a table filled in about a tenth of a second
MANY_OPTIONS = 30  # from here on it pays to load our own branch and bound, which takes about a second once
FIRST_SLICE = 20.0  # seconds for the first choice before others have their turn, if there is no limit
MANY_CELLS = 2_000_000  # options times resources: if no proof is near, a good portfolio to start from pays
MANY_RULES = 500  # or synergies: from here on solvers of linear models have been seen to stop far below value for money
MOST_SYNERGIES_A_SECOND = 2_000  # with more than that, the linear model takes longer to read in than there is time


@dataclass(frozen=True, slots=True)
class Step:
    """A back end to try, why, and for how many seconds at most (None: all that are left).

    With a `rival` both run at once, and the first to settle the question stops the other. If `bound` is false only a
    portfolio is wanted.
    """

    name: str
    reason: str
    seconds: float | None = None
    rival: str | None = None
    bound: bool = True


def plan(problem: Problem, options: Options) -> Iterator[Step]:
    """Return the back ends to try, in order; whether one can be used is checked when its turn comes.

    After those that suit the problem come all others, in reserve for a failure.
    """
    tried = set()
    for step in preferred(problem, options):
        if ready(step.name, problem):
            tried.add(step.name)
            rival = step.rival if step.rival and ready(step.rival, problem) else None
            yield replace(step, rival=rival)
    for name in RESERVES:
        if name not in tried and ready(name, problem):
            yield Step(name, f"{name}: in reserve")


def preferred(problem: Problem, options: Options) -> Iterator[Step]:
    """Return the back ends that suit the shape of the problem, with the reason in words."""
    n, r = len(problem.names), len(problem.resources)
    open_ones = n - len(problem.mandatory) - len(problem.forbidden)
    if not problem.continuous and open_ones <= FEW_OPTIONS:
        yield Step("exhaustive", f"exhaustive: {open_ones} free options are few enough to look at every portfolio")
    if r == 1 and not not_one_budget(problem) and _few_cells(problem):
        yield Step("dynamic_programming", "dynamic_programming: one budget and no logic")
    # By the shape alone, not by what this process has loaded: the same question gives the same bytes.
    tree = open_ones >= MANY_OPTIONS and ready("branch_and_bound", problem)
    limit = options.time_limit
    if limit is not None and not tree:
        yield from _start(problem, limit)
    order, slices = _order(problem, tree, limit)
    several = options.threads >= 2
    yield Step(order[0], f"{order[0]}: the fastest on problems of this kind", slices[0])
    if limit is not None and _rules(problem) >= MANY_RULES:
        words = f"local_search: no proof yet, so that {order[1]} starts from something better"
        yield Step("local_search", words, 0.15 * limit)
    rival = "pulp" if several and "pulp" not in order else None
    words = f"{order[1]}{f' and {rival} at once' if rival else ''}: no proof yet after the time given to {order[0]}"
    yield Step(order[1], words, slices[1], rival)
    last = "pulp" if tree else "highs"
    yield Step(last, f"{last}: for the rest of the time", slices[2], order[0] if several else None)


def _order(problem: Problem, tree: bool, limit: float | None) -> tuple[tuple[str, str], tuple[float | None, ...]]:
    """Return the first two solvers, and the seconds of each and of what comes after them."""
    order = ("branch_and_bound", "highs") if tree else ("highs", "pulp")
    if limit is None:
        return order, (FIRST_SLICE, 3 * FIRST_SLICE, None)
    if not tree and len(problem.synergies) >= MANY_RULES:
        # Of the two CBC finds the better portfolios here, and as a program of its own it can be ended in time.
        return ("pulp", "highs"), (0.7 * limit, None, None)
    return order, (0.5 * limit, 0.4 * limit, None)


def _start(problem: Problem, limit: float) -> Iterator[Step]:
    """Yield what finds a portfolio at once, if a solver may take long to find a good one."""
    rules, synergies = _rules(problem), len(problem.synergies)
    cells = len(problem.names) * len(problem.resources)
    words = f"{rules} rules, {synergies} synergies, {cells} figures of use; a portfolio to start from"
    if synergies >= MANY_RULES:
        hopeless = synergies > MOST_SYNERGIES_A_SECOND * limit  # solvers of linear models would not even begin in time
        yield Step("local_search", f"local_search: {words}", limit if hopeless else 0.3 * limit, bound=False)
    elif rules >= MANY_RULES or cells > MANY_CELLS:
        yield Step("greedy", f"greedy: {words}", bound=False)


def _rules(problem: Problem) -> int:
    groups = (problem.requires, problem.excludes, problem.choices, problem.counts, problem.spends, problem.shares)
    return sum(map(len, (*groups, problem.rows)))


def ready(name: str, problem: Problem) -> bool:
    """Whether a back end of ours can be used here and takes the problem."""
    return name in MODULES and why_unusable(name) is None and not unsuited(load(name), problem)


def _few_cells(problem: Problem) -> bool:
    whole = as_whole(problem)
    return whole is not None and whole.values.size * (whole.budget + 1) <= FEW_CELLS


def follow(request: Request, steps: Iterable[Step]) -> Solution:
    """Take one step after the other until one settles the question; keep the best portfolio and the least bound."""
    best: Solution | None = None
    events: tuple[Event, ...] = ()
    for step in steps:
        if best is not None and request.deadline.passed:
            break
        events += (Event(EventKind.CHOSEN, f"auto: {step.reason}"),)
        found = race(request, step) if step.rival else attempt(_for(request, step), load(step.name), step.seconds)
        best, events = better(best, found), events + found.events
        if found.termination.settled:
            best = found
            break
        if best.certificate is not None:
            request = replace(request, start=best.certificate)
    if best is None:
        raise BackendError("No solver can be used here. `solvers.backends()` says why, and what to do.")
    return replace(best, events=events)


def _for(request: Request, step: Step) -> Request:
    return request if step.bound else replace(request, options=replace(request.options, bound=False))


def race(request: Request, step: Step) -> Solution:
    """Run two back ends at once; the first to settle the question stops the other."""
    names = (step.name, str(step.rival))
    stops = (Stop(), Stop())

    def run(i: int) -> Solution:
        options = replace(request.options, stop=stops[i], threads=max(1, request.options.threads // 2))
        own = replace(request, options=options, deadline=request.deadline.heard_by(stops[i]))
        found = attempt(own, load(names[i]), step.seconds)
        if found.termination.settled:
            stops[1 - i].ask()
        return found

    outer = request.options.stop or Stop()
    with outer.calling(stops[0].ask), outer.calling(stops[1].ask), ThreadPoolExecutor(2) as pool:
        first, second = list(pool.map(run, range(2)))
    for found in (first, second):
        if found.termination.settled:
            event = Event(EventKind.RACE, f"{found.solver.partition(' ')[0]} was the first to settle it")
            return replace(found, events=(*found.events, event))
    return better(first, second)


def better(best: Solution | None, found: Solution) -> Solution:
    """Return the better of two portfolios with the smaller of their bounds; a failure gives way to anything."""
    if best is None or best.termination is Termination.FAILED or found.termination.settled:
        return found
    if found.termination is Termination.FAILED:
        return best
    bounds = [solution.bound for solution in (best, found) if solution.bound is not None]
    chosen = best
    if found.certificate is not None and (best.certificate is None or found.proof.value > best.proof.value):
        chosen = found
    return replace(chosen, bound=min(bounds, default=None), limit=found.limit or best.limit)
