"""Judgements that form a cycle: a over b, b over c, c over a."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcda.errors import InputError
from mcda.weights.pairwise._comparisons import RECIPROCITY_TOLERANCE, read_comparisons

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from mcda.arrays import FloatArray
    from mcda.weights.pairwise._comparisons import Judgements


@dataclass(frozen=True, slots=True)
class Cycle:
    """Judgements that contradict each other whatever the weights.

    Attributes
    ----------
    members
        Each is judged at least as good as the next, the last as the first, and at least one is judged better.
    judgements
        How many times more each is worth than the next, the last than the first.
    """

    members: tuple[Hashable, ...]
    judgements: tuple[float, ...]

    @property
    def strength(self) -> float:
        """Product of the judgements around the cycle; 1 would be consistent."""
        return float(np.prod(self.judgements))

    def __str__(self) -> str:
        signs = [" > " if value > 1.0 else " = " for value in self.judgements]
        steps = zip(self.members, signs, strict=True)
        return "".join(f"{name}{sign}" for name, sign in steps) + str(self.members[0])


def preference_cycles(
    pairwise: Judgements,
    *,
    labels: Sequence[Hashable] | None = None,
    reciprocity_tolerance: float = RECIPROCITY_TOLERANCE,
) -> list[Cycle]:
    """Return the cycles of preference in someone's judgements, the strongest first.

    Parameters
    ----------
    pairwise : array_like or DataFrame, shape (n, n)
        Positive and reciprocal; NaN or None where not asked.
    labels, reciprocity_tolerance
        As in `mcda.ahp`.

    Returns
    -------
    list of Cycle
        All cycles of three, and for every preference that is part of longer cycles only, a shortest one through it.
        Empty if the judgements can be put in an order.

    Raises
    ------
    InputError, LabelError
        As in `mcda.ahp`, and for a stack.

    Notes
    -----
    Circular triads, Kendall and Babington Smith (1940). A cycle is a contradiction of order, not only of strength: it
    is where to look first when a consistency ratio is high.

    Examples
    --------
    >>> from mcda.weights import preference_cycles
    >>> found = preference_cycles([[1, 3, 1 / 2], [1 / 3, 1, 4], [2, 1 / 4, 1]], labels=["a", "b", "c"])
    >>> print(found[0], found[0].strength)
    a > b > c > a 24.0
    """
    comparisons = read_comparisons(pairwise, labels, tolerance=reciprocity_tolerance)
    values = comparisons.values
    if values.ndim != 2:
        raise InputError(f"Cycles are sought in one matrix, shape (n, n). Got shape {values.shape}.")
    names = comparisons.labels if comparisons.labels is not None else tuple(range(comparisons.size))
    found: dict[tuple[int, ...], None] = {}
    for triad in _triads(values):
        found[triad] = None
    covered = {edge for cycle in found for edge in _edges(cycle)}
    for row, column in np.argwhere(np.nan_to_num(values, nan=0.0) > 1.0):
        if (int(row), int(column)) in covered:
            continue
        way = _shortest_way(values, int(column), int(row))
        if way is not None:
            cycle = _from_smallest((int(row), *way[:-1]))
            found[cycle] = None
            covered |= set(_edges(cycle))
    cycles = [
        Cycle(tuple(names[k] for k in cycle), tuple(float(values[a, b]) for a, b in _edges(cycle))) for cycle in found
    ]
    return sorted(cycles, key=lambda cycle: -cycle.strength)


def _triads(values: FloatArray) -> list[tuple[int, ...]]:
    at_least = np.nan_to_num(values, nan=0.0) >= 1.0
    np.fill_diagonal(at_least, val=False)
    strict = np.nan_to_num(values, nan=0.0) > 1.0
    return [
        (i, int(j), int(k))
        for i in range(len(values))
        for j in np.flatnonzero(at_least[i])
        for k in np.flatnonzero(at_least[j] & at_least[:, i])
        if i < min(j, k) and (strict[i, j] or strict[j, k] or strict[k, i])
    ]


def _edges(cycle: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(cycle[place], cycle[(place + 1) % len(cycle)]) for place in range(len(cycle))]


def _from_smallest(cycle: tuple[int, ...]) -> tuple[int, ...]:
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]


def _shortest_way(values: FloatArray, start: int, goal: int) -> tuple[int, ...] | None:
    """Shortest path from start to goal along "at least as good as", both included; None if there is none."""
    before: dict[int, int] = {start: start}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == goal:
            way = [goal]
            while way[-1] != start:
                way.append(before[way[-1]])
            return tuple(reversed(way))
        for there in np.flatnonzero(np.nan_to_num(values[here], nan=0.0) >= 1.0):
            if int(there) not in before:
                before[int(there)] = here
                queue.append(int(there))
    return None
