"""What each rule and limit costs: lift it alone, solve again, and compare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

import solvers
from mcda.portfolio._answers import answer_of, answer_of_solution
from mcda.portfolio._subject import read_subject
from mcda.portfolio.explaining._explanation import LimitCost
from mcda.portfolio.explaining._sentences import worded_limit
from solvers import Impossible, LimitReached, Unproven
from solvers.model.limits import Limit, keeping, limits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mcda.decision import Decision
    from mcda.portfolio._select import Selection
    from mcda.portfolio._subject import Subject

Lifted = solvers.Certificate | Unproven


def limit_costs(
    subject: Decision | Selection | solvers.Problem,
    *,
    solver: solvers.SolverLike = "auto",
    time_limit: float | None = None,
) -> tuple[LimitCost, ...]:
    """Return what every rule and every limit costs, dearest first.

    Parameters
    ----------
    subject
        A decision, a selection or a bare `solvers.Problem`, see `mcda.explain`.
    solver, time_limit
        Back end, and seconds for each solve.

    Returns
    -------
    tuple of LimitCost
        One per limit of a resource in a year, one for all years of a resource together, one per rule.
        The gains of several limits do not add up: two limits that bind together are each worth nothing alone.

    Notes
    -----
    Limits are lifted in groups first. If lifting a whole group gains nothing, lifting a part of it gains nothing
    either (fewer portfolios are possible), so its members need no solve of their own.

    Examples
    --------
    >>> from solvers import Problem
    >>> problem = Problem([16, 22, 12, 8], [5, 7, 4, 3], 14, names="ABCD", resources=["cash"])
    >>> [(cost.name, cost.gain, cost.enters) for cost in limit_costs(problem)]
    [('cash', 16.0, ('A',))]
    """
    how = solvers.SolveOptions.of(solver, time_limit=time_limit)
    return limit_costs_of(read_subject(subject, how), how)


@solvers.interrupts_raise()
def limit_costs_of(subject: Subject, how: solvers.SolveOptions) -> tuple[LimitCost, ...]:
    """Return what every rule and limit costs, for a subject already read."""
    answers = lift_each(subject, how)
    found = [worded_limit(_cost(subject, *question, best), subject.phrases) for question, best in answers.items()]
    return tuple(sorted(found, key=lambda cost: -abs(cost.gain) if isinstance(cost.gain, float) else 0.0))


@solvers.interrupts_raise()
def lift_each(subject: Subject, how: solvers.SolveOptions, *, rules: bool = True) -> dict[tuple[str, str], Lifted]:
    """Return the best portfolio with each limit (and rule) lifted alone, by its name and kind.

    If lifting gains nothing, that is the present best portfolio itself.
    """
    roots = _roots(subject, rules)
    found: dict[tuple[str, str], Lifted] = {}
    level = roots
    while level:
        waiting: list[_Node] = []
        for node, best in zip(level, _without(subject, level, how), strict=True):
            if isinstance(best, solvers.Certificate) and best.value == subject.best.value:
                found |= dict.fromkeys(node.all_questions(), subject.best)
            else:
                if node.question is not None:
                    found[node.question] = best
                waiting += node.parts
        level = waiting
    return found


@dataclass(frozen=True, slots=True)
class _Node:
    """Limits to lift together: a question of its own if it has a name, and the parts to look at if it matters."""

    limits: tuple[Limit, ...]
    question: tuple[str, str] | None
    parts: tuple[_Node, ...] = ()

    def all_questions(self) -> list[tuple[str, str]]:
        """Name and kind of every question at and below this node."""
        own = [] if self.question is None else [self.question]
        return own + [question for part in self.parts for question in part.all_questions()]


def _roots(subject: Subject, rules: bool) -> list[_Node]:
    every = [limit for limit in limits_of(subject.problem) if limit.kind != "choice maximum"]
    if not rules:
        every = [limit for limit in every if limit.kind == "capacity"]
    roots: list[_Node] = []
    money = set(subject.money()) if subject.decision is not None else set()
    resource_of = subject.resource_of
    for wanted in (True, False):
        capacities = [limit for limit in every if limit.kind == "capacity" and (limit.name in money) == wanted]
        by_resource: dict[str, list[Limit]] = {}
        for limit in capacities:
            by_resource.setdefault(resource_of[limit.name], []).append(limit)
        nodes = [_resource_node(name, limits) for name, limits in by_resource.items()]
        roots += [_halved(nodes)] if nodes else []
    for kind in dict.fromkeys(limit.kind for limit in every if limit.kind != "capacity"):
        leaves = [_leaf(limit) for limit in every if limit.kind == kind]
        roots.append(_halved(leaves))
    return roots


def _leaf(limit: Limit) -> _Node:
    return _Node((limit,), (limit.name, limit.kind))


def _resource_node(name: str, limits: Sequence[Limit]) -> _Node:
    if len(limits) == 1:
        return _leaf(limits[0])
    return _Node(tuple(limits), (name, "resource"), tuple(_leaf(limit) for limit in limits))


def _halved(nodes: Sequence[_Node]) -> _Node:
    """Return one node above several, halving on the way down."""
    if len(nodes) == 1:
        return nodes[0]
    half = len(nodes) // 2
    parts = (_halved(nodes[:half]), _halved(nodes[half:]))
    return _Node(parts[0].limits + parts[1].limits, None, parts)


def _without(subject: Subject, nodes: Sequence[_Node], how: solvers.SolveOptions) -> list[Lifted]:
    """Return the best portfolio with each node's limits lifted."""
    problem = subject.problem
    every = limits_of(problem)
    found: dict[int, Lifted] = {}
    capacity: dict[int, list[int]] = {
        at: [limit.position for limit in node.limits]
        for at, node in enumerate(nodes)
        if all(limit.kind == "capacity" for limit in node.limits)
    }
    if capacity:
        table = np.tile(problem.capacity, (len(capacity), 1))
        for row, positions in enumerate(capacity.values()):
            table[row, positions] = np.inf
        batch = solvers.solve_batch(problem, capacity=table, solver=how.times(len(capacity)))
        free = problem.replace(capacity=np.full(problem.capacity.shape, np.inf))
        for row, at in enumerate(capacity):
            found[at] = lifted_of(answer_of(batch, row, free))
    for at, node in enumerate(nodes):
        if at not in capacity:
            relaxed = keeping(problem, [other for other in every if other not in node.limits])
            found[at] = lifted_of(answer_of_solution(solvers.solve(relaxed, how)))
    return [found[at] for at in range(len(nodes))]


def lifted_of(best: solvers.Certificate | Impossible | Unproven) -> Lifted:
    """Return the answer: with fewer limits there is a portfolio, so "none" would contradict the one in hand."""
    return Unproven(LimitReached.FAILURE) if isinstance(best, Impossible) else best


def _cost(subject: Subject, name: str, kind: str, best: Lifted) -> LimitCost:
    problem, chosen = subject.problem, set(subject.selected)
    use = limit = None
    if kind == "capacity":
        use = float(subject.best.usage[name])
        limit = float(problem.capacity[problem.resource_positions([name])[0]])
    if isinstance(best, Unproven):
        return LimitCost(name, kind, best, use, limit, (), ())
    then = chosen if best.value == subject.best.value else set(best.selected)
    return LimitCost(
        name,
        kind,
        float(best.value - subject.best.value),
        use,
        limit,
        tuple(option for option in problem.names if option in then - chosen),
        tuple(option for option in problem.names if option in chosen - then),
    )
