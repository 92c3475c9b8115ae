"""Many exclusions replaced by fewer, stronger ones: options that all exclude each other form one group.

A thousand rules "at most one of these two" make a poor linear model: it may take half of every option. If some
options all exclude each other (a clique of the conflict graph), one rule "at most one of them" allows the same whole
portfolios and far fewer fractions (Padberg 1973). The set of portfolios stays the same, so what a solver proves of one
problem holds of the other; certificates read the rules as they were given.
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
"""Number of exclusions from which looking for cliques pays."""

_KEPT: WeakKeyDictionary[Problem, Problem | None] = WeakKeyDictionary()
_MODELS: WeakKeyDictionary[Problem, LinearModel] = WeakKeyDictionary()


def with_merged_exclusions(problem: Problem) -> Problem:
    """Return the problem with its exclusions as cliques, if there are fewer of them; worked out once per problem.

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

    Each begins with a pair that no earlier clique holds, and takes in one option after another that excludes all in
    it, preferring options with a pair still to be held. Sets are the bits of whole numbers.
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
    """Return the linear model of a problem with its exclusions merged; worked out once per problem."""
    model = _MODELS.get(problem)
    if model is None:
        model = _MODELS[problem] = linearise(with_merged_exclusions(problem))
    return model
