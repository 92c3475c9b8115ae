"""Many exclusions said with fewer and stronger ones: options that exclude each other two by two form one group.

A thousand rules "at most one of these two" are a poor linear model: every option may be taken by half. Where every
two of some options exclude each other (a clique of the graph of conflicts), one rule "at most one of them" says the
same of whole portfolios and far more of halves (Padberg 1973). The problem stays the same set of portfolios, so what a
solver proves of one holds of the other; certificates always read the rules as they were given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from solvers.linear.model import linearise
from solvers.model.rules import Excludes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solvers.linear.model import LinearModel
    from solvers.model.problem import Problem

MANY = 100
"""Exclusions from which on it pays to look."""

_KEPT: WeakKeyDictionary[Problem, Problem | None] = WeakKeyDictionary()
_MODELS: WeakKeyDictionary[Problem, LinearModel] = WeakKeyDictionary()


def with_merged_exclusions(problem: Problem) -> Problem:
    """Return the problem with its exclusions as cliques, where that takes fewer of them; worked out once each.

    Parameters
    ----------
    problem : Problem
        Any problem; one with fewer than `MANY` exclusions, or fewer than options, comes back as it is.

    Examples
    --------
    >>> from itertools import combinations
    >>> from solvers import Excludes, Problem
    >>> every_two = [Excludes(pair) for pair in combinations(range(20), 2)]
    >>> len(with_merged_exclusions(Problem([1] * 20, [1] * 20, 5, excludes=every_two)).excludes)
    1
    """
    count = len(problem.excludes)
    if count < MANY or count < len(problem.names):
        return problem
    if problem not in _KEPT:
        at = problem.option_labels.positions
        groups = list(cliques(len(problem.names), ([at[name] for name in rule.members] for rule in problem.excludes)))
        merged = [Excludes(problem.names[i] for i in group) for group in groups]
        _KEPT[problem] = problem.replace(excludes=merged) if len(merged) < count else None
    return _KEPT[problem] or problem


def cliques(count: int, groups: Iterable[list[int]]) -> Iterator[list[int]]:
    """Yield cliques that hold every pair of the groups, and no other pair.

    Each begins with a pair that none before it holds, and takes in option after option that excludes all in it,
    those of which some pair is still to be held before the others. Sets are the bits of whole numbers.
    """
    conflicts = [0] * count
    for group in groups:
        members = sum(1 << i for i in group)
        for i in group:
            conflicts[i] |= members & ~(1 << i)
    left = list(conflicts)
    for first in range(count):
        while left[first]:
            clique, others = [first], conflicts[first]
            while others:
                clique.append(_lowest(others & left[first] or others))
                others &= conflicts[clique[-1]]
            held = ~sum(1 << i for i in clique)
            for i in clique:
                left[i] &= held
            yield sorted(clique)


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1


def strong_model(problem: Problem) -> LinearModel:
    """Return the linear model of a problem with its exclusions merged; worked out once for each problem."""
    model = _MODELS.get(problem)
    if model is None:
        model = _MODELS[problem] = linearise(with_merged_exclusions(problem))
    return model
